"""What parsers beneath the layout engine work out is kept, and is what they would work out."""

import pytest
from weasyprint import tinyhtml5
from weasyprint.text.ffi import ffi

from printkit.render.engine import engine
from printkit.render.parsers import keep_parsed

SEPARATORS = ("&", "<", "\0")


@pytest.fixture(autouse=True, scope="module")
def loaded() -> None:
    engine()


@pytest.mark.parametrize("opposite", [False, True])
def test_a_pattern_reads_up_to_its_characters(opposite: bool) -> None:
    pattern = tinyhtml5.inputstream.characters_until_regex[(SEPARATORS, opposite)]
    assert [bool(pattern.fullmatch(one)) for one in ("&", "<", "\0", "a", "^", "å", "\n")] == [
        *[opposite] * 3,
        *[not opposite] * 4,
    ]


def test_a_second_page_needs_no_further_pattern() -> None:
    page = "<!DOCTYPE html><p class='one' id=two>Åsen &amp; Mjøndalen<!-- here --><svg viewBox='0 0 1 1'/>"
    tinyhtml5.parse(page)
    known = set(tinyhtml5.inputstream.characters_until_regex)
    tinyhtml5.parse(page)
    assert known
    assert set(tinyhtml5.inputstream.characters_until_regex) == known


@pytest.mark.parametrize("name", ["hb_codepoint_t[27]", "char[4]", "PangoLogAttr[]", "PangoRectangle *"])
def test_a_type_is_what_the_library_reads_from_its_name(name: str) -> None:
    fresh = type(ffi)()
    fresh.cdef("typedef uint32_t hb_codepoint_t; typedef struct { int x, y, width, height; } PangoRectangle;")
    fresh.cdef("typedef struct { unsigned int is_line_break: 1; } PangoLogAttr;")
    found = ffi.typeof(name)
    assert found.cname == fresh.typeof(name).cname
    assert found.kind == fresh.typeof(name).kind


def test_rows_of_every_length_can_be_made_and_leave_nothing_behind() -> None:
    known = len(ffi._parsed_types)
    for length in range(1, 50):
        row = ffi.new(f"hb_codepoint_t[{length}]", list(range(length)))
        assert (len(row), row[length - 1], ffi.sizeof(row)) == (length, length - 1, 4 * length)
    assert len(ffi._parsed_types) == known


def test_libraries_that_keep_them_elsewhere_are_left_alone() -> None:
    page, other = object(), type(ffi)()
    known = other._parsed_types
    keep_parsed(page, other)
    assert other._parsed_types is known

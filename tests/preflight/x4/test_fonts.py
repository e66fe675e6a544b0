"""Programs of fonts: read, with a glyph for each letter shown, as wide as the dictionary says."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Array

from printkit.preflight import Finding
from printkit.preflight.checks import check
from tests.preflight.font_files import bare_cff, composite, page, sfnt, simple, type1

KINDS: dict[str, tuple[str, bytes]] = {
    "TrueType": ("FontFile2", sfnt()),
    "TrueType of 2048 units": ("FontFile2", sfnt(units=2048)),
    "OpenType": ("FontFile3", sfnt("CFF")),
    "CFF": ("FontFile3", bare_cff()),
    "Type 1": ("FontFile", type1()),
}


def found(pdf: bytes) -> list[Finding]:
    return [one for one in check(pdf).findings if one.id in ("x4/font-program", "x4/font-widths")]


def ids(pdf: bytes) -> list[str]:
    return [one.id for one in found(pdf)]


def in_simple(kind: str, *widths: float, **more: Any) -> Any:
    return lambda pdf: simple(pdf, list(widths), *KINDS[kind], **more)


def test_widths_are_not_asked_of_vertical_writing() -> None:
    def upright(pdf: pikepdf.Pdf) -> Any:
        font = composite(pdf, Array([]))
        font.Encoding = pikepdf.Name("/Identity-V")
        return font

    shown = "<000100020003>"
    assert ids(page(lambda pdf: composite(pdf, Array([])), shown)) == ["x4/font-widths"]
    assert found(page(upright, shown)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_widths_are_those_of_the_program_to_a_thousandth(kind: str) -> None:
    assert found(page(in_simple(kind, 600, 600.5, 599))) == []
    wrong = found(page(in_simple(kind, 600, 602.5, 300)))
    assert [(one.id, one.severity, one.count) for one in wrong] == [("x4/font-widths", "error", 2)]
    assert wrong[0].measured == pytest.approx(300, abs=0.5)
    assert wrong[0].message.endswith("codes 66, 67")


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_without_a_glyph_is_told(kind: str) -> None:
    told = found(page(in_simple(kind, 600, 600, 600, 600), "(ABD)"))
    assert [one.message for one in told] == ["font Boxes has no glyph for codes that text shows: 68"]


@pytest.mark.parametrize("kind", ["TrueType", "OpenType", "CFF"])
def test_composite_fonts_name_glyphs_by_number(kind: str) -> None:
    def font(widths: str) -> Any:
        return lambda pdf: composite(pdf, Array(pikepdf.Object.parse(widths.encode())), *KINDS[kind])

    shown = "<000100020003>"
    assert found(page(font("[1 [600 600 600]]"), shown)) == []
    assert ids(page(font("[1 3 300]"), shown)) == ["x4/font-widths"]
    # without widths a glyph is as wide as the size
    assert ids(page(font("[]"), shown)) == ["x4/font-widths"]
    assert ids(page(font("[0 9 600]"), "<00010000>")) == ["x4/font-program"]
    assert ids(page(font("[0 9 600]"), "<00010009>")) == ["x4/font-program"]


@pytest.mark.parametrize("outlines", ["glyf", "CFF"])
def test_a_map_of_glyphs_is_followed(outlines: str) -> None:
    def font(places: bytes) -> Any:
        return lambda pdf: composite(
            pdf,
            Array([65, Array([600, 600])]),
            data=sfnt(outlines),
            CIDToGIDMap=pdf.make_stream(bytes(130) + places),
        )

    assert found(page(font(b"\0\1\0\2"), "<00410042>")) == []
    assert ids(page(font(b"\0\1"), "<00410042>")) == ["x4/font-program"]


def test_names_of_an_encoding_lead_to_glyphs() -> None:
    named = pikepdf.Dictionary(Differences=Array([65, pikepdf.Name.C, pikepdf.Name.B, pikepdf.Name("/D")]))
    for kind in KINDS:
        assert found(page(in_simple(kind, 600, 600, 600, Encoding=named), "(AB)")) == []
    for kind in ("CFF", "Type 1", "OpenType"):
        assert ids(page(in_simple(kind, 600, 600, 600, Encoding=named), "(ABC)")) == ["x4/font-program"]


def test_a_code_is_found_in_the_map_of_characters_where_no_encoding_names_it() -> None:
    def font(pdf: pikepdf.Pdf) -> Any:
        made = simple(pdf, [600] * 3)
        del made.Encoding
        return made

    assert found(page(font)) == []
    assert ids(page(font, "(ABZ)")) == ["x4/font-program"]


def test_blanks_without_a_glyph_are_nothing_lost() -> None:
    assert found(page(in_simple("TrueType", 600, 600, 600), "(A B\\n\\240C)")) == []


def test_invisible_text_is_not_asked_for() -> None:
    assert found(page(in_simple("TrueType", 300, 300, 300), "(ABD)", mode=3)) == []


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("FontFile2", b"garbage " * 200), ("FontFile2", sfnt()[:300]), ("FontFile3", b"\1\0\4\1" + b"x" * 90),
        ("FontFile3", bare_cff()[:60]), ("FontFile", b"garbage"), ("FontFile", type1()[:150]),
        ("FontFile2", b"x"),
    ],
)  # fmt: skip
def test_a_program_that_is_none_is_told(kind: str, data: bytes) -> None:
    told = found(page(lambda pdf: simple(pdf, [600] * 3, kind, data)))
    assert [one.message for one in told] == [
        "the program of font Boxes cannot be read: it is no font, or damaged"
    ]


def test_codes_of_other_encodings_are_left_alone() -> None:
    def font(pdf: pikepdf.Pdf) -> Any:
        made = composite(pdf, Array([]))
        made.Encoding = pikepdf.Name("/UniJIS-UTF16-H")
        return made

    assert found(page(font, "<00410042>")) == []

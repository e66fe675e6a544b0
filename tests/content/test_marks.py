"""Marks of a page by their places: grounds under a part of it, what reaches out of parts."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from printkit.content import Kind, PageElements, Reader, Shared, read_page
from printkit.content.tokens import read_objects, read_shown
from printkit.units import Rect

WHOLE = Rect(0, 0, 200, 100)


def marks(content: bytes) -> PageElements:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 100))
    page.Contents = pdf.make_stream(content)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F=font))
    return read_page(page, Shared(), Reader(PageElements()))


@pytest.mark.parametrize(
    "content",
    [
        b"0 0 200 100 re f",
        b"0 0 m 200 0 l 200 100 l 0 100 l h f",
        b"0 1 -1 0 200 0 cm 0 0 100 200 re f",
        b"-9 -9 300 300 re B 0 0 200 100 re f*",
    ],
)
def test_a_rectangle_over_a_part_of_the_page_is_its_ground(content: bytes) -> None:
    (ground,) = marks(content).grounds(WHOLE)
    assert ground.box.contains(WHOLE)


@pytest.mark.parametrize("edge", range(4))
def test_a_rectangle_that_ends_before_an_edge_is_no_ground(edge: int) -> None:
    x0, y0, x1, y1 = (
        side + (0.1, 0.1, -0.1, -0.1)[number] * (number == edge) for number, side in enumerate(WHOLE)
    )
    assert not list(marks(f"{x0} {y0} {x1 - x0} {y1 - y0} re f".encode()).grounds(WHOLE))


@pytest.mark.parametrize(
    "content",
    [
        # a clip, whatever its shape
        b"0 0 200 100 re W n 0 0 200 100 re f",
        # a rhomb round the page, turned, and a triangle
        b"-150 50 m 100 -200 l 350 50 l 100 300 l h f",
        b".7 .7 -.7 .7 100 -100 cm 0 0 200 200 re f",
        b"0 0 m 500 0 l 0 500 l h f",
        # two bars whose widest is as wide as the page is high
        b"0 0 99 100 re 101 0 99 100 re f",
        b"0 0 200 100 re S",
        b"BT /F 300 Tf -10 -50 Td (mmmm) Tj ET",
    ],
)
def test_what_may_leave_a_part_bare_is_no_ground(content: bytes) -> None:
    assert not list(marks(content).grounds(WHOLE))


def test_marks_that_lie_in_one_part_alone_are_left_out() -> None:
    found = marks(b"BT /F 10 Tf 10 10 Td (a) Tj 90 0 Td (b) Tj 60 0 Td (c) Tj ET 10 10 5 5 re f")
    parts = [Rect(0, 0, 102, 100), Rect(102, 0, 200, 100)]
    assert [text.codes for text in found.beyond(parts, Kind.TEXT)] == [b"b"]
    assert [text.codes for text in found.beyond([], Kind.TEXT)] == [b"a", b"b", b"c"]


@pytest.mark.parametrize(
    "written",
    [
        b"(one two)",
        b"[(a) -20 (b)-3.5(c)]",
        b"[<414> .5 ( 1 ) <> ()] ",
        b"<00 41>",
        rb"[(\(a\)) 3]",
        b"[(a\rb)]",
        b"[]",
    ],
)
def test_shown_text_is_read_as_qpdf_reads_it(written: bytes) -> None:
    assert _plain(read_shown(written)) == _plain(read_objects(written))


def _plain(value: Any) -> Any:
    if isinstance(value, list | pikepdf.Array):
        return [_plain(one) for one in value]
    return bytes(value) if isinstance(value, bytes | pikepdf.String) else float(value)

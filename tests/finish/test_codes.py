"""Codes in their place: position, pixels, text, overprint."""

import pickle
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from printkit.errors import RenderError
from printkit.finish import Blank, CodeStyle, draw_codes, finish
from printkit.qr import Code
from printkit.qr.reading import read
from printkit.units import pt
from tests.finish.pages import (
    GEOMETRY,
    MARKS,
    PAINT,
    SPEC,
    TRIM,
    URL,
    code,
    layout,
    opened,
    patterns,
    pdfium,
    separations,
    spec,
)

RIGHT, TOP = TRIM[0] - GEOMETRY.box_width_mm, TRIM[1] - GEOMETRY.box_height_mm
CORNERS = [(0, 0), (RIGHT, 0), (0, TOP), (RIGHT, TOP)]
# What a layout engine leaves behind: flipped and scaled coordinates, without q and Q.
FLIPPED = b"0.75 0 0 -0.75 0 216 cm 0.2 0.6 0 0 k 0 0 400 288 re f"
SCALE = 8


def placed(image: Image.Image, drawn: Code, edge_mm: float) -> Image.Image:
    """Return the symbol's place in a page picture, one pixel a module."""
    box = drawn.symbol_box.moved(pt(edge_mm), pt(edge_mm)).scaled(SCALE)
    size = drawn.symbol.modules
    edges = (box.x0, image.height - box.y1, box.x1, image.height - box.y0)
    return image.convert("L").resize((size, size), Image.Resampling.BOX, edges)


def operators(page: pikepdf.Page) -> list[tuple[str, list[str]]]:
    """Return the operators that draw a page's codes, with their operands as text."""
    parsed = pikepdf.parse_content_stream(page.obj.Contents[-1])
    return [(str(one.operator), [str(operand) for operand in one.operands]) for one in parsed]


def dark(image: Image.Image) -> Any:
    return np.asarray(image) < 128


@pytest.mark.parametrize("corner", CORNERS)
@pytest.mark.parametrize("marks", [None, MARKS])
def test_a_code_lands_unmirrored_in_its_box_at_all_four_corners(
    corner: tuple[float, float], marks: Any
) -> None:
    drawn = code(corner)
    image = pdfium(finish(layout(FLIPPED), spec(codes=(drawn,), marks=marks)), SCALE)
    edge = 3 + (marks.slug_mm if marks else 0)
    assert (dark(placed(image, drawn, edge)) == np.array(drawn.symbol.matrix)).all()
    (reading,) = read(image)
    assert (reading.text, reading.upright) == (URL, True)


def test_the_white_box_covers_the_quiet_zone_and_ends_at_its_edges() -> None:
    drawn = code((10, 10))
    image = np.asarray(pdfium(finish(layout(FLIPPED), spec(codes=(drawn,))), SCALE).convert("L"))
    box = drawn.box.box.moved(pt(3), pt(3)).scaled(SCALE)
    x0, y0, x1, y1 = (round(edge) for edge in (box.x0, 216 * SCALE - box.y1, box.x1, 216 * SCALE - box.y0))
    inner = image[y0 + 2 : y1 - 2, x0 + 2 : x1 - 2]
    quiet = int(pt(GEOMETRY.quiet_mm) * SCALE) - 4
    assert all((strip == 255).all() for strip in (inner[:quiet], inner[:, :quiet], inner[:, -quiet:]))
    outside = (image[y0 - 3, x0:x1], image[y1 + 3, x0:x1], image[y0:y1, x0 - 3], image[y0:y1, x1 + 3])
    assert all((strip < 230).all() for strip in outside)


def test_two_codes_on_a_page_and_one_on_the_back() -> None:
    other = "https://example.no/annet"
    codes = (
        code((2, 2)),
        replace(code((50, 30), other), box=replace(code((50, 30)).box, slot="b")),
        code((9, 9), page=2),
    )
    data = finish(layout(pages=2), spec(codes=codes))
    assert {reading.text for reading in read(pdfium(data, 4))} == {URL, other}
    assert [reading.text for reading in read(pdfium(data, 4, page=1))] == [URL]


def test_the_print_id_is_text_flush_left_with_the_code() -> None:
    drawn = code((20, 15))
    page = pypdfium2.PdfDocument(finish(layout(FLIPPED), spec(codes=(drawn,))))[0]
    text = page.get_textpage()
    assert text.get_text_range().strip() == "K7M-4RFX"
    boxes = [text.get_charbox(index) for index in range(8)]
    line = GEOMETRY.id_box(drawn.box.box.moved(pt(3), pt(3)))
    assert boxes[0][0] == pytest.approx(line.x0, abs=0.6)
    assert (boxes[0][1] + boxes[0][3]) / 2 == pytest.approx((line.y0 + line.y1) / 2, abs=0.3)


@pytest.mark.parametrize(("size", "overprints"), [(6, True), (12, False), (20, False)])
def test_only_a_small_print_id_overprints(size: float, overprints: bool) -> None:
    plain = code((10, 10))
    taller = replace(plain.box, box=plain.box.box.inset(0, -pt(8), 0, 0))
    drawn = replace(plain, box=taller, geometry=replace(GEOMETRY, id_size_pt=size))
    page = opened(finish(layout(), spec(codes=(drawn,)))).pages[0]
    state = [args[0] for name, args in operators(page) if name == "gs"][-1]
    found = page.obj.Resources.ExtGState[state]
    assert (found.op, found.OP, found.OPM) == (overprints, overprints, int(overprints))


def test_the_symbol_is_one_path_in_black_that_knocks_out() -> None:
    page = opened(finish(layout(), spec(codes=(code((10, 10)),)))).pages[0]
    found = operators(page)
    names = [name for name, _ in found]
    assert [names.count(name) for name in ("f", "f*", "re", "Tj")] == [1, 1, 1, 1]
    assert [args for name, args in found if name == "k"] == [["0"] * 4, ["0", "0", "0", "1"]]


def test_the_font_is_embedded_once_and_the_same_in_every_file() -> None:
    def program(data: bytes) -> list[bytes]:
        fonts = [item for item in opened(data).objects if isinstance(item, pikepdf.Dictionary)]
        return [item.FontFile2.read_bytes() for item in fonts if "/FontFile2" in item]

    one = program(finish(layout(), spec(codes=(code((10, 10)),))))
    two = program(finish(layout(pages=2), spec(codes=(code((1, 1), URL, "AAA-AAAA"), code((2, 2), page=2)))))
    assert len(one) == 1
    assert one == two
    assert len(one[0]) < 8000


def test_the_layout_for_proofs_gets_the_same_codes() -> None:
    drawn = code((30, 20))
    proof = pdfium(draw_codes(layout(FLIPPED), (drawn,), SPEC.code_style, 3), SCALE)
    press = pdfium(finish(layout(FLIPPED), spec(codes=(drawn,))), SCALE)
    assert (np.asarray(proof) == np.asarray(press)).all()


def test_a_box_that_is_too_small_and_a_page_that_is_not_there_are_refused() -> None:
    drawn = code((10, 10))
    small = replace(drawn, box=replace(drawn.box, box=drawn.box.box.inset(0, 0, pt(1), 0)))
    with pytest.raises(RenderError, match=r"box of 23\.50 x 27\.\d\d mm and needs 24\.50"):
        finish(layout(), spec(codes=(small,)))
    with pytest.raises(RenderError, match="stands on page 2 of 1"):
        finish(layout(), spec(codes=(code((10, 10), page=2),)))


def test_a_font_without_the_signs_is_refused() -> None:
    with pytest.raises(RenderError, match="font must have all of"):
        finish(layout(), spec(codes=(code((10, 10)),), code_style=CodeStyle(b"OTTO" + bytes(40), 12)))


def test_codes_and_print_ids_are_on_the_black_plate_alone(tmp_path: Path) -> None:
    drawn = code((10, 10))
    cyan = layout(b"1 0.8 0.6 0.3 k 0 0 400 300 re f")
    plates = separations(finish(cyan, spec(codes=(drawn,))), tmp_path)
    box = drawn.box.box.moved(pt(3), pt(3)).scaled(2)
    x0, y0, x1, y1 = (round(edge) for edge in (box.x0 + 1, 432 - box.y1 + 1, box.x1 - 1, 432 - box.y0 - 1))
    for ink in ("Cyan", "Magenta", "Yellow"):
        assert (plates[ink][y0:y1, x0:x1] == 255).all()
        assert (plates[ink][: y0 - 2] < 255).all()
    assert set(np.unique(plates["Black"][y0:y1, x0:x1])) >= {0, 255}


@pytest.mark.parametrize("marks", [None, MARKS])
def test_other_codes_in_a_finished_file_give_the_bytes_of_finishing_anew(marks: Any) -> None:
    source = layout(PAINT, patterns, pages=2)
    first = spec(codes=(code((5, 5)), code((40, 9), page=2)), marks=marks)
    longer = (
        code((5, 5), URL + "&longer=" + "x" * 60, "AAA-CCCC"),
        code((40, 9), "http://a.no", "333-4444", 2),
    )
    identity = replace(SPEC.identity, document_id="another")
    slow = finish(source, replace(first, codes=longer, identity=identity))
    blank = Blank.of(finish(source, first), first.identity, first.code_style, first.codes)
    assert blank.fill(longer, "another") == slow
    assert blank.fill(first.codes, first.identity.document_id) == finish(source, first)
    assert pickle.loads(pickle.dumps(blank)).sha256(slow) == blank.sha256(slow) == sha256(slow).hexdigest()
    assert pickle.loads(pickle.dumps(blank)) == blank


@pytest.mark.parametrize("pages", [1, 2])
def test_what_differs_from_site_to_site_stands_behind_all_else(pages: int) -> None:
    codes = tuple(code((5, 5), page=page) for page in range(1, pages + 1))
    source = layout(PAINT, patterns, pages=2)
    one = finish(source, spec(codes=codes))
    other = tuple(replace(each, print_id="AAA-CCCC") for each in codes)
    identity = replace(SPEC.identity, document_id="another")
    two = finish(source, replace(spec(codes=other), identity=identity))
    alike = next(place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b)
    # They part within the metadata, behind which only codes stand.
    assert one[alike:].count(b" 0 obj\n") == pages
    with pikepdf.open(BytesIO(one)) as pdf:
        assert not pdf.check_pdf_syntax()


def test_a_variant_with_codes_on_other_pages_is_refused() -> None:
    source, first = layout(pages=2), spec(codes=(code((5, 5)),))
    blank = Blank.of(finish(source, first), first.identity, first.code_style, first.codes)
    with pytest.raises(RenderError, match="on other pages than its layout"):
        blank.fill((code((5, 5), page=2),), "another")

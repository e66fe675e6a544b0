"""A logo as PDF stands in a layout as a drawing: in its place, cut by nothing, in the colours it has."""

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name

from printkit.errors import PrintkitError
from tests.template.stage import Stage

# Halves of 60 x 30 mm: red left, blue right, a yellow corner below at the left
CONTENT = b"1 0 0 rg 0 0 100 100 re f 0 0 1 rg 100 0 100 100 re f 1 0.8 0 rg 0 0 20 20 re f"
PT = 72 / 25.4
NAMES = {(255, 0, 0): "red", (0, 0, 255): "blue", (255, 204, 0): "yellow", (255, 255, 255): "white"}


def logo(stage: Stage, content: bytes = CONTENT) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 100))
        pdf.pages[0].obj.Contents = pdf.make_stream(content)
        target = io.BytesIO()
        pdf.save(target)
    (stage.root / "assets/brand/logo.pdf").write_bytes(target.getvalue())


def seen(pdf: bytes, *places: tuple[float, float]) -> list[str]:
    """Return what stands at places of the first page, in mm from its upper left."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=4).to_pil().convert("RGB")
    colours = [page.getpixel((round(x * PT * 4), round(y * PT * 4))) for x, y in places]
    return [NAMES.get(tuple(colour), str(colour)) for colour in colours]


def test_a_logo_stands_in_its_place(stage: Stage) -> None:
    """Its four edges, and just beside them; it is drawn, and no picture of pixels."""
    logo(stage)
    stage.page('<img src="/assets/brand/logo.pdf" style="left:80mm; top:100mm; width:60mm">')
    laid = stage.render()
    inside = seen(laid.pdf, (80.4, 115), (139.6, 115), (115, 100.4), (115, 129.6), (82, 128))
    beside = seen(laid.pdf, (79.6, 115), (140.4, 115), (115, 99.6), (115, 130.4))
    assert inside == ["red", "blue", "blue", "blue", "yellow"]
    assert beside == ["white"] * 4
    assert "assets/brand/logo.pdf" in laid.read
    with pikepdf.open(io.BytesIO(laid.pdf)) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        assert not any(one.get("/Subtype") == Name.Image for one in streams)


def test_it_fits_its_box_as_any_picture(stage: Stage) -> None:
    logo(stage)
    box = "left:90mm; top:100mm; width:40mm; height:40mm"
    stage.page(f'<img src="/assets/brand/logo.pdf" style="{box}; object-fit:contain">')
    pdf = stage.render().pdf
    assert seen(pdf, (91, 120), (129, 120), (110, 109), (110, 131)) == ["red", "blue", "white", "white"]


def test_inks_without_a_profile_are_told(stage: Stage) -> None:
    logo(stage, b"1 0 0 0 k 0 0 200 100 re f")
    stage.page('<img src="/assets/brand/logo.pdf" style="left:80mm; top:100mm; width:60mm">')
    assert stage.render().by_press == ("assets/brand/logo.pdf",)
    logo(stage, b"0 0 0 1 k 0 0 200 100 re f")
    assert stage.render().by_press == ()


def test_what_is_more_than_paths_is_named_with_its_file(stage: Stage) -> None:
    logo(stage, b"BT /F 9 Tf (x) Tj ET")
    stage.page('<img src="/assets/brand/logo.pdf" style="left:80mm; top:100mm; width:60mm">')
    with pytest.raises(PrintkitError, match=r"assets/brand/logo\.pdf: the PDF has text; turn it into paths"):
        stage.render()

"""What a file is made of, read from files made for it."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.preflight.checks import Inventory, take_inventory
from printkit.units import pt
from tests.finish.pages import BLEED, TRIM
from tests.preflight.files import press_file

EDGES = range(4)


def page_of(content: bytes, **entries: Any) -> Inventory:
    """Return the inventory of a page of 200 x 100 points with this content and these entries."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 100))
        page.contents_add(content)
        for key, value in entries.items():
            page.obj[f"/{key}"] = value(pdf) if callable(value) else value
        pdf.save(out)
    found = take_inventory(out.getvalue())
    assert found is not None
    return found


def gray(pdf: pikepdf.Pdf, **changes: Any) -> pikepdf.Dictionary:
    """Return resources with a grey image /I of 20 x 10 pixels."""
    settings = {"Width": 20, "Height": 10, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray} | changes
    image = pdf.make_stream(bytes(200), Type=Name.XObject, Subtype=Name.Image, **settings)
    return Dictionary(XObject=Dictionary(I=image))


def test_boxes_are_in_mm_from_the_trims_corner_on_all_four_edges() -> None:
    found = take_inventory(press_file())
    assert found is not None
    (page,) = found.pages
    assert page.trim_mm == pytest.approx((0, 0, *TRIM), abs=0.001)
    assert page.bleed_mm == pytest.approx((-BLEED, -BLEED, TRIM[0] + BLEED, TRIM[1] + BLEED), abs=0.001)
    assert [page.media_mm[edge] == page.crop_mm[edge] for edge in EDGES] == [True] * 4
    assert (page.art_mm, page.rotate, page.user_unit) == (None, 0, 1.0)


def test_boxes_are_those_of_the_page_as_it_is_shown() -> None:
    trim = Array([10, 20, 160, 90])
    found = page_of(b"", TrimBox=trim, Rotate=90, UserUnit=2)
    (page,) = found.pages
    assert page.trim_mm == pytest.approx((0, 0, 140 / pt(1), 300 / pt(1)), abs=0.01)
    assert page.media_mm == pytest.approx([edge / pt(1) for edge in (-40, -80, 160, 320)], abs=0.01)
    assert (page.rotate, page.user_unit) == (90, 2.0)


def test_fonts_are_told_with_type_embedding_and_subset() -> None:
    found = take_inventory(press_file())
    assert found is not None
    (font,) = found.fonts
    assert (font.name, font.type) == ("SourceSans3-Semibold", "Type0 (CIDFontType2)")
    assert (font.embedded, font.subset) == (True, True)
    courier = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
    (font,) = page_of(b"", Resources=Dictionary(Font=Dictionary(F=courier))).fonts
    assert (font.name, font.type, font.embedded, font.subset) == ("Courier", "Type1", False, False)


def test_an_image_is_told_once_a_page_with_its_lowest_resolution() -> None:
    twice = b"q 10 0 0 10 0 0 cm /I Do Q q 40 0 0 10 50 20 cm /I Do Q"
    (image,) = page_of(twice, Resources=gray).images
    assert (image.width, image.height, image.bits, image.count) == (20, 10, 8, 2)
    assert (image.ppi, image.space, image.compression) == (36.0, "DeviceGray", "Flate")
    assert image.box_mm == pytest.approx([edge / pt(1) for edge in (50, 20, 90, 30)], abs=0.01)


def test_a_larger_unit_lowers_the_resolution() -> None:
    (image,) = page_of(b"q 10 0 0 10 0 0 cm /I Do Q", Resources=gray, UserUnit=2).images
    assert image.ppi == 36.0


def test_stencils_and_inline_images_are_images_too() -> None:
    stencil = b"q 0 1 0 0 k 20 0 0 10 0 0 cm BI /W 8 /H 1 /IM true ID \x0f EI Q"
    (image,) = page_of(stencil).images
    assert (image.space, image.bits, image.width) == ("stencil in DeviceCMYK", 1, 8)


def test_colour_spaces_are_counted_and_spot_names_told() -> None:
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)
    spot = Array([Name.Separation, Name("/Gold 1"), Name.DeviceCMYK, function])
    every = Array([Name.Separation, Name.All, Name.DeviceCMYK, function])
    resources = Dictionary(ColorSpace=Dictionary(S=spot, A=every))
    found = page_of(b"/S cs 1 scn 0 0 9 9 re f 20 0 9 9 re f /A cs 1 scn 0 0 1 1 re f", Resources=resources)
    spaces = {use.space: use.elements for use in found.colour_spaces}
    assert spaces == {"Separation All": 1, "Separation Gold 1": 2}
    assert found.spots == ("Gold 1",)


def test_intents_are_told_with_the_name_of_their_profile() -> None:
    found = take_inventory(press_file())
    assert found is not None
    (intent,) = found.intents
    assert (intent.kind, intent.condition, intent.registry) == ("GTS_PDFX", "FOGRA39", "http://www.color.org")
    assert intent.profile == "FOGRA39L coated 300%"


def test_layers_are_told_and_whether_they_are_shown() -> None:
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        groups = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name=name)) for name in ("Trykk", "Stanse")]
        pdf.Root.OCProperties = Dictionary(OCGs=Array(groups), D=Dictionary(OFF=Array(groups[1:])))
        pdf.save(out)
    found = take_inventory(out.getvalue())
    assert found is not None
    assert [(layer.name, layer.shown) for layer in found.layers] == [("Trykk", True), ("Stanse", False)]


def test_of_very_many_pages_some_are_looked_at_and_the_rest_is_named() -> None:
    out = BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(600):
            pdf.add_blank_page()
        pdf.save(out)
    found = take_inventory(out.getvalue())
    assert found is not None
    assert (found.page_count, len(found.pages)) == (600, 500)
    assert found.left_out == ("images and colours of pages 201 to 600", "the boxes of pages 501 to 600")


@pytest.mark.parametrize("data", [b"", b"no pdf", press_file()[:3000]])
def test_a_file_that_cannot_be_opened_has_no_inventory(data: bytes) -> None:
    assert take_inventory(data) is None


def test_a_page_that_cannot_be_read_is_named() -> None:
    found = page_of(b"BI /W 1 /H 1 ID")
    assert found.page_count == 1
    assert all("page 1" in words for words in found.left_out)


def test_names_that_are_no_text_can_be_written() -> None:
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.Root.F = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    found = take_inventory(out.getvalue().replace(b"/Courier", b"/C#ff#07"))
    assert found is not None
    assert [font.name.encode().decode() for font in found.fonts] == ["C?\ufffd"]

"""Photographs made grey look like themselves, and nothing else changes."""

from collections import OrderedDict
from io import BytesIO
from typing import Any

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from printkit.qr.reading import read
from printkit.qr.symbol import make_symbol
from printkit.raster.grey import with_grey_photographs
from printkit.raster.pdfium import PdfiumFile
from printkit.units import Rect
from tests.qr.test_symbol import raster

PAGE = Rect(0, 0, 400, 400)
INVERTED = [1, 0] * 4


def photograph(decode: list[int] | None = INVERTED, space: Name = Name.DeviceCMYK, **keys: object) -> bytes:
    """Return a page with a code in a photograph, of four inks as Pillow writes them: turned round."""
    symbol = raster(make_symbol("https://example.no/", "M", (3, 6)).matrix, 10).convert("RGB")
    shades = np.linspace(1.0, 0.9, symbol.width)[None, :, None]
    tinted = Image.fromarray((np.asarray(symbol) * shades).astype(np.uint8))
    inks = tinted.convert("CMYK" if space == Name.DeviceCMYK else "RGB")
    out = BytesIO()
    inks.save(out, "JPEG", quality=95)
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(400, 400))
    image = pikepdf.Stream(
        pdf, out.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=inks.width, Height=inks.height,
        ColorSpace=space, BitsPerComponent=8, Filter=Name.DCTDecode, **keys,
    )  # fmt: skip
    if decode:
        image.Decode = Array(decode)
    page.obj.Resources = Dictionary(XObject=Dictionary(I=image))
    page.obj.Contents = pdf.make_stream(b"q 300 0 0 300 50 50 cm /I Do Q 1 0 0 rg 0 0 30 30 re f")
    file = BytesIO()
    pdf.save(file)
    return file.getvalue()


@pytest.mark.parametrize("decode", [INVERTED, None])
def test_a_grey_photograph_looks_like_the_one_in_inks(decode: list[int] | None) -> None:
    data = photograph(decode)
    grey = with_grey_photographs(data)
    before, after = (np.asarray(PdfiumFile(one).grey(1, 100, PAGE)).astype(int) for one in (data, grey))
    assert grey != data
    # Inks are shown darker than grey, never lighter than dark or darker than light.
    assert abs(before - after).mean() < 25
    assert ((before < 100) == (after < 100)).mean() > 0.97


def test_a_grey_photograph_looks_like_the_one_in_rgb() -> None:
    data = photograph(None, space=Name.DeviceRGB)
    grey = with_grey_photographs(data, Name.DeviceRGB)
    before, after = (np.asarray(PdfiumFile(one).grey(1, 100, PAGE)).astype(int) for one in (data, grey))
    assert grey != data
    # PDFium rounds another way.
    assert abs(before - after).max() <= 2
    # Who asks for inks gets colours as they are.
    assert with_grey_photographs(data) is data


def test_a_code_in_a_photograph_is_read_in_its_copy() -> None:
    (reading,) = read(PdfiumFile(with_grey_photographs(photograph())).grey(1, 150, PAGE))
    assert reading.text == "https://example.no/"


@pytest.mark.parametrize(
    ("decode", "keys"),
    [([1, 0, 0, 1, 0, 1, 0, 1], {}), (INVERTED, {"Mask": Array([0, 1] * 4)})],
)
def test_what_counts_in_inks_stays(decode: list[int], keys: dict[str, Any]) -> None:
    data = photograph(decode, **keys)
    assert with_grey_photographs(data) is data


def test_a_damaged_photograph_stays() -> None:
    pdf = pikepdf.open(BytesIO(photograph()))
    image = pdf.pages[0].obj.Resources.XObject.I
    image.write(image.read_raw_bytes()[:400], filter=Name.DCTDecode)
    out = BytesIO()
    pdf.save(out)
    assert with_grey_photographs(out.getvalue()) is not None
    assert PdfiumFile(with_grey_photographs(out.getvalue())).grey(1, 50, PAGE).size == (278, 278)


@pytest.mark.parametrize(("room", "times"), [(10**9, 1), (0, 2)])
def test_a_photograph_is_decoded_once_where_there_is_room(
    room: int, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("printkit.raster.grey.MOST_KEPT", room)
    monkeypatch.setattr("printkit.raster.grey._KNOWN", OrderedDict())
    opened: list[Any] = []

    def noted(*told: Any, **keys: Any) -> Any:
        opened.append(told)
        return open_image(*told, **keys)

    open_image = Image.open
    monkeypatch.setattr(Image, "open", noted)
    data = photograph()
    assert with_grey_photographs(data) == with_grey_photographs(data)
    assert len(opened) == times

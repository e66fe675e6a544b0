"""Images whose data, masks or colour spaces cannot be made out are told, whatever they are packed by."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from PIL import Image

from tests.cases.sound import told
from tests.preflight.matrix.base import Change, draft
from tests.preflight.matrix.objects import drawn, parsed, put
from tests.preflight.packed_images import group4, jbig2

SIDE = 60
ONE_BIT = Image.new("1", (SIDE, SIDE))
FAX, BIG = group4(ONE_BIT), jbig2(ONE_BIT)
GROUP_4: dict[str, Any] = {
    "Filter": "/CCITTFaxDecode",
    "DecodeParms": f"<</K -1 /Columns {SIDE} /Rows {SIDE}>>",
}
JBIG2: dict[str, Any] = {"Filter": "/JBIG2Decode"}
JPX: dict[str, Any] = {"Filter": "/JPXDecode"}


def image(data: bytes, space: str | None = "/DeviceGray", bits: int = 1, **entries: Any) -> Change:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        about = {"Subtype": pikepdf.Name.Image, "Width": SIDE, "Height": SIDE, "BitsPerComponent": bits}
        stream = pdf.make_stream(data, **about)
        if space is not None:
            stream.ColorSpace = parsed(pdf, space)
        for key, value in entries.items():
            put(stream, key, value)
        page.Resources.XObject.J = stream

    return change


def found(*changes: Change) -> set[str]:
    return told(draft(drawn("J", 4, 4), *changes)) - {"R0001", "R0027", "R0011"}


def jpx(mode: str) -> bytes:
    out = BytesIO()
    Image.new(mode, (SIDE, SIDE)).save(out, "JPEG2000")
    return out.getvalue()


BROKEN = {
    "CCITT that is none": image(b"no picture at all", **GROUP_4),
    "CCITT that ends early": image(FAX[:2], **GROUP_4),
    "CCITT of other columns": image(FAX, Filter="/CCITTFaxDecode", DecodeParms="<</K -1>>"),
    "CCITT without data": image(b"", **GROUP_4),
    "JBIG2 that is none": image(b"no picture at all", **JBIG2),
    "JBIG2 that ends early": image(BIG[:-9], **JBIG2),
    "JBIG2 of a page without a picture": image(BIG[:30], **JBIG2),
    "JBIG2 of another size": image(jbig2(Image.new("1", (SIDE, 8))), **JBIG2),
    "JPEG 2000 of other components": image(jpx("RGB"), "/DeviceCMYK", 8, **JPX),
}


@pytest.mark.parametrize("name", BROKEN)
def test_data_that_cannot_be_unpacked_are_told(name: str) -> None:
    assert found(BROKEN[name]) == {"x4/image-data"}


SOUND = {
    "CCITT": image(FAX, **GROUP_4),
    "CCITT without the mark of its end": image(FAX[:-3], **GROUP_4),
    "JBIG2": image(BIG, **JBIG2),
    "JPEG 2000": image(jpx("L"), "/DeviceGray", 8, **JPX),
}


@pytest.mark.parametrize("name", SOUND)
def test_whole_data_are_left_alone(name: str) -> None:
    assert found(SOUND[name]) == set()


@pytest.mark.parametrize(
    "space",
    [
        "/Pattern",
        "[/Indexed [/Indexed /DeviceGray 1 <00FF>] 1 <0001>]",
        "[/Separation /Gold [/Separation /Sun /DeviceCMYK <<>>] <<>>]",
    ],
)
def test_spaces_that_cannot_stand_on_each_other_are_none(space: str) -> None:
    assert "x4/image-space" in found(image(bytes(SIDE * SIDE), space, 8))


def test_a_mask_that_is_no_stencil_is_told() -> None:
    def masked(pdf: pikepdf.Pdf, page: Any) -> None:
        grey, own = image(bytes(SIDE * SIDE), bits=8), page.Resources.XObject.J
        grey(pdf, page)
        own.Mask, page.Resources.XObject.J = pdf.make_indirect(page.Resources.XObject.J), own

    assert found(image(bytes(SIDE * SIDE), bits=8), masked) == {"x4/image-space"}

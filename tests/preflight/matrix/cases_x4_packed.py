"""Samples of PDF/X-4: images packed by CCITT, JBIG2, JPEG 2000, inline, and what they stand on."""

import zlib
from functools import cache, partial
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image

from tests.preflight.matrix.base import Change, Draft, draft
from tests.preflight.matrix.objects import drawn, parsed, put
from tests.preflight.matrix.x4_table import table
from tests.preflight.packed_images import group4, jbig2

SIDE, OFF = 60, (190, 20)
ONE_BIT = Image.new("1", (SIDE, SIDE))
FAX, BIG = group4(ONE_BIT), jbig2(ONE_BIT)
GROUP_4 = {"Filter": "/CCITTFaxDecode", "DecodeParms": f"<</K -1 /Columns {SIDE} /Rows {SIDE}>>"}
IN_FLATE = {"Filter": "[/FlateDecode /DCTDecode]"}
JBIG2, JPX = {"Filter": "/JBIG2Decode"}, {"Filter": "/JPXDecode"}


@cache
def image(data: bytes, space: str = "/DeviceGray", bits: int = 1, **entries: str) -> Change:
    """Add image J of 60 x 60 pixels."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        about = {"Subtype": pikepdf.Name.Image, "Width": SIDE, "Height": SIDE, "BitsPerComponent": bits}
        stream = pdf.make_stream(data, **about)
        stream.ColorSpace = parsed(pdf, space)
        for key, value in entries.items():
            put(stream, key, value)
        page.Resources.XObject.J = stream

    return change


def shown(*changes: Change) -> Draft:
    return draft(drawn("J", 4, 4, OFF), *changes)


def saved(kind: str, mode: str, side: int = SIDE) -> bytes:
    out = BytesIO()
    Image.new(mode, (side, side)).save(out, kind)
    return out.getvalue()


jpx, jpeg = cache(partial(saved, "JPEG2000")), cache(partial(saved, "JPEG"))
GREY = bytes(SIDE * SIDE)


def masked(pdf: pikepdf.Pdf, page: Any) -> None:
    """Mask image J by another that is no stencil."""
    own = page.Resources.XObject.J
    image(GREY, bits=8)(pdf, page)
    own.Mask, page.Resources.XObject.J = pdf.make_indirect(page.Resources.XObject.J), own


@cache
def inlined(data: bytes) -> Change:
    """Draw an inline image of 4 x 4 grey pixels whose data are packed by Flate."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        begun = b"\nq 4 0 0 4 208 38 cm BI /W 4 /H 4 /BPC 8 /CS /G /F /Fl ID "
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + begun + data + b" EI Q")

    return change


table(
    "x4/image-data",
    {
        "CCITT that is none": shown(image(b"no picture at all", **GROUP_4)),
        "CCITT that ends early": shown(image(FAX[:2], **GROUP_4)),
        "CCITT of other columns": shown(image(FAX, Filter="/CCITTFaxDecode", DecodeParms="<</K -1>>")),
        "CCITT without data": shown(image(b"", **GROUP_4)),
        "JBIG2 that is none": shown(image(b"no picture at all", **JBIG2)),
        "JBIG2 that ends early": shown(image(BIG[:-9], **JBIG2)),
        "JBIG2 of a page without a picture": shown(image(BIG[:30], **JBIG2)),
        "JBIG2 of another size": shown(image(jbig2(Image.new("1", (SIDE, 8))), **JBIG2)),
        "JPEG 2000 of other components": shown(image(jpx("RGB"), "/DeviceCMYK", 8, **JPX)),
        "JPEG 2000 of another size": shown(image(jpx("L", 30), "/DeviceGray", 8, **JPX)),
        "no JPEG within Flate": shown(image(zlib.compress(b"no JPEG"), "/DeviceCMYK", 8, **IN_FLATE)),
        "a JPEG of other components within Flate": shown(
            image(zlib.compress(jpeg("L")), "/DeviceCMYK", 8, **IN_FLATE)
        ),
        "CCITT that is none within Flate": shown(
            image(
                zlib.compress(b"no picture at all"),
                Filter="[/FlateDecode /CCITTFaxDecode]",
                DecodeParms=f"[null {GROUP_4['DecodeParms']}]",
            )
        ),
        "a colour key of one component for four": shown(image(GREY * 4, "/DeviceCMYK", 8, Mask="[0 0]")),
        "no Flate, inline": draft("", inlined(b"garbage")),
        "a row less, inline": draft("", inlined(zlib.compress(bytes(12)))),
    },
    {
        "CCITT": shown(image(FAX, **GROUP_4)),
        "CCITT without the mark of its end": shown(image(FAX[:-3], **GROUP_4)),
        "JBIG2": shown(image(BIG, **JBIG2)),
        "JPEG 2000 with a space": shown(image(jpx("L"), "/DeviceGray", 8, **JPX)),
        "a JPEG within Flate": shown(image(zlib.compress(jpeg("CMYK")), "/DeviceCMYK", 8, **IN_FLATE)),
        "CCITT within Flate": shown(
            image(
                zlib.compress(FAX),
                Filter="[/FlateDecode /CCITTFaxDecode]",
                DecodeParms=f"[null {GROUP_4['DecodeParms']}]",
            )
        ),
        "a colour key of four components": shown(image(GREY * 4, "/DeviceCMYK", 8, Mask="[9 9 9 9 9 9 9 9]")),
        "a stencil beside whose data a space stands": shown(
            image(GREY, "/DeviceRGB", ImageMask="true", Decode="[1 0]")
        ),
        "run lengths": shown(
            image(bytes([255 - 127 + 1, 0]) * 29 + b"\x80", bits=8, Filter="/RunLengthDecode")
        ),
        "Flate, inline": draft("", inlined(zlib.compress(bytes(16)))),
        "no CCITT, not used": draft("", image(b"no picture at all", **GROUP_4)),
    },
)
NESTED = {
    "a pattern": "/Pattern",
    "a palette of a palette": "[/Indexed [/Indexed /DeviceGray 1 <00FF>] 1 <0001>]",
    "a spot colour that falls back to one": "[/Separation /Gold [/Separation /Sun /DeviceCMYK <<>>] <<>>]",
}
table(
    "x4/image-space",
    {
        **{name: shown(image(GREY, words, 8)) for name, words in NESTED.items()},
        "a mask that is no stencil": shown(image(GREY, bits=8), masked),
    },
    {"a palette of grey": shown(image(GREY, "[/Indexed /DeviceGray 1 <00FF>]", 8))},
)

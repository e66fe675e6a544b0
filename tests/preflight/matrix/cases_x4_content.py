"""Samples of what can or cannot be made out: content, resources, images, profiles."""

import zlib
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Name, String
from PIL import Image

from tests.preflight.matrix.base import Change, Draft, draft
from tests.preflight.matrix.objects import block, drawn, entry, icc, picture, put, space
from tests.preflight.matrix.x4_table import table

# Beside the trim
OFF = (190, 20)
USES = {
    "a font": "BT /Gone 9 Tf 18 110 Td (AB) Tj ET", "an image": "/Gone Do", "a graphics state": "/Gone gs",
    "a colour space": "/Gone cs 1 scn", "a pattern": "/Pattern cs /Gone scn", "a gradient": "/Gone sh",
    "a layer": "/OC /Gone BDC EMC",
}  # fmt: skip
table(
    "x4/resources",
    {
        **{f"{what} that is missing": draft(f"q {use} Q") for what, use in USES.items()},
        "an image without a width": draft(
            drawn("J", 4, 4), picture("J", (60, 60), "/DeviceCMYK", Width=None)
        ),
        "a soft mask without a group": draft(
            "q /S gs Q", entry("ExtGState", "S", "<</SMask <</S /Alpha>>>>")
        ),
        "an unknown colour space": draft("q /S cs 1 scn Q", space("S", "[/Foo 1]")),
        "a profile of two components": draft("q /S cs 1 1 scn Q", space("S", "icc:two")),
    },
    {
        "what is there": draft("q /OP gs /I Do Q"),
        "missing, and not used": draft("q Q", space("S", "[/Foo 1]")),
        "no soft mask": draft("q /S gs Q", entry("ExtGState", "S", "<</SMask /None>>")),
    },
)
ENDS = {
    "a string": "(abc", "an array": "[1 2", "a dictionary": "<</A 1", "an instruction": "1 2",
    "an inline image": "BI /W 1 /H 1 /BPC 8 /CS /G ID abc",
}  # fmt: skip


def ending(end: str) -> Draft:
    """Return a file whose content goes on behind its last operator."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n" + end.encode())

    return draft("", ENDING.setdefault(end, change))


def half_lost(_: pikepdf.Pdf, page: Any) -> None:
    page.Contents = Array([page.Contents, String("lost")])


ENDING: dict[str, Change] = {}
table(
    "x4/content",
    {
        "an unknown operator": draft("1 2 foo"),
        "an operator with other operands": draft("q (a) w Q"),
        **{f"ends within {what}": ending(end) for what, end in ENDS.items()},
        "a part that is no stream": draft("", half_lost),
        "an inline image without data": draft("q BI /W 1 /H 1 /BPC 8 /CS /G EI Q"),
    },
    {
        "an unknown operator between BX and EX": draft("BX 1 2 foo EX"),
        "operators that change nothing kept": draft("q [3] 0 d 50 i 4 M /Saturation ri Q"),
        "ends with a comment": ending("% (abc"),
    },
)


def shown(*changes: Change, pixels: int = 60, value: str = "/DeviceCMYK", **entries: str | None) -> Draft:
    return draft(drawn("J", 4, 4), picture("J", (pixels, pixels), value, **entries), *changes)


@cache
def holding(data: bytes, **entries: str | None) -> Change:
    """Give image J other data, and other entries."""

    def change(_: pikepdf.Pdf, page: Any) -> None:
        image = page.Resources.XObject.J
        image.write(data, filter=image.Filter)
        for key, value in entries.items():
            put(image, key, value)

    return change


@cache
def packed(kind: str, mode: str, side: int = 60, cut: int = 0) -> bytes:
    out = BytesIO()
    Image.new(mode, (side, side), 0).save(out, kind)
    return out.getvalue()[: len(out.getvalue()) - cut]


JPEG, JPX = {"Filter": "/DCTDecode"}, {"Filter": "/JPXDecode"}
WHOLE = zlib.compress(bytes(60 * 60 * 4))
table(
    "x4/image-data",
    {
        "no Flate": shown(holding(b"no packed data")),
        "Flate that ends early": shown(holding(WHOLE[:12])),
        "a row less": shown(holding(zlib.compress(bytes(59 * 60 * 4)))),
        "no JPEG": shown(holding(b"no JPEG", **JPEG)),
        "a JPEG that ends early": shown(holding(packed("JPEG", "CMYK", cut=80), **JPEG)),
        "a JPEG of other size": shown(holding(packed("JPEG", "CMYK", 30), **JPEG)),
        "a JPEG of other components": shown(holding(packed("JPEG", "L"), **JPEG)),
        "no JPEG 2000": shown(holding(b"no JPEG 2000", **JPX)),
        "an unknown filter": shown(Filter="/FooDecode"),
        "a Decode of one component": shown(Decode="[0 1]"),
    },
    {
        "Flate": shown(holding(WHOLE)),
        "a row more": shown(holding(zlib.compress(bytes(61 * 60 * 4)))),
        "a Decode of all components": shown(Decode="[0 1 0 1 0 1 0 1]"),
        "under PNG's filters": shown(
            holding(zlib.compress(bytes(60 * 241)), DecodeParms="<</Predictor 15 /Colors 4 /Columns 60>>")
        ),
        "a JPEG": shown(holding(packed("JPEG", "CMYK"), **JPEG)),
        "JPEG 2000": shown(holding(packed("JPEG2000", "L"), **JPX, ColorSpace=None)),
        "no Flate, not used": draft("", picture("J", (60, 60), "/DeviceCMYK"), holding(b"no packed data")),
    },
)


@cache
def masked(value: str) -> Change:
    """Give image J a soft mask in a colour space."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        parts = {"/DeviceGray": 1, "/DeviceRGB": 3}[value]
        about = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 4, "Height": 4, "BitsPerComponent": 8}
        mask = pikepdf.Stream(pdf, bytes([255] * 16 * parts), **about, ColorSpace=Name(value))
        page.Resources.XObject.J.SMask = pdf.make_indirect(mask)

    return change


table(
    "x4/image-space",
    {
        "none": shown(ColorSpace=None),
        "an unknown one": shown(value="[/Foo 1]"),
        "a profile of two components": shown(value="icc:two"),
        "a soft mask in DeviceRGB": shown(masked("/DeviceRGB")),
        "a soft mask that is no image": shown(SMask="<</Width 4>>"),
    },
    {
        "a soft mask in DeviceGray": shown(masked("/DeviceGray")),
        "none of JPEG 2000": shown(holding(packed("JPEG2000", "L"), **JPX, ColorSpace=None)),
        "none of a stencil": draft(
            "q 0 0 0 1 k " + drawn("J", 4, 4) + "Q",
            picture("J", (60, 60), "/DeviceGray", 1, ImageMask="true", ColorSpace=None),
        ),
    },
)


def indexed(most: int) -> Draft:
    """Return a file with an image whose palette has two colours."""
    return shown(value=f"[/Indexed /DeviceGray {most} <00FF>]")


SHORT = {"a palette shorter than it says": indexed(2)}
table("x4/image-space", SHORT, {"a palette as long as it says": indexed(1)}, "warning")


@cache
def profiled(data: bytes, components: int) -> Change:
    """Add a space S of a profile."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Resources.ColorSpace.S = Array([Name.ICCBased, pdf.make_stream(data, N=components)])

    return change


def beside(change: Change, components: str) -> Draft:
    return draft(block(f"/S cs {components} scn", OFF), change)


@cache
def srgb() -> bytes:
    with pikepdf.new() as pdf:
        return icc(pdf, "sRGB").read_bytes()


table(
    "x4/profiles",
    {
        "no profile": beside(profiled(b"no profile", 3), "0 0 0"),
        "a profile that ends early": beside(profiled(srgb()[:400], 3), "0 0 0"),
        "a profile of RGB for four components": beside(profiled(srgb(), 4), "0 0 0 0"),
        "a profile of RGB for one": beside(profiled(srgb(), 1), "0"),
    },
    {
        "a profile of RGB": beside(profiled(srgb(), 3), "0 0 0"),
        "no profile, not used": draft("", profiled(b"no profile", 3)),
    },
)

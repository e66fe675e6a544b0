"""What files are painted and changed with: words of content, and changes of objects, each made once."""

import struct
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name
from PIL import ImageCms

from tests.preflight.matrix.base import BLEED, TRIM, Change, bar, image, profile

# A place on the ground, and one on bare paper
ON, BARE = (18, 110), (104, 110)
BLACK, WHITE, GREY = "0 0 0 1 k", "0 0 0 0 k", "0.5 g"
FULL = (-BLEED, -BLEED, TRIM + BLEED, TRIM + BLEED)


def num(value: float) -> str:
    return f"{value:.9g}"


def text(size: float, paint: str = BLACK, at: tuple[float, float] = ON, font: str = "F") -> str:
    return f"q {paint} BT /{font} {num(size)} Tf {at[0]} {at[1]} Td (AB) Tj ET Q\n"


def stroke(width: float, paint: str, at: tuple[float, float] = ON) -> str:
    x, y = at
    return f"q {paint} {num(width)} w {x} {y} m {x + 40} {y} l S Q\n"


def beam(height: float, paint: str, at: tuple[float, float] = ON) -> str:
    """Return a filled rectangle so thin that it is a line."""
    return f"q {paint} {at[0]} {at[1]} 40 {num(height)} re f Q\n"


def on_step(content: str) -> str:
    """Return content that belongs to the clean file's processing step of cutting."""
    return f"/OC /Cut BDC {content} EMC\n"


def block(paint: str, at: tuple[float, float] = ON) -> str:
    return f"q {paint} {bar(at[0], at[1], at[0] + 40, at[1] + 30)}Q\n"


def drawn(name: str, width: float, height: float, at: tuple[float, float] = ON) -> str:
    return f"q {num(width)} 0 0 {num(height)} {at[0]} {at[1]} cm /{name} Do Q\n"


@cache
def entry(kind: str, name: str, value: str) -> Change:
    """Add a resource written as PDF; `icc:...` stands for a profile's space.

    `spot:SPACE|FUNCTION` stands for black by its name that falls back to a space.
    """

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        if f"/{kind}" not in page.Resources:
            page.Resources[f"/{kind}"] = Dictionary()
        page.Resources[f"/{kind}"][f"/{name}"] = parsed(pdf, value)

    return change


def parsed(pdf: pikepdf.Pdf, value: str) -> Any:
    if value.startswith("spot:"):
        alternate, _, function = value[5:].partition("|")
        tint = pikepdf.Object.parse(function.encode())
        return pikepdf.Array([Name.Separation, Name.Black, parsed(pdf, alternate), tint])
    if value.startswith("icc:"):
        return pikepdf.Array([Name.ICCBased, icc(pdf, value[4:])])
    return pikepdf.Object.parse(value.encode())


def space(name: str, value: str) -> Change:
    return entry("ColorSpace", name, value)


def spot(key: str, name: str, tint: str = "0 0.6 1 0") -> Change:
    """Add a Separation; `name` as PDF writes it, without the slash."""
    function = f"<</FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [{tint}] /N 1>>"
    return space(key, f"[/Separation /{name} /DeviceCMYK {function}]")


@cache
def inks(key: str, *names: str) -> Change:
    """Add a DeviceN of so many inks; on a screen it shows nothing."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        code = pdf.make_stream(b"{" + b"pop " * len(names) + b"0 0 0 0}", FunctionType=4)
        code.Domain, code.Range = pikepdf.Array([0, 1] * len(names)), pikepdf.Array([0, 1] * 4)
        listed = pikepdf.Array([Name(f"/{name}") for name in names])
        page.Resources.ColorSpace[f"/{key}"] = pikepdf.Array([Name.DeviceN, listed, Name.DeviceCMYK, code])

    return change


@cache
def picture(name: str, pixels: tuple[int, int], value: str, bits: int = 8, **entries: str | None) -> Change:
    """Add an image of zeros; `value` is its colour space."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        own = parsed(pdf, value)
        parts = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}.get(value) or _components(own)
        stream = image(pdf, pixels, own, bits, parts)
        for key, extra in entries.items():
            put(stream, key, extra)
        page.Resources.XObject[f"/{name}"] = pdf.make_indirect(stream)

    return change


def _components(own: Any) -> int:
    family = str(own[0])
    return int(own[1].N) if family == "/ICCBased" else 3 if family in ("/CalRGB", "/Lab") else 1


@cache
def form(name: str, content: str, group: str = "", **entries: str) -> Change:
    """Add a form of the whole sheet that has the page's resources."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        stream = pdf.make_stream(content.encode(), Type=Name.XObject, Subtype=Name.Form)
        stream.BBox, stream.Resources = page.MediaBox, page.Resources
        if group:
            stream.Group = pikepdf.Object.parse(group.encode())
        for key, value in entries.items():
            stream[f"/{key}"] = pikepdf.Object.parse(value.encode())
        page.Resources.XObject[f"/{name}"] = pdf.make_indirect(stream)

    return change


@cache
def page_entry(key: str, value: str | None) -> Change:
    """Set an entry of the first page, or take it out."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        put(page, key, value)

    return change


@cache
def root_entry(path: str, value: str | None) -> Change:
    """Set an entry beneath the catalog, its path written with dots and numbers, or take it out."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        holder: Any = pdf.Root
        *steps, key = path.split(".")
        for step in steps:
            holder = holder[int(step)] if step.isdigit() else holder[f"/{step}"]
        put(holder, key, value)

    return change


def put(holder: Any, key: str, value: str | None) -> None:
    if value is None:
        del holder[f"/{key}"]
    else:
        holder[f"/{key}"] = pikepdf.Object.parse(value.encode())


def icc(pdf: pikepdf.Pdf, name: str) -> Any:
    """Return a profile's stream: of the workspace, `sRGB`, `grey`, printers' (`prtr`), `two` components."""
    if name.endswith(".icc"):
        return profile(pdf, name)
    if name == "two":
        return pdf.make_stream(b"", N=2)
    kind, _, device = name.partition("-")
    data = _srgb() if kind == "sRGB" else _grey()
    if device:
        data = data[:12] + device.encode() + data[16:]
    return pdf.make_stream(data, N=3 if kind == "sRGB" else 1)


@cache
def _srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@cache
def _grey() -> bytes:
    """Return a grey profile: ICC.1 header, white point, and a curve of gamma 2.2."""
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    curve = b"curv\0\0\0\0" + struct.pack(">IHxx", 1, 0x0233)
    words = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"grey\0" + bytes(79)
    tags = ((b"desc", words), (b"wtpt", white), (b"kTRC", curve), (b"cprt", b"text\0\0\0\0none\0\0\0\0"))
    table, body, at = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for name, data in tags:
        table += struct.pack(">4sII", name, at + len(body), len(data))
        body += data
    size = at + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"lcms", 0x02400000, b"mntr", b"GRAY", b"XYZ ")
    head += struct.pack(">6H4s", 2026, 9, 1, 0, 0, 0, b"acsp") + bytes(28)
    head += struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    return head + bytes(128 - len(head)) + table + body

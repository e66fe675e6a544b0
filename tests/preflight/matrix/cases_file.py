"""Samples of what a file is as a whole: boxes, pages, fonts, layers, intent.

R0001 to R0006, R0014, R0030, R0034 to R0036.
"""

from collections.abc import Iterator
from typing import Any

import pikepdf

from tests.preflight.matrix.base import CLEAN, EDGE, SHEET, TRIM, bar, draft, font, ground
from tests.preflight.matrix.objects import (
    BLACK,
    FULL,
    WHITE,
    block,
    form,
    icc,
    on_step,
    page_entry,
    root_entry,
    stroke,
    text,
)
from tests.preflight.matrix.sample import Row, Sample, cases

SIDES = ("left", "bottom", "right", "top")


def box(side: float, edge: int | None = None, by: float = 0) -> str:
    """Return a box so far inside the sheet, one of its edges farther inside than the others."""
    edges = [side, side, SHEET - side, SHEET - side]
    if edge is not None:
        edges[edge] += by if edge < 2 else -by
    return f"[{' '.join(f'{one:.9g}' for one in edges)}]"


@cases("R0001")
def pdfx4(row: Row) -> Iterator[Sample]:
    """Every other rule of PDF/X-4 implies it: those have rows of their own."""
    yield row.breaks("no identification", draft("", unidentified), also=("x4/identification",))
    lzw = draft("", root_entry("Odd", "<</A <</Filter /LZWDecode>>>>"))
    yield row.passes("a word of LZW that is no stream", lzw)
    yield row.passes("a stream in LZW, which is a warning only", draft("", packed), also=("x4/lzw warning",))


def unidentified(pdf: pikepdf.Pdf, _: Any) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"PDF/X-4", b"PDF/X-5"))


def packed(pdf: pikepdf.Pdf, page: Any) -> None:
    """Pack an image of zeros: clear, 16 times eight zeros, end."""
    bits = "100000000" + "000000000" * 3 + "100000001"
    data = int(bits.ljust(48, "0"), 2).to_bytes(6, "big")
    stream = pikepdf.Stream(
        pdf, data, Width=3, Height=1, BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceGray
    )
    stream.Type, stream.Subtype, stream.Filter = (
        pikepdf.Name(f"/{word}") for word in ("XObject", "Image", "LZWDecode")
    )
    page.Resources.XObject.Z = pdf.make_indirect(stream)


@cases("R0002")
def user_unit(row: Row) -> Iterator[Sample]:
    yield row.breaks("a unit of two points", draft("", page_entry("UserUnit", "2")), fits=False)
    yield row.breaks(
        "a unit of half a point", draft("", page_entry("UserUnit", "0.5"), plain=LARGE), fits=False
    )
    yield row.passes("no unit", CLEAN)


# Half as large, no limit is broken.
LARGE = f"{BLACK} BT /F 48 Tf 18 18 Td (AB) Tj ET\n"


@cases("R0003")
def crop(row: Row) -> Iterator[Sample]:
    for edge, side in enumerate(SIDES):
        yield row.breaks(f"cut at the {side}", draft("", page_entry("CropBox", box(0, edge, 0.5))))
    yield row.passes("equal", draft("", page_entry("CropBox", box(0))))
    yield row.passes("absent", CLEAN)


@cases("R0004")
def page_size(row: Row) -> Iterator[Sample]:
    for turn in (90, 180, 270):
        yield row.breaks(f"turned by {turn}", draft("", page_entry("Rotate", str(turn))), fits=turn == 180)
    yield row.passes("Rotate 0", draft("", page_entry("Rotate", "0")))
    also = ("R0006",)
    for edge, side in enumerate(SIDES):
        other = draft("", page_entry("TrimBox", box(EDGE, edge, 0.5)), pages=2)
        yield row.breaks(f"another size at the {side}", other, also=also, fits=False)
    larger = f"[-10 -10 {SHEET} {SHEET}]"
    yield row.passes(
        "two pages alike, one sheet larger",
        draft("", page_entry("MediaBox", larger), pages=2),
        also,
        fits=False,
    )


@cases("R0005")
def empty(row: Row) -> Iterator[Sample]:
    bare: dict[str, Any] = {"ground": "", "plain": ""}
    yield row.breaks("nothing at all", draft("", **bare), fits=False)
    yield row.breaks("white alone", draft(f"{WHITE} {bar(*FULL)}", **bare))
    yield row.breaks(
        "ink beside the trim alone", draft(f"0.2 0 0 0 k {bar(-9, -9, 0, TRIM)}", **bare), fits=False
    )
    yield row.breaks("a cutting line alone", draft(on_step(stroke(4, "0 0 0 1 K")), **bare), fits=False)
    yield row.breaks("text that is not painted", draft(text(24, f"3 Tr {BLACK}"), **bare), fits=False)
    yield row.passes("a dot of one ink", draft(f"0 0 0 0.5 k {bar(80, 80, 84, 84)}", **bare), fits=False)
    yield row.passes("the faintest ground", draft(ground="0 0.02 0 0 k " + bar(*FULL), plain=""))


@cases("R0006")
def one_page(row: Row) -> Iterator[Sample]:
    yield row.breaks("two pages", draft(pages=2), fits=False)
    yield row.breaks("three pages", draft(pages=3), fits=False)
    yield row.passes("one page", CLEAN)


@cases("R0014")
def courier(row: Row) -> Iterator[Sample]:
    for name in ("Courier", "ABCDEF+Courier"):
        yield row.breaks(name, draft(text(24, font="C"), named(name)))
    for name in ("Courier-Bold", "CourierNew", "courier", "ABCDE+Courier"):
        yield row.passes(name, draft(text(24, font="C"), named(name)))


FONTS: dict[str, Any] = {}


def named(name: str) -> Any:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Resources.Font.C = font(pdf, name)

    return FONTS.setdefault(name, change)


GROUP = "<</S /Transparency /CS {}>>"
CMYK, GRAY = GROUP.format("/DeviceCMYK"), GROUP.format("/DeviceGray")


@cases("R0030")
def blend_space(row: Row) -> Iterator[Sample]:
    yield row.breaks("a page in grey", draft("", page_entry("Group", GRAY)))
    yield row.breaks("a form in grey", draft("/G Do", form("G", block(BLACK), GRAY)))
    yield row.breaks("a page in another press's colours", draft("", profiled))
    rgb = GROUP.format("/DeviceRGB")
    yield row.breaks("a page in RGB", draft("", page_entry("Group", rgb)), also=("x4/colour", "R0001"))
    yield row.breaks("a mask in another press's colours", draft("/M gs", *mask("M", "icc")))
    yield row.breaks("an alpha mask in grey", draft("/M gs", *mask("M", GRAY, "Alpha")))
    yield row.passes("a form in CMYK", draft("/G Do", form("G", block(BLACK), CMYK)))
    yield row.passes("a group without a space", draft("", page_entry("Group", "<</S /Transparency>>")))
    yield row.passes("a luminosity mask in grey", draft("/M gs", *mask("M", GRAY)))
    yield row.passes("a luminosity mask in CMYK", draft("/M gs", *mask("M", CMYK)))


def profiled(pdf: pikepdf.Pdf, page: Any) -> None:
    page.Group.CS = pikepdf.Array([pikepdf.Name.ICCBased, icc(pdf, "FOGRA29L_uncoated.icc")])


MASKS: dict[tuple[str, ...], Any] = {}


def mask(name: str, group: str, kind: str = "Luminosity") -> tuple[Any, ...]:
    """Return changes that add a graphics state with a soft mask."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        form("Mask", "1 g " + bar(0, 0, SHEET, SHEET), CMYK if group == "icc" else group)(pdf, page)
        stream = page.Resources.XObject.Mask
        if group == "icc":
            stream.Group.CS = pikepdf.Array([pikepdf.Name.ICCBased, icc(pdf, "FOGRA29L_uncoated.icc")])
        del page.Resources.XObject["/Mask"]
        state = pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), G=stream)
        page.Resources.ExtGState[f"/{name}"] = pikepdf.Dictionary(SMask=state)

    return (MASKS.setdefault((name, group, kind), change),)


CONFIG = "<</Name (Other) /Order []>>"


@cases("R0034")
def configurations(row: Row) -> Iterator[Sample]:
    yield row.breaks("another configuration", draft("", root_entry("OCProperties.Configs", f"[{CONFIG}]")))
    yield row.breaks("a list of none", draft("", root_entry("OCProperties.Configs", "[]")))
    yield row.passes("one layer and no other configuration", CLEAN)


@cases("R0035")
def intent(row: Row) -> Iterator[Sample]:
    grey: dict[str, Any] = {"ground": ground("0.8 g"), "plain": PLAIN_GREY}
    for name in ("grey", "sRGB"):
        change = printing(name)
        yield row.breaks(f"a press of {name}", draft("", change, page_entry("Group", None), **grey))
    yield row.passes("another press of CMYK", draft("", printing("FOGRA29L_uncoated.icc")))
    yield row.passes("grey work on a press of CMYK", draft("", **grey))


PLAIN_GREY = "0 g BT /F 24 Tf 18 18 Td (AB) Tj ET\n"
PRINTING: dict[str, Any] = {}


def printing(name: str) -> Any:
    def change(pdf: pikepdf.Pdf, _: Any) -> None:
        own = pdf.Root.OutputIntents[0]
        own.DestOutputProfile = icc(pdf, name if name.endswith("icc") else f"{name}-prtr")
        own.OutputConditionIdentifier = own.Info = pikepdf.String("another press")

    return PRINTING.setdefault(name, change)


@cases("R0036")
def hidden(row: Row) -> Iterator[Sample]:
    yield row.breaks("a layer switched off", draft("", layer("Off", "OFF")))
    yield row.breaks(
        "all off but one", draft("", layer("Off", ""), root_entry("OCProperties.D.BaseState", "/OFF"))
    )
    yield row.passes("a second layer, on", draft("", layer("On", "ON")))
    yield row.passes("a second layer, not named", draft("", layer("Plain", "")))


LAYERS: dict[tuple[str, str], Any] = {}


def layer(name: str, listed: str) -> Any:
    """Add a layer with a block on it."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        found = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String(name)))
        properties = pdf.Root.OCProperties
        properties.OCGs.append(found)
        if listed:
            properties.D[f"/{listed}"] = pikepdf.Array([*properties.D.get(f"/{listed}", []), found])
        page.Resources.Properties.Other = found

    return LAYERS.setdefault((name, listed), change)

"""Pages of one or two painted elements, and what the Ghent Workgroup's rules find on them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.preflight import Expected, Finding, Requirements
from printkit.preflight.checks import check
from tests.preflight.inked_pages import gwg, spot

# Cyan beneath all that follows
GROUND = "1 0 0 0 k 0 0 200 200 re f "
STATES: dict[str, dict[str, Any]] = {
    "op": {"/OP": True, "/op": True, "/OPM": 1},
    "op0": {"/OP": True, "/op": True, "/OPM": 0},
    "OP": {"/OP": True, "/OPM": 1},
    "stroke": {"/OP": True, "/op": False, "/OPM": 1},
    "fill": {"/OP": False, "/op": True, "/OPM": 1},
    "half": {"/ca": 0.5, "/CA": 0.5},
    "none": {"/ca": 0, "/CA": 0},
    "multiply": {"/BM": Name.Multiply},
}
PAINT = [f"R{number:04d}" for number in (*range(7, 14), *range(15, 20), 24)]

More: TypeAlias = Callable[[pikepdf.Pdf], dict[str, dict[str, Any]]]


def tinted(pdf: pikepdf.Pdf, *names: str) -> Array:
    """Return a DeviceN space."""
    count = len(names)
    code = pdf.make_stream(
        b"{" + b"pop " * count + b"0 0 0 0}", FunctionType=4, Domain=[0, 1] * count, Range=[0, 1] * 4
    )
    return Array([Name.DeviceN, Array([Name(f"/{name}") for name in names]), Name.DeviceCMYK, code])


def sheet(content: str, more: More | None = None, **entries: Any) -> bytes:
    """Return a page of 200 x 200 pt whose trim leaves 10 pt on each side; `more` are further resources."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 200))
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(content.encode())
        page.TrimBox = Array([10, 10, 190, 190])
        page.Resources = resources(pdf, {} if more is None else more(pdf))
        for key, value in entries.items():
            page[f"/{key}"] = value
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def resources(pdf: pikepdf.Pdf, more: dict[str, dict[str, Any]]) -> Dictionary:
    spots = {name: spot(pdf, own) for name, own in (("Spot", "Orange"), ("Black", "Black"), ("All", "All"))}
    known: dict[str, dict[str, Any]] = {
        "Font": {"F": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)},
        "ExtGState": {name: Dictionary(state) for name, state in STATES.items()},
        "ColorSpace": {
            **spots,
            "Duo": tinted(pdf, "Cyan", "Black"),
            "SpotBlack": tinted(pdf, "Orange", "Black"),
        },
    }
    kinds = {kind: known.get(kind, {}) | more.get(kind, {}) for kind in known | more}
    return Dictionary(
        {
            f"/{kind}": Dictionary({f"/{name}": entry for name, entry in entries.items()})
            for kind, entries in kinds.items()
        }
    )


def text(size: float, paint: str = "", at: str = "40 40") -> str:
    return f"q {paint} BT /F {size:.9g} Tf {at} Td (Hamburg) Tj ET Q "


def line(width: float, paint: str = "") -> str:
    return f"q {paint} {width:.9g} w 20 100 m 180 100 l S Q "


def bar(height: float, paint: str = "") -> str:
    return f"q {paint} 20 100 160 {height:.9g} re f Q "


def found(pdf: bytes, variant: str = "sheetcmyk-cmyk", scale: float = 1.0) -> list[Finding]:
    """Return what the rules of paint find."""
    report = check(pdf, Expected(gwg=Requirements(gwg(), variant, scale=scale)))
    assert not [one for one in report.rules_not_run if one.id in PAINT and "ignored" not in one.why]
    return [one for one in report.findings if one.id in PAINT]


def broken(content: str, variant: str = "sheetcmyk-cmyk", **options: Any) -> list[str]:
    """Return the ids of the rules that a page breaks."""
    return [one.id for one in found(sheet(content, **options), variant)]

"""Pages of 100 x 70 mm whose content is written in millimetres from the shown trim's lower left corner."""

from dataclasses import dataclass, replace
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.preflight import Expected, Finding
from printkit.preflight.checks import check
from printkit.profiles import CodeRules, Format, ProductRules
from printkit.qr.outline import symbol_path
from printkit.qr.symbol import make_symbol
from printkit.raster.pdfium import PdfiumFile
from printkit.units import Rect, mm, pt
from printkit.workspace import Workspace
from tests.finish.pages import ROOT, written

WIDE, HIGH, BLEED = 100.0, 70.0, 3.0
URL = "https://example.no/nu03?k=r27"
HELVETICA = Dictionary(
    Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, FirstChar=72, LastChar=72, Widths=[722]
)
GROUND = f"0.1 0 0.2 0 k {-BLEED} {-BLEED} {WIDE + 2 * BLEED} {HIGH + 2 * BLEED} re f 0 0 0 1 k\n"
WORKSPACE = Workspace(ROOT)
CODE_RULES = CodeRules.model_validate(WORKSPACE.read_toml("profiles/preflight/codes.toml"))
PRODUCT_RULES = ProductRules.model_validate(WORKSPACE.read_toml("profiles/preflight/product.toml"))
FORMAT = Format(
    id="card", name="Card", short="c", trim_mm=(WIDE, HIGH), pages=1, bleed_mm=BLEED, safe_mm=5,
    viewing_distance_m=0.2, default_press="digital", paper="Silk", finishing="Cut",
)  # fmt: skip
ORDER = Expected(
    trim_mm=FORMAT.trim_mm,
    bleed_mm=BLEED,
    pages=1,
    code_rules=CODE_RULES,
    format=FORMAT,
    product_rules=PRODUCT_RULES,
)


@dataclass(frozen=True)
class Geometry:
    """Say how a page's space lies to what it shows; `slug` in mm round the bleed."""

    rotate: int = 0
    origin: tuple[float, float] = (0, 0)
    unit: float = 1
    slug: float = 0


PLAIN = Geometry()
GEOMETRIES = [
    PLAIN,
    Geometry(slug=7),
    Geometry(origin=(-31.5, 200.25)),
    Geometry(unit=2.5),
    *(Geometry(turn, (40, -15), 2, 4) for turn in (90, 180, 270)),
]


def page(content: str, geometry: Geometry = PLAIN) -> bytes:
    """Return one page that shows the content the same way, however its space lies."""
    edge = BLEED + geometry.slug
    size = [pt(side + 2 * edge) / geometry.unit for side in (WIDE, HIGH)]
    if geometry.rotate in (90, 270):
        size.reverse()
    x0, y0 = geometry.origin
    x1, y1 = x0 + size[0], y0 + size[1]
    pdf = pikepdf.new()
    sheet = pdf.add_blank_page(page_size=(100, 100))
    bleed, trim = (pt(inset) / geometry.unit for inset in (geometry.slug, edge))
    sheet.obj.MediaBox = Array([x0, y0, x1, y1])
    sheet.obj.BleedBox = Array([x0 + bleed, y0 + bleed, x1 - bleed, y1 - bleed])
    sheet.obj.TrimBox = Array([x0 + trim, y0 + trim, x1 - trim, y1 - trim])
    sheet.obj.Rotate, sheet.obj.UserUnit = geometry.rotate, geometry.unit
    turned = {
        0: (1, 0, 0, 1, x0, y0),
        90: (0, 1, -1, 0, x1, y0),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, -1, 1, 0, x0, y1),
    }
    turn = " ".join(map(str, turned[geometry.rotate]))
    scale = pt(1) / geometry.unit
    sheet.obj.Resources = Dictionary(
        Font=Dictionary(F=HELVETICA), ExtGState=Dictionary(Half=Dictionary(ca=0.05))
    )
    sheet.contents_add(f"{turn} cm {scale} 0 0 {scale} {trim} {trim} cm\n{content}".encode())
    return written(pdf)


def letter(place: Rect) -> str:
    """Return an H whose ink fills a rectangle of mm."""
    ink = letter_ink()
    x, y = place.width / ink.width, place.height / ink.height
    return f"BT /F 1 Tf {x} 0 0 {y} {place.x0 - ink.x0 * x} {place.y0 - ink.y0 * y} Tm (H) Tj ET\n"


@cache
def letter_ink() -> Rect:
    (found,) = PdfiumFile(page("BT /F 20 Tf 30 30 Td (H) Tj ET")).letters(1).tolist()
    edge = pt(BLEED + 30)
    return Rect(*found).moved(-edge, -edge).scaled(mm(1) / 20)


def symbol(corner: tuple[float, float], width: float = 20.5, url: str = URL, ink: str = "0 0 0 1 k") -> str:
    """Return a code of 41 modules on white with four modules round it; its lower left corner in mm."""
    quiet = 4 * width / 41
    x, y = corner
    box = Rect(x, y, x + width, y + width)
    ground = f"0 0 0 0 k {x - quiet} {y - quiet} {width + 2 * quiet} {width + 2 * quiet} re f {ink}\n"
    return ground + symbol_path(make_symbol(url, "M", (6, 6)).matrix, box).decode()


def found(data: bytes, rule: str, order: Expected = ORDER) -> list[Finding]:
    return [finding for finding in check(data, order).findings if finding.id == f"product/{rule}"]


def ordered(**changes: object) -> Expected:
    """Return the order of a format with other figures."""
    return replace(ORDER, format=Format.model_validate(FORMAT.model_dump() | changes))

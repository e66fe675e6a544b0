"""Separated pages to finish, and what to finish them with."""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image

from printkit.finish import CodeStyle, FinishSpec
from printkit.marks import Marks, MarkStyle
from printkit.pdfx.identity import Identity
from printkit.pdfx.intent import OutputIntent
from printkit.qr import Code, CodeBox, CodeGeometry
from printkit.qr.symbol import make_symbol
from printkit.units import Rect, mm, pt

ROOT = Path(__file__).parents[2]
# Trim and bleed make 300 x 216 points, so that pixels fall on pixels.
BLEED = 3.0
TRIM = (mm(300) - 2 * BLEED, mm(216) - 2 * BLEED)
# Marks whose slug is 20 points
STYLE = MarkStyle(gap_mm=mm(4), length_mm=mm(16), line_pt=0.25)
MARKS = Marks(crop=True, registration=True, fold=True, style=STYLE)
GEOMETRY = CodeGeometry(width_mm=20.5, quiet_mm=20.5 * 4 / 41, id_size_pt=6, versions=(6, 14))
URL = "https://example.no/nu03?k=r26&s=fjell"

SPEC = FinishSpec(
    TRIM,
    BLEED,
    OutputIntent(
        (ROOT / "assets/icc/FOGRA39L_coated.icc").read_bytes(),
        "FOGRA39",
        "Offset on coated paper",
        "http://www.color.org",
    ),
    Identity(
        "Bli med! & så videre", "nu03_recruit_flyer-a5_nb", datetime(2026, 9, 1, tzinfo=UTC), "printkit 0"
    ),
    CodeStyle((ROOT / "assets/fonts/SourceSans3-SemiBold.ttf").read_bytes(), 12),
)

# Patterns reach over all four edges of the bleed; the form paints the same ones in its own space.
PAINT = b"""/Pattern cs /Gradient scn 0 0 150 300 re f /Tiles scn 150 0 200 300 re f
q 1 0 0 1 60 80 cm /Form Do Q"""


def spec(**changes: Any) -> FinishSpec:
    return replace(SPEC, **changes)


def code(corner: tuple[float, float], url: str = URL, print_id: str = "K7M-4RFX", page: int = 1) -> Code:
    """Return a code whose reserved box has its lower left corner at `corner` (mm from the trim's)."""
    x, y = (pt(value) for value in corner)
    box = Rect(x, y, x + pt(GEOMETRY.box_width_mm), y + pt(GEOMETRY.box_height_mm))
    return Code(CodeBox("qr", page, box), make_symbol(url, "M", GEOMETRY.versions), print_id, GEOMETRY)


def layout(content: bytes = b"", resources: Any = None, *, bleed: float = BLEED, pages: int = 1) -> bytes:
    """Return pages of trim and bleed from 0 0."""
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(pt(TRIM[0] + 2 * bleed), pt(TRIM[1] + 2 * bleed)))
        page.obj.Resources = resources(pdf) if resources else Dictionary()
        page.obj.Contents = pdf.make_stream(content)
    return written(pdf)


@lru_cache(maxsize=16)
def opened(pdf: bytes) -> pikepdf.Pdf:
    """Return the open file for reading; it stays open while a test looks at its parts."""
    return pikepdf.open(BytesIO(pdf))


def written(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def patterns(pdf: pikepdf.Pdf) -> Dictionary:
    """Return a gradient and a tiling pattern in CMYK, and a form that paints with the like.

    The form shares the gradient with the page; its tiles are its own, for Ghostscript keeps the phase of
    tiles that it has drawn before.
    """
    own = Dictionary(Gradient=_gradient(pdf), Tiles=_tiles(pdf))
    form = pdf.make_stream(b"/Pattern cs /Gradient scn 0 0 60 30 re f /Tiles scn 60 0 60 30 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 120, 30])
    form.Resources = Dictionary(Pattern=Dictionary(Gradient=own.Gradient, Tiles=_tiles(pdf)))
    return Dictionary(Pattern=own, XObject=Dictionary(Form=form))


def _gradient(pdf: pikepdf.Pdf) -> pikepdf.Object:
    course = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 1, 0, 0], C1=[1, 0, 0, 0], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 120, 60], Function=course)
    return pdf.make_indirect(Dictionary(PatternType=2, Shading=shading, Matrix=[1, 0, 0, 1, 7, 5]))


def _tiles(pdf: pikepdf.Pdf) -> pikepdf.Object:
    tile = pdf.make_stream(b"0 0 1 0 k 0 0 5 5 re f 0 0 0 1 k 5 5 6 4 re f")
    tile.PatternType, tile.PaintType, tile.TilingType = 1, 1, 1
    tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 11, 9]), 11, 9
    tile.Resources, tile.Matrix = Dictionary(), Array([1, 0, 0, -1, 3, 2])
    return tile


def pdfium(pdf: bytes, scale: float = 2, page: int = 0) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[page].render(scale=scale).to_pil().convert("RGB")


def separations(pdf: bytes, folder: Path, scale: float = 2) -> dict[str, Any]:
    """Return each ink's plate as pixels, 0 where it is full."""
    (folder / "in.pdf").write_bytes(pdf)
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", f"-r{72 * scale}"]
    subprocess.run([*command, "-o", folder / "out.tif", folder / "in.pdf"], check=True, capture_output=True)
    inks = ("Cyan", "Magenta", "Yellow", "Black")
    return {ink: np.asarray(Image.open(folder / f"out({ink}).tif")) for ink in inks}


def ghostscript(pdf: bytes, folder: Path, scale: float = 2) -> Image.Image:
    (folder / "in.pdf").write_bytes(pdf)
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=png16m", f"-r{72 * scale}"]
    subprocess.run([*command, "-o", folder / "out.png", folder / "in.pdf"], check=True, capture_output=True)
    return Image.open(folder / "out.png").convert("RGB")

"""A logo that comes as PDF: its one page as an SVG of plain paths, so that it stays a drawing.

From there it goes the way of every drawing: looked at, drawn, separated. What an SVG of paths cannot hold
(text, pictures, gradients, spot colours, overprint, blending) is refused with what to do in the program that
made it. Operators and their order are those of ISO 32000-1, annex A.
"""

import io
import logging
import warnings
from collections.abc import Callable
from typing import Any

import pikepdf

from printkit.raster.pdf_canvas import Canvas
from printkit.raster.problem import PictureProblem
from printkit.streams import data_of
from printkit.words import Message

# What it would say is said by who was asked: the reason, and the cure
logging.getLogger("pikepdf").addHandler(logging.NullHandler())

HEAD = b"%PDF"
# Bytes of content, unpacked: a logo has some thousands
_MOST_CONTENT = 4_000_000
_RUNS = ("/OpenAction", "/AA", "/AcroForm", "/XFA")


def is_pdf(data: bytes) -> bool:
    """Tell a PDF by how it begins, whatever its file is called."""
    return HEAD in data[:1024] and not data.lstrip().startswith(b"<")


def pdf_as_svg(data: bytes, press: Callable[[], bytes]) -> bytes:
    """Return the one page of a PDF as an SVG; PictureProblem, with the cure, for one that is more than paths.

    `press` is asked for a profile where inks have none of their own.
    """
    try:
        with warnings.catch_warnings(), pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            warnings.simplefilter("ignore")
            return _svg_of(pdf, press)
    except pikepdf.PasswordError as error:
        raise PictureProblem(Message("the PDF is protected; save it without a password")) from error
    except (pikepdf.PdfError, KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        if isinstance(error, PictureProblem):
            raise
        raise PictureProblem(Message("the PDF cannot be read; export it again")) from error


def _svg_of(pdf: pikepdf.Pdf, press: Callable[[], bytes]) -> bytes:
    _check_file(pdf)
    page = pdf.pages[0]
    _check_page(page)
    x0, y0, x1, y1 = (float(side) for side in page.cropbox)
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    if x1 - x0 <= 0 or y1 - y0 <= 0:
        raise PictureProblem(Message("the PDF's page has no size; export it again"))
    page.contents_coalesce()
    profile = _intent(pdf)
    canvas = Canvas((lambda: profile) if profile else press)
    canvas.draw(page.obj, page.obj.get("/Resources", pikepdf.Dictionary()), _content_size)
    return canvas.svg((x0, y0, x1, y1))


def _check_file(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise PictureProblem(Message("the PDF is protected; save it without a password"))
    if len(pdf.pages) != 1:
        raise PictureProblem(
            Message("the PDF has %(count)s pages; save the one with the logo alone", count=len(pdf.pages))
        )
    names = pdf.Root.get("/Names", pikepdf.Dictionary())
    if any(key in pdf.Root for key in _RUNS) or "/JavaScript" in names:
        raise PictureProblem(Message("the PDF has forms or scripts; export the logo alone"))
    layers = pdf.Root.get("/OCProperties", pikepdf.Dictionary()).get("/D", pikepdf.Dictionary())
    if len(layers.get("/OFF", ())) or layers.get("/BaseState", "/ON") != "/ON":
        raise PictureProblem(Message("the PDF has hidden layers; delete them and save it anew"))


def _check_page(page: pikepdf.Page) -> None:
    if len(page.obj.get("/Annots", ())):
        raise PictureProblem(Message("the PDF has links or notes; export the logo without them"))
    if int(page.rotation) % 360 or float(page.obj.get("/UserUnit", 1)) != 1:
        raise PictureProblem(Message("the PDF's page is turned or scaled; save it upright at its own size"))


def _intent(pdf: pikepdf.Pdf) -> bytes | None:
    """Return the profile of the printing condition that the file names for its inks."""
    for intent in pdf.Root.get("/OutputIntents", ()):
        profile = intent.get("/DestOutputProfile")
        if profile is not None and int(profile.get("/N", 0)) == len("CMYK"):
            return data_of(profile)
    return None


def _content_size(stream: Any) -> Any:
    """Return a content stream's operators; PictureProblem for more than a drawing has."""
    content = stream.get("/Contents") if stream.get("/Type") == "/Page" else stream
    if content is not None and len(data_of(content)) > _MOST_CONTENT:
        raise PictureProblem(Message("the PDF has more to draw than a logo; simplify the drawing"))
    return pikepdf.parse_content_stream(stream)

"""Vector pictures in a layout: what WeasyPrint cannot draw rightly stands in it as a PDF of its own.

WeasyPrint passes over most of SVG without a word (masks on groups, clip rules, widths of gradient strokes).
Typst draws SVG by usvg and krilla, as vectors and within some milliseconds. While the layout is written a
form carries such a picture's PDF as its content; at the end the picture takes that content's place.
"""

import io
import json
import os
import subprocess
import sys
from functools import cache, lru_cache
from typing import Any

import pikepdf
from pikepdf import Dictionary

from printkit.errors import RenderError
from printkit.streams import data_of
from printkit.words import Message

# The key of a form that carries a PDF
_MARK = "PrintkitPicture"
# A page of exactly the drawing's size; lengths are px of the layout, written as points
_PAGE = """#set page(width: {0:.6f}pt, height: {1:.6f}pt, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg", width: {0:.6f}pt, height: {1:.6f}pt, fit: "stretch")
"""
_MOST_KNOWN = 64
# What a Python of its own runs: a page and a drawing come by stdin, the PDF leaves by stdout.
_APART = """
import json, sys, typst
page, drawing = json.load(sys.stdin)
try:
    pdf = typst.compile(
        page.encode(), sys_inputs={"drawing": drawing}, ignore_system_fonts=True, pdf_tags=False
    )
except typst.TypstError as error:
    sys.exit(error.message)
sys.stdout.buffer.write(pdf)
"""


@lru_cache(maxsize=_MOST_KNOWN)
def drawn(svg: bytes, size: tuple[float, float]) -> bytes:
    """Return a drawing as a PDF of one page; RenderError where it cannot be drawn."""
    page, drawing = _PAGE.format(*size), svg.decode("ascii")
    if _home() != os.getpid():
        return _drawn_apart(page, drawing)
    # Most pieces have plain drawings only, and it takes up memory.
    import typst

    inputs = {"drawing": drawing}
    try:
        return typst.compile(page.encode(), sys_inputs=inputs, ignore_system_fonts=True, pdf_tags=False)
    except typst.TypstError as error:
        raise _cannot(error.message) from error


@cache
def _home() -> int:
    """Return the process that Typst's threads live in: the first that draws. Its copies know it too."""
    return os.getpid()


def _drawn_apart(page: str, drawing: str) -> bytes:
    """Draw in a process of its own: a copy (fork) of one that drew would wait for threads it has not."""
    command = [sys.executable, "-c", _APART]
    done = subprocess.run(
        command, input=json.dumps([page, drawing]).encode(), capture_output=True, check=False
    )
    if done.returncode:
        raise _cannot(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


def _cannot(message: str) -> RenderError:
    return RenderError(Message("a drawing cannot be drawn: %(message)s; export it again", message=message))


def place(stream: Any, pdf: bytes, size: tuple[float, float]) -> None:
    """Draw the one page of a PDF at the origin of WeasyPrint's stream, where y runs downwards."""
    form = stream.add_group(0, 0, *size)
    form.extra[_MARK] = "true"
    form.stream = [pdf]
    stream.draw_x_object(form.id)


def unpack(pdf: bytes) -> bytes:
    """Put the pictures that a layout's forms carry in the forms' place."""
    # Streams' dictionaries are never compressed, so the common case costs a search.
    if _MARK.encode() not in pdf:
        return pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for form in [one for one in opened.objects if isinstance(one, pikepdf.Stream) and f"/{_MARK}" in one]:
            _unpack(opened, form)
        target = io.BytesIO()
        # Equal layouts, equal bytes
        opened.save(target, deterministic_id=True)
        return target.getvalue()


def _unpack(opened: pikepdf.Pdf, form: Any) -> None:
    with pikepdf.open(io.BytesIO(data_of(form))) as source:
        content = opened.copy_foreign(source.pages[0].as_form_xobject())
    form.write(f"1 0 0 -1 0 {float(form.BBox[3]):.6f} cm /picture Do".encode())
    form.Resources = Dictionary(XObject=Dictionary({"/picture": content}))
    del form[f"/{_MARK}"]

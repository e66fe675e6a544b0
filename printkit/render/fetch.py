"""Fetch what HTML, CSS and SVG ask for: files of the workspace, checked, and nothing else."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import Element

from printkit.errors import MissingError, SlotErrors, SlotProblem, WorkspaceError
from printkit.profiles import Press
from printkit.raster.kinds import is_drawing, is_picture
from printkit.raster.pdf_drawing import is_pdf, pdf_as_svg
from printkit.raster.problem import PictureProblem
from printkit.raster.svg import DEEPEST
from printkit.raster.svg_drawing import Drawing, checked_drawing
from printkit.render.engine import engine
from printkit.render.hyphen import for_layout
from printkit.render.inline import open_inline
from printkit.template.pictures import MOST_PIXELS, MOST_SVG_BYTES, open_for, press_profile
from printkit.template.sources import digest, outside
from printkit.typeface import TypefaceProblem, check_typeface
from printkit.words import Message, sentence
from printkit.workspace import Workspace

FONTS = frozenset({".ttf", ".otf", ".woff", ".woff2"})
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".avif", ".heic", ".heif", ".tif", ".tiff"})
DRAWING = ".svg"
# Said of every picture made of pixels: the layout engine tells JPEG from PNG by itself.
PIXELS = "image/png"
# Programs write many words for the kind of picture (jpg, pjpeg, x-png); what it is, its content tells.
_DATA = re.compile(r"data:image/(?!svg)[\w.+-]*(?:;[\w=.-]+)*;base64,(.*)", re.DOTALL | re.IGNORECASE)


def address_of(file: str) -> str:
    """Return the address under which the layout knows a workspace file: the root is the workspace.

    No folder of this machine is in it, so none can get into the PDF.
    """
    return "file:///" + quote(file)


class Fetcher:
    """Answer WeasyPrint's requests; the first one that fails stops the layout with its own error."""

    # WeasyPrint asks for this: a failed request ends the layout instead of a line in the log.
    _fail_on_errors = True

    def __init__(self, workspace: Workspace, press: Press, slots: Mapping[str, str], where: str) -> None:
        self.workspace, self.press, self.where = workspace, press, where
        self.source = ""
        self.failed: Exception | None = None
        self.read: dict[str, str] = {}
        # Pictures in CMYK that name no profile
        self.by_press: set[str] = set()
        self.by_address: dict[str, Drawing] = {}
        # Drawings of the page by what stands for them in it
        self.by_element: dict[Element, tuple[Element, Drawing]] = {}
        self._slots = {file: slot for slot, file in slots.items()}

    def __call__(self, url: str) -> Any:
        try:
            return self._fetch(url)
        except Exception as error:
            # The first is the cause; what follows it follows from it
            self.failed = self.failed or error
            raise

    def _fetch(self, url: str) -> Any:
        inside = _DATA.fullmatch(url)
        if inside:
            return self._response("data:", self._picture(self.source, _decoded(inside[1])), PIXELS)
        file = self._file(url)
        suffix = PurePosixPath(file).suffix.lower()
        content = self._read(file, suffix)
        if is_pdf(content):
            self.by_address[url], drawn = self._logo(file, content)
            return self._response(f"workspace:{file}", drawn, "image/svg+xml")
        # Not under a file address, which WeasyPrint would open again by itself.
        if is_picture(content) or (suffix in PICTURES and not is_drawing(content)):
            return self._response(f"workspace:{file}", self._picture(file, content), PIXELS)
        if suffix == DRAWING or is_drawing(content):
            self.by_address[url] = self._drawing(file, content)
            return self._response(f"workspace:{file}", content, "image/svg+xml")
        if suffix == ".css":
            self.source = file
            return self._response(url, content, "text/css")
        # A missing font has an exit code of its own, as it is installed and not written
        if suffix in FONTS:
            return self._response(address_of(file), self._font(file, content), "font/sfnt")
        reason = Message(
            "'%(file)s' is no style sheet, font, picture or drawing that is read; save a picture as PNG or "
            "JPEG, a drawing as SVG",
            file=file,
        )
        raise WorkspaceError(self.source, None, reason)

    def font(self, url: str) -> Any:
        """Answer a rule that declares a font; what is none is refused, whatever its name says."""
        file = self._file(url)
        if not self.workspace.has(file):
            raise self._no_font(file)
        return self._response(address_of(file), self._font(file, self.take(file)), "font/sfnt")

    def _file(self, url: str) -> str:
        try:
            parts = urlsplit(url)
        # Such as http://[: it names no host, and none of ours
        except ValueError as error:
            raise outside(self.source, url) from error
        if parts.scheme != "file" or parts.netloc:
            raise outside(self.source, url)
        return unquote(parts.path).lstrip("/")

    def _read(self, file: str, suffix: str) -> bytes:
        if not self.workspace.has(file):
            if suffix in FONTS:
                raise self._no_font(file)
            raise WorkspaceError(self.source, None, Message("no file '%(file)s' in the workspace", file=file))
        return self.take(file)

    def _no_font(self, file: str) -> MissingError:
        return MissingError(
            Message("font %(file)s is missing; %(source)s names it", file=file, source=self.source)
        )

    def take(self, file: str) -> bytes:
        """Read a file, and remember what it held."""
        content = self.workspace.read_bytes(file)
        self.read[file] = digest(content)
        return content

    def _font(self, file: str, content: bytes) -> bytes:
        try:
            check_typeface(content)
        except TypefaceProblem as problem:
            raise MissingError(Message("font %(file)s: %(problem)s", file=file, problem=problem)) from problem
        return for_layout(content)

    def _picture(self, file: str, content: bytes) -> bytes:
        with self._naming(file):
            picture, by_press = open_for(self.press, content, self.take)
        if by_press:
            self.by_press.add(file)
        return picture.data

    def _drawing(self, file: str, content: bytes) -> Drawing:
        with self._naming(file):
            return checked_drawing(content, MOST_SVG_BYTES, MOST_PIXELS)

    def _logo(self, file: str, content: bytes) -> tuple[Drawing, bytes]:
        """Return a PDF as a drawing, and the SVG that it makes."""

        def press() -> bytes:
            self.by_press.add(file)
            return press_profile(self.press, self.take)

        with self._naming(file):
            drawn = pdf_as_svg(content, press)
        return self._drawing(file, drawn), drawn

    def drawing_at(self, url: str) -> Drawing:
        """Return an address's drawing; what was fetched as something else stops the layout."""
        if url not in self.by_address:
            reason = Message("'%(file)s' is no picture; name one that is", file=self._file(url))
            self.failed = WorkspaceError(self.source, None, reason)
            raise self.failed
        return self.by_address[url]

    @contextmanager
    def _naming(self, file: str) -> Iterator[None]:
        try:
            yield
        except PictureProblem as error:
            # Whoever handed the picture in can mend it
            if file in self._slots:
                raise SlotErrors([SlotProblem(self.where, self._slots[file], sentence(error))]) from error
            raise WorkspaceError(file, None, sentence(error)) from error

    def open_inline(self, drawings: Mapping[Element, Element]) -> None:
        """Check the drawings that stand in the page itself, and keep them for the layout."""
        for place, whole in drawings.items():
            self._check_depth(whole)
            try:
                self.by_element[place] = whole, open_inline(whole)
            except PictureProblem as error:
                raise WorkspaceError(self.source, None, Message("inline %(error)s", error=error)) from error

    def _check_depth(self, drawing: Element) -> None:
        """Refuse a drawing of the page that is nested deeper than one in a file may be."""
        row = [drawing]
        # Row by row and not by recursion, which is what a deep drawing would exhaust
        for _ in range(DEEPEST):
            row = [child for element in row for child in element]
        if row:
            name = str(row[0].tag).rpartition("}")[2]
            reason = Message(
                "inline the SVG has <%(name)s> at a depth of more than %(deepest)s; take groups away",
                name=name,
                deepest=DEEPEST,
            )
            raise WorkspaceError(self.source, None, reason)

    def _response(self, url: str, content: bytes, kind: str) -> Any:
        return engine().response(url, content, {"Content-Type": kind})


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(unquote(text))
    except binascii.Error as error:
        raise PictureProblem(Message("a data: address that is not base64")) from error

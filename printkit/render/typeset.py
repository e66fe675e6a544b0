"""One layout of a piece at given sizes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any
from xml.etree import ElementTree

from printkit.errors import WorkspaceErrors
from printkit.render.added_css import RULES, Setting, balance_sheet, page_sheet, size_sheet, variables
from printkit.render.boxes import read_boxes
from printkit.render.elements import check_elements
from printkit.render.engine import engine
from printkit.render.fetch import Fetcher, address_of
from printkit.render.inline import parse_page
from printkit.render.listen import listening
from printkit.render.numbers import check_numbers
from printkit.render.optics import type_variables
from printkit.render.placed import Reading
from printkit.render.sheets import read_sheet
from printkit.render.specimen import overlay
from printkit.render.styles import DesignStyles, stopping, styles_of
from printkit.render.variables import read_variables
from printkit.render.vector import unpack
from printkit.template import Artwork

# How many layouts are kept: a search ends on one of its last.
KEPT = 4


@dataclass
class Typesetter:
    """Lay one artwork out, as often as the search for sizes needs."""

    artwork: Artwork
    styles: DesignStyles
    fetcher: Fetcher
    html: str
    images: dict[str, Any] = field(default_factory=dict)
    laid_out: int = 0
    recent: "list[TypesetPages]" = field(default_factory=list)
    # Whether attributes of the page's HTML say how it looks
    _hints: bool = False

    @classmethod
    def of(cls, artwork: Artwork) -> "Typesetter":
        styles = styles_of(artwork)
        _check_variables(artwork, styles)
        check_numbers(artwork.html_file, artwork.html)
        fetcher = Fetcher(artwork.workspace, artwork.press, artwork.images, artwork.where)
        html = artwork.html
        if artwork.specimen:
            html = _inserted(html, overlay(artwork, styles.faces))
        return cls(artwork, styles, fetcher, html)

    def lay_out(self, setting: Setting) -> "TypesetPages":
        """Lay out; raise what a file, an address or a line in WeasyPrint's log gives cause for."""
        for typeset in self.recent:
            if typeset.setting == setting:
                return typeset
        self.recent = [*self.recent[-KEPT + 1 :], self._lay_out(setting)]
        return self.recent[-1]

    def _lay_out(self, setting: Setting) -> "TypesetPages":
        self.laid_out += 1
        file = self.fetcher.source = self.artwork.html_file
        with stopping(self.fetcher), listening(file, self.styles.variables.file_of):
            # Shortened texts are only tried for a message
            html = self._parsed(setting.kept) if setting.kept else self._whole
            # The engine adds those of its own to what it is given.
            counters = engine().counters(self.styles.counters)
            sheets = self._sheets(setting)
            document = html.render(
                font_config=self.styles.fonts,
                counter_style=counters,
                stylesheets=sheets,
                cache=self.images,
                presentational_hints=self._hints,
            )
        return TypesetPages(setting, document, read_boxes(document))

    @cached_property
    def _whole(self) -> Any:
        """Parse the page with all its text, once: a layout does not change what it is made from."""
        return self._parsed({})

    def _parsed(self, kept: Mapping[str, int]) -> Any:
        address = address_of(self.artwork.html_file)
        read = partial(engine().html, base_url=address, url_fetcher=self.fetcher)
        html, drawings = parse_page(self.html, lambda text: read(string=text))
        self.fetcher.open_inline(drawings)
        self._hints = check_elements(self.artwork.html_file, html.etree_element)
        _prepare(html.etree_element, kept)
        return html

    def _sheets(self, setting: Setting) -> list[Any]:
        before = (page_sheet(self.artwork, self.styles.faces), size_sheet(setting))
        after = (RULES, balance_sheet(setting))
        return [*map(self._sheet, before), *self.styles.sheets, *map(self._sheet, after)]

    def _sheet(self, text: str) -> Any:
        return read_sheet(text, self.fetcher, self.artwork.html_file).parsed

    def write(self, typeset: "TypesetPages") -> bytes:
        """Write a layout as PDF, the same bytes for the same layout: no dates, a fixed identifier."""
        metadata = typeset.document.metadata
        metadata.title, metadata.lang = self.artwork.title, self.artwork.language
        metadata.created = metadata.modified = None
        # Without one the engine takes a random one
        identifier = bytes.fromhex(self.artwork.layout_key)[:16]
        with stopping(self.fetcher), listening(self.artwork.html_file):
            pdf: bytes = typeset.document.write_pdf(pdf_identifier=identifier)
        return unpack(pdf)


@dataclass(frozen=True)
class TypesetPages:
    """A layout and what was read from it."""

    setting: Setting
    document: Any
    reading: Reading

    def overflowing(self) -> set[str]:
        """Return the slots whose text does not fit its box, or whose box was broken across pages."""
        fits = self.reading.fits
        return {fit.slot for fit in fits if fit.overflows}


def _check_variables(artwork: Artwork, styles: DesignStyles) -> None:
    """Complain of variables that nothing sets: the engine drops just that part of a value."""
    found = styles.variables + read_variables(artwork.html_file, artwork.html)
    sizes = {one.name for one in found.asked if one.name.startswith("fit-")}
    errors = found.missing({*variables(artwork), *dict(type_variables(artwork, styles.faces)), *sizes})
    if errors:
        raise WorkspaceErrors(errors)


def _inserted(html: str, addition: str) -> str:
    at = html.lower().rfind("</body>")
    return html[:at] + addition + html[at:] if at >= 0 else html + addition


def _prepare(root: Any, kept: Mapping[str, int]) -> None:
    for element in list(root.iter()):
        slot = element.get("data-fit") if isinstance(element.tag, str) else None
        if slot is None:
            continue
        if slot in kept:
            _cut(_part(element, slot), kept[slot])
        if element.get("data-balance") is not None:
            _wrap(element)


def _wrap(element: Any) -> None:
    """Put an element's content into a block of its own, whose width can be narrowed."""
    inner = ElementTree.Element("div", {"class": "printkit-balance"})
    inner.text, element.text = element.text, None
    for child in list(element):
        element.remove(child)
        inner.append(child)
    element.append(inner)


def _part(element: Any, slot: str) -> Any:
    return next((one for one in element.iter() if one.get("data-slot") == slot), element)


def _cut(element: Any, kept: int) -> None:
    """Keep the first characters of an element's text."""
    for owner, key in list(_texts(element, inside=True)):
        text = getattr(owner, key) or ""
        setattr(owner, key, text[:kept])
        kept = max(0, kept - len(text))


def _texts(element: Any, inside: bool) -> Iterator[tuple[Any, str]]:
    yield element, "text"
    for child in element:
        yield from _texts(child, inside=False)
    if not inside:
        yield element, "tail"

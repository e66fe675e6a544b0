"""What stands on the pages: images with their resolution, colour spaces, spot names."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf

from printkit.content import Element, Space, entry, image_facts, text_of, walk
from printkit.content.colour import ALL, NONE, PROCESS
from printkit.content.state import IMAGES
from printkit.preflight.core.findings import BoxMm, printable
from printkit.preflight.core.limits import BROKEN, CannotRun
from printkit.preflight.core.subject import PageView, Subject
from printkit.preflight.seen.colours import spaces_in
from printkit.words import Message, sentence

# A few seconds' work; what is beyond is named, not looked at.
MOST_PAGES, MOST_ELEMENTS, MOST_OPERATORS = 200, 200_000, 500_000
MOST_IMAGES = 500
# ISO 32000-1, Table 6 "Standard filters", and the short names of inline images (Table 94)
COMPRESSION = {
    "DCTDecode": "JPEG", "DCT": "JPEG", "JPXDecode": "JPEG 2000", "JBIG2Decode": "JBIG2",
    "CCITTFaxDecode": "CCITT fax", "CCF": "CCITT fax", "FlateDecode": "Flate", "Fl": "Flate",
    "LZWDecode": "LZW", "LZW": "LZW", "RunLengthDecode": "run length", "RL": "run length",
}  # fmt: skip
# Names that are no spot colour
NO_SPOTS = {*PROCESS, ALL, NONE}


@dataclass(frozen=True)
class Image:
    """An image on a page: size in pixels, lowest pixels an inch, how often it stands there.

    `box_mm` is its place in mm from the trim's lower left corner, where its resolution is lowest.
    """

    page: int
    width: int
    height: int
    ppi: float
    space: str
    bits: int
    compression: str
    box_mm: BoxMm
    count: int = 1


@dataclass(frozen=True)
class SpaceUse:
    """A colour space and how many elements are painted in it."""

    space: str
    elements: int


@dataclass
class Painted:
    """Gather what stands on the pages."""

    found: dict[Any, Image] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)
    inks: set[str] = field(default_factory=set)
    left_out: list[str] = field(default_factory=list)

    @property
    def images(self) -> tuple[Image, ...]:
        return tuple(self.found.values())[:MOST_IMAGES]

    @property
    def spaces(self) -> tuple[SpaceUse, ...]:
        return tuple(SpaceUse(name, count) for name, count in sorted(self.counted.items()))

    @property
    def spots(self) -> tuple[str, ...]:
        return tuple(sorted(self.inks))

    def add(self, view: PageView, element: Element) -> None:
        """Note one element."""
        for space, _ in spaces_in(view, element, "paint"):
            self.counted[space_name(space)] += 1
            self.inks.update(_spots(space))
        if element.kind in IMAGES and element.ppi is not None:
            self._add_image(view, element)

    def _add_image(self, view: PageView, element: Element) -> None:
        image = _image(view, element)
        # An inline image is no object of its own: it is known by what it is.
        key = (view.number, getattr(element.source, "objgen", image))
        known = self.found.get(key)
        if known:
            lowest = min(known, image, key=lambda one: one.ppi)
            image = replace(lowest, count=known.count + 1)
        self.found[key] = image


def look_through(subject: Subject) -> Painted:
    """Return what stands on the pages, as far as there is time for it."""
    painted, left = Painted(), MOST_ELEMENTS
    pages = len(subject.pages)
    for view in subject.pages[:MOST_PAGES]:
        if left <= 0:
            painted.left_out.append(Message("images and colours from page %(page)s on", page=view.number))
            return painted
        try:
            for element in walk(view.page, subject.pdf, MOST_OPERATORS):
                subject.clock.check()
                painted.add(view, element)
                left -= 1
        except CannotRun:
            painted.left_out.append(Message("images and colours from page %(page)s on", page=view.number))
            return painted
        except BROKEN as error:
            told = Message(
                "images and colours of page %(page)s, in part: %(error)s",
                page=view.number,
                error=printable(sentence(error)),
            )
            painted.left_out.append(told)
    if pages > MOST_PAGES:
        told = Message("images and colours of pages %(first)s to %(last)s", first=MOST_PAGES + 1, last=pages)
        painted.left_out.append(told)
    if len(painted.found) > MOST_IMAGES:
        painted.left_out.append(Message("%(count)s images", count=len(painted.found) - MOST_IMAGES))
    return painted


def space_name(space: Space) -> str:
    """Return a colour space as a person writes it: with its colorants, its base or its components."""
    if space.colorants:
        return printable(f"{space.family} {', '.join(space.colorants)}")
    if space.family == "Indexed" and space.base:
        return f"Indexed {space_name(space.base)}"
    return f"{space.family} ({space.size})" if space.family == "ICCBased" else space.family


def _spots(space: Space) -> Iterator[str]:
    for one in (space, space.base):
        if one is not None:
            yield from (printable(name) for name in one.colorants if name not in NO_SPOTS)


def _image(view: PageView, element: Element) -> Image:
    source = element.source
    space = next((space_name(one) for one, _ in spaces_in(view, element, "paint")), "")
    if element.fills:
        space = Message("stencil in %(space)s", space=space) if space else Message("stencil")
    facts = image_facts(source)
    return Image(
        page=view.number,
        width=facts.width,
        height=facts.height,
        ppi=round((element.ppi or 0.0) / view.unit, 1),
        space=space,
        bits=facts.bits,
        compression=_compression(source),
        box_mm=view.in_mm(element.box),
    )


def _compression(source: Any) -> str:
    if isinstance(source, pikepdf.PdfInlineImage):
        names = list(source.filters)
    else:
        stated = entry(source, "/Filter")
        names = [text_of(one) for one in (stated if isinstance(stated, pikepdf.Array) else [stated]) if one]
    known = [COMPRESSION.get(name.removeprefix("/"), "") for name in map(str, names)]
    return ", ".join(name for name in known if name) or "none"

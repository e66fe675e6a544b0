"""Drawings that stand in a page itself: read once, and kept out of the page's own tree.

A picture is hundreds of elements. Parsing them with the page and matching its styles with each of them took a
third of a layout, though no rule of a page reaches into a drawing: the engine draws it by its attributes.
"""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from printkit.raster.svg import check_svg
from printkit.raster.svg_drawing import Drawing, inline_drawing
from printkit.render.engine import engine
from printkit.template.pictures import MOST_PIXELS, MOST_SVG_BYTES

SVG = "{http://www.w3.org/2000/svg}"
_WRITTEN = re.compile(r"(?P<begin><svg\b[^>]*>).*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_NAMESPACES = "{http://www.w3.org/2000/xmlns/}"
# A campaign has a few dozen drawings
_MOST_KNOWN = 64

Parse = Callable[[str], Any]


def parse_page(html: str, parse: Parse) -> tuple[Any, dict[Element, Element]]:
    """Return a page without what its drawings hold, and the whole drawing for each element that is left.

    Each drawing is parsed by itself where that comes to the same, which what is left of the page tells.
    """
    # By a regular expression, which may be wrong about comments; what is left of the page tells, and then the
    # long way is taken
    texts = [found[0] for found in _WRITTEN.finditer(html)]
    page = parse(_WRITTEN.sub(lambda found: f"{found['begin']}</svg>", html))
    places, drawings = list(_outermost(page.etree_element)), [_read(text) for text in texts]
    if not _stand_for(places, drawings):
        page = parse(html)
        places = list(_outermost(page.etree_element))
        drawings = [_taken_out(place) for place in places]
    found = {place: whole for place, whole in zip(places, drawings, strict=True) if whole is not None}
    for place, whole in found.items():
        # What a reader is told of a picture
        place[:] = whole.findall(f"{SVG}title")
    return page, found


@lru_cache(maxsize=_MOST_KNOWN)
def open_inline(whole: Element) -> Drawing:
    """Check and open a drawing of a page, which stays as it is; raise PictureProblem."""
    check_svg(_as_file(whole), MOST_SVG_BYTES, MOST_PIXELS)
    return inline_drawing(whole)


def _stand_for(places: list[Element], drawings: list[Element | None]) -> bool:
    """Tell whether each place is the empty element of its drawing: comments and tables may change that."""
    return len(places) == len(drawings) and all(
        whole is not None and not len(place) and not place.text and place.attrib == whole.attrib
        for place, whole in zip(places, drawings, strict=True)
    )


@lru_cache(maxsize=_MOST_KNOWN)
def _read(text: str) -> Element | None:
    """Parse a drawing by itself; None where something else comes out too, or drawings stand inside it."""
    body = engine().html(string=f"<!doctype html><body>{text}</body>").etree_element.find("body")
    children = [] if body is None else list(body)
    if len(children) != 1 or children[0].tag != f"{SVG}svg" or (children[0].tail or "").strip():
        return None
    drawing: Element = children[0]
    return None if drawing.find(f".//{SVG}svg") is not None else drawing


def _taken_out(place: Element) -> Element:
    """Move what a drawing holds into an element of its own."""
    whole = Element(place.tag, place.attrib)
    whole.text, place.text = place.text, None
    whole.extend(place)
    return whole


def _outermost(element: Element) -> Iterator[Element]:
    """Yield the outermost SVG drawings that stand in a page."""
    left = [element]
    while left:
        one = left.pop()
        if one.tag == f"{SVG}svg":
            yield one
        else:
            left += reversed(one)


def _as_file(drawing: Element) -> bytes:
    """Write a drawing as a file of its own; HTML keeps declarations of namespaces as attributes."""
    copy = deepcopy(drawing)
    copy.tail = None
    for element in copy.iter():
        for key in [key for key in element.attrib if key.startswith(_NAMESPACES)]:
            del element.attrib[key]
    written: bytes = ElementTree.tostring(copy)
    return written

"""Gradients and patterns that take what they are not told from others, by `href` (SVG 1.1, 13.2 and 13.3).

Renderers follow the chain for some attributes only: a transform is lost on the way, the focus is another.
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from printkit.raster.svg_tree import HREFS, SvgTree, local

_GRADIENT = ("gradientUnits", "gradientTransform", "spreadMethod")
# By kind: what it takes from its own kind alone
_OWN = {
    "linearGradient": ("x1", "x2", "y1", "y2"),
    "radialGradient": ("cx", "cy", "r", "fx", "fy"),
    "pattern": (
        *("x", "y", "width", "height", "viewBox", "preserveAspectRatio"),
        *("patternUnits", "patternContentUnits", "patternTransform"),
    ),
}


def complete_servers(tree: SvgTree) -> None:
    """Give each gradient and pattern of a drawing what it takes from others as attributes of its own."""
    ids = {one.get("id", ""): one for one in tree.root.iter() if one.get("id")}
    for element in tree.root.iter():
        if local(element) in _OWN:
            taken = _taken(element, ids)
            element.attrib.update({key: value for key, value in taken.items() if key not in element.attrib})


def _taken(element: Element, ids: Mapping[str, Element]) -> dict[str, str]:
    """Return what stands in those that an element names, the nearest first."""
    kind, taken, seen = local(element), dict[str, str](), {element}
    base = _named(element, ids)
    while base is not None and base not in seen:
        seen.add(base)
        shared = () if "pattern" in (kind, local(base)) else _GRADIENT
        own = _OWN[kind] if local(base) == kind else ()
        for key in (*shared, *own):
            if key in base.attrib:
                taken.setdefault(key, base.attrib[key])
        base = _named(base, ids)
    return taken


def _named(element: Element, ids: Mapping[str, Element]) -> Element | None:
    address = next((element.attrib[key] for key in HREFS if key in element.attrib), "")
    return ids.get(address.removeprefix("#"))

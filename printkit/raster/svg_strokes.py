"""Shapes whose line has a gradient or a pattern are drawn as two: their area, and their line upon it.

PDF can paint both at once, and PDFium, which shows proofs and most files, then paints the line first.
"""

from copy import copy
from xml.etree.ElementTree import Element

from printkit.raster.svg_tree import MARKERS, SVG, SvgTree, local

_SHAPES = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
# What works on area and line together
_SHARED = ("id", "opacity", "clip-path", "mask", "transform", "display")


def part_strokes(tree: SvgTree) -> None:
    """Part area and line of shapes in a drawing that has a line of a gradient or a pattern.

    Of all shapes: which of them has that line may be said where something uses them.
    """
    elements = list(tree.root.iter())
    served = any(one.get("stroke", "").startswith("url(") for one in elements)
    # Which is upon which is then said where a shape is used, too
    ordered = any("paint-order" in one.attrib and local(one) not in _SHAPES for one in elements)
    if served and not ordered:
        _part_below(tree.root)


def _part_below(parent: Element) -> None:
    # A clip has no areas and lines, and no groups
    if local(parent) == "clipPath":
        return
    for number, child in enumerate(parent):
        if local(child) in _SHAPES and "none" not in (child.get("fill"), child.get("stroke")):
            parent[number] = _parted(child)
        else:
            _part_below(child)


def _parted(shape: Element) -> Element:
    shared = {key: value for key, value in shape.attrib.items() if key in _SHARED}
    own = {key: value for key, value in shape.attrib.items() if key not in _SHARED}
    area, line = copy(shape), copy(shape)
    area.attrib, line.attrib = {**own, "stroke": "none"}, {**own, "fill": "none"}
    # Markers stand upon the line
    area.attrib.update(dict.fromkeys(MARKERS, "none"))
    group = Element(f"{{{SVG}}}g", shared)
    below = own.get("paint-order", "").strip().startswith("stroke")
    group.extend([line, area] if below else [area, line])
    return group

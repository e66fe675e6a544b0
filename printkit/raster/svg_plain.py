"""Which drawings are so plain that the layout engine's own way of drawing them is right.

It reads few features of SVG rightly and says nothing of the rest, so this is a list of what is right: shapes
in one opaque colour with a plain stroke.
"""

import re
from xml.etree.ElementTree import Element

from printkit.raster.svg_tree import SvgTree, local

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)"
_NUMBERS = re.compile(_NUMBER)
_ONE = re.compile(_NUMBER)
_COLOUR = re.compile(r"none|#[0-9a-f]{6}")
_ANY = re.compile(r".*", re.DOTALL)
_ELEMENTS = frozenset(("svg", "g", "title", "desc", "metadata", "path"))
_ELEMENTS |= {"rect", "circle", "ellipse", "line", "polygon", "polyline"}
_UNSEEN = ("id", "class", "viewBox", "version", "role")
_SIZES = ("x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1", "x2", "y2")
_ATTRIBUTES: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(_UNSEEN, _ANY),
    **dict.fromkeys((*_SIZES, "stroke-width", "fill-opacity"), _ONE),
    **dict.fromkeys(("fill", "stroke"), _COLOUR),
    "stroke-linecap": re.compile("butt|round|square"),
    "stroke-linejoin": re.compile("miter|round|bevel"),
    "points": re.compile(rf"\s*{_NUMBER}(?:[\s,]+{_NUMBER})*\s*"),
    "transform": re.compile(rf"(?:(?:translate|rotate|scale)\({_NUMBER}(?:[ ,]+{_NUMBER})?\)\s*)+"),
}
# How many numbers each command of a path takes at a time
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7, "Z": 0}
_COMMANDS = re.compile(r"([MLHVCSQAZmlhvcsqaz])([^A-Za-z]*)")


def is_plain(tree: SvgTree) -> bool:
    """Tell whether the layout engine draws a drawing rightly by itself."""
    return not tree.styled and all(map(_is_plain, tree.root.iter())) and not _mixes(tree.root)


def _is_plain(element: Element) -> bool:
    name = local(element)
    if name not in _ELEMENTS:
        return False
    for key, value in element.attrib.items():
        if key == "d":
            plain = _is_plain_path(value)
        elif key.startswith(("data-", "aria-")) or (name == "svg" and key in ("width", "height")):
            plain = True
        else:
            plain = key in _ATTRIBUTES and bool(_ATTRIBUTES[key].fullmatch(value.strip()))
        if not plain:
            return False
    return True


def _is_plain_path(data: str) -> bool:
    text = data.strip()
    if text[:1] not in ("M", "m") or _COMMANDS.sub("", text):
        return False
    return all(_takes(command, values) for command, values in _COMMANDS.findall(text))


def _takes(command: str, values: str) -> bool:
    count, takes = len(_NUMBERS.findall(values)), _TAKES[command.upper()]
    left = re.sub(r"[\s,]+", "", _NUMBERS.sub("", values))
    return not left and (count == 0 if not takes else count > 0 and count % takes == 0)


def _mixes(root: Element) -> bool:
    """Tell whether something half transparent has a stroke too, or a second drawing stands inside."""
    elements = list(root.iter())
    pale = any("fill-opacity" in element.attrib for element in elements)
    stroked = any("stroke" in element.attrib for element in elements)
    return (pale and stroked) or any(local(element) == "svg" for element in elements[1:])

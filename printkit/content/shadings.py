"""Whether gradients and patterns are what PDF knows."""

from typing import Any

import pikepdf

from printkit.content.colour import space_of
from printkit.content.functions import are_functions
from printkit.content.objects import BadOperand, entry, number, numbers, rect_of

# ISO 32000-1, Table 78: types of gradients. The first three have a function, two of them so many
# coordinates; the others are meshes, streams
_KINDS, _BY_FUNCTION, _OF_PLACE = range(1, 8), range(1, 4), 1
_COORDINATES = {2: 4, 3: 6}
# Table 82 and following: how a mesh tells its numbers
_MESH = ("/BitsPerCoordinate", "/BitsPerComponent", "/Decode")
# Table 75 and Table 76: kinds of patterns, and of the paint of one that is a stream
_TILING, _GRADIENT, _PAINTS = 1, 2, (1, 2)
_STEPS = ("/XStep", "/YStep")


def is_gradient(source: Any, resources: Any) -> bool:
    """Tell whether a gradient (Shading) has all that it takes to paint it."""
    kind = entry(source, "/ShadingType")
    # True is an int to Python
    if type(kind) is not int or kind not in _KINDS:
        return False
    try:
        space = space_of(entry(source, "/ColorSpace"), resources)
        if kind in _COORDINATES:
            numbers(entry(source, "/Coords"), _COORDINATES[kind])
    except BadOperand:
        return False
    function = entry(source, "/Function")
    # A palette has no colours between its own (Table 78)
    if space.family == "Pattern" or (space.family == "Indexed" and function is not None):
        return False
    if function is not None and not are_functions(function, 2 if kind == _OF_PLACE else 1, space.size):
        return False
    if kind in _BY_FUNCTION:
        return function is not None
    return isinstance(source, pikepdf.Stream) and all(key in source for key in _MESH)


def is_pattern(source: Any, resources: Any) -> bool:
    """Tell whether a pattern has all that it takes to paint it."""
    kind = entry(source, "/PatternType")
    if kind == _GRADIENT:
        return is_gradient(entry(source, "/Shading"), resources)
    if kind != _TILING or not isinstance(source, pikepdf.Stream):
        return False
    try:
        steps = [number(source.get(key)) for key in _STEPS]
    except BadOperand:
        return False
    return all(steps) and rect_of(source) is not None and source.get("/PaintType") in _PAINTS

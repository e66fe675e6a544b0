"""Look into PDF objects that may be anything at all."""

from decimal import Decimal
from typing import Any

import pikepdf

from printkit.content.matrix import IDENTITY, Matrix
from printkit.errors import RenderError
from printkit.units import Rect

# a rectangle that no page reaches: ISO 32000 lets user space have 14,400 units a side
EVERYWHERE = Rect(-1e9, -1e9, 1e9, 1e9)


class ContentError(RenderError):
    """Report page content that cannot be read or costs more than the limits allow."""


class TooMuch(ContentError):
    """Report sound page content that costs more than the limits allow."""


class BadOperand(ValueError):
    """Mark an operator whose operands are wrong; readers skip it."""


Key = tuple[int, int]
_NUMBERS = (int, Decimal, float)
_FLOATS = {float}


def key_of(thing: pikepdf.Object) -> Key:
    """Return the object number that tells one indirect object from another."""
    return thing.objgen


def entry(holder: Any, *names: str) -> Any:
    """Return what stands under a path of keys, None where anything on the way is not a dictionary."""
    for name in names:
        if not isinstance(holder, pikepdf.Dictionary | pikepdf.Stream | dict):
            return None
        try:
            holder = holder.get(name)
        except TypeError:
            # a key with surrogates, which pikepdf gives but does not take
            holder = dict(holder.items()).get(name)
    return holder


def text_of(value: Any) -> str:
    """Return a name or string as str; bytes that are no text come as surrogates."""
    try:
        return str(value)
    except UnicodeDecodeError:
        return bytes(value).decode("utf-8", "surrogateescape")


def number(value: Any) -> float:
    """Return a number as float; BadOperand for anything else (True and False too)."""
    # By its type, as True is an int to Python.
    if type(value) not in _NUMBERS:
        raise BadOperand(value)
    return float(value)


def numbers(values: Any, count: int | None = None) -> list[float]:
    """Return all values as floats; BadOperand when one is no number or the count is wrong."""
    if not isinstance(values, list | pikepdf.Array):
        raise BadOperand(values)
    # Figures of page content come as floats, and by the million
    found = list(values) if _FLOATS.issuperset(map(type, values)) else [number(value) for value in values]
    if count is not None and len(found) != count:
        raise BadOperand(values)
    return found


def name_of(value: Any) -> str:
    """Return a name object as str with its slash; BadOperand for anything else."""
    if not isinstance(value, pikepdf.Name):
        raise BadOperand("not a name")
    return text_of(value)


def matrix_of(holder: Any, key: str = "/Matrix") -> Matrix:
    """Return the matrix in a dictionary, identity where it is absent or broken."""
    try:
        return Matrix(*numbers(entry(holder, key), 6))
    except BadOperand:
        return IDENTITY


def rect_of(holder: Any, key: str = "/BBox") -> Rect | None:
    """Return the rectangle in a dictionary with its corners in order, None where absent or broken."""
    try:
        x0, y0, x1, y1 = numbers(entry(holder, key), 4)
    except BadOperand:
        return None
    return Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def items_of(value: Any, one: bool = False) -> list[Any]:
    """Return the items of an array; of anything else none, or itself where `one` may stand for a list."""
    if isinstance(value, pikepdf.Array):
        return list(value)
    return [value] if one and value is not None else []

"""Evaluate the functions of shadings and of spot colours (ISO 32000-1, 7.10)."""

from collections.abc import Callable, Sequence
from typing import Any

import pikepdf

from printkit.content import BadOperand, entry, number, numbers
from printkit.errors import RenderError
from printkit.streams import data_of
from printkit.words import Message

Function = Callable[[Sequence[float]], list[float]]
# Type 3 in type 3 in type 3 is the deepest that any writer has use for
DEEPEST = 8


def read_function(source: Any, depth: int = 0) -> Function:
    """Return a PDF function, or an array of functions with one output each, as a Python function.

    RenderError for PostScript calculator functions (type 4) and for what is broken.
    """
    if isinstance(source, pikepdf.Array):
        parts = [read_function(part, depth + 1) for part in source]
        return lambda at: [part(at)[0] for part in parts]
    kind = entry(source, "/FunctionType")
    if kind not in _READERS or depth > DEEPEST:
        raise RenderError(
            Message("a function of type %(kind)s in a shading or spot colour cannot be separated", kind=kind)
        )
    try:
        return _cut(source, _READERS[int(kind)](source, depth))
    except (BadOperand, IndexError, ZeroDivisionError) as error:
        raise RenderError(Message("a function in a shading or spot colour is broken")) from error


def _cut(source: Any, inner: Function) -> Function:
    """Keep arguments inside Domain and values inside Range."""
    domain = _pairs(source.get("/Domain"))
    wanted = source.get("/Range")
    allowed = None if wanted is None else _pairs(wanted)

    def function(at: Sequence[float]) -> list[float]:
        values = inner([_clamp(value, pair) for value, pair in zip(at, domain, strict=False)])
        return values if allowed is None else list(map(_clamp, values, allowed))

    return function


def _exponential(source: Any, _: int) -> Function:
    first, last = (
        numbers(source.get("/C0", pikepdf.Array([0]))),
        numbers(source.get("/C1", pikepdf.Array([1]))),
    )
    power = number(source.get("/N"))

    def function(at: Sequence[float]) -> list[float]:
        share = at[0] ** power if at[0] or power else 1.0
        return [low + share * (high - low) for low, high in zip(first, last, strict=True)]

    return function


def _stitched(source: Any, depth: int) -> Function:
    parts = [read_function(part, depth + 1) for part in source.get("/Functions")]
    low, high = numbers(source.get("/Domain"), 2)
    bounds, encode = numbers(source.get("/Bounds")), _pairs(source.get("/Encode"))
    edges = [low, *bounds, high]
    if len(edges) != len(parts) + 1 or len(encode) < len(parts):
        raise BadOperand(source)

    def function(at: Sequence[float]) -> list[float]:
        # A bound belongs to the part behind it: with the part before, hard stops would move by a sample
        index = sum(at[0] >= bound for bound in bounds)
        start, end = edges[index], edges[index + 1]
        # Bounds in one place are a hard stop, where the part between them has no width
        share = (at[0] - start) / (end - start) if end > start else 0.0
        return parts[index]([encode[index][0] + share * (encode[index][1] - encode[index][0])])

    return function


def _sampled(source: Any, _: int) -> Function:
    """Read samples of one argument, interpolated linearly; more arguments take the nearest sample."""
    sizes = [int(size) for size in numbers(source.get("/Size"))]
    bits, outputs = int(number(source.get("/BitsPerSample"))), len(_pairs(source.get("/Range")))
    domain, top = _pairs(source.get("/Domain")), (1 << bits) - 1
    encode = _pairs(source.get("/Encode")) if "/Encode" in source else [(0.0, size - 1.0) for size in sizes]
    decode = _pairs(source.get("/Decode", source.get("/Range")))
    data = data_of(source)
    if len(data) * 8 < outputs * bits * _product(sizes):
        raise BadOperand(source)

    def sample(index: int) -> list[float]:
        raw = [_bits(data, (index * outputs + i) * bits, bits) for i in range(outputs)]
        return [low + value * (high - low) / top for value, (low, high) in zip(raw, decode, strict=True)]

    def function(at: Sequence[float]) -> list[float]:
        places = [_place(*each) for each in zip(at, domain, encode, sizes, strict=True)]
        if len(places) == 1:
            start = int(places[0])
            share, end = places[0] - start, min(start + 1, sizes[0] - 1)
            return [a + share * (b - a) for a, b in zip(sample(start), sample(end), strict=True)]
        index, step = 0, 1
        for place, size in zip(places, sizes, strict=True):
            index, step = index + round(place) * step, step * size
        return sample(index)

    return function


_READERS: dict[int, Callable[[Any, int], Function]] = {0: _sampled, 2: _exponential, 3: _stitched}


def _place(value: float, domain: tuple[float, float], encode: tuple[float, float], size: int) -> float:
    share = (value - domain[0]) / (domain[1] - domain[0])
    return _clamp(encode[0] + share * (encode[1] - encode[0]), (0.0, size - 1.0))


def _bits(data: bytes, start: int, count: int) -> int:
    first, last = start // 8, (start + count + 7) // 8
    value = int.from_bytes(data[first:last], "big")
    return value >> (last * 8 - start - count) & ((1 << count) - 1)


def _product(sizes: list[int]) -> int:
    total = 1
    for size in sizes:
        total *= size
    return total


def _pairs(values: Any) -> list[tuple[float, float]]:
    flat = numbers(values)
    return list(zip(flat[::2], flat[1::2], strict=True))


def _clamp(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])

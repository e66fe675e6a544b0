"""Gradients of style sheets that repeat, by CSS Images 3, section 3.6: each repeat as colours of its own.

WeasyPrint leaves a hole where a radial one begins beyond its middle, and shifts what begins beyond the start.
"""

import copy
import logging
import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from printkit.render.mixing import mixed

# Return where colours stand on a line of a length, in px, and the exponent of each run between two
Place = Callable[[Any, float, Any], tuple[list[float], list[float]]]
_RADIAL = 6
LOG = logging.getLogger("weasyprint")
# Of so many repeats no press shows one
_MOST_REPEATS = 10_000
_TOO_FINE = f"a gradient is repeated more than {_MOST_REPEATS} times; write longer steps"
# Browsers paint the last colour, the standard asks for the mean of all
_WITHOUT_LENGTH = (
    "a gradient ends where it begins and cannot repeat; write a larger place for its last colour"
)


def repeated_layout(of: tuple[Any, Place], width: float, height: float, style: Any) -> Any:
    """Return what WeasyPrint's `Gradient.layout` does, of a repeating gradient: scale, kind, ends, stops."""
    gradient, place = of
    scale, kind, line = _line(gradient, (width, height), style)
    length, reach = _lengths(line, (width, height / scale))
    places, ways = place(gradient, length, style)
    period = places[-1] - places[0]
    if period * _MOST_REPEATS < length:
        # On the engine's own log, which a layout listens to: so it stops like anything else that is
        # mentioned there
        LOG.error(_TOO_FINE if period else _WITHOUT_LENGTH)
        return 1, "solid", None, [], gradient.colors[-1:], []
    first, last = math.floor(-places[0] / period), math.ceil((reach - places[-1]) / period)
    stops: list[tuple[float, Any]] = []
    hints: list[float] = []
    for number in range(first, last + 1):
        # Between two repeats is a hard edge
        hints += [1.0, *ways] if stops else ways
        stops += [(at + number * period, colour) for at, colour in zip(places, gradient.colors, strict=True)]
    if len(line) == _RADIAL:
        stops, hints = _from_middle(stops, hints)
    positions, colours = [at for at, _ in stops], [colour for _, colour in stops]
    return scale, kind, _ends(line, length, positions[0], positions[-1]), positions, colours, hints


def _line(gradient: Any, size: tuple[float, float], style: Any) -> tuple[float, str, tuple[float, ...]]:
    """Return scale, kind and ends of a gradient's whole line: those of one that does not repeat."""
    once = copy.copy(gradient)
    once.repeating, once.colors = False, gradient.colors[:2]
    once.stop_positions, once.color_hints = (None, None), [None]
    scale, kind, ends, *_ = type(gradient).layout(once, *size, style)
    return scale, kind, ends


def _lengths(line: tuple[float, ...], size: tuple[float, float]) -> tuple[float, float]:
    """Return how long a gradient's line is, and how far it has to reach to cover its box."""
    if len(line) != _RADIAL:
        length = math.hypot(line[2] - line[0], line[3] - line[1])
        return length, length
    x, y = line[:2]
    return line[5], max(
        math.hypot(x - across, y - along) for across in (0, size[0]) for along in (0, size[1])
    )


def _from_middle(stops: list[tuple[float, Any]], hints: list[float]) -> tuple[list[Any], list[float]]:
    """Cut off what lies before the middle, as no circle is smaller than a point."""
    for number, ((start, one), (end, other)) in enumerate(pairwise(stops)):
        if start <= 0 < end:
            share = -start / (end - start)
            return (
                [(0.0, mixed((one, other), share ** hints[number])), *stops[number + 1 :]],
                hints[number:],
            )
    return stops, hints


def _ends(line: tuple[float, ...], length: float, start: float, end: float) -> tuple[float, ...]:
    if len(line) == _RADIAL:
        return (*line[:2], start, *line[3:5], end)
    x, y, right, below = line
    across, along = (right - x) / length, (below - y) / length
    return x + across * start, y + along * start, x + across * end, y + along * end

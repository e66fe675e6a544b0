"""Gradients of style sheets by CSS Images 3, section 3: places of their colours, mixing, and size."""

import copy
import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from printkit.render.mixing import mixed
from printkit.render.repeats import repeated_layout

# The colour of the element, in the engine's words
CURRENT = "currentcolor"
# Stops between two that differ in transparency
_STEPS = 16
# An exponent that leaves the first colour to the end of a run
_NEVER = 2.0**32

Resolve = Callable[[Any], float | None]


def placed_stops(
    resolve: Resolve, positions: Sequence[Any], hints: Sequence[Any], length: float
) -> tuple[list[float], list[float]]:
    """Return where each colour stands, in px, and the exponent of each run between two.

    Places that are left out lie evenly between their neighbours. `hints`, None where there is none, say where
    a run is half way. WeasyPrint takes the middle of the whole gradient for that of each run, and puts
    colours without a place beyond their neighbours.
    """
    ends = (0.0, *(None for _ in positions[1:-1]), length)
    stops = [resolve(one) if one is not None else end for one, end in zip(positions, ends, strict=True)]
    halves = [*map(resolve, hints), None]
    # Hints have places among the colours': where one stands, what has none is spread before and after it.
    line = [(number, place) for pair in zip(stops, halves, strict=True) for number, place in enumerate(pair)]
    line = [(number, place) for number, place in line if number == 0 or place is not None]
    known = [at for at, (_, place) in enumerate(line) if place is not None]
    rising = np.maximum.accumulate([place for _, place in line if place is not None])
    spread = np.interp(range(len(line)), known, rising)
    places = [float(place) for (number, _), place in zip(line, spread, strict=True) if number == 0]
    middles = iter([float(place) for (number, _), place in zip(line, spread, strict=True) if number == 1])
    given = [None if half is None else next(middles) for half in halves[:-1]]
    return places, [_exponent(half, run) for half, run in zip(given, pairwise(places), strict=True)]


def _exponent(middle: float | None, run: tuple[float, float]) -> float:
    """Return the power of a place in a run that is the share of its second colour (section 3.5.3)."""
    start, end = run
    # A run of no length has no middle: a hard stop
    if middle is None or start == end:
        return 1.0
    share = (middle - start) / (end - start)
    if share <= 0:
        return 0.0
    return _NEVER if share >= 1 else math.log(0.5) / math.log(share)


class Bounded:
    """Draw a gradient inside its own size, its half transparent colours mixed as CSS mixes them."""

    def __init__(self, gradient: Any) -> None:
        self.gradient = gradient

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        # The engine's own gradient would run over the whole box
        with stream.stacked():
            stream.rectangle(0, 0, width, height)
            stream.clip()
            stream.end()
            gradient = coloured(self.gradient, style)
            gradient.layout = partial(_mixed_layout, gradient.layout)
            gradient.draw(stream, width, height, style)


def coloured(gradient: Any, style: Any) -> Any:
    """Return a gradient with the element's colour for currentcolor, and each repeat by itself."""
    made = copy.copy(gradient)
    made.colors = tuple(style["color"] if one == CURRENT else one for one in gradient.colors)
    if made.repeating and len(made.colors) > 1 and "layout" not in vars(made):
        made.layout = partial(repeated_layout, (made, gradient.placed))
    return made


def _mixed_layout(layout: Any, width: float, height: float, style: Any) -> Any:
    """Add stops between two that differ in transparency: PDF mixes colour and transparency each by itself.

    CSS mixes premultiplied colours (section 3.5.2), so a gradient to transparent goes through no grey.
    """
    scale, kind, points, positions, colors, hints = layout(width, height, style)
    if kind == "solid":
        return scale, kind, points, positions, colors, hints
    stops, ways = [(positions[0], colors[0])], []
    runs = zip(pairwise(positions), pairwise(colors), hints, strict=False)
    for (start, end), (first, last), hint in runs:
        steps = 1 if first.alpha == last.alpha else _STEPS
        for step in range(1, steps + 1):
            share = step / steps
            colour = last if step == steps else mixed((first, last), share**hint)
            stops.append((start + (end - start) * share, colour))
            ways.append(hint if steps == 1 else 1)
    return scale, kind, points, [one for one, _ in stops], [one for _, one in stops], ways

"""Where the layout engine reckons otherwise than CSS says: what takes the place of its own functions."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from babel.core import get_global

# Of a colour, in Chromium: how far its lightest part falls in the dark sides of a border
_SHADE = 0.33


def put_in_layout(build: Any, grid: Any, border: Any, color: Any) -> None:
    """Put the repairs into WeasyPrint's modules `formatting_structure.build`, `layout.grid`, `draw.border`
    and `draw.color`."""
    grid._get_line = _counted_from_the_end(grid._get_line)
    build.get_lang_quotes = _with_languages_above(build.get_lang_quotes)
    # Python's own takes 2.5 for 2; CSS Backgrounds 3 has the larger number of tiles
    border.round = _rounded
    color.darken, color.lighten = _darkened, _kept


def _counted_from_the_end(get_line: Callable[..., Any]) -> Callable[..., Any]:
    """Take -1 for the last line of a grid; WeasyPrint counts it from the first."""

    def found(line: tuple[Any, Any, Any], lines: Sequence[Any], side: str) -> Any:
        span, number, ident = line
        if span is None and ident is None and number is not None and number < 0:
            return span, number, ident, len(lines) + number
        return get_line(line, lines, side)

    return found


def _with_languages_above(get_quotes: Callable[[str], Any]) -> Callable[[str], Any]:
    """Look for a language's quotation marks by the one that it is written by, too (CLDR: a parent)."""
    above = get_global("parent_exceptions")

    def found(lang: str) -> Any:
        return get_quotes(above.get(str(lang).partition("-")[0], lang))

    return found


def _rounded(number: float) -> int:
    return math.floor(number + 0.5)


def _darkened(colour: Any) -> Any:
    """Return the shade of a border's dark sides; CSS leaves it open, WeasyPrint's own is near black."""
    parts = colour.to("srgb").coordinates
    lightest = max(parts)
    share = max(0.0, (lightest - _SHADE) / lightest) if lightest > 0 else 0.0
    return type(colour)("srgb", tuple(part * share for part in parts), colour.alpha)


def _kept(colour: Any) -> Any:
    return colour

"""Where the layout engine reckons otherwise than CSS says: what takes the place of its own functions."""

import logging
import math
from collections.abc import Callable, Sequence
from typing import Any

from babel.core import get_global

# Of a colour, in Chromium: how far its lightest part falls in the dark sides of a border
_SHADE = 0.33
# Tiles or dashes of a border's side
_MOST_PIECES = 10_000

LOG = logging.getLogger("weasyprint")


def put_in_layout(css: Any, build: Any, *, grid: Any, border: Any, color: Any) -> None:
    """Put the repairs into WeasyPrint's modules `css`, `formatting_structure.build`, `layout.grid`,
    `draw.border` and `draw.color`."""
    css.declaration_precedence = _as_of_authors(css.declaration_precedence)
    css.StyleFor = _in_order(css.StyleFor)
    grid._get_line = _counted_from_the_end(grid._get_line)
    build.get_lang_quotes = _with_languages_above(build.get_lang_quotes)
    # Python's own takes 2.5 for 2; CSS Backgrounds 3 has the larger number of tiles
    border.round = _rounded
    color.darken, color.lighten = _darkened, _kept


def _as_of_authors(precedence: Callable[[str, bool], int]) -> Callable[[str, bool], int]:
    """Take a layout's sheets for those of its page, which they are.

    To WeasyPrint they are a reader's own, so that a `<style>` and the width of an `<img>` overruled them.
    """

    def found(origin: str, importance: bool) -> int:
        # What printkit holds by !important stands above all
        return precedence("author" if origin == "user" and not importance else origin, importance)

    return found


def _in_order(styles: Callable[..., Any]) -> Callable[..., Any]:
    """Take a `<style>` of the page after the layout's sheets, as it would stand after their links."""

    def found(html: Any, sheets: Sequence[tuple[Any, str, Any]], *more: Any) -> Any:
        return styles(html, sorted(sheets, key=_rank), *more)

    return found


def _rank(sheet: tuple[Any, str, Any]) -> int:
    _, origin, specificity = sheet
    # What attributes stand for has a specificity of its own
    return ("user agent", "user", "author").index(origin) if specificity is None else 0


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
    """Round a count of tiles or dashes of a border; of so many that no press shows one, complain."""
    if number > _MOST_PIECES:
        LOG.error("a border is made of more than %d pieces; write larger ones", _MOST_PIECES)
        return 1
    return math.floor(number + 0.5)


def _darkened(colour: Any) -> Any:
    """Return the shade of a border's dark sides; CSS leaves it open, WeasyPrint's own is near black."""
    parts = colour.to("srgb").coordinates
    lightest = max(parts)
    share = max(0.0, (lightest - _SHADE) / lightest) if lightest > 0 else 0.0
    return type(colour)("srgb", tuple(part * share for part in parts), colour.alpha)


def _kept(colour: Any) -> Any:
    return colour

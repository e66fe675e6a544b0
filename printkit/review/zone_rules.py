"""Rules about zones: what a frame hides, a knife may cut or a fold breaks has no words."""

from collections.abc import Iterator

from printkit.profiles import Format
from printkit.review.page import Box, Page, Reviewed
from printkit.review.registry import Hit, Limits, rule
from printkit.review.type_rules import _short
from printkit.words import Message


@rule("zones", "tolerance_mm")
def zones(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Text and codes keep the format's distance from the edge of what is seen and from its folds."""
    safe, tolerance = _safe(piece.format), limits["tolerance_mm"]
    for page in piece.pages:
        for what, box in _items(page):
            over = box.beyond(safe)
            if over > tolerance:
                told = Message("%(what)s reaches %(over).1f mm out of the safe zone", what=what, over=over)
                yield Hit(told, Message("move it inwards"), page.number, box, over, 0)
            for fold in _folds(piece.format, page.number):
                # 0 where the fold runs through it.
                away = max(fold - box.right, box.left - fold, 0.0)
                if away < piece.format.fold_safe_mm - tolerance:
                    told = Message(
                        "%(what)s stands %(away).1f mm from the fold at %(fold)g mm",
                        what=what,
                        away=away,
                        fold=fold,
                    )
                    cure = Message("move it into a panel")
                    yield Hit(told, cure, page.number, box, away, piece.format.fold_safe_mm)


def _items(page: Page) -> Iterator[tuple[str, Box]]:
    yield from ((f"'{_short(line)}'", line.ink) for line in page.lines)
    yield from ((Message("code '%(slot)s'", slot=code.slot), code.modules) for code in page.codes)


def _safe(page: Format) -> Box:
    """Return where text may stand, from the upper left of what is seen."""
    seen, safe = page.visible, page.safe
    return Box(safe.x0 - seen.x0, seen.y1 - safe.y1, safe.x1 - seen.x0, seen.y1 - safe.y0)


def _folds(page: Format, number: int) -> list[float]:
    """Return the folds of a page in mm from the left of what is seen."""
    folds = page.folds_mm[number - 1] if number <= len(page.folds_mm) else ()
    return [fold - page.visible.x0 for fold in folds]

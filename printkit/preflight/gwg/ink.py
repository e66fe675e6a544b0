"""GWG 2022: how much ink stands on a page."""

from collections.abc import Iterator

from printkit.preflight.core.registry import Hit, gwg_rule
from printkit.preflight.core.subject import Subject
from printkit.preflight.ink.coverage import is_bare, keeps_under, worst_square
from printkit.profiles import GwgLimits
from printkit.words import Message


@gwg_rule("R0005", draws=True)
def empty_page(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """Each page has some ink inside the trim: leave empty pages out, or ask for them by name."""
    for view in subject.pages:
        if is_bare(subject, view):
            yield Hit(Message("the page has no ink"), view.number, view.in_mm(view.trim), measured=0)


@gwg_rule("R0025", draws=True)
def coverage_all(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """No square of 15 mm has more ink of all separations than the limit: separate again with less ink."""
    yield from _over(subject, limits, spots=True)


@gwg_rule("R0026", draws=True)
def coverage_cmyk(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """No square of 15 mm has more CMYK ink than the limit: separate again with less ink."""
    yield from _over(subject, limits, spots=False)


def _over(subject: Subject, limits: GwgLimits, *, spots: bool) -> Iterator[Hit]:
    if limits.A is None or limits.B is None or subject.expected.gwg is None:
        return
    tolerance = subject.expected.gwg.gwg.ink.tolerance
    for view in subject.pages:
        # Most pages are told by their colours: 1 ms, where plates take 69
        if keeps_under(subject, view, limits.A, side_mm=limits.B, spots=spots):
            continue
        worst = worst_square(subject, view, limits.B, spots)
        if worst.mean > limits.A + tolerance:
            message = Message(
                "a square of %(b)g mm has %(mean).0f%% ink, %(a).0f%% are allowed",
                b=limits.B,
                mean=100 * worst.mean,
                a=100 * limits.A,
            )
            yield Hit(message, view.number, worst.box_mm, round(worst.mean, 3), limits.A)

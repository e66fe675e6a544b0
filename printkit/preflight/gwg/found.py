"""GWG 2022: how what breaks a rule about painted elements is summed up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from printkit.preflight.core.registry import Hit
from printkit.preflight.core.subject import Subject
from printkit.preflight.seen.visible import VisibleElements
from printkit.profiles import GwgLimits

# Sizes are products of numbers with few decimals
NOISE = 1e-6
DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Elements that break a rule, and how far."""

    shown: VisibleElements
    measured: float | None = None


def size_limit(subject: Subject, limits: GwgLimits) -> float:
    """Return the limit A of a size, in points of this file."""
    requirements = subject.expected.gwg
    limit = limits.A or 0.0
    return requirements.size(limit) if requirements else limit


def smaller(size: float | None, limit: float) -> bool:
    """Tell whether a size is under a limit; the limit itself is not."""
    # A limit itself passes, and a product of decimals may miss it by a binary digit
    return size is not None and size < limit * (1 - NOISE)


def gathered(
    message: str, found: Iterable[Found], limit: float | None = None, *, highest: bool = False
) -> Iterator[Hit]:
    """Yield one hit for each page: the worst value and its place, and how many there are."""
    worst: dict[int, tuple[Found, int]] = {}
    for one in found:
        page = one.shown.view.number
        known, count = worst.get(page, (one, 0))
        # One hit a page: who mends the worst mends by the same means all others
        worst[page] = (one if _is_worse(one, known, highest) else known), count + one.shown.count
    for page, (one, count) in worst.items():
        box, measured = one.shown.view.in_mm(one.shown.box), one.measured
        if measured is not None:
            measured = round(measured, DECIMALS)
        yield Hit(message, page, box, measured, limit, count=count)


def _is_worse(one: Found, known: Found, highest: bool) -> bool:
    if one.measured is None or known.measured is None:
        return False
    return one.measured > known.measured if highest else one.measured < known.measured

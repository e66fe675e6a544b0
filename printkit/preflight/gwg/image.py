"""GWG 2022: resolution of images."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, Literal

from printkit.content import image_facts
from printkit.content.state import IMAGES
from printkit.preflight.core.registry import Hit, gwg_rule
from printkit.preflight.core.subject import Subject
from printkit.preflight.gwg.found import NOISE, Found, gathered
from printkit.preflight.seen.visible import VisibleElements, visible_elements
from printkit.preflight.x4.page import ROUNDING_PT
from printkit.profiles import GwgLimits
from printkit.words import Message

RASTERISED = "R0033"
# GWG 2022, R0031 and R0032: images no wider and no higher are left alone
SMALL_PIXELS = 16


@gwg_rule("R0031")
def image_resolution(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """Images have more pixels an inch than the limit: place a larger original, or place it smaller."""
    found = (one for one in _sizeable(subject) if not _one_bit(one.element.source))
    # A page that is one image has a limit of its own, so it is not told twice
    single = subject.once(_rasterised) if _judges_pages(subject) else set()
    return _coarse(Message("an image"), subject, limits, (one for one in found if id(one) not in single))


@gwg_rule("R0032")
def bitmap_resolution(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """Images of one bit have more pixels an inch than the limit: scan finer, or draw as line work."""
    found = (one for one in _sizeable(subject) if _one_bit(one.element.source))
    return _coarse(Message("a 1-bit image"), subject, limits, found)


@gwg_rule(RASTERISED)
def rasterised_page(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """A page that is one image has more pixels an inch than the limit: export text and lines as such.

    The image covers the trim and has more than one bit.
    """
    single = subject.once(_rasterised)
    found = (one for one in subject.once(visible_elements) if id(one) in single)
    return _coarse(Message("the page is one image: it"), subject, limits, found)


def _rasterised(subject: Subject) -> set[int]:
    """Return the ids of images of more than one bit that cover the trim and are all that their page shows."""
    pages = (
        tuple(group) for _, group in groupby(subject.once(visible_elements), lambda one: one.view.number)
    )
    single = (
        page[0] for page in pages if sum(one.count for one in page) == 1 and page[0].element.kind in IMAGES
    )
    return {id(one) for one in single if not _one_bit(one.element.source) and _covers_trim(one)}


def _judges_pages(subject: Subject) -> bool:
    """Tell whether R0033 is asked for: what it judges, R0031 leaves alone."""
    return subject.expected.gwg is not None and not subject.expected.gwg.ignores(RASTERISED)


def _covers_trim(one: VisibleElements) -> bool:
    """Tell whether the image's own outline, turned or not, and its clip hold the whole trim."""
    trim, state = one.view.trim, one.element.state
    if not state.clip.contains(trim, ROUNDING_PT):
        return False
    x0, y0, x1, y1 = trim.inset(*[ROUNDING_PT] * 4).as_tuple()
    # By its own corners, as the box round a turned image holds more than it
    back = state.ctm.inverse()
    if back is None:
        return False
    corners = (back.apply(x, y) for x in (x0, x1) for y in (y0, y1))
    return all(0 <= along <= 1 for corner in corners for along in corner)


def _sizeable(subject: Subject) -> Iterator[VisibleElements]:
    """Yield the images on the product that are wider or higher than 16 pixels; soft masks are none."""
    for one in subject.once(visible_elements):
        if one.element.kind in IMAGES and max(image_facts(one.element.source)[:2]) > SMALL_PIXELS:
            yield one


def _coarse(
    what: str, subject: Subject, limits: GwgLimits, images: Iterable[VisibleElements]
) -> Iterator[Hit]:
    """Yield for each page the coarsest image under the error limit, and the coarsest under the other only."""
    if limits.error is None or limits.warning is None or subject.expected.gwg is None:
        return
    error, warning = (subject.expected.gwg.ppi(limit) for limit in (limits.error, limits.warning))
    measured = [Found(one, (one.element.ppi or 0.0) / one.view.unit) for one in images]
    failing = [one for one in measured if _fails(one, error)]
    # Those that fail are not warned of besides
    doubtful = [one for one in measured if _fails(one, warning) and not _fails(one, error)]
    yield from _told(what, error, "error", failing)
    yield from _told(what, warning, "warning", doubtful)


def _told(
    what: str, limit: float, severity: Literal["error", "warning"], found: list[Found]
) -> Iterator[Hit]:
    message = Message("%(what)s has no more than %(limit)g pixels an inch", what=what, limit=limit)
    return (replace(hit, severity=severity) for hit in gathered(message, found, limit))


def _fails(one: Found, limit: float) -> bool:
    """Tell whether a resolution is not greater than a limit; the limit itself fails."""
    return one.measured is not None and one.measured <= limit * (1 + NOISE)


def _one_bit(source: Any) -> bool:
    return image_facts(source).bits == 1

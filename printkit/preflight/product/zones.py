"""Zones of a format where neither text nor code may stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from printkit.content import Element, Kind, PageElements
from printkit.preflight.codes.found import known_code_views
from printkit.preflight.core.findings import BoxMm
from printkit.preflight.core.registry import Hit, NotAsked, rule
from printkit.preflight.core.subject import PageView, Subject
from printkit.preflight.product.bleed import NO_RULES
from printkit.preflight.product.file import FORMAT
from printkit.profiles import Format, ProductRules
from printkit.units import Rect
from printkit.words import Message, noted

Floats: TypeAlias = NDArray[np.float64]
# Places are told in thousandths of a millimetre
ROUNDED = 0.001
EDGES = (noted("left"), noted("bottom"), noted("right"), noted("top"))


@dataclass(frozen=True)
class Item:
    """A text or a code: what it is and where, in mm from the trim's lower left corner."""

    name: str
    page: int
    box: Rect
    code: bool = False

    @property
    def box_mm(self) -> BoxMm:
        return self.box.as_tuple()


@rule("product/hidden-zone", "error", FORMAT, needs="format")
def hidden_zone(subject: Subject) -> Iterator[Hit]:
    """No text and no code reaches into what a rail, a cassette or a frame hides; move it inwards."""
    for item, page, rules in _placed(subject):
        for edge, over in _over(item.box, page.visible, rules):
            message = Message(
                "%(name)s reaches %(over).1f mm into the hidden zone at the %(edge)s",
                name=item.name,
                over=over,
                edge=Message.of(edge),
            )
            yield Hit(message, item.page, item.box_mm, round(over, 2), 0)


@rule("product/safe-zone", "error", FORMAT, needs="format")
def safe_zone(subject: Subject) -> Iterator[Hit]:
    """Text and codes keep the format's distance from the edge of what is seen; move them inwards."""
    for item, page, rules in _placed(subject):
        # Told by the hidden zone already, which is worse
        if any(_over(item.box, page.visible, rules)):
            continue
        for edge, over in _over(item.box, _safe(page, item), rules):
            away = _distance(item.box, page.visible, edge)
            message = Message(
                "%(name)s stands %(away).1f mm from the %(edge)s, %(due).1f mm are needed",
                name=item.name,
                away=away,
                edge=Message.of(edge),
                due=away + over,
            )
            yield Hit(message, item.page, item.box_mm, round(away, 2), round(away + over, 2))


@rule("product/fold-zone", "error", FORMAT, needs="format")
def fold_zone(subject: Subject) -> Iterator[Hit]:
    """No text and no code stands on a fold or too near to one; move it into a panel."""
    for item, page, rules in _placed(subject):
        folds = page.folds_mm[item.page - 1] if item.page <= len(page.folds_mm) else ()
        for fold in folds:
            zone = page.fold_safe_mm - rules.zone_tolerance_mm
            if item.box.x0 < fold + zone and item.box.x1 > fold - zone:
                away = max(item.box.x0 - fold, fold - item.box.x1, 0.0)
                message = Message(
                    "%(name)s stands %(away).1f mm from the fold at %(fold)g mm",
                    name=item.name,
                    away=away,
                    fold=fold,
                )
                yield Hit(message, item.page, item.box_mm, round(away, 2), page.fold_safe_mm)


def items(subject: Subject) -> tuple[Item, ...]:
    """Return the texts and codes that touch the trimmed pages."""
    page = subject.expected.format
    found = ((view, text) for view, marks in subject.marks for text in _near_zones(view, marks, page))
    texts = (_text(subject, view, text) for view, text in found if _printed_text(text))
    codes = (
        Item(sight.name, sight.page, Rect(*sight.near.box_mm), code=True)
        for sight in subject.once(known_code_views)
        if sight.near
    )
    trims = {view.number: Rect(*view.in_mm(view.trim)) for view in subject.pages}
    return tuple(one for one in (*texts, *codes) if not one.box.intersection(trims[one.page]).empty)


def _near_zones(view: PageView, marks: PageElements, page: Format | None) -> Iterator[Element]:
    """Yield the texts that are not clear of all zones, folds among them: of most pages few."""
    if page is None:
        return marks.of_kind(Kind.TEXT)
    folds = page.folds_mm[view.number - 1] if view.number <= len(page.folds_mm) else ()
    edges = [page.safe.x0, *(fold + way * page.fold_safe_mm for fold in sorted(folds) for way in (-1, 1))]
    columns = zip(edges[::2], [*edges[1::2], page.safe.x1], strict=True)
    clear = [Rect(x0, page.safe.y0, x1, page.safe.y1).inset(*[ROUNDED] * 4) for x0, x1 in columns]
    return marks.beyond([view.from_mm(part) for part in clear], Kind.TEXT)


def _placed(subject: Subject) -> Iterator[tuple[Item, Format, ProductRules]]:
    page, rules = subject.expected.format, subject.expected.product_rules
    if rules is None:
        raise NotAsked(NO_RULES)
    if page is not None:
        yield from ((item, page, rules) for item in subject.once(items))


def _printed_text(element: Element) -> bool:
    painted = (element.fills or element.strokes) and element.alpha > 0
    context = element.context
    unseen = context.hidden or context.in_mask or context.step
    return element.kind is Kind.TEXT and painted and not unseen


def _text(subject: Subject, view: PageView, element: Element) -> Item:
    size = (element.font_size or 0.0) * view.unit
    box = Rect(*view.in_mm(element.visible))
    page = subject.expected.format
    # What lies beyond the visible part as a whole need not be looked at letter by letter
    straddles = page is not None and not page.visible.intersection(box).empty
    if page is not None and straddles and not _clear(box, page, view.number):
        # By letters where it is close, as the box of a line holds the room of its ascenders
        box = Rect(*view.in_mm(_inked(subject, view, element.visible)))
    return Item(Message("a text of %(size).1f pt", size=size), view.number, box)


def _clear(box: Rect, page: Format, number: int) -> bool:
    """Tell whether a text is out of all zones even with the room that its font asks above and below."""
    folds = page.folds_mm[number - 1] if number <= len(page.folds_mm) else ()
    zone = page.fold_safe_mm
    return page.safe.contains(box) and not any(
        box.x0 < fold + zone and box.x1 > fold - zone for fold in folds
    )


def _inked(subject: Subject, view: PageView, box: Rect) -> Rect:
    """Return the box round the letters in a text's box; the box itself where none is known there."""
    known = subject.once(_letters)
    if view.number not in known:
        known[view.number] = _of_page(subject, view)
    letters, tallest = known[view.number]
    # Sorted by height: a page may have 1.7 million letters, of which few are near
    first, last = np.searchsorted(letters[:, 1], (box.y0 - tallest, box.y1))
    near = letters[first:last]
    lower, upper = np.maximum(near[:, :2], (box.x0, box.y0)), np.minimum(near[:, 2:], (box.x1, box.y1))
    inside = (lower < upper).all(axis=1)
    if not inside.any():
        return box
    edges = (*lower[inside].min(axis=0), *upper[inside].max(axis=0))
    return Rect(*(float(edge) for edge in edges))


def _letters(_: Subject) -> dict[int, tuple[Floats, float]]:
    """Return where the letters of pages are to be kept: most pages are never asked for theirs."""
    return {}


def _of_page(subject: Subject, view: PageView) -> tuple[Floats, float]:
    """Return the boxes of a page's letters in points, from the lowest upwards, and the tallest's height."""
    letters = subject.sheets.letters(view.number)
    letters = letters[np.argsort(letters[:, 1], kind="stable")]
    return letters, float((letters[:, 3] - letters[:, 1]).max(initial=0))


def _safe(page: Format, item: Item) -> Rect:
    """Return where an item may stand; a code keeps farther from the foot of a roll-up."""
    if not item.code:
        return page.safe
    lowest = page.visible.y0 + page.code_clear_bottom_mm
    return Rect(page.safe.x0, max(page.safe.y0, lowest), page.safe.x1, page.safe.y1)


def _over(box: Rect, zone: Rect, rules: ProductRules) -> Iterator[tuple[str, float]]:
    """Yield the edges over which a box reaches out of a zone, and how far."""
    lengths = (zone.x0 - box.x0, zone.y0 - box.y0, box.x1 - zone.x1, box.y1 - zone.y1)
    for edge, over in zip(EDGES, lengths, strict=True):
        if over > rules.zone_tolerance_mm:
            yield edge, over


def _distance(box: Rect, zone: Rect, edge: str) -> float:
    lengths = (box.x0 - zone.x0, box.y0 - zone.y0, zone.x1 - box.x1, zone.y1 - box.y1)
    return lengths[EDGES.index(edge)]

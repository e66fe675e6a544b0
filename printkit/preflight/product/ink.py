"""The press: how much ink it takes, whatever the variant of GWG 2022 allows."""

from collections.abc import Iterator

from printkit.preflight.core.registry import Hit, NotAsked, rule
from printkit.preflight.core.subject import Subject
from printkit.preflight.ink.coverage import keeps_under, worst_square
from printkit.words import Message


@rule("product/ink-limit", "error", "the press's profile", needs="ink_limit", draws=True)
def ink_limit(subject: Subject) -> Iterator[Hit]:
    """No part of the page has more ink than the press takes; separate again, with less ink."""
    limit, rules, gwg = (subject.expected.ink_limit, subject.expected.product_rules, subject.expected.gwg)
    if limit is None or rules is None:
        raise NotAsked(Message("no rules for products were given"))
    if gwg is None:
        raise NotAsked(Message("no variant of GWG 2022 was given, which says how ink is measured"))
    side = rules.ink_square_mm
    # A press states percent; GWG 2022, and so all that measures ink here, counts in parts of a full ink.
    most, tolerance = limit / 100, gwg.gwg.ink.tolerance
    for view in subject.pages:
        # No plate is drawn where the colours alone tell: 1 ms for a page, where the plates take 69
        if keeps_under(subject, view, most, side_mm=side, spots=True):
            continue
        worst = worst_square(subject, view, side, spots=True)
        if worst.mean > most + tolerance:
            message = Message(
                "a square of %(side)g mm has %(mean).0f%% ink, the press takes %(limit)g%%",
                side=side,
                mean=100 * worst.mean,
                limit=limit,
            )
            yield Hit(message, view.number, worst.box_mm, round(worst.mean * 100, 1), limit)

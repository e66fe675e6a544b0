"""Rules about pieces beside each other: one place in all formats, one format in all languages."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from printkit.review.asked import Ask, Outline
from printkit.review.colour_rules import contrast, hex_of
from printkit.review.registry import Hit, Limits, series_rule
from printkit.words import Message


@series_rule("one-field", "most_contrast")
def one_field(pieces: Sequence[Outline], limits: Limits) -> Iterator[tuple[Ask, Hit]]:
    """The field behind the headline has one colour in all formats of a place."""
    groups: dict[tuple[str, str], list[Outline]] = defaultdict(list)
    for piece in pieces:
        groups[piece.ask.template, piece.ask.committee].append(piece)
    for group in groups.values():
        first = next((piece for piece in group if piece.field), None)
        for piece in group:
            # A piece whose headline was not found is told of by other rules.
            if first is None or first.field is None or piece.field is None:
                continue
            away = contrast(first.field, piece.field)
            if away > limits["most_contrast"]:
                what = Message(
                    "the headline's field is %(here)s, %(there)s on",
                    here=hex_of(piece.field),
                    there=hex_of(first.field),
                )
                cure = Message("give both one of the place's colours")
                hit = Hit(f"{what} {first.ask.format}", cure, 1, None, away, limits["most_contrast"])
                yield piece.ask, hit


@series_rule("same-boxes", "tolerance_mm")
def same_boxes(pieces: Sequence[Outline], limits: Limits) -> Iterator[tuple[Ask, Hit]]:
    """Headline, place and call stand on the same lines in every language."""
    groups: dict[tuple[str, ...], list[Outline]] = defaultdict(list)
    for piece in pieces:
        ask = piece.ask
        groups[ask.template, ask.committee, ask.format, ask.filling].append(piece)
    for first, *others in groups.values():
        for piece in others:
            yield from ((piece.ask, hit) for hit in _moved(first, piece, limits["tolerance_mm"]))


def _moved(first: Outline, piece: Outline, tolerance: float) -> Iterator[Hit]:
    for name in first.bases.keys() & piece.bases.keys():
        one, other = first.bases[name], piece.bases[name]
        if abs(one - other) > tolerance:
            what = Message(
                "the %(name)s stands at %(other).1f mm, in '%(language)s' at %(one).1f mm",
                name=name,
                other=other,
                language=first.ask.language,
                one=one,
            )
            yield Hit(what, Message("give both the same box"), 1, None, other, one)

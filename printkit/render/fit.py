"""Text fit: the largest size at which each slot's text stands inside its box, in few layouts."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass

from printkit.errors import SlotErrors, SlotProblem, WorkspaceError
from printkit.render.added_css import Setting
from printkit.render.copyfit import Copy
from printkit.render.fonts import Faces
from printkit.render.placed import FitBox
from printkit.render.search import Span, halve, together
from printkit.render.typeset import TypesetPages, Typesetter
from printkit.template import Fit
from printkit.template.counting import characters
from printkit.words import Message

# Sizes lie a quarter of a point apart, or further where that would be more than 2 ** 6 steps.
STEP_PT, MOST_STEPS = 0.25, 64
# Widths of balanced texts are tried in steps of so many percent.
NARROWER = 2
# Boxes should not depend on each other; where they do, sizes give way this often.
PATIENCE = 12
# How far a balanced line may stand out of the width it was given, in px.
WIDE = 0.05


@dataclass(frozen=True)
class Attempt:
    """What one slot tries: a size, and steps by which it is narrower than its box."""

    size: float
    narrower: int = 0
    align: str = "start"
    too_long: bool = False


Boxes = Sequence[FitBox]
Search = Generator[Attempt, Boxes, Attempt]


def fit(typesetter: Typesetter) -> TypesetPages:
    """Return the layout at the largest sizes that fit; raise SlotErrors for text too long at the smallest.

    Slots are searched side by side, as if their boxes were alone; where the boxes depend on each other after
    all, the sizes that were found give way first.
    """
    ladders = {slot: ladder(bounds) for slot, bounds in typesetter.artwork.fits.items()}
    faces = typesetter.styles.faces
    # At the smallest sizes, where a box that is wrong in itself cannot be taken for a text that is too long
    _check_boxes(
        typesetter, typesetter.lay_out(Setting({slot: steps[-1] for slot, steps in ladders.items()}))
    )
    attempts = _search(typesetter, {slot: _fitted(steps, faces) for slot, steps in ladders.items()})
    sizes = {slot: attempt.size for slot, attempt in attempts.items()}
    too_long = {slot for slot, attempt in attempts.items() if attempt.too_long}
    if too_long:
        raise SlotErrors(_problems(typesetter, sizes, too_long))
    # Mostly one of those that were tried last, which are kept
    typeset = typesetter.lay_out(_setting(attempts))
    if not typeset.overflowing():
        return typeset
    sizes = dict(_confirm(typesetter, ladders, sizes).setting.sizes)
    return typesetter.lay_out(
        _setting(_search(typesetter, {slot: _even(size, faces) for slot, size in sizes.items()}))
    )


def ladder(bounds: Fit) -> list[float]:
    """Return the sizes to choose from, in points, the smallest first."""
    step = STEP_PT
    while (bounds.largest - bounds.smallest) / step > MOST_STEPS:
        step *= 2
    count = int((bounds.largest - bounds.smallest) / step)
    sizes = [bounds.smallest + step * number for number in range(count + 1)]
    return sizes if sizes[-1] == bounds.largest else [*sizes, bounds.largest]


def _search(typesetter: Typesetter, searches: Mapping[str, Search]) -> dict[str, Attempt]:
    def show(attempts: Mapping[str, Attempt]) -> dict[str, Boxes]:
        fits = typesetter.lay_out(_setting(attempts)).reading.fits
        return {slot: [box for box in fits if box.slot == slot] for slot in attempts}

    return together(searches, show)


def _setting(attempts: Mapping[str, Attempt]) -> Setting:
    narrowed = {slot: attempt for slot, attempt in attempts.items() if attempt.narrower}
    return Setting(
        {slot: attempt.size for slot, attempt in attempts.items()},
        {slot: 100 - attempt.narrower * NARROWER for slot, attempt in narrowed.items()},
        {slot: attempt.align for slot, attempt in narrowed.items()},
    )


def _fitted(ladder: Sequence[float], faces: Faces) -> Search:
    """Find the largest size at which a text fits, then the width at which its lines are even."""
    # The highest rung is tried first: most texts are short enough
    span = Span(-1, len(ladder) - 1)
    boxes = yield Attempt(ladder[-1])
    if not _overflow(boxes):
        return (yield from _balanced(ladder[-1], boxes, faces))
    size, fitting = ladder[-1], boxes
    while not span.settled:
        tried = span.next(min(Copy(box, faces).rung(ladder, size) for box in boxes))
        size = ladder[tried]
        boxes = yield Attempt(size)
        passed = not _overflow(boxes)
        span.learn(tried, passed)
        fitting = boxes if passed else fitting
    if span.low < 0:
        return Attempt(ladder[0], too_long=True)
    return (yield from _balanced(ladder[span.low], fitting, faces))


def _even(size: float, faces: Faces) -> Search:
    """Find the width at which a text's lines are even, its size being settled."""
    boxes = yield Attempt(size)
    return (yield from _balanced(size, boxes, faces))


def _balanced(size: float, boxes: Boxes, faces: Faces) -> Search:
    """Narrow a balanced text as far as its number of lines allows, so that the lines are even."""
    # The last of several boxes of a slot: a text that flows on is even where it ends
    box = next((one for one in reversed(boxes) if one.balanced and one.line_count > 1), None)
    if box is None:
        return Attempt(size)
    span, guess = _narrowing(box), Copy(box, faces).step(NARROWER)
    while not span.settled:
        tried = span.next(guess)
        seen = yield Attempt(size, tried, box.align)
        passed = _holds(seen, box.line_count, tried)
        span.learn(tried, passed)
        guess = tried + 1 if passed else tried - 1
    return Attempt(size, span.low, box.align)


def _overflow(boxes: Boxes) -> bool:
    return any(box.overflows for box in boxes)


def _holds(boxes: Boxes, lines: int, narrower: int) -> bool:
    """Tell whether a narrowed text keeps its lines and its width."""
    share = 1 - narrower * NARROWER / 100
    wide = any(box.widest > box.content.width * share + WIDE for box in boxes)
    return not wide and not _overflow(boxes) and any(box.line_count == lines for box in boxes)


def _narrowing(box: FitBox) -> Span:
    """Return the steps between the width in use and that of perfectly even lines."""
    share = sum(line.frame.width for line in box.lines) / box.line_count / box.content.width
    used = box.widest / box.content.width
    widest, evenest = (int((1 - part) * 100 / NARROWER) for part in (used, share))
    return Span(max(0, widest), max(0, widest) + max(1, evenest - widest + 1))


def _confirm(
    typesetter: Typesetter, ladders: Mapping[str, list[float]], sizes: dict[str, float]
) -> TypesetPages:
    """Lay out at the sizes found; where one box moved another after all, let sizes give way."""
    for _ in range(PATIENCE):
        typeset = typesetter.lay_out(Setting(sizes))
        tight = typeset.overflowing()
        if not tight:
            return typeset
        for slot in tight:
            rung = ladders[slot].index(sizes[slot])
            sizes = {**sizes, slot: ladders[slot][max(0, rung - 1)]}
    reason = Message(
        "the boxes of %(tight)s depend on each other; give them fixed sizes in mm",
        tight=", ".join(sorted(tight)),
    )
    raise WorkspaceError(typesetter.artwork.html_file, None, reason)


def _check_boxes(typesetter: Typesetter, typeset: TypesetPages) -> None:
    file, known = typesetter.artwork.html_file, typesetter.artwork.fits
    for box in typeset.reading.fits:
        if box.slot not in known:
            key = f"layouts.{typesetter.artwork.format.id}.fit.{box.slot}"
            reason = Message('data-fit="%(slot)s" has no sizes; add [%(key)s]', slot=box.slot, key=key)
            raise WorkspaceError(file, None, reason)
        if not box.definite:
            reason = Message(
                'the element with data-fit="%(slot)s" needs a width and height in mm', slot=box.slot
            )
            raise WorkspaceError(file, None, reason)


def _problems(typesetter: Typesetter, sizes: dict[str, float], slots: Iterable[str]) -> list[SlotProblem]:
    """Say how much of each text would fit, found by laying out ever shorter texts."""
    texts = typesetter.artwork.texts
    # How much fits cannot be reckoned from letters, so it is asked for: about seven layouts for a text of a
    # hundred characters
    lengths = {slot: len(texts[slot].text) for slot in slots}

    def show(kept: Mapping[str, int]) -> dict[str, bool]:
        tight = typesetter.lay_out(Setting(sizes, kept=kept)).overflowing()
        return {slot: slot not in tight for slot in lengths}

    found = together({slot: halve(Span(0, length + 1)) for slot, length in lengths.items()}, show)
    problems = []
    for slot, kept in found.items():
        text = texts[slot]
        advice = Message("shorten it")
        if text.roomier:
            advice = Message("shorten it or use %(format)s", format=text.roomier[0])
        counted, fitting = characters(text.text), characters(text.text[:kept])
        problem = Message(
            "%(counted)s characters, %(fitting)s fit; %(advice)s",
            counted=counted,
            fitting=fitting,
            advice=advice,
        )
        problems.append(SlotProblem(typesetter.artwork.where, slot, problem))
    return problems

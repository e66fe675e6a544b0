"""Text fit: the largest size at which each slot's text stands inside its box, in few layouts."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass

from printkit.errors import SlotErrors, SlotProblem, WorkspaceError
from printkit.render.copyfit import Copy
from printkit.render.fonts import Faces
from printkit.render.placed import FitBox
from printkit.render.search import Span, halve, together
from printkit.render.sheet import Setting
from printkit.render.trial import Bench, Trial
from printkit.template import Fit
from printkit.template.counting import characters

# Sizes lie a quarter of a point apart, or further where that would be more than 2 ** 6 steps.
STEP_PT, MOST_STEPS = 0.25, 64
# Widths of balanced texts are tried in steps of so many percent.
NARROWER = 2
# Boxes should not depend on each other; where they do, sizes give way this often.
PATIENCE = 12
# How far a balanced line may stand out of the width it was given, in px.
WIDE = 0.05


@dataclass(frozen=True)
class Wish:
    """Hold what one slot tries: a size, and steps by which it is narrower than its box."""

    size: float
    narrower: int = 0
    align: str = "start"
    too_long: bool = False


Boxes = Sequence[FitBox]
Search = Generator[Wish, Boxes, Wish]


def fit(bench: Bench) -> Trial:
    """Return the layout at the largest sizes that fit; raise SlotErrors for text too long at the smallest.

    Slots are searched side by side, as if their boxes were alone; where the boxes depend on each other after
    all, the sizes that were found give way first.
    """
    ladders = {slot: ladder(bounds) for slot, bounds in bench.artwork.fits.items()}
    faces = bench.studio.faces
    _check_boxes(bench, bench.lay_out(Setting({slot: steps[-1] for slot, steps in ladders.items()})))
    wishes = _search(bench, {slot: _fitted(steps, faces) for slot, steps in ladders.items()})
    sizes = {slot: wish.size for slot, wish in wishes.items()}
    too_long = {slot for slot, wish in wishes.items() if wish.too_long}
    if too_long:
        raise SlotErrors(_problems(bench, sizes, too_long))
    trial = bench.lay_out(_setting(wishes))
    if not trial.overflowing():
        return trial
    sizes = dict(_confirm(bench, ladders, sizes).setting.sizes)
    return bench.lay_out(_setting(_search(bench, {slot: _even(size, faces) for slot, size in sizes.items()})))


def ladder(bounds: Fit) -> list[float]:
    """Return the sizes to choose from, in points, the smallest first."""
    step = STEP_PT
    while (bounds.largest - bounds.smallest) / step > MOST_STEPS:
        step *= 2
    count = int((bounds.largest - bounds.smallest) / step)
    sizes = [bounds.smallest + step * number for number in range(count + 1)]
    return sizes if sizes[-1] == bounds.largest else [*sizes, bounds.largest]


def _search(bench: Bench, searches: Mapping[str, Search]) -> dict[str, Wish]:
    def show(wishes: Mapping[str, Wish]) -> dict[str, Boxes]:
        fits = bench.lay_out(_setting(wishes)).reading.fits
        return {slot: [box for box in fits if box.slot == slot] for slot in wishes}

    return together(searches, show)


def _setting(wishes: Mapping[str, Wish]) -> Setting:
    narrowed = {slot: wish for slot, wish in wishes.items() if wish.narrower}
    return Setting(
        {slot: wish.size for slot, wish in wishes.items()},
        {slot: 100 - wish.narrower * NARROWER for slot, wish in narrowed.items()},
        {slot: wish.align for slot, wish in narrowed.items()},
    )


def _fitted(ladder: Sequence[float], faces: Faces) -> Search:
    """Find the largest size at which a text fits, then the width at which its lines are even."""
    span = Span(-1, len(ladder) - 1)
    boxes = yield Wish(ladder[-1])
    if not _overflow(boxes):
        return (yield from _balanced(ladder[-1], boxes, faces))
    size, fitting = ladder[-1], boxes
    while not span.settled:
        tried = span.next(min(Copy(box, faces).rung(ladder, size) for box in boxes))
        size = ladder[tried]
        boxes = yield Wish(size)
        passed = not _overflow(boxes)
        span.learn(tried, passed)
        fitting = boxes if passed else fitting
    if span.low < 0:
        return Wish(ladder[0], too_long=True)
    return (yield from _balanced(ladder[span.low], fitting, faces))


def _even(size: float, faces: Faces) -> Search:
    """Find the width at which a text's lines are even, its size being settled."""
    boxes = yield Wish(size)
    return (yield from _balanced(size, boxes, faces))


def _balanced(size: float, boxes: Boxes, faces: Faces) -> Search:
    """Narrow a balanced text as far as its number of lines allows, so that the lines are even."""
    box = next((one for one in reversed(boxes) if one.balanced and one.line_count > 1), None)
    if box is None:
        return Wish(size)
    span, guess = _narrowing(box), Copy(box, faces).step(NARROWER)
    while not span.settled:
        tried = span.next(guess)
        seen = yield Wish(size, tried, box.align)
        passed = _holds(seen, box.line_count, tried)
        span.learn(tried, passed)
        guess = tried + 1 if passed else tried - 1
    return Wish(size, span.low, box.align)


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


def _confirm(bench: Bench, ladders: Mapping[str, list[float]], sizes: dict[str, float]) -> Trial:
    """Lay out at the sizes found; where one box moved another after all, let sizes give way."""
    for _ in range(PATIENCE):
        trial = bench.lay_out(Setting(sizes))
        tight = trial.overflowing()
        if not tight:
            return trial
        for slot in tight:
            rung = ladders[slot].index(sizes[slot])
            sizes = {**sizes, slot: ladders[slot][max(0, rung - 1)]}
    reason = f"the boxes of {', '.join(sorted(tight))} depend on each other; give them fixed sizes in mm"
    raise WorkspaceError(bench.artwork.html_file, None, reason)


def _check_boxes(bench: Bench, trial: Trial) -> None:
    file, known = bench.artwork.html_file, bench.artwork.fits
    for box in trial.reading.fits:
        if box.slot not in known:
            reason = (
                f'data-fit="{box.slot}" has no sizes; add [layouts.{bench.artwork.format.id}.fit.{box.slot}]'
            )
            raise WorkspaceError(file, None, reason)
        if not box.definite:
            reason = f'the element with data-fit="{box.slot}" needs a width and height in mm'
            raise WorkspaceError(file, None, reason)


def _problems(bench: Bench, sizes: dict[str, float], slots: Iterable[str]) -> list[SlotProblem]:
    """Say how much of each text would fit, found by laying out ever shorter texts."""
    texts = bench.artwork.texts
    lengths = {slot: len(texts[slot].text) for slot in slots}

    def show(kept: Mapping[str, int]) -> dict[str, bool]:
        tight = bench.lay_out(Setting(sizes, kept=kept)).overflowing()
        return {slot: slot not in tight for slot in lengths}

    found = together({slot: halve(Span(0, length + 1)) for slot, length in lengths.items()}, show)
    problems = []
    for slot, kept in found.items():
        text = texts[slot]
        advice = " or ".join(["shorten it", *(f"use {one}" for one in text.roomier[:1])])
        counted, fitting = characters(text.text), characters(text.text[:kept])
        problem = f"{counted} characters, {fitting} fit; {advice}"
        problems.append(SlotProblem(bench.artwork.where, slot, problem))
    return problems

"""Text fit: the largest size at which each slot's text stands inside its box, in few layouts."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from printkit.errors import SlotErrors, SlotProblem, WorkspaceError
from printkit.render.placed import FitBox
from printkit.render.search import Span, search
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


def fit(bench: Bench) -> Trial:
    """Return the layout at the largest sizes that fit; raise SlotErrors for text too long at the smallest."""
    ladders = {slot: ladder(bounds) for slot, bounds in bench.artwork.fits.items()}
    trial = bench.lay_out(Setting({slot: steps[-1] for slot, steps in ladders.items()}))
    _check_boxes(bench, trial)
    if trial.overflowing():
        trial = _settle(bench, ladders, trial)
    return _balance(bench, trial)


def ladder(bounds: Fit) -> list[float]:
    """Return the sizes to choose from, in points, the smallest first."""
    step = STEP_PT
    while (bounds.largest - bounds.smallest) / step > MOST_STEPS:
        step *= 2
    count = int((bounds.largest - bounds.smallest) / step)
    sizes = [bounds.smallest + step * number for number in range(count + 1)]
    return sizes if sizes[-1] == bounds.largest else [*sizes, bounds.largest]


def _settle(bench: Bench, ladders: Mapping[str, list[float]], first: Trial) -> Trial:
    """Find the sizes of the slots that do not fit at their largest."""
    tight = first.overflowing()

    def sizes(rungs: Mapping[str, int]) -> dict[str, float]:
        return {slot: steps[max(0, rungs.get(slot, len(steps) - 1))] for slot, steps in ladders.items()}

    def good(rungs: Mapping[str, int]) -> set[str]:
        return tight - bench.lay_out(Setting(sizes(rungs))).overflowing()

    spans = {slot: Span(-1, len(ladders[slot]) - 1, _guess(first, slot, ladders[slot])) for slot in tight}
    found = search(spans, good)
    too_long = {slot for slot, rung in found.items() if rung < 0}
    if too_long:
        raise SlotErrors(_problems(bench, sizes(found), too_long))
    return _confirm(bench, ladders, sizes(found))


def _guess(first: Trial, slot: str, ladder: list[float]) -> int:
    """Return the rung at which a text should fit: its area grows with the square of the size."""
    scale = min(box.room for box in first.reading.fits if box.slot == slot)
    return max(0, bisect_right(ladder, ladder[-1] * scale) - 1)


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

    def good(kept: Mapping[str, int]) -> set[str]:
        return set(lengths) - bench.lay_out(Setting(sizes, kept=kept)).overflowing()

    found = search({slot: Span(0, length + 1) for slot, length in lengths.items()}, good)
    problems = []
    for slot, kept in found.items():
        text = texts[slot]
        advice = " or ".join(["shorten it", *(f"use {one}" for one in text.roomier[:1])])
        counted, fitting = characters(text.text), characters(text.text[:kept])
        problem = f"{counted} characters, {fitting} fit; {advice}"
        problems.append(SlotProblem(bench.artwork.where, slot, problem))
    return problems


def _balance(bench: Bench, trial: Trial) -> Trial:
    """Narrow balanced texts as far as their number of lines allows, so that the lines are even."""
    boxes = {box.slot: box for box in trial.reading.fits if box.balanced and line_count(box) > 1}
    if not boxes:
        return trial
    wanted = {slot: line_count(box) for slot, box in boxes.items()}
    aligned = {slot: box.align for slot, box in boxes.items()}

    def setting(steps: Mapping[str, int]) -> Setting:
        widths = {slot: 100 - step * NARROWER for slot, step in steps.items()}
        return Setting(trial.setting.sizes, widths, aligned)

    def good(steps: Mapping[str, int]) -> set[str]:
        tried = bench.lay_out(setting(steps))
        bad = tried.overflowing() | _wide(tried)
        return {box.slot for box in tried.reading.fits if line_count(box) == wanted.get(box.slot)} - bad

    found = search({slot: _narrowing(box) for slot, box in boxes.items()}, good)
    return bench.lay_out(setting(found)) if any(found.values()) else trial


def _narrowing(box: FitBox) -> Span:
    """Return the steps between the width in use and that of perfectly even lines."""
    share = sum(line.width for line in box.lines) / line_count(box) / box.content.width
    used = max(line.width for line in box.lines) / box.content.width
    widest, evenest = (int((1 - part) * 100 / NARROWER) for part in (used, share))
    return Span(max(0, widest), max(0, widest) + max(1, evenest - widest + 1))


def _wide(trial: Trial) -> set[str]:
    """Return the balanced slots with a line wider than the width they were given."""
    widths = trial.setting.widths
    boxes = (box for box in trial.reading.fits if box.slot in widths)
    return {
        box.slot
        for box in boxes
        if any(line.width > box.content.width * widths[box.slot] / 100 + 0.05 for line in box.lines)
    }


def line_count(box: FitBox) -> int:
    return len({round(line.y0, 1) for line in box.lines})

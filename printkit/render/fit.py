"""Text fit: the largest size at which each slot's text stands inside its box, in few layouts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from printkit.errors import SlotErrors, SlotProblem, WorkspaceError
from printkit.render.boxes import FitBox
from printkit.render.sheet import Setting
from printkit.render.trial import Bench, Trial
from printkit.template import Fit
from printkit.template.counting import characters

# Sizes lie a quarter of a point apart, or further where that would be more than 2 ** 7 steps.
STEP_PT, MOST_STEPS = 0.25, 128
# Widths of balanced texts are tried in percent; none gets narrower than this.
NARROWEST = 30
# Boxes should not depend on each other; where they do, sizes give way this often.
PATIENCE = 12


def fit(bench: Bench) -> Trial:
    """Return the layout at the largest sizes that fit; raise SlotErrors for text too long at the smallest."""
    ladders = {slot: ladder(bounds) for slot, bounds in bench.artwork.fits.items()}
    trial = bench.lay_out(Setting({slot: steps[-1] for slot, steps in ladders.items()}))
    _check_boxes(bench, trial)
    tight = trial.overflowing()
    if tight:
        trial = _settle(bench, ladders, tight)
    return _balance(bench, trial)


def ladder(bounds: Fit) -> list[float]:
    """Return the sizes to choose from, in points, the smallest first."""
    step = STEP_PT
    while (bounds.largest - bounds.smallest) / step > MOST_STEPS:
        step *= 2
    count = int((bounds.largest - bounds.smallest) / step)
    sizes = [bounds.smallest + step * number for number in range(count + 1)]
    return sizes if sizes[-1] == bounds.largest else [*sizes, bounds.largest]


@dataclass
class _Search:
    """Bisect one number for several slots at once: the highest that is `good`, from -1 (none)."""

    low: dict[str, int]
    high: dict[str, int]

    def run(self, good: Callable[[Mapping[str, int]], set[str]]) -> dict[str, int]:
        """Ask `good` for the slots that pass with the given numbers, until every slot is settled."""
        while True:
            middle = {slot: (low + self.high[slot]) // 2 for slot, low in self.low.items()}
            open_ones = {slot for slot, low in self.low.items() if self.high[slot] - low > 1}
            if not open_ones:
                return self.low
            passed = good({slot: middle[slot] if slot in open_ones else self.low[slot] for slot in middle})
            for slot in open_ones:
                (self.low if slot in passed else self.high)[slot] = middle[slot]


def _settle(bench: Bench, ladders: Mapping[str, list[float]], tight: set[str]) -> Trial:
    """Find the sizes of the slots that do not fit at their largest."""

    def sizes(rungs: Mapping[str, int]) -> dict[str, float]:
        return {
            slot: steps[max(0, rungs[slot])] if slot in tight else steps[-1]
            for slot, steps in ladders.items()
        }

    def good(rungs: Mapping[str, int]) -> set[str]:
        return set(ladders) - bench.lay_out(Setting(sizes(rungs))).overflowing()

    search = _Search(dict.fromkeys(tight, -1), {slot: len(ladders[slot]) - 1 for slot in tight})
    found = search.run(good)
    too_long = {slot for slot, rung in found.items() if rung < 0}
    if too_long:
        raise SlotErrors(_problems(bench, sizes(found), too_long))
    return _confirm(bench, ladders, sizes(found))


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

    found = _Search(dict.fromkeys(lengths, 0), {slot: length + 1 for slot, length in lengths.items()}).run(
        good
    )
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

    def setting(narrower: Mapping[str, int]) -> Setting:
        widths = {slot: 100 - percent for slot, percent in narrower.items()}
        return Setting(trial.setting.sizes, widths, aligned)

    def good(narrower: Mapping[str, int]) -> set[str]:
        tried = bench.lay_out(setting(narrower))
        bad = tried.overflowing() | _wide(tried)
        return {box.slot for box in tried.reading.fits if line_count(box) == wanted.get(box.slot)} - bad

    found = _Search(dict.fromkeys(boxes, 0), dict.fromkeys(boxes, 100 - NARROWEST)).run(good)
    return bench.lay_out(setting(found)) if any(found.values()) else trial


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

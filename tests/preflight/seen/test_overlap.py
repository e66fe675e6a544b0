"""Which boxes lie over earlier ones, of any number."""

import numpy as np
import pytest

from printkit.preflight.core.limits import CannotRun
from printkit.preflight.seen.overlap import Flags, Floats, overlapping, shrunken

Box = tuple[float, float, float, float]


def told(boxes: Floats | list[Box], before: list[int] | None = None) -> list[bool]:
    small = shrunken(np.array(boxes, np.float64))
    found: list[bool] = overlapping(small, np.array(before or range(len(boxes))), lambda: None).tolist()
    return found


def compared(boxes: Floats, before: list[int]) -> list[bool]:
    """Compare each box with all of the first so many."""
    small = shrunken(boxes)

    def meets(box: Floats, others: Floats) -> Flags:
        return np.asarray(((others[:, :2] <= box[2:]) & (others[:, 2:] >= box[:2])).all(axis=1))

    return [bool(meets(box, small[:count]).any()) for box, count in zip(small, before, strict=True)]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("size", [3, 40, 300])
def test_overlaps_are_those_of_comparing_all(seed: int, size: float) -> None:
    dice = np.random.default_rng(seed)
    low, sides = dice.uniform(0, (590, 790), (400, 2)), dice.uniform(0, size, (400, 2))
    sides *= dice.integers(0, 2, (400, 2))
    if seed % 2:
        low, sides = low.round(-1), sides.round(-1)
    boxes, before = np.hstack([low, low + sides]), [int(dice.integers(0, one + 1)) for one in range(400)]
    assert told(boxes) == compared(boxes, list(range(400)))
    assert told(boxes, before) == compared(boxes, before)


def test_hairlines_without_width_overlap_and_may_touch() -> None:
    square, through = (100.0, 100.0, 200.0, 200.0), (150.0, 0.0, 150.0, 300.0)
    beside, over = (200.0, 0.0, 200.0, 300.0), (200.0, 10.0, 200.0, 20.0)
    assert told([square, through, beside, over]) == [False, True, False, True]


def test_crowded_and_loose_boxes_are_told_apart() -> None:
    crowd = [(i * 0.01, j * 0.01, i * 0.01 + 0.006, j * 0.01 + 0.006) for i in range(99) for j in range(99)]
    loose = [(i * 6 + 2.0, j * 8 + 2.0, i * 6 + 7.0, j * 8 + 9.0) for i in range(99) for j in range(99)]
    assert told(crowd + loose + loose) == [False] * len(crowd + loose) + [True] * len(loose)


def test_a_mesh_of_a_hundred_thousand_lines_is_told_in_whole() -> None:
    level = [(0.0, i / 100, 600.0, i / 100) for i in range(50_000)]
    upright = [(1 + i / 100, 0.0, 1 + i / 100, 600.0) for i in range(50_000)]
    assert told(level + upright) == [False] * 50_000 + [True] * 50_000


def test_looking_up_stops_when_time_has_passed() -> None:
    def over() -> None:
        raise CannotRun("time")

    boxes = np.arange(100.0)[:, None] * 10 + (0.0, 0.0, 5.0, 5.0)
    with pytest.raises(CannotRun):
        overlapping(boxes, np.arange(100), over)

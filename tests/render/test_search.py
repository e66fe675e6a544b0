"""Searches for the highest number that passes, side by side, and what helps them to the right guess."""

from collections.abc import Generator, Mapping

import pytest

from printkit.render.copyfit import Copy
from printkit.render.fonts import Faces, FontQuestion
from printkit.render.placed import FitBox, Line, Part
from printkit.render.search import Span, halve, together
from printkit.units import Rect


def following(guess: int | None) -> Generator[int, bool, int]:
    span = Span(-1, 99)
    while not span.settled:
        tried = span.next(guess)
        span.learn(tried, (yield tried))
    return span.low


@pytest.mark.parametrize("guess", [None, 0, 40, 41, 42, 99])
@pytest.mark.parametrize("answer", [-1, 0, 41, 98])
def test_the_highest_that_passes_is_found_whatever_the_guess(guess: int | None, answer: int) -> None:
    tries: list[int] = []

    def show(attempts: Mapping[str, int]) -> dict[str, bool]:
        tries.append(attempts["a"])
        return {"a": attempts["a"] <= answer}

    assert together({"a": following(guess)}, show) == {"a": answer}
    assert len(tries) == len(set(tries)) <= 11
    assert len(tries) == 2 or guess is None or guess not in (answer, answer + 1) or answer in (-1, 98)


def test_searches_go_side_by_side_and_the_first_waits_at_its_answer() -> None:
    shown: list[dict[str, int]] = []

    def show(attempts: Mapping[str, int]) -> dict[str, bool]:
        shown.append(dict(attempts))
        return {"near": attempts["near"] <= 1, "far": attempts["far"] <= 900}

    ends = {"near": (0, 3), "far": (0, 1000), "known": (7, 8)}
    found = together({slot: halve(Span(*span)) for slot, span in ends.items()}, show)
    assert found == {"near": 1, "far": 900, "known": 7}
    assert len(shown) == 10
    assert {one["near"] for one in shown[2:]} == {1}


def box(width: float, height: float, *lines: tuple[float, str], whole: bool = False) -> FitBox:
    """Return a box with lines of 10 px; without a face all letters and spaces are of one width."""
    font = FontQuestion(("None",), 400, "normal")
    placed = [
        Line(Rect(0, 10 * n, wide, 10 * n + 10), (Part(text, wide, 10, font),), whole)
        for n, (wide, text) in enumerate(lines)
    ]
    return FitBox("a", Rect(0, 0, width, height), True, "start", True, placed)


def rung(found: FitBox) -> float:
    ladder = [5.0, 6.0, 7.0, 8.0, 9.0, 10.0]
    highest = Copy(found, Faces()).rung(ladder, 10)
    return ladder[highest] if highest >= 0 else 0


def test_copyfitting_knows_broken_lines_from_lines_that_end() -> None:
    assert rung(box(100, 10, (90, "aaaa bbbb"), (40, "cccc"))) == 7
    assert rung(box(100, 20, (30, "aaa"), (40, "cccc"))) == 10
    assert rung(box(100, 20, (110, "aaaa bbbbbb"))) == 9
    assert rung(box(100, 20, (200, "aaaaaaaa"))) == 5
    assert rung(box(10, 10, (200, "aaaaaaaa"))) == 0
    assert rung(box(100, 30)) == 10


def test_copyfitting_leaves_whole_lines_whole() -> None:
    lines = (90.0, "aaaa bbbb"), (120.0, "cccc dddd eee")
    assert rung(box(100, 20, *lines, whole=True)) == 8
    assert rung(box(100, 20, *lines[:1], (40, "cccc"), whole=False)) == 10


def test_copyfitting_narrows_until_a_line_would_break() -> None:
    for lines, most in (((90, "aaaa bbbb"), (90, "cccc dddd")), 5), (((90, "aaaa bbbb"), (40, "cccc")), 5):
        assert Copy(box(100, 20, *lines), Faces()).step(2) == most

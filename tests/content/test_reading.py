"""Plain content is read by a way of its own, which must tell the same as the slow one."""

import random

import pytest

from printkit.content import Element
from tests.content.conftest import Walked

# From a comment on, content is not plain.
SLOWLY = b"%\n"
PAINT = ["f", "f*", "S", "s", "B", "b*", "B*", "F", "n"]


def content(seed: int) -> bytes:
    """Return paths of all kinds under changing states, some of them rectangles, bars and lines."""
    draw = random.Random(seed)

    def number() -> str:
        return draw.choice(["0", "10", "10", "20", "20.5", "-.5", "+7", "4.", str(draw.uniform(-50, 250))])

    def numbers(count: int) -> str:
        return " ".join(number() for _ in range(count))

    def segment() -> str:
        operator, count = draw.choice([("l", 2), ("l", 2), ("l", 2), ("c", 6), ("v", 4), ("y", 4), ("h", 0)])
        return f"{numbers(count)} {operator}"

    def path() -> str:
        segments = " ".join(segment() for _ in range(draw.randrange(6)))
        return draw.choice([f"{numbers(2)} m {segments}", f"{numbers(4)} re", f"{numbers(4)} re {segments}"])

    def step() -> str:
        states = [
            f"{draw.random()} g",
            f"0 0 0 {draw.choice('01')} k",
            f"{draw.randrange(9)} w",
            "q",
            "Q",
            "1 J",
        ]
        states += ["0 J", f"{draw.choice(['1 0 0 1', '0 2 -2 0', '1 .5 0 1'])} {numbers(2)} cm", "W"]
        return draw.choice([*states, f"{path()} {draw.choice(PAINT)}", f"{path()} {draw.choice(PAINT)}"])

    def run() -> str:
        """Return paths of one subpath each that follow each other, some with an ink or a width set before."""
        setters = [
            "",
            "",
            f"{draw.random()} G ",
            f"0 0 {draw.randrange(3) / 2} 1 k ",
            f"{draw.randrange(5)} w ",
        ]
        simple = [
            f"{numbers(2)} m {numbers(2)} l {numbers(6)} c",
            f"{numbers(2)} m {numbers(2)} l",
            f"{numbers(4)} re",
        ]
        return "\n".join(
            f"{draw.choice(setters)}{draw.choice(simple)} {draw.choice(PAINT[:-1])}"
            for _ in range(draw.randrange(12))
        )

    return "\n".join(draw.choice([step, step, step, run])() for _ in range(200)).encode()


def told(element: Element) -> list[float]:
    sizes = [-1.0 if size is None else size for size in (element.line_width, element.bar_width)]
    places = element.box.as_tuple() + element.state.clip.as_tuple()
    colours = (*element.state.fill.components, element.state.line_width, element.fills, element.strokes)
    return [*sizes, *places, *colours]


@pytest.mark.parametrize("seed", range(20))
def test_plain_content_tells_what_qpdf_reads(walked: Walked, seed: int) -> None:
    fast, slow = walked(content(seed)), walked(SLOWLY + content(seed))
    assert len(fast) == len(slow) > 20
    for one, other in zip(fast, slow, strict=True):
        assert told(one) == pytest.approx(told(other))

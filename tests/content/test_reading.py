"""Plain content is read by a way of its own, which must tell the same as the slow one."""

import random
from collections.abc import Callable
from functools import partial

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Stream

from printkit.content import ContentError, Element, walk
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
            for _ in range(draw.choice([draw.randrange(12)] * 5 + [60]))
        )

    cut, text = partial(_cut, draw, numbers), partial(_text, draw, numbers)
    ways: list[Callable[[], str]] = [step, step, step, run, cut, text]
    return "\n".join(draw.choice(ways)() for _ in range(200)).encode()


def _cut(draw: random.Random, numbers: Callable[[int], str]) -> str:
    """Return a rectangle that what follows is cut to, and at times one that ends this."""
    clip = f"{numbers(4)} re {draw.choice(['W', 'W*'])} n"
    return draw.choice([clip, f"Q q {clip}", f"q {clip}", "Q"])


def _text(draw: random.Random, numbers: Callable[[int], str]) -> str:
    """Return a line of text, placed in one way or another."""
    place = draw.choice([f"1 0 0 1 {numbers(2)} Tm", f"0 2 -2 0 {numbers(2)} Tm", f"{numbers(2)} Td", "1 Td"])
    shown = draw.choice(["(ab) Tj", "[(a) -50 (bc) 7 <6364>] TJ", "[] TJ", "() Tj"])
    setters = draw.choice(["", f"{draw.randrange(3)} Tr", f"{draw.randrange(3)} Tc", f"{draw.random()} g"])
    return f"BT /F {draw.randrange(1, 4)} Tf {setters} {place} {shown} 3 0 Td {shown} ET"


def told(element: Element) -> list[float]:
    sizes = (element.line_width, element.bar_width, element.font_size)
    places = element.box.as_tuple() + element.state.clip.as_tuple()
    colours = (*element.state.fill.components, element.state.line_width, element.fills, element.strokes)
    return [*(-1.0 if size is None else size for size in sizes), *places, *colours, *element.codes]


@pytest.mark.parametrize("seed", range(20))
def test_plain_content_tells_what_qpdf_reads(walked: Walked, seed: int) -> None:
    fonts = {"Font": Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))}
    fast, slow = walked(content(seed), **fonts), walked(SLOWLY + content(seed), **fonts)
    assert len(fast) == len(slow) > 20
    for one, other in zip(fast, slow, strict=True):
        assert told(one) == pytest.approx(told(other))


def test_a_form_is_drawn_each_time_as_the_first_time(walked: Walked, form: Callable[..., Stream]) -> None:
    drawn = form(b"0 0 10 20 re W n .5 g 0 0 5 5 re f 1 g 5 0 m 9 9 l S 2 w 0 9 m 9 0 l S 3 w 1 1 m 4 4 l S")
    moved = b"q 1 0 0 1 50 0 cm /X Do Q " * 4 + b"q 1 0 0 1 50 0 cm /X Do Q"
    elements = walked(moved, XObject=Dictionary(X=drawn))
    assert len(elements) == 20
    assert [told(one) for one in elements] == [told(one) for one in elements[:4]] * 5


@pytest.mark.parametrize("cut", ["10 20 30 40", "40 60 -30 -40", "10 60 30 -40"])
def test_what_follows_is_cut_to_a_rectangle(walked: Walked, cut: str) -> None:
    (element,) = walked(f"2 0 0 1 5 0 cm {cut} re W n 0 0 99 99 re f".encode())
    assert element.state.clip.as_tuple() == (25, 20, 85, 60)


def test_clips_count_as_the_operators_that_they_are(pdf: pikepdf.Pdf) -> None:
    page = pdf.add_blank_page(page_size=(200, 100))
    page.Contents = pdf.make_stream(b"0 0 9 9 re W n " * 10)
    assert not list(walk(page, most_operators=30))
    with pytest.raises(ContentError, match="more than 29 operators"):
        list(walk(page, most_operators=29))

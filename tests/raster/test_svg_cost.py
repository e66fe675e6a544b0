"""What a drawing costs to draw: whatever refers to what, all of it counts, and soundly drawn things pass."""

import time

import pytest

from printkit.raster.problem import PictureProblem
from printkit.raster.svg_drawing import open_drawing

PATH = '<path d="M0 0L1 1L2 2L3 0L4 1L5 2L6 0L7 1L8 2L9 0" stroke="red" {}/>'


def draw(body: str, more: str = 'viewBox="0 0 100 100"') -> None:
    open_drawing(f'<svg xmlns="http://www.w3.org/2000/svg" {more}>{body}</svg>'.encode())


def levels(first: str, level: str, last: str, count: int = 9) -> str:
    """Put parts together of which each shows the one before it several times."""
    inner = "".join(level.replace("ID", f"l{n + 1}").replace("REF", f"l{n}") for n in range(count))
    return first.replace("ID", "l0") + inner + last.replace("REF", f"l{count}")


RECT = '<rect width="9" height="9" {}/>'
BARE = RECT.format("")
TEN = {
    "use": (
        "<g id='ID'><rect/></g>",
        "<g id='ID'>" + "<use href=' #REF'/>" * 10 + "</g>",
        "<use href='#REF'/>",
    ),
    "mask": (
        f"<mask id='ID'>{BARE}</mask>",
        "<mask id='ID'>" + RECT.format("mask='url(#REF)'") * 10 + "</mask>",
        RECT.format("mask='url(#REF)'"),
    ),
    "clip": (
        f"<clipPath id='ID'>{BARE}</clipPath>",
        "<clipPath id='ID'>" + RECT.format("clip-path='url(#REF)'") * 10 + "</clipPath>",
        RECT.format("clip-path='url( \"#REF\" )'"),
    ),
    "pattern": (
        f"<pattern id='ID' width='9' height='9'>{BARE}</pattern>",
        "<pattern id='ID' width='9' height='9'>" + RECT.format("fill='url(#REF)'") * 10 + "</pattern>",
        f"<g style='fill:url(#REF)'>{BARE}</g>",
    ),
    "marker": (
        f"<marker id='ID'>{BARE}</marker>",
        "<marker id='ID'>" + PATH.format("marker-mid='url(#REF)'") + "</marker>",
        PATH.format("style='marker:url(#REF)'"),
    ),
    "style sheet": (
        f"<marker id='ID'>{BARE}</marker>",
        "<style>.ID path{marker-mid:url(#REF)}</style><marker id='ID' class='ID'>"
        + PATH.format("")
        + "</marker>",
        "<g style='marker-end:url(#REF)'>" + PATH.format("") + "</g>",
    ),
}


@pytest.mark.parametrize("kind", TEN)
def test_what_multiplies_is_refused_before_it_is_drawn(kind: str) -> None:
    begun = time.process_time()
    with pytest.raises(PictureProblem, match="more than 200000 elements to draw, .* on <"):
        draw(levels(*TEN[kind]))
    assert time.process_time() - begun < 2


# A pattern inside a pattern is refused, however few there are.
@pytest.mark.parametrize("kind", sorted(TEN.keys() - {"pattern"}))
def test_a_few_of_the_same_pass(kind: str) -> None:
    draw(levels(*TEN[kind], count=3))


@pytest.mark.parametrize(
    "body",
    [
        '<g id="a"><use href="#a"/></g>',
        "<mask id='a'>" + RECT.format("mask='url(#a)'") + "</mask>" + RECT.format('mask="url(#a)"'),
        '<marker id="a">'
        + PATH.format('marker-end="url(#a)"')
        + "</marker>"
        + PATH.format('marker-end="url(#a)"'),
    ],
)
def test_what_shows_itself_is_refused(body: str) -> None:
    with pytest.raises(PictureProblem, match="refers to itself"):
        draw(body)


def test_long_chains_of_references_are_refused() -> None:
    chain = "".join(f'<g id="l{n}"><use href="#l{n + 1}"/></g>' for n in range(1500))
    with pytest.raises(PictureProblem, match="references more than 100 deep"):
        draw(chain + '<g id="l1500"/>')


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (PATH.format('stroke-dasharray="1e-9"'), 'stroke-dasharray="1e-9" on <path> in line 1'),
        (
            '<pattern id="p" width="1e-9" height="1"><rect/></pattern>' + RECT.format('fill="url(#p)"'),
            'width="1e-9" on <pattern>',
        ),
        (
            '<pattern id="p" patternUnits="userSpaceOnUse" width="9" height=".0001"><rect/></pattern>'
            + RECT.format('fill="url(#p)"'),
            'height=".0001" on <pattern>',
        ),
    ],
)
def test_repeats_without_end_are_refused(body: str, words: str) -> None:
    with pytest.raises(PictureProblem) as told:
        draw(body)
    assert words in str(told.value)


def test_many_elements_with_one_gradient_pass() -> None:
    gradient = '<linearGradient id="g"><stop/><stop offset="1" stop-color="red"/></linearGradient>'
    draw(gradient + "<style>.a{fill:url(#g)}</style>" + '<rect class="a" width="1" height="1"/>' * 20_000)

"""What each renderer of SVG draws in its own way is refused by name; what only looks like it passes."""

import base64
import io

import pytest
from PIL import Image

from printkit.raster.problem import PictureProblem
from printkit.raster.svg_drawing import Drawing, open_drawing

RECT = "<rect width='9' height='9' {}/>"


def draw(body: str) -> Drawing:
    return open_drawing(
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 99 99'>\n{body}</svg>".encode()
    )


def masked(body: str, more: str = "") -> str:
    return f"<mask id='m' {more}>{body}</mask>{RECT.format('mask=' + chr(34) + 'url(#m)' + chr(34))}"


def picture(colour: str) -> str:
    target = io.BytesIO()
    Image.new("RGB", (2, 2), colour).save(target, "PNG")
    data = base64.b64encode(target.getvalue()).decode()
    return f"<image width='9' height='9' href='data:image/png;base64,{data}'/>"


GRADIENT = (
    "<linearGradient id='g'><stop stop-color='#fff'/><stop offset='1' stop-color='{}'/></linearGradient>"
)
MARKER = "<marker id='k'><path d='M0 0H9'/></marker>"
REFUSED = {
    "colour by inheritance": (
        "<g fill='#c00'>" + masked(RECT.format("")) + "</g>",
        "write its grey, #2b2b2b",
    ),
    "colour by use": (
        "<defs><rect id='r' width='9' height='9' fill='#ff0'/></defs>" + masked("<use href='#r'/>"),
        "#ededed",
    ),
    "colour by gradient": (
        GRADIENT.format("#00f") + masked(RECT.format("fill='url(#g)'")),
        "on <stop> in line 2; write its grey, #121212",
    ),
    "half transparent colour": (masked(RECT.format("fill='rgba(0,255,0,.5)'")), "#b6b6b6"),
    "the page's colour": (masked(RECT.format("fill='currentColor'")), "currentColor in a mask"),
    "picture": (masked(picture("red")), "a picture in colours that makes a mask"),
    "gradient in a pattern by use": (
        GRADIENT.format("#000")
        + "<defs><rect id='r' width='9' height='9' fill='url(#g)'/></defs>"
        + "<pattern id='p' width='9' height='9'><use href='#r'/></pattern>"
        + RECT.format("fill='url(#p)'"),
        "a gradient or a pattern inside a pattern on <rect>",
    ),
    "arc whose flags stand together": (
        "<path d='M0 0a5 5 0 019 9 0 5 0 019 9z'/>",
        "an arc without a radius",
    ),
    "marker of a group on a closed path": (
        MARKER + "<g marker-end='url(#k)'><path d='M0 0H9V9Z'/></g>",
        "markers on an arc or a closed path",
    ),
    "marker in the middle of an arc": (
        MARKER + "<path marker-mid='url(#k)' d='M0 0A9 9 0 0 1 20 20L30 30'/>",
        "markers on an arc or a closed path",
    ),
    "point with round ends": ("<g stroke-linecap='round'><path d='M5 5z'/></g>", "a point as a path"),
    **{
        f"point by {data}": (f"<path stroke-linecap='square' d='{data}'/>", "a point as a path")
        for data in ("M5 5h0", "m5,5l0 0", "M5 5L5,5", "M5 5c0 0 0 0 0 0v0", "M5 5H5V5", "M1e1 5L10 5z")
    },
    "line without a length": (
        "<line x1='9' y1='0' x2='9' stroke-linecap='round'/>",
        "a point as a path on <line>",
    ),
    "points that are one": ("<polyline points='9,9 9,9' stroke-linecap='round'/>", "a point as a path"),
    "clip that stands twice": (
        "<clipPath id='c'/><clipPath id='c'/>" + RECT.format("clip-path='url(#c)'"),
        'clip-path="url(#c)" on <rect> in line 2; 2 parts have that id',
    ),
    "part that stands twice": (
        "<g id='a'/>" + RECT.format("id='a'") + "<use href='#a'/>",
        'href="#a" on <use> in line 2; 2 parts have that id',
    ),
    "share of a symbol's viewBox": (
        "<symbol id='s' viewBox='0 0 9 9'><g><rect width='50%' height='9'/></g></symbol><use href='#s'/>",
        'width="50%" on <rect> in line 2; write it in units of the viewBox',
    ),
    "symbol in a symbol, without a size": (
        "<symbol id='t'/><symbol id='s' viewBox='0 0 9 9'><use href='#t' width='9'/></symbol>",
        "no size inside a symbol on <use>",
    ),
    "length by another gradient": (
        "<linearGradient id='a' x1='1'><stop/></linearGradient><linearGradient id='b' href='#a'/>",
        "a gradient without a length on <linearGradient>",
    ),
    "style of a drawing inside": (
        "<svg viewBox='0 0 9 9' style='width: 9px'/>",
        "width in its style on <svg>",
    ),
    "property of a browser": (RECT.format("style='-webkit-filter: blur(2px)'"), "filter="),
}
PASS = {
    "greys in a mask": masked(RECT.format("fill='#d9d9d9'") + picture("#888")),
    "colour overruled": "<g fill='#c00'>" + masked(RECT.format("fill='#fff'")) + "</g>",
    "colour of an alpha mask": masked(RECT.format("fill='#c00'"), "mask-type='alpha'"),
    "marker at the ends of an arc": MARKER + "<path marker-end='url(#k)' d='M0 0A9 9 0 0 1 20 20'/>",
    "marker of nobody": MARKER + "<g marker-end='url(#k)'><path marker-end='none' d='M0 0H9V9Z'/></g>",
    "point with flat ends": "<path d='M5 5z'/>",
    "symbol in a symbol": (
        "<symbol id='t'/><symbol id='s' viewBox='0 0 9 9'><use href='#t' width='9' height='9'/></symbol>"
    ),
    "shares of a drawing": "<svg viewBox='0 0 9 9' width='9' height='9'><rect width='50%' height='9'/></svg>",
    "point beside a line": "<path stroke-linecap='round' d='M5 5h9M20 20h0'/>",
    "line down": "<path stroke-linecap='round' d='M5 5v9'/><line y2='9' stroke-linecap='round'/>",
    "line back to its start": "<path stroke-linecap='round' d='M5 5l9 0 -9 0'/>",
    "ids that nobody names": RECT.format("id='a'") + RECT.format("id='a'"),
    "what programs note for themselves": RECT.format("style='-inkscape-stroke: none; --a: 1; fill: #c00'"),
    "gradient whose lengths another gives": (
        "<linearGradient id='a' x1='1' x2='0'><stop/></linearGradient><linearGradient id='b' href='#a'/>"
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_renderers_draw_otherwise_is_refused(kind: str) -> None:
    body, words = REFUSED[kind]
    with pytest.raises(PictureProblem) as error:
        draw(body)
    assert words in str(error.value)
    assert "in line 2" in str(error.value)


@pytest.mark.parametrize("kind", PASS)
def test_what_only_looks_like_it_passes(kind: str) -> None:
    draw(PASS[kind])

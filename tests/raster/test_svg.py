"""SVG drawings: plain ones pass, everything that runs, fetches or explodes is named."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from printkit.raster.problem import PictureProblem
from printkit.raster.svg import check_svg
from printkit.words import translate

ASSETS = Path(__file__).parents[2] / "assets"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
DATA = b"data:image/png;base64,"


def check(body: str) -> None:
    check_svg(SVG.format(body).encode(), 100_000, 10_000)


def pixel(size: int) -> str:
    target = io.BytesIO()
    Image.new("1", (size, size)).save(target, "PNG")
    return (DATA + base64.b64encode(target.getvalue())).decode()


@pytest.mark.parametrize(
    "body",
    [
        '<path d="M0 0h1" style="fill:url(#a)" fill="url( \'#b\' )"/><use xlink:href="#p"/>',
        "<style>/* https://example.org */ .a { fill: #123456 }</style>",
        f'<image href="{pixel(10)}"/>',
        "<metadata>anything</metadata><title>on</title>",
        '<g id="a"><use href="#a"/></g>',
    ],
)
def test_plain_drawing_passes(body: str) -> None:
    check(body)


def test_our_own_drawings_pass() -> None:
    for path in sorted(ASSETS.rglob("*.svg")):
        check_svg(path.read_bytes(), 2_000_000, 10_000)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("\n<script>1</script>", "<script> in line 2"),
        ("<foreignObject/>", "<foreignObject>"),
        ("<animate/>", "<animate>"),
        ('<rect onclick="x()"/>', "onclick on <rect>"),
        ('<image xlink:href="http://a.b/c.png"/>', "http://a.b/c.png"),
        ('<image href="file:///etc/passwd"/>', "file:///etc/passwd"),
        ('<use href="other.svg#a"/>', "other.svg#a"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "data:image/svg"),
        ('<a href="javascript:x"><path/></a>', "javascript:x"),
        ('<g xml:base="http://a.b/"/>', "http://a.b/"),
        ('<rect fill="url(http://a.b/#c)"/>', r"url\(http://a.b/#c\) on <rect>"),
        ('<rect style="fill:URL( &quot;x.svg#a&quot; )"/>', r"url\(x.svg#a\) on <rect>"),
        ('<rect fill="u\\72l(x)"/>', "in the style of <rect>"),
        ("<style>@import 'a.css';</style>", "@import in <style>"),
        ("<style>@im<![CDATA[port 'a.css';]]></style>", "@import in <style>"),
        ("<style>a { b: src('//x') }</style>", "// in the style"),
        ("<style>@font-face { src: url(a.ttf) }</style>", r"url\(a.ttf\)"),
        ("<g>" * 300 + "</g>" * 300, "depth"),
        ("<g>", "not well-formed"),
        (f'<image href="{pixel(101)}"/>', "picture inside the SVG, in line 1: the picture has 101 x 101"),
    ],
)
def test_what_a_drawing_may_not_hold_is_named(body: str, words: str) -> None:
    with pytest.raises(PictureProblem, match=words):
        check(body)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', "a DOCTYPE"),
        (b'<?xml-stylesheet href="a.css"?><svg xmlns="http://www.w3.org/2000/svg"/>', "xml-stylesheet"),
        (b"<html/>", "<html> where <svg>"),
        (b"<svg/>", "<svg> where <svg> in its namespace"),
        (b"", "not well-formed"),
        (b"\x1f\x8b\x08", "not well-formed"),
        (b" " * 200_000, "more than 0.1 million bytes"),
    ],
)
def test_files_that_are_no_plain_svg_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(PictureProblem, match=words):
        check_svg(data, 100_000, 10_000)


def test_a_broken_drawing_is_told_without_its_parsers_words() -> None:
    with pytest.raises(PictureProblem) as problem:
        check("\n<g>")
    assert problem.value.args[0].endswith("not well-formed at line 2, column 6; export it again")
    assert (
        translate("nn", "command").say(problem.value.args[0]).startswith("SVG-en er ikkje velforma i linje 2")
    )

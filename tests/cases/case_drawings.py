"""Drawings and style sheets: drawn as they are meant, or refused with file, element and cure."""

import io
from pathlib import Path

import numpy as np
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pypdfium2 import PdfDocument

from tests.cases.design import Design, Told, design
from tests.cases.registry import case

FONT = "assets/fonts/SourceSans3-Regular.ttf"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100">{}</svg>'
# The drawing's 100 units are 80 mm, from 13 mm of the page's edge, bleed included
IMAGE = '<img src="/assets/{}" style="left:13mm; top:13mm; width:80mm">'
PPI = 127


def drawn(folder: Path, body: str, name: str = "x.svg") -> tuple[Design, Told]:
    made = design(folder)
    made.write(f"assets/{name}", body if body.startswith("<") and "<svg" in body else SVG.format(body))
    made.page(IMAGE.format(name))
    return made, made.render()


def seen(made: Design, *places: tuple[float, float], ppi: int = PPI) -> list[str]:
    """Return what stands at places of the page, in mm from its upper left: white, dark, red, blue, yellow."""
    page = np.asarray(PdfDocument(made.pdf)[0].render(scale=ppi / 72).to_pil().convert("RGB"), dtype=int)
    return [_name(*page[int(y / 25.4 * ppi), int(x / 25.4 * ppi)]) for x, y in places]


def _name(red: int, green: int, blue: int) -> str:
    if min(red, green, blue) > 240:
        return "white"
    if red > 150:
        return "yellow" if green > 150 else "red"
    return "blue" if blue > 120 else "dark"


def units(*places: tuple[float, float]) -> list[tuple[float, float]]:
    return [(13 + 0.8 * x, 13 + 0.8 * y) for x, y in places]


@case("render/svg-clip-boundingbox")
def clip_by_bounding_box(folder: Path) -> None:
    """A path clipped by objectBoundingBox is a red disc, it was nothing at all."""
    clip = '<clipPath id="c" clipPathUnits="objectBoundingBox"><circle cx=".5" cy=".5" r=".5"/></clipPath>'
    made, told = drawn(folder, f'{clip}<path clip-path="url(#c)" d="M20 20h60v60h-60z" fill="#c00"/>')
    assert told.code == 0, told.text
    assert seen(made, *units((50, 50), (50, 22), (22, 22), (78, 78))) == ["red", "red", "white", "white"]


@case("render/svg-mask-on-group")
def mask_on_group(folder: Path) -> None:
    """An alpha mask on a group leaves a blue disc, the whole square was painted."""
    mask = '<mask id="m" style="mask-type:alpha"><circle cx="50" cy="50" r="30" fill="#D9D9D9"/></mask>'
    made, told = drawn(folder, f'{mask}<g mask="url(#m)"><rect width="100" height="100" fill="#00c"/></g>')
    assert told.code == 0, told.text
    assert seen(made, *units((50, 50), (50, 23), (25, 25), (95, 95))) == ["blue", "blue", "white", "white"]


@case("render/svg-gradient-stroke")
def gradient_stroke(folder: Path) -> None:
    """A frame stroked with a gradient is 12 units wide, it was one."""
    stops = '<stop offset="0" stop-color="#c00"/><stop offset="1" stop-color="#00c"/>'
    frame = '<rect x="15" y="15" width="70" height="70" fill="none" stroke="url(#g)" stroke-width="12"/>'
    made, told = drawn(folder, f'<linearGradient id="g">{stops}</linearGradient>{frame}')
    assert told.code == 0, told.text
    assert seen(made, *units((10, 50), (20, 50), (90, 50), (50, 50), (7, 50))) == [
        *("red", "red", "blue", "white", "white")
    ]


@case("render/svg-filter")
def filter_named(folder: Path) -> None:
    """A filter is refused by name, with element, line and cure; it was left out without a word."""
    shadow = '<filter id="f"><feDropShadow dx="4" dy="4" stdDeviation="3"/></filter>'
    _, told = drawn(folder, f'{shadow}<rect x="20" y="20" width="50" height="50" filter="url(#f)"/>')
    assert told.code == 4
    assert "assets/x.svg: the SVG has filter=" in told.text
    assert "(a <filter>) on <rect> in line 1; flatten the effect" in told.text


@case("render/svg-doctype")
def doctype(folder: Path) -> None:
    """The DOCTYPE of SVG 1.1 is taken, one with declarations of its own is not."""
    named = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    root = '<svg width="100%" height="100%" viewBox="0 0 100 100" xmlns="http://www.w3.org/2000/svg">'
    body = f'{root}<path d="M10 10h80v80h-80z" style="fill:rgb(204,0,0);"/></svg>'
    made, told = drawn(folder, f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>{named}{body}')
    assert told.code == 0, told.text
    assert seen(made, *units((50, 50), (5, 5))) == ["red", "white"]
    made.write("assets/x.svg", f'<!DOCTYPE svg [<!ENTITY a "b">]>{body}')
    assert made.render().code == 4


@case("render/icon-currentcolor")
def icon(folder: Path) -> None:
    """An icon of the page with fill="currentColor" has the page's colour: white on dark, it was black."""
    made = design(folder)
    path = '<svg viewBox="0 0 24 24" width="40mm"><path fill="currentColor" d="M12 2l10 20H2z"/></svg>'
    made.page(
        f'<div style="left:10mm;top:10mm;width:60mm;height:60mm;background:#036;color:#fff">{path}</div>'
    )
    told = made.render()
    assert told.code == 0, told.text
    assert seen(made, (30, 35), (12, 12)) == ["white", "dark"]


@case("render/fade-to-transparent")
def fade(folder: Path) -> None:
    """A gradient that fades to transparent is released: the grey of its soft mask is no ink."""
    made = design(folder)
    box = "left:20mm;top:20mm;width:60mm;height:40mm"
    made.page(f'<div style="{box};background:linear-gradient(90deg,transparent,#c00)"></div>')
    told = made.render()
    assert told.code == 0, told.text
    assert seen(made, (20.5, 40), (79, 40)) == ["white", "red"]


@case("render/gradient-bar")
def bar(folder: Path) -> None:
    """A bar made of a gradient with a size stays 2 mm high, the whole box was yellow."""
    made = design(folder)
    yellow = "linear-gradient(#fc0,#fc0) 0 100%/100% 2mm no-repeat"
    made.page(f'<p style="left:10mm;top:12mm;width:60mm;height:20mm;background:{yellow}"></p>')
    told = made.render()
    assert told.code == 0, told.text
    assert seen(made, (40, 20), (40, 29.5), (40, 31), (40, 33)) == ["white", "white", "yellow", "white"]


@case("render/gradient-edge")
def edge(folder: Path) -> None:
    """A panel that fades from white into the page has no white row at its foot, at no resolution."""
    made = design(folder)
    panel = "position:absolute;left:20mm;top:20mm;width:60mm;height:40mm"
    fading = f'<div style="{panel};background:linear-gradient(#fff,#036)"></div>'
    made.page(f'<div style="left:0;top:0;width:106mm;height:106mm;background:#036">{fading}</div>')
    told = made.render()
    assert told.code == 0, told.text
    for ppi in (150, 300, 600):
        foot = [(50.0, 59 + step * 25.4 / ppi) for step in range(int(2 * ppi / 25.4))]
        assert "white" not in seen(made, *foot, ppi=ppi)


@case("render/dashed-rounded")
def coupon(folder: Path) -> None:
    """Dashes follow rounded corners: the corner's arc has ink and gaps, and nothing lies beside it."""
    made = design(folder)
    box = "left:20mm;top:20mm;width:60mm;height:30mm;box-sizing:border-box"
    made.page(f'<div style="{box};border:.7mm dashed #036;border-radius:14mm"></div>')
    told = made.render()
    assert told.code == 0, told.text
    turns = np.linspace(np.pi, 1.5 * np.pi, 120)
    arc = seen(made, *((34 + 13.65 * np.cos(a), 34 + 13.65 * np.sin(a)) for a in turns), ppi=600)
    inside = seen(made, *((34 + 12.5 * np.cos(a), 34 + 12.5 * np.sin(a)) for a in turns), ppi=600)
    assert 0.3 < arc.count("white") / len(arc) < 0.7
    assert set(inside) == {"white"}


@case("render/shadow-seams")
def seams(folder: Path) -> None:
    """A blurred shadow grows lighter outwards on every line, without a darker one between its parts."""
    made = design(folder)
    box = "left:30mm;top:30mm;width:40mm;height:30mm;background:#fff;border-radius:3mm"
    made.page(f'<div style="{box};box-shadow:0 1mm 6mm rgba(0,0,0,.5)"></div>')
    told = made.render()
    assert told.code == 0, told.text
    for ppi in (300, 600):
        page = np.asarray(PdfDocument(made.pdf)[0].render(scale=ppi / 72).to_pil().convert("L"), dtype=int)
        below = page[int(61 / 25.4 * ppi) : int(69 / 25.4 * ppi), int(20 / 25.4 * ppi) : int(80 / 25.4 * ppi)]
        assert below.min() < 200
        assert np.diff(below, axis=0).min() >= -2
        assert np.abs(np.diff(below, axis=1)).max() <= 4


@case("render/unicode-range")
def two_files(folder: Path) -> None:
    """Two files under one family are refused with both names: the engine draws one by the other's shapes."""
    made = design(folder)
    for name, codes in (("latin", range(0x20, 0x100)), ("more", range(0x100, 0x300))):
        (folder / f"assets/{name}.ttf").write_bytes(_part(folder / FONT, codes))
    face = '@font-face {{ font-family: U; src: url("/assets/{}.ttf"); unicode-range: {} }}\n'
    css = face.format("latin", "U+0000-00FF") + face.format("more", "U+0100-02FF")
    made.page('<p style="left:20mm;top:20mm;font:20pt U">Čáš łódź æøå</p>', css=css)
    told = made.render()
    assert told.code == 4
    assert "assets/latin.ttf and assets/more.ttf are both declared as U 400" in told.text
    assert "take one file that holds all letters" in told.text


def _part(file: Path, codes: range) -> bytes:
    font, target = TTFont(file), io.BytesIO()
    cutter = Subsetter(Options(layout_features=[]))
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    font.save(target)
    return target.getvalue()


@case("use/soft-hyphen")
def soft_hyphen(folder: Path) -> None:
    """A soft hyphen ends a line with the hyphen that the font has; U+2010 that nobody typed was missed."""
    made = design(folder)
    font = TTFont(folder / FONT)
    for table in font["cmap"].tables:
        table.cmap.pop(0x2010, None)
    font.save(folder / FONT)
    word = "Nabo\u00adlagets\u00adfram\u00adtids\u00adverk\u00adsted"
    made.page(f'<p style="left:20mm;top:20mm;width:20mm">{word}</p>')
    told = made.render()
    assert told.code == 0, told.text
    text = PdfDocument(made.pdf)[0].get_textpage().get_text_range()
    assert len(text.split()) > 1


@case("use/unresolved-var")
def unknown_variable(folder: Path) -> None:
    """A mistyped variable is named with its style sheet and line, and the one that may be meant."""
    made = design(folder)
    made.page("<p></p>", css=".kicker { color: var(--brand-fjrod); }\n")
    told = made.render()
    assert told.code == 4
    assert "templates/t/style.css: line 9: var(--brand-fjrod)" in told.text
    assert "is --brand-fjord meant?" in told.text


@case("attack/img-bad21")
def picture_of_nothing(folder: Path) -> None:
    """An <image> without an address is refused by name, in no words of Python."""
    _, told = drawn(folder, '<image width="9" height="9"/>')
    assert (told.code, "no href on <image> in line 1" in told.text) == (4, True), told.text


@case("attack/img-size8")
def odd_size(folder: Path) -> None:
    """A viewBox of letters is refused with attribute, element and cure."""
    _, told = drawn(folder, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="a b c d"><rect/></svg>')
    assert (told.code, 'viewBox="a b c d" on <svg> in line 1' in told.text) == (4, True), told.text


@case("attack/img-pre6")
def odd_encoding(folder: Path) -> None:
    """An encoding that is no table of characters is refused with the cure."""
    _, told = drawn(folder, f'<?xml version="1.0" encoding="utf-7"?>{SVG.format("<rect/>")}')
    assert (told.code, "save it as UTF-8" in told.text) == (4, True), told.text


@case("attack/inline-deep5000")
def deep_groups(folder: Path) -> None:
    """5,000 nested groups in the page are refused as in a picture's drawing."""
    made = design(folder)
    made.page(f'<svg viewBox="0 0 9 9">{"<g>" * 5000}{"</g>" * 5000}</svg>')
    told = made.render()
    assert (told.code, "<g> at a depth of more than 200" in told.text) == (4, True), told.text


@case("attack/svg-with-text-named")
def drawing_under_another_ending(folder: Path) -> None:
    """A drawing named like a style sheet passes the check of a drawing, by what it holds."""
    _, told = drawn(folder, "<script>1</script>", "drawing.css")
    assert (told.code, "assets/drawing.css: the SVG has <script>" in told.text) == (4, True), told.text

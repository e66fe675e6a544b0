"""Text is set as large as its box allows, in few layouts, and refused where it is too long."""

import io

import pypdfium2
import pytest

from printkit.errors import SlotErrors, WorkspaceError
from printkit.render import Memory, render
from printkit.render.fit import ladder
from printkit.template import Fit
from tests.template.stage import MANIFEST, Stage

LONG = "Bli med i nærutvalget der du bor og gjør hverdagen bedre"
BALANCED = '<h2 class="two" data-slot="lead" data-fit="lead" data-balance>{{ lead }}</h2>'


def lead(stage: Stage, css: str) -> None:
    toml = MANIFEST.replace("[slots.qr]", "[slots.lead]\nkind='text'\nlabel='x'\nmax_lines=9\n[slots.qr]")
    stage.write("templates/try/template.toml", toml + "fit.lead = { largest = 24, smallest = 12 }\n")
    stage.page(BALANCED)
    stage.css(f".two {{ top: 130mm; left: 20mm; font-size: var(--fit-lead); {css} }}")


def lines(pdf: bytes, page: int = 0) -> list[str]:
    text = pypdfium2.PdfDocument(io.BytesIO(pdf))[page].get_textpage().get_text_bounded()
    return text.replace("\r", "").split("\n")


def test_a_short_text_gets_the_largest_size_in_one_layout(stage: Stage) -> None:
    layout = stage.render(title="Bli med")
    assert (layout.fitted["title"], layout.laid_out) == (40, 1)


def test_a_long_text_gets_the_largest_size_that_fits(stage: Stage) -> None:
    found = stage.render(title=LONG)
    assert 12 < found.fitted["title"] < 40
    assert found.laid_out <= 5
    larger = MANIFEST.replace("smallest = 12", f"smallest = {found.fitted['title'] + 0.5}")
    stage.write("templates/try/template.toml", larger)
    with pytest.raises(SlotErrors):
        stage.render(title=LONG)


def test_what_was_found_is_remembered(stage: Stage) -> None:
    memory: Memory = {}
    first = render(stage.bind(title=LONG), memory)
    again = render(stage.bind(title=LONG), memory)
    assert again.laid_out == 1
    assert again.pdf == first.pdf


def test_too_long_at_the_smallest_says_how_much_fits(stage: Stage) -> None:
    text = " ".join(["nærutvalg"] * 80)
    with pytest.raises(SlotErrors, match=r"slot 'title' .*: 799 characters, (\d+) fit; shorten it") as caught:
        stage.render(title=text)
    fitting = int(str(caught.value).split(" fit")[0].split()[-1])
    assert stage.render(title=text[:fitting]).fitted["title"] == 12
    with pytest.raises(SlotErrors):
        stage.render(title=text[: fitting + 10])


def test_two_texts_too_long_are_told_at_once(stage: Stage) -> None:
    lead(stage, "width: 30mm; height: 10mm")
    with pytest.raises(SlotErrors) as caught:
        stage.render(title="nærutvalg " * 90, lead="nærutvalg " * 20)
    assert [one.slot for one in caught.value.problems] == ["lead", "title"]


def test_a_word_is_not_broken_to_fit(stage: Stage) -> None:
    stage.css(".title { width: 60mm; overflow-wrap: anywhere; word-break: break-all }")
    layout = stage.render(title="Innbyggerinvolvering")
    assert layout.fitted["title"] < 24
    assert lines(layout.pdf)[0] == "Innbyggerinvolvering"


def test_balance_makes_even_lines(stage: Stage) -> None:
    text = "Fire møter i året der du bor og vi"
    lead(stage, "width: 65mm; height: 40mm; font-size: 20pt")
    stage.write(
        "templates/try/page.html",
        (stage.root / "templates/try/page.html").read_text().replace(" data-balance", ""),
    )
    plain = [one for one in lines(stage.render(lead=text).pdf) if one in text and one]
    lead(stage, "width: 65mm; height: 40mm; font-size: 20pt")
    even = [one for one in lines(stage.render(lead=text).pdf) if one in text and one]
    assert len(plain) == len(even) == 2
    assert len(even[1]) > len(plain[1])


@pytest.mark.parametrize(("css", "x"), [("center", 0.5), ("right", 1.0), ("left", 0.0)])
def test_balanced_lines_keep_their_side(stage: Stage, css: str, x: float) -> None:
    lead(stage, f"width: 65mm; height: 40mm; font-size: 20pt; text-align: {css}; color: #f00")
    page = pypdfium2.PdfDocument(stage.render(lead="Fire møter i året der du bor og vi").pdf)[0]
    image = page.render(scale=72 / 72).to_pil().convert("RGB")
    red = [
        px
        for px in range(image.width)
        for y in range(image.height)
        if image.getpixel((px, y))[1] < 128 and image.getpixel((px, y))[0] > 200
    ]
    left, right = 20 / 25.4 * 72, 85 / 25.4 * 72
    spare = (right - left) - (max(red) - min(red))
    assert min(red) - left == pytest.approx(spare * x, abs=3)


def test_an_element_without_height_is_refused(stage: Stage) -> None:
    stage.page('<div><p data-fit="title" style="width: 10mm">x</p></div>')
    with pytest.raises(WorkspaceError, match="needs a width and height"):
        stage.render()


def test_an_element_without_sizes_is_refused(stage: Stage) -> None:
    foot = "[slots.foot]\nkind = 'text'\nlabel = 'x'\n[slots.qr]"
    stage.write("templates/try/template.toml", MANIFEST.replace("[slots.qr]", foot))
    stage.page('<p data-fit="foot" style="width: 10mm; height: 10mm">x</p>')
    with pytest.raises(WorkspaceError, match=r"add \[layouts.flyer-a5.fit.foot\]"):
        stage.render()


def test_sizes_are_a_quarter_point_apart_and_never_many() -> None:
    assert ladder(Fit(largest=13, smallest=12)) == [12, 12.25, 12.5, 12.75, 13]
    assert ladder(Fit(largest=12.1, smallest=12)) == [12, 12.1]
    assert len(ladder(Fit(largest=420, smallest=12))) <= 66


def test_boxes_that_take_room_from_each_other_settle_where_both_fit(stage: Stage) -> None:
    lead(stage, "")
    title = '<p class="three" data-slot="title" data-fit="title">{{ title }}</p>'
    stage.page(f'<div class="both">{title}{BALANCED}</div>')
    stage.css(
        ".both { display: flex; flex-direction: column; top: 130mm; left: 20mm; width: 60mm; height: 30mm }"
        ".two, .three { flex: 1 1 auto; margin: 0 }"
        ".two { font-size: var(--fit-lead) } .three { font-size: var(--fit-title) }"
    )
    memory: Memory = {}
    artwork = stage.bind(title="Bli med i nærutvalget der du bor", lead="Søk plass innen 3. oktober i år")
    first, again = render(artwork, memory), render(artwork, memory)
    assert first.pdf == again.pdf
    assert first.fitted == {"title": 19, "lead": 14.25}

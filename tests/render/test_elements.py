"""Attributes of HTML and styles of the page have the rank that browsers give them."""

import pypdfium2
import pytest

from printkit.errors import PrintkitError
from tests.template.stage import Stage

PLACE = "left:90mm; top:90mm"


def colour(stage: Stage) -> tuple[int, ...]:
    """Return the colour 100 mm from the page's left and upper edge, where each test has a box."""
    page = pypdfium2.PdfDocument(stage.render().pdf)[0].render(scale=1).to_pil().convert("RGB")
    return tuple(page.getpixel((283, 283)))


@pytest.mark.parametrize(
    ("selector", "wins"), [(".page > .a", False), (".a", False), (".page > .a.b", True), ("#c.a.b", True)]
)
def test_a_style_of_the_page_goes_by_its_selector(stage: Stage, selector: str, wins: bool) -> None:
    """It overruled the layout's sheets, however weak its selector was."""
    stage.css(".page > .b.a { background: #cc0000; width: 30mm; height: 30mm }")
    stage.page(
        f'<style>{selector} {{ background: #003366 }}</style><p id="c" class="a b" style="{PLACE}"></p>'
    )
    assert colour(stage) == ((0, 51, 102) if wins else (204, 0, 0))


def test_important_of_the_sheet_overrules_the_element(stage: Stage) -> None:
    stage.css(".a { background: #cc0000 !important; width: 30mm; height: 30mm }")
    stage.page(f'<p class="a" style="{PLACE}; background: #003366"></p>')
    assert colour(stage) == (204, 0, 0)


def test_all_that_is_nothing_on_paper_is_told_at_once(stage: Stage) -> None:
    stage.page(f'<div style="{PLACE}"><input value="x"><p align="center" dir="auto">en</p></div>')
    with pytest.raises(PrintkitError) as error:
        stage.render()
    told = str(error.value).splitlines()
    assert [line.partition("page.html: ")[2] for line in told] == [
        "<input>: nothing is filled in on paper; draw it with boxes and text",
        'align="center" of <p>: write it in the style sheet',
        'dir="auto" of <p>: write ltr or rtl',
    ]


@pytest.mark.parametrize(
    "attribute", ['hidden=""', 'data-size="4"', 'class="text"', 'lang="en"', 'title="x"']
)
def test_attributes_that_say_nothing_of_looks_pass(stage: Stage, attribute: str) -> None:
    stage.page(f'<p {attribute} style="{PLACE}">en</p>')
    stage.render()


def test_a_drawing_keeps_attributes_of_its_own(stage: Stage) -> None:
    stage.page(
        f'<svg width="113" height="113" color="#cc0000" viewBox="0 0 9 9" style="{PLACE}">'
        '<rect width="9" height="9" fill="currentColor"/></svg>'
    )
    assert colour(stage) == (204, 0, 0)

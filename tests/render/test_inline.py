"""Drawings in a page are read by themselves, and come to the same as if they were read with it."""

from xml.etree import ElementTree

import pytest

from printkit.render.engine import engine
from printkit.render.inline import SVG, parse_page

DRAWING = '<svg viewBox="0 0 4 4" class="sun"><title>Sun</title><g><path d="M0 0H4V4Z"/><rect/></g></svg>'
PAGE = "<!doctype html><html><body><p>before</p>{}<p>after</p></body></html>"


def parse(text: str) -> object:
    return engine().html(string=text)


@pytest.mark.parametrize(
    "body",
    [
        DRAWING,
        f"<div>{DRAWING}</div> and {DRAWING.replace('Sun', 'Moon')}",
        f"<table><tr><td>{DRAWING}</td></tr></table>",
        f"<table>{DRAWING}</table>",
        f"<select>{DRAWING}</select>",
        f"<!-- {DRAWING} -->{DRAWING}",
        f"<p title='{DRAWING}'>{DRAWING}</p>",
        f"<script>{DRAWING}</script>{DRAWING}",
        f"<svg><g>{DRAWING}</g></svg>",
        "<svg><g/><p>breaks out</p></svg>",
        "<svg a='>'><g/></svg>",
        "<svg/>text</svg>",
    ],
)
def test_a_page_and_its_drawings_are_what_one_parse_gives(body: str) -> None:
    html = PAGE.format(body)
    page, drawings = parse_page(html, parse)
    for place, whole in drawings.items():
        assert place.tag == f"{SVG}svg"
        place.text, place[:] = whole.text, list(whole)
    whole_page = engine().html(string=html).etree_element
    assert ElementTree.tostring(page.etree_element) == ElementTree.tostring(whole_page)


def test_only_a_drawing_s_title_is_left_in_the_page() -> None:
    page, drawings = parse_page(PAGE.format(DRAWING), parse)
    (place,) = page.etree_element.iter(f"{SVG}svg")
    assert [one.tag for one in place] == [f"{SVG}title"]
    assert len(list(drawings[place].iter())) == 5


def test_a_drawing_is_parsed_once() -> None:
    first, again = (list(parse_page(PAGE.format(DRAWING), parse)[1].values()) for _ in range(2))
    assert first[0] is again[0]

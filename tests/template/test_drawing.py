"""Layered drawings: layers, views, colours and figures from another file, by `drawing(...)` in a page."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.raster.page import page_image
from tests.template.stage import Stage

HILLS = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="-9 0 90 60"
 data-ground-line="50" data-kind="hill">
<title>Hills</title>
<g id="sky"><rect width="90" height="50" fill="#1F7E90"/></g>
<g id="far"><path d="M0 0H9V9Z" fill="#c8452f" stroke="#ffffff"/>
<g id="lamp"><circle r="3" fill="#f4c245"/></g></g>
<g id="people"><g data-from="people.svg#ida" transform="translate(20 50)"/></g>
</svg>"""
PEOPLE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">
<g id="ida" data-width="4">
<circle id="head" data-part="face" r="2" fill="#d39c64" stroke="none"/></g></svg>"""

# A hill stands straight in its layer, a lamp is a group
FIELD_AND_THING = [("path", "#ffffff"), ("circle", "#1f7e90")]


@pytest.fixture
def hills(stage: Stage) -> Stage:
    stage.write("assets/illustrations/hills.svg", HILLS)
    stage.write("assets/illustrations/people.svg", PEOPLE)
    return stage


def written(stage: Stage, use: str) -> str:
    stage.page(f'{{% set place = drawing("/assets/illustrations/hills.svg") %}}{use}')
    return stage.bind().html


def shapes(stage: Stage, use: str) -> list[tuple[str, Any]]:
    found = re.search(r"<svg.*</svg>", written(stage, use), re.DOTALL)
    assert found
    tags = ("rect", "path", "circle")
    return [(one.tag, one.get("fill")) for one in ElementTree.fromstring(found[0]).iter() if one.tag in tags]


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("draw()", [("rect", "#1F7E90"), ("path", "#c8452f"), ("circle", "#f4c245"), ("circle", "#d39c64")]),
        ("draw(['people', 'sky'])", [("rect", "#1F7E90"), ("circle", "#d39c64")]),
        ("draw(['far'], without=['lamp'])", [("path", "#c8452f")]),
        ("draw(['people'], clear=[20, 21])", []),
        ("draw(['people'], clear=[21, 90])", [("circle", "#d39c64")]),
        ("draw(['sky'], colors={'elv': 'granitt'})", [("rect", "#59656a")]),
        ("draw(['far'], colors={'sol': 'elv'}, fields={'rogn': 'white'})", FIELD_AND_THING),
        ("part('lamp').draw(colors={'sol': 'white'})", [("circle", "#ffffff")]),
        ("draw(['people'], colors={'tommer': 'granitt', '.face': 'sol'})", [("circle", "#f4c245")]),
        ("draw(['people'], colors={'.coat': 'sol'})", [("circle", "#d39c64")]),
    ],
)
def test_a_layout_takes_what_it_asks_for(hills: Stage, use: str, expected: list[tuple[str, str]]) -> None:
    assert shapes(hills, f"{{{{ place.{use} }}}}") == expected


def test_a_view_and_what_a_drawing_says_of_itself(hills: Stage) -> None:
    html = written(hills, "{{ place.draw(['sky'], view=[0, 1.5, 30, place.ground_line]) }}{{ place.kind }}")
    assert 'viewBox="0 1.5 30 50"' in html
    assert "hill" in html
    html = written(hills, "{{ place.layers | join }} {{ place.view[2] }}")
    assert "skyfarpeople 90.0" in html


def test_a_layout_learns_who_stands_where(hills: Stage) -> None:
    html = written(hills, "{{ place.standing(19.5, 20) | join }}, {{ place.standing(0, 19) | length }}")
    assert "ida, 0" in html


def test_white_strokes_change_with_fills_and_ids_are_left_out(hills: Stage) -> None:
    html = written(hills, "{{ place.draw(colors={'white': 'fjord'}) }}")
    assert 'stroke="#0f4252"' in html
    assert "id=" not in re.search(r"<svg.*</svg>", html, re.DOTALL)[0]  # type: ignore[index]


def test_what_a_shape_is_of_a_figure_is_not_written_and_gives_it_no_stroke(hills: Stage) -> None:
    html = written(hills, "{{ place.draw(['people'], colors={'.face': 'sol'}) }}")
    assert "data-part" not in html
    assert 'stroke="none"' in html


def test_every_drawing_that_gave_a_part_is_an_input_of_the_piece(hills: Stage) -> None:
    hills.page('{{ drawing("/assets/illustrations/hills.svg").draw(["people"]) }}')
    before = hills.bind()
    hills.write("assets/illustrations/people.svg", PEOPLE.replace('r="2"', 'r="3"'))
    after = hills.bind()
    assert {f"assets/illustrations/{name}.svg" for name in ("hills", "people")} <= set(before.inputs)
    assert before.layout_key != after.layout_key


@pytest.mark.parametrize(
    ("use", "words"),
    [
        ("place.draw(['fra'])", "no layer 'fra'; there are: sky, far, people"),
        ("place.draw(colors={'pink': 'sol'})", "'pink' is no brand colour"),
        ("place.draw(without=['lmap'])", "no group 'lmap'"),
        ("place.landmark", "no value 'data-landmark'"),
        ("drawing('assets/none.svg').draw()", "assets/none.svg: no such file"),
        ("drawing('../secret.svg').draw()", "leaves the workspace"),
        ("place._element", "the sandbox refuses it"),
    ],
)
def test_what_is_not_there_is_named(hills: Stage, use: str, words: str) -> None:
    with pytest.raises((WorkspaceError, WorkspaceErrors), match=re.escape(words)):
        written(hills, f"{{{{ {use} }}}}")


def test_a_drawing_that_runs_is_refused_as_any_other(hills: Stage) -> None:
    hills.write("assets/illustrations/hills.svg", HILLS.replace("<title>", "<script/><title>"))
    with pytest.raises(WorkspaceError, match=r"hills.svg: the SVG has <script>"):
        written(hills, "{{ place.draw() }}")


def test_it_is_drawn_in_its_box_and_colours(hills: Stage) -> None:
    hills.css("svg { top: 100mm; left: 50mm; width: 45mm; height: 25mm }")
    hills.page("""{% set place = drawing("assets/illustrations/hills.svg") %}
    {{ place.draw(["sky", "people"], [0, 0, 90, 50], {"elv": "rogn"}) }}""")
    image = page_image(hills.render().pdf, 1, 254)
    # Ten pixels a millimetre
    assert image.getpixel((520, 1020)) == (200, 69, 47)
    assert image.getpixel((600, 1247)) == (211, 156, 100)
    assert image.getpixel((480, 1020)) == image.getpixel((520, 1260)) == (255, 255, 255)

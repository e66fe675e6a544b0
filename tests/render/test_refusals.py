"""What the layout engine lays out otherwise than CSS says is named; what only looks like it is laid out."""

import pypdfium2
import pytest

from printkit.errors import PrintkitError
from tests.template.stage import Stage

PLACE = "left:90mm; top:90mm; width:40mm"
LIST = '<ul class="m" style="left:90mm; top:90mm; padding-left:20mm"><li>en</li><li>to</li></ul>'


def text_of(stage: Stage) -> str:
    page = pypdfium2.PdfDocument(stage.render().pdf)[0]
    return str(page.get_textpage().get_text_range())


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (
            f'<table style="{PLACE}; height:40mm"><tr><td>en</td></tr></table>',
            "<table>: rows do not grow with the height of their table",
        ),
        (
            f'<div style="{PLACE}; display:flex; justify-content:center">'
            '<b style="position:absolute">en</b></div>',
            "<b>: what is absolute inside flex needs a place of its own",
        ),
        (
            f'<div style="{PLACE}; display:grid"><b style="position:absolute; inset:0">en</b></div>',
            "<b>: what is absolute inside grid is placed otherwise",
        ),
        (
            f'<div style="{PLACE}"><p style="float:left; columns:2">en</p></div>',
            "<p>: columns are made in the flow of text only",
        ),
    ],
)
def test_boxes_placed_otherwise_are_named(stage: Stage, page: str, words: str) -> None:
    stage.page(page)
    with pytest.raises(PrintkitError) as error:
        stage.render()
    assert f"templates/try/page.html: {words}" in str(error.value)


@pytest.mark.parametrize(
    "page",
    [
        f'<table style="{PLACE}; height:4mm"><tr><td>en</td></tr></table>',
        f'<table style="{PLACE}; height:20mm"><tr style="height:20mm"><td>en</td></tr></table>',
        f'<div style="{PLACE}; display:flex"><b style="position:absolute">en</b></div>',
        f'<div style="{PLACE}; display:flex; align-items:center; justify-content:center">'
        '<b style="position:absolute; left:0; top:0">en</b></div>',
        f'<div style="{PLACE}; display:flex; flex-direction:column; align-items:center">'
        '<b style="position:absolute; left:0">en</b></div>',
        f'<div style="{PLACE}; display:grid"><div><b style="position:absolute">en</b></div></div>',
    ],
)
def test_what_has_its_place_is_laid_out(stage: Stage, page: str) -> None:
    stage.page(page)
    assert "en" in text_of(stage)


def test_a_sign_that_a_list_writes_outside_its_text_is_refused(stage: Stage) -> None:
    """The engine cannot lay it out: it ended with an error of its own."""
    stage.css('.m li::marker { content: "→ " }')
    stage.page(LIST)
    with pytest.raises(PrintkitError, match="<li>: ::marker has content inside the text only"):
        stage.render()
    stage.css('.m { list-style-position: inside } .m li::marker { content: "x " }')
    assert "x en" in text_of(stage)


def test_counter_styles_of_style_sheets_count(stage: Stage) -> None:
    """They were passed over: the list began with 1."""
    stage.css('@counter-style look { system: cyclic; symbols: "x" "y"; suffix: " " } .m { list-style: look }')
    stage.page(LIST)
    found = text_of(stage).split()
    assert {"x", "y"} <= set(found)
    assert "1." not in found


@pytest.mark.parametrize(
    ("language", "written"),
    [("nb", "«en»"), ("nn", "«en»"), ("nb-NO", "«en»"), ("en", "“en”"), ("de", "„en“")],
)
def test_quotation_marks_are_those_of_the_language(stage: Stage, language: str, written: str) -> None:
    stage.page(f'<p lang="{language}" style="{PLACE}"><q>en</q></p>')
    assert written in text_of(stage)


@pytest.mark.parametrize(
    ("css", "line"),
    [
        ("@layer a {\n.x { color: red }\n.x { color: red !important } }", 13),
        ("@layer a { @media print { .x {\ncolor: red ! important } } }", 12),
        (".x { color: red !important } @layer a { .x { color: blue } }", None),
        ("/* @layer a { .x { color: red !important } } */ @layer a { .x { color: blue } }", None),
    ],
)
def test_important_inside_a_layer_is_refused(stage: Stage, css: str, line: int | None) -> None:
    """The engine lets the last layer win, CSS the first."""
    stage.css(css)
    if line is None:
        stage.render()
        return
    with pytest.raises(PrintkitError, match=rf"page\.css: line {line}: !important inside @layer"):
        stage.render()

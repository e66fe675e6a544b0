"""Texts that print over each other, are cut off or dropped: by element, whoever gave the text."""

import pytest

from printkit.errors import SlotErrors, WorkspaceErrors
from tests.template.stage import Stage

UNDER = '<p style="top: 150mm; left: 20mm; width: 60mm; font-size: 20pt; line-height: 1">{}</p>'
OVER = '<p style="top: 152mm; left: 20mm; width: 60mm; font-size: 20pt; line-height: 1">{}</p>'
LINES = "top: 150mm; left: 20mm; width: 40mm; line-height: 1.2"


def refused(stage: Stage, page: str, css: str = "") -> str:
    stage.css(css)
    stage.page(page)
    with pytest.raises((WorkspaceErrors, SlotErrors)) as caught:
        stage.render()
    return str(caught.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{{ committee.name }}", "{{ committee.short_address }}"),
        ("Fast tekst", "{{ committee.name }}"),
        ("{{ t.name }}", "{{ t.name }} igjen"),
        ('<span class="before"></span>', "Fast tekst"),
        ('<span style="display: list-item; list-style: inside decimal">Punkt</span>', "Fast tekst"),
        ("<b>Fet</b> og mager", "Fast tekst"),
    ],
)
def test_two_texts_without_a_slot_may_not_print_over_each_other(stage: Stage, one: str, other: str) -> None:
    css = '.before::before { content: "Foran" }'
    assert "prints over" in refused(stage, UNDER.format(one) + OVER.format(other), css)


def test_two_blocks_of_one_slot_count_and_both_texts_are_named(stage: Stage) -> None:
    page = (
        f'<div data-slot="title" style="top: 0; left: 0">{UNDER.format("Første")}{OVER.format("Andre")}</div>'
    )
    css = "div > p { position: absolute }"
    told = refused(stage, page, css)
    assert told.startswith("slot 'title'")
    assert "the text 'Andre' prints over 'Første' on page 1; shorten it, or move its box" in told


def test_a_long_text_in_a_low_box_runs_over_the_next(stage: Stage) -> None:
    low = '<p style="max-height: 4mm">Navn som går over to linjer</p><p>Adressen</p>'
    told = refused(stage, f'<div style="{LINES}">{low}</div>', "p { margin: 0 }")
    assert "'Adressen' prints over 'Navn som går over to linjer'" in told


def test_cells_of_a_table_may_not_print_over_each_other(stage: Stage) -> None:
    row = "<tr><td>Bjørnstjernesvingen</td><td>Trondheim</td></tr>"
    page = f'<table style="{LINES}; table-layout: fixed; width: 30mm">{row}</table>'
    assert "prints over" in refused(stage, page, "table { border-spacing: 0 }")


def test_turned_texts_are_compared_where_they_stand(stage: Stage) -> None:
    turned = '<p style="top: 150mm; left: {}mm; transform: rotate(20deg)">På skrå over siden</p>'
    assert "prints over" in refused(stage, turned.format(30) + turned.format(31))
    stage.page(turned.format(30) + turned.format(70))
    assert stage.render().pages == 2


def test_letters_decide_not_the_boxes_of_their_lines(stage: Stage) -> None:
    block = '<div style="top: 150mm; left: 20mm; font-size: 30pt; line-height: 0.8"><p>{}</p><p>{}</p></div>'
    stage.css("p { margin: 0 }")
    stage.page(block.format("gxx", "xxÅ"))
    assert stage.render().pages == 2
    assert "prints over" in refused(stage, block.format("xxg", "xxÅ"), "p { margin: 0 }")


def test_lines_of_one_text_may_be_as_near_as_it_wants(stage: Stage) -> None:
    stage.page(f'<p style="{LINES}; line-height: 0.7">Tett satt tekst, linje for linje, gjennom flere</p>')
    assert stage.render().pages == 2


@pytest.mark.parametrize(
    "style",
    [
        "max-lines: 2",
        "max-lines: 2; block-ellipsis: auto",
        "continue: discard; max-lines: 1",
        "line-clamp: 2",
    ],
)
def test_a_text_of_which_lines_are_dropped_is_refused(stage: Stage, style: str) -> None:
    text = "En tekst som ikke får plass på to linjer, og som derfor mister slutten"
    told = refused(stage, f'<p style="{LINES}; {style}">{text}</p>')
    assert (
        "the text 'En tekst som ikke får plass på to linjer' on page 1 is cut off after its last line" in told
    )
    stage.page(f'<p style="{LINES}; {style}">Kort&shy;tekst</p>')
    assert stage.render().pages == 2


@pytest.mark.parametrize(
    "style",
    [
        "white-space: nowrap; overflow: hidden; text-overflow: ellipsis",
        "height: 5mm; overflow: hidden",
        "clip: rect(0, 10mm, 10mm, 0)",
        "white-space: nowrap; overflow: hidden; transform: rotate(5deg)",
    ],
)
def test_a_text_without_a_slot_that_is_cut_off_is_refused(stage: Stage, style: str) -> None:
    page = f'<p style="{LINES}; {style}">Navn som er for langt for boksen sin</p>'
    assert "is cut off by its box" in refused(stage, page)


def test_turned_text_inside_its_own_box_is_whole(stage: Stage) -> None:
    stage.page(f'<p style="{LINES}; overflow: hidden; transform: rotate(45deg)">Hel og på skrå</p>')
    assert stage.render().pages == 2


UNDERNEATH = '<p style="top: 150mm; left: 20mm">Under boksen</p>'
GROUND = '<div style="top: 145mm; left: 15mm; width: 60mm; height: 20mm; {}"></div>'


@pytest.mark.parametrize(
    "style", ["background: #fff", "background: #036; z-index: 3", "background: red; overflow: hidden"]
)
def test_a_text_under_a_box_with_a_ground_is_refused(stage: Stage, style: str) -> None:
    told = refused(stage, UNDERNEATH + GROUND.format(style))
    assert "the text 'Under boksen' on page 1 lies under a box or a picture" in told


@pytest.mark.parametrize(
    "style",
    [
        "",
        "background: #fff; z-index: -1",
        "background: rgba(0, 0, 0, 0.2)",
        "background: red; opacity: 0.3",
        "background: red; top: 156mm",
        "background: red; border-radius: 50%; left: 41mm; top: 152mm; width: 20mm; height: 20mm",
    ],
)
def test_a_box_beneath_beside_or_clear_hides_nothing(stage: Stage, style: str) -> None:
    stage.page(UNDERNEATH + GROUND.format(style))
    assert stage.render().pages == 2


def test_a_specimen_is_printed_across_all_texts(stage: Stage) -> None:
    stage.more["sample"] = True
    assert stage.render(title=None).pages == 2

"""What is read stands where it can be read; codes stand where they can be scanned."""

from dataclasses import replace
from itertools import product

import pytest

from printkit.errors import SlotErrors, WorkspaceError, WorkspaceErrors
from printkit.qr import CodeGeometry
from printkit.render import render
from printkit.template import Artwork
from printkit.units import mm
from tests.template.stage import CSS, FONTS, MANIFEST, Stage

# The A5 flyer: 148 x 210, bleed 3, safe zone 5; its code's box is 35.85 x 39.24 mm.
PAGE, BLEED = (154, 216), 3


def box(stage: Stage, left: float, top: float, size: str = "") -> None:
    place = f".code {{ top: {top}mm; left: {left}mm; {size} }}"
    stage.css(place)


def refused(stage: Stage) -> str:
    with pytest.raises(WorkspaceErrors) as caught:
        stage.render()
    return str(caught.value)


def test_a_code_is_placed_from_the_trims_lower_left(stage: Stage) -> None:
    artwork = stage.bind()
    found = render(artwork).code_boxes[0]
    assert (found.slot, found.page) == ("qr", 1)
    sizes = artwork.code_geometry
    assert [mm(side) for side in found.box.as_tuple()] == pytest.approx(
        [17, 133 - sizes.box_height_mm, 17 + sizes.box_width_mm, 133], abs=0.02
    )


def with_code(stage: Stage, left: float, top: float, safe: float) -> Artwork:
    """Return the flyer with its code's box there and a safe zone of so many mm on all sides."""
    stage.css(f".code {{ top: {top}mm; left: {left}mm }} .title {{ top: 130mm; left: 40mm; height: 20mm }}")
    artwork = stage.bind()
    sides = artwork.format.safe_mm.model_copy(update=dict.fromkeys(("left", "right", "top", "bottom"), safe))
    return replace(artwork, format=artwork.format.model_copy(update={"safe_mm": sides}))


def edges(sizes: CodeGeometry, margin: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the left and the top places of a box whose modules keep a margin of the page's edges."""
    first, last = margin - sizes.quiet_mm, margin + sizes.width_mm + sizes.quiet_mm
    return (first, PAGE[0] - last), (first, PAGE[1] - last)


def test_modules_on_the_edge_of_the_safe_zone_pass_on_all_sides(stage: Stage) -> None:
    for left, top in product(*edges(stage.bind().code_geometry, BLEED + 12)):
        assert render(with_code(stage, left, top, 12)).pages == 2


def test_a_code_past_the_safe_zone_is_refused_on_all_sides(stage: Stage) -> None:
    columns, rows = edges(stage.bind().code_geometry, BLEED + 11.9)
    for left, top in [(left, 80) for left in columns] + [(40, top) for top in rows]:
        with pytest.raises(WorkspaceErrors, match="outside the safe zone"):
            render(with_code(stage, left, top, 12))


def test_a_quiet_zone_past_the_trim_is_refused_on_all_sides(stage: Stage) -> None:
    sizes = stage.bind().code_geometry
    right, foot = PAGE[0] - sizes.box_width_mm, PAGE[1] - sizes.box_height_mm
    for left, top in ((2.9, 80), (right - 2.9, 80), (40, 2.9), (40, foot - 2.9)):
        with pytest.raises(WorkspaceErrors, match="outside the safe zone"):
            render(with_code(stage, left, top, 1))


@pytest.mark.parametrize("size", ["width: 30mm", "height: 30mm", "border: 1mm solid", "padding: 1mm"])
def test_a_code_of_another_size_is_refused(stage: Stage, size: str) -> None:
    box(stage, 20, 80, size)
    assert "not the reserved size" in refused(stage)


def test_a_turned_code_is_refused(stage: Stage) -> None:
    box(stage, 20, 80, "transform: rotate(90deg)")
    assert "turned" in refused(stage)


def test_a_code_needs_exactly_one_box(stage: Stage) -> None:
    stage.page('<div class="code" data-code="qr" style="left: 80mm"></div>')
    assert '2 elements with data-code="qr"' in refused(stage)
    stage.page('<div class="code" data-code="title" style="left: 80mm"></div>')
    assert 'data-code="title" names no code' in refused(stage)


def test_codes_may_not_overlap(stage: Stage) -> None:
    second = "[slots.qr2]\nkind='qr'\nlabel='x'\ndefault='https://example.org/'\n[slots.qr]"
    stage.write("templates/try/template.toml", MANIFEST.replace("[slots.qr]", second))
    stage.page('<div class="code" data-code="qr2" style="left: 50mm"></div>')
    assert "overlap" in refused(stage)
    stage.page('<div class="code" data-code="qr2" style="left: 60mm"></div>')
    layout = stage.render()
    assert [code.slot for code in layout.code_boxes] == ["qr", "qr2"]


def test_a_code_keeps_clear_of_the_visible_bottom(stage: Stage) -> None:
    artwork = stage.bind()
    low = artwork.format.model_copy(update={"code_clear_bottom_mm": 120})
    with pytest.raises(WorkspaceErrors, match="less than 120 mm above"):
        render(replace(artwork, format=low))


def test_text_in_a_codes_box_names_its_slot(stage: Stage) -> None:
    stage.css(".title { top: 85mm; left: 20mm }")
    with pytest.raises(SlotErrors, match=r"slot 'title' .*'Bli med' on page 1 enters a code's box"):
        stage.render()


@pytest.mark.parametrize(
    "place", ["top: 0; left: 50mm", "bottom: 0; left: 50mm", "top: 50mm; left: 2mm", "top: 50mm; right: 2mm"]
)
def test_text_past_the_trim_is_refused_on_all_sides(stage: Stage, place: str) -> None:
    stage.page(f'<p style="{place}; line-height: 1">Over kanten</p>')
    assert "'Over kanten' on page 1 leaves the visible page" in refused(stage)


def test_text_in_a_hidden_zone_or_fold_is_refused(stage: Stage) -> None:
    artwork = stage.bind()
    hidden = artwork.format.model_copy(
        update={"hidden_mm": artwork.format.safe_mm.model_copy(update={"top": 25})}
    )
    with pytest.raises(SlotErrors, match="leaves the visible page"):
        render(replace(artwork, format=hidden))
    folded = artwork.format.model_copy(update={"folds_mm": ((22,), ()), "fold_safe_mm": 5})
    with pytest.raises(SlotErrors, match="enters a fold zone"):
        render(replace(artwork, format=folded))


def test_turned_text_is_measured_where_it_stands(stage: Stage) -> None:
    turned = '<p style="top: {}mm; left: 10mm; transform: rotate(90deg); transform-origin: left">Langt ut</p>'
    stage.page(turned.format(150))
    assert stage.render().pages == 2
    stage.page(turned.format(206))
    assert "leaves the visible page" in refused(stage)


def test_text_cut_off_by_its_box_is_refused(stage: Stage) -> None:
    place = "top: 150mm; left: 20mm; width: 20mm; height: 5mm; overflow: hidden"
    stage.page(f'<div style="{place}"><p>En to tre fire fem</p></div>')
    assert "is cut off by its box" in refused(stage)


def test_a_third_page_is_refused(stage: Stage) -> None:
    stage.page('</section><section class="page">')
    with pytest.raises(WorkspaceErrors, match="3 pages, format 'flyer-a5' has 2"):
        stage.render()


def test_a_slot_that_runs_on_to_a_third_page_is_named(stage: Stage) -> None:
    stage.page('</section><section class="page"><p data-slot="title">{{ title }}</p>')
    html = (stage.root / "templates/try/page.html").read_text()
    last = html.replace("{{ committee.name }}", "{{ title }}").replace(
        "<p style", '<p data-slot="title" style'
    )
    stage.write("templates/try/page.html", last)
    with pytest.raises(SlotErrors, match="slot 'title' .*: it runs on to page 3"):
        stage.render()


def test_texts_of_two_slots_may_not_print_over_each_other(stage: Stage) -> None:
    stage.page('<p style="top: 22mm; left: 22mm; font-size: 30pt">Under tittelen</p>')
    with pytest.raises(SlotErrors, match="'Under tittelen' prints over 'Bli med'"):
        stage.render()
    stage.page('<p style="top: 36mm; left: 22mm; font-size: 30pt">Under tittelen</p>')
    assert stage.render().pages == 2


def test_the_pages_size_is_printkits(stage: Stage) -> None:
    stage.css("@page { size: A4 }")
    with pytest.raises(WorkspaceError, match="leave @page to printkit"):
        stage.render()


def test_all_problems_of_slots_come_at_once(stage: Stage) -> None:
    stage.page('<p data-slot="title" style="top: 85mm; left: 20mm">漢</p>')
    with pytest.raises(SlotErrors) as caught:
        stage.render(title="Bli 漢")
    told = str(caught.value)
    assert "U+6F22" in told
    assert "enters a code's box" in told


def test_a_style_sheet_may_be_shared(stage: Stage) -> None:
    stage.write("templates/base/base.css", FONTS)
    stage.write("templates/try/page.css", '@import "../base/base.css";' + CSS)
    assert "templates/base/base.css" in stage.bind().inputs
    assert stage.render().pages == 2

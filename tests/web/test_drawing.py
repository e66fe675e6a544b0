"""A page is drawn again where it changed, and only there."""

import datetime
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from printkit.color import PressProfile
from printkit.preview.drawn import drawn
from printkit.produce import Variant
from printkit.produce.layouts import Layouts, Materials
from printkit.produce.steps import Finished, LayoutCache, finished
from printkit.template import Artwork
from printkit.web.drawing import Asked, Pages
from tests.template.stage import Stage, stage

__all__ = ["stage"]


def pressed(artwork: Artwork, stage: Stage) -> Finished:
    profiles = stage.profiles()
    icc, font = (stage.workspace.read_bytes(one) for one in (artwork.press.profile, profiles.code_font))
    materials = Materials(profiles, datetime.datetime(2027, 3, 1, tzinfo=datetime.UTC), icc, font)
    variant = Variant("preview", artwork.layout_key, artwork.codes)
    return finished(artwork, lambda _: variant, materials, LayoutCache(Layouts()))


def asked(artwork: Artwork, stage: Stage) -> Asked:
    return Asked("r1", 300, 90_000, PressProfile(stage.workspace.read_bytes(artwork.press.profile)))


def test_the_side_that_nobody_writes_on_is_drawn_once(stage: Stage) -> None:
    pages, shown = Pages(), []
    # Letters that were not there before change the font that both sides share.
    for title in ("Bli med", "Wxyz? 73", "Wxyz? 73"):
        artwork = stage.bind(title=title)
        made = pressed(artwork, stage)
        shown.append(pages.show(made, artwork, asked(artwork, stage)))
        assert shown[-1] == Pages().show(made, artwork, asked(artwork, stage))
    first, second, again = shown
    assert first[0] != second[0]
    assert first[1] is second[1]
    assert again[0] is second[0]


def test_pages_of_another_release_are_not_taken_for_its_own(stage: Stage) -> None:
    artwork = stage.bind()
    made, pages = pressed(artwork, stage), Pages()
    first = pages.show(made, artwork, asked(artwork, stage))
    other = pages.show(made, artwork, replace(asked(artwork, stage), release="r2"))
    assert other == first
    assert other[1] is not first[1]


@pytest.mark.parametrize("edge", [0, 1, 2, 3])
def test_a_box_moved_at_any_edge_is_another_page(stage: Stage, edge: int) -> None:
    artwork = stage.bind()
    with pikepdf.open(BytesIO(pressed(artwork, stage).pdf)) as pdf:
        before = drawn(pdf)
        box = pdf.pages[1].obj["/TrimBox"]
        box[edge] = float(box[edge]) + 1
        after = drawn(pdf)
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_a_page_that_leads_back_to_itself_is_read_to_its_end() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    form = pdf.make_stream(b"0 0 10 10 re f")
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Own=form))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm=form))
    before = drawn(pdf)
    form.write(b"0 0 20 10 re f")
    assert drawn(pdf) != before

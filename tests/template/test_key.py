"""The key of a layout: whatever can change the page changes it, and nothing else does."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from printkit.profiles.design import Measure
from printkit.template import Artwork
from printkit.template.key import layout_key
from printkit.template.manifest import Fit
from tests.template.stage import Stage

# What tells where a layout came from, what messages say of it, and where its codes lead
BESIDE = {
    "workspace", "template", "html_file", "texts", "images", "targets", "names_site", "unconfirmed",
    "layout_key",
}  # fmt: skip


@pytest.fixture(scope="module")
def artwork(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Artwork:
    return Stage.at(tmp_path_factory.mktemp("key"), repository).bind()


def changed(artwork: Artwork) -> dict[str, Any]:
    """Return another value for each part of an artwork that its layout is made from."""
    page, press, geometry, design = artwork.format, artwork.press, artwork.code_geometry, artwork.design
    return {
        "format": page.model_copy(update={"name": "Another"}),
        "press": press.model_copy(update={"ink_limit": 222}),
        "language": "en",
        "html": artwork.html + " ",
        "stylesheets": (*artwork.stylesheets, *artwork.stylesheets),
        "bleed_mm": artwork.bleed_mm + 1,
        "code_geometry": replace(geometry, width_mm=geometry.width_mm + 1),
        "design": design.model_copy(update={"measure": Measure(headline=9, place=9)}),
        "colors": {**artwork.colors, "fjord": "#010203"},
        "fits": {"title": Fit(largest=40, smallest=13)},
        "codes": (*artwork.codes, replace(artwork.codes[0], slot="another")),
        "specimen": not artwork.specimen,
        "title": "Another",
        "inputs": {**artwork.inputs, "assets/x.png": "0"},
        "fonts": {**artwork.fonts, "head": {"another": "Another"}},
    }


def test_every_part_of_an_artwork_is_judged(artwork: Artwork) -> None:
    assert changed(artwork).keys() | BESIDE == {field.name for field in fields(artwork)}
    assert not changed(artwork).keys() & BESIDE


def test_whatever_can_change_the_page_changes_the_key(artwork: Artwork) -> None:
    keys = [layout_key(replace(artwork, **{name: value})) for name, value in changed(artwork).items()]
    assert len({artwork.layout_key, *keys}) == len(keys) + 1


def test_the_grid_of_the_format_changes_the_key_and_that_of_another_does_not(artwork: Artwork) -> None:
    def with_margin(page: str) -> Artwork:
        grids = artwork.design.formats
        changed = {**grids, page: grids[page].model_copy(update={"margin_mm": 1})}
        return replace(artwork, design=artwork.design.model_copy(update={"formats": changed}))

    assert layout_key(with_margin("flyer-a5")) != artwork.layout_key
    assert layout_key(with_margin("poster-a3")) == artwork.layout_key


def test_the_address_of_a_code_does_not(artwork: Artwork) -> None:
    other = replace(artwork.codes[0], url="https://example.org/2", print_id="X")
    assert layout_key(replace(artwork, codes=(other,), targets={})) == artwork.layout_key

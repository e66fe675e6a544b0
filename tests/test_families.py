"""The six families stand on the grid of profiles/design.toml, in the sizes that it names."""

from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from printkit.profiles import load_profiles
from printkit.render import LaidOut, render
from printkit.template import BindRequest, bind, load_template
from printkit.units import mm
from printkit.workspace import Workspace

WORKSPACE = Workspace(Path(__file__).parents[1])
FAMILIES = ("recruit", "report-case", "about", "dialogue", "grants", "story")
PROFILES = load_profiles(WORKSPACE)
A3 = PROFILES.formats["poster-a3"]
GRID = PROFILES.design.formats["poster-a3"]
# Millimetres: half a percent of the width
NEAR = 0.005 * A3.trim_mm[0]

for_each_family = pytest.mark.parametrize("family", FAMILIES)


@cache
def poster(family: str) -> LaidOut:
    artwork = bind(
        BindRequest(
            workspace=WORKSPACE,
            profiles=PROFILES,
            template=family,
            committee=PROFILES.committees["nu07"],
            format=A3,
            press=PROFILES.presses[A3.default_press],
            language="nn",
            sample=True,
        )
    )
    return render(artwork)


def ink(family: str, word: str) -> tuple[float, float, float]:
    """Return left edge, upper edge and base of a word's first letter, in mm from the trim's upper left."""
    page: Any = pypdfium2.PdfDocument(poster(family).pdf)[0]
    text = page.get_textpage()
    found = text.search(word, match_case=True).get_next()
    assert found, f"{word!r} is not on the page"
    left, bottom, _, top = text.get_charbox(found[0])
    height = page.get_height()
    return mm(left) - A3.bleed_mm, mm(height - top) - A3.bleed_mm, mm(height - bottom) - A3.bleed_mm


def first_words(family: str) -> tuple[str, str, str]:
    texts = WORKSPACE.read_toml(f"templates/{family}/texts.nn.toml")
    one, two = texts["headline"].split("\n")
    return one.split()[0], two.split()[0], texts["call"].split()[0]


@for_each_family
def test_headline_and_call_stand_with_their_ink_at_the_margin_and_on_their_lines(family: str) -> None:
    first, second, call = first_words(family)
    assert ink(family, first)[0] == pytest.approx(GRID.margin_mm, abs=0.4)
    assert ink(family, second)[0] == pytest.approx(GRID.margin_mm, abs=0.4)
    assert ink(family, first)[1] == pytest.approx(GRID.headline_mm[0], abs=NEAR)
    assert ink(family, call)[0] == pytest.approx(GRID.margin_mm, abs=0.4)
    assert ink(family, call)[1] == pytest.approx(GRID.act_mm[0], abs=NEAR)


@for_each_family
def test_the_place_and_the_code_stand_where_every_family_has_them(family: str) -> None:
    assert ink(family, "Brandengen")[2] == pytest.approx(GRID.names_mm[1], abs=NEAR)
    (code,) = poster(family).code_boxes
    quiet = mm(code.box.width) - A3.code_distance_mm / PROFILES.codes.distance_ratio
    assert A3.trim_mm[0] - mm(code.box.x1) + quiet / 2 == pytest.approx(GRID.margin_mm, abs=0.1)
    assert A3.trim_mm[1] - mm(code.box.y1) + quiet / 2 == pytest.approx(GRID.act_mm[0], abs=0.1)


@for_each_family
def test_a_family_speaks_three_languages_and_is_ordered(family: str) -> None:
    template = load_template(WORKSPACE, family)
    assert {"nb", "nn", "en"} <= set(template.languages)
    ordered = {(one.template, one.format) for all_ in PROFILES.campaigns.values() for one in all_.pieces}
    assert any(name == family for name, _ in ordered)


@pytest.mark.parametrize(("page", "waits"), [("poster-a3", False), ("flyer-a5", True)])
def test_who_may_apply_for_support_waits_for_the_municipality(page: str, waits: bool) -> None:
    format = PROFILES.formats[page]
    artwork = bind(
        BindRequest(
            workspace=WORKSPACE,
            profiles=PROFILES,
            template="grants",
            committee=PROFILES.committees["nu02"],
            format=format,
            press=PROFILES.presses[format.default_press],
            campaign=PROFILES.campaigns["grants"],
        )
    )
    assert ("campaign.terms" in artwork.unconfirmed) == waits

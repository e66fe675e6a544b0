"""The recruit family and its campaign, on the data that ships."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageFont

from printkit.batch.planning import plan
from printkit.profiles import Profiles, load_profiles
from printkit.render import LaidOut, render
from printkit.template import Artwork, BindRequest, bind, load_template
from printkit.units import mm
from printkit.workspace import Workspace

pytestmark = pytest.mark.long

WORKSPACE = Workspace(Path(__file__).parents[1])
COMMITTEES = [f"nu{number:02d}" for number in range(1, 11)]
FORMATS = ["rollup-85x200", "shelter-1185x1750", "poster-70x100", "poster-50x70", "poster-a3", "flyer-a5"]
# WCAG 2.1, success criterion 1.4.3
LEAST_CONTRAST = 4.5

in_each_format = pytest.mark.parametrize("page", FORMATS)
for_each_committee = pytest.mark.parametrize("committee", COMMITTEES)


@cache
def profiles() -> Profiles:
    return load_profiles(WORKSPACE)


def artwork(committee: str, page: str, **values: str | list[str]) -> Artwork:
    return spoken(committee, page, "nb", values)


def spoken(committee: str, page: str, language: str, values: Mapping[str, str | list[str]]) -> Artwork:
    known = profiles()
    chosen = known.formats[page]
    return bind(
        BindRequest(
            workspace=WORKSPACE,
            profiles=known,
            template="recruit",
            committee=known.committees[committee],
            format=chosen,
            press=known.presses[chosen.default_press],
            campaign=known.campaigns["recruitment"],
            language=language,
            values=values,
        )
    )


@cache
def laid_out(committee: str, page: str) -> LaidOut:
    return render(artwork(committee, page))


def words(layout: LaidOut) -> str:
    document = pypdfium2.PdfDocument(layout.pdf)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(texts).split())


def filler(characters: int, shortest: int = 9) -> str:
    """Return words of an ordinary length, together as long as asked."""
    return " ".join(["nabolaget"] * (characters // shortest + 1))[:characters].strip()


def luminance(srgb: str) -> float:
    """Return relative luminance (WCAG 2.1) of #rrggbb."""
    shares = [value / 255 for value in bytes.fromhex(srgb[1:])]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_campaign_orders_at_most_150_pieces() -> None:
    known = profiles()
    assert 0 < len(plan(WORKSPACE, known, known.campaigns["recruitment"])) <= 150


def test_every_committee_has_one_rollup_at_its_knutepunkt() -> None:
    known = profiles()
    rollups = [
        one for one in plan(WORKSPACE, known, known.campaigns["recruitment"]) if "rollup" in one.format
    ]
    homes = {
        of: site.id for site in known.sites.values() if site.kind == "knutepunkt" for of in site.committees
    }
    assert {one.committee: one.site for one in rollups} == {of: homes.get(of) for of in COMMITTEES}
    assert len(rollups) == len(COMMITTEES)


@for_each_committee
def test_every_committee_is_shown_at_a_library_and_at_a_hub(committee: str) -> None:
    kinds = {site.kind for site in profiles().sites.values() if committee in site.committees}
    assert {"library", "hub"} <= kinds


@in_each_format
@for_each_committee
def test_every_committee_fits_every_format(committee: str, page: str) -> None:
    layout = laid_out(committee, page)
    assert layout.pages == profiles().formats[page].pages
    assert [code.slot for code in layout.code_boxes] == ["qr"]
    printed = words(layout)
    assert all(area in printed for area in profiles().committees[committee].areas)
    assert profiles().committees[committee].short_address.value in printed.replace("/ ", "/")


@in_each_format
def test_the_longest_values_allowed_still_fit(page: str) -> None:
    slots = load_template(WORKSPACE, "recruit").slots
    longest = {name: filler(slots[name].max_characters or 0) for name in ("who", "term")}
    values: dict[str, str | list[str]] = {
        **longest,
        "headline": "Her i byen\ntrengs du",
        "lead": "Åtte innbyggere og tre politikere.\nAlle over 13\u00a0år kan nå søke plass",
        "points": ["Deler ut penger til lokale lag, skoler og naboer som vil."] * 3,
        "name": "Mjøndalen, Åsen, Steinberg, Ytterkollen og Stenseth",
        "local": "\n".join([filler(24)] * (slots["local"].max_lines or 0)),
        "call": "Søk før no",
    }
    assert render(artwork("nu07", page, **values)).pages == profiles().formats[page].pages


def test_the_local_block_vanishes_when_its_slot_is_empty() -> None:
    empty = render(artwork("nu04", "flyer-a5", local=""))
    assert "Si fra om det som mangler" in words(laid_out("nu04", "flyer-a5"))
    assert "Si fra om det som mangler" not in words(empty)
    assert "local" not in empty.fitted


@for_each_committee
def test_a_committee_speaks_for_itself_in_every_language_of_the_design(committee: str) -> None:
    said = {tag: spoken(committee, "flyer-a5", tag, {}).texts["local"].text for tag in ("nb", "nn", "en")}
    assert all(said.values())
    assert len(set(said.values())) == 3
    grid, style = profiles().design.formats["flyer-a5"], profiles().design.type["place"]
    ems = grid.width(profiles().formats["flyer-a5"]) - 2 * grid.margin_mm
    ems /= mm(grid.sizes_pt[style.size])
    font = ImageFont.truetype(WORKSPACE.root / style.font, 1000)
    for line in (one for text in said.values() for one in text.split("\n")):
        assert font.getlength(line) / 1000 + style.tracking * len(line) <= ems, line


@for_each_committee
def test_text_reads_on_both_colours_of_a_committee(committee: str) -> None:
    known = profiles()
    html = artwork(committee, "flyer-a5").html
    inks = dict(re.findall(r"--(on-field|on-ground): var\(--(?:brand-)?([a-z]+)\)", html))
    colors = {"paper": "#ffffff", **{name: color.srgb for name, color in known.brand.colors.items()}}
    ground, sky = (str(known.committees[committee].design[end]) for end in ("ground", "sky"))
    assert contrast(colors[inks["on-field"]], colors[sky]) >= LEAST_CONTRAST
    assert contrast(colors[inks["on-ground"]], colors[ground]) >= LEAST_CONTRAST


@pytest.mark.parametrize("page", ["rollup-85x200", "flyer-a5"])
@for_each_committee
def test_colour_runs_off_all_four_edges(committee: str, page: str) -> None:
    known = profiles()
    image = first_page(laid_out(committee, page))
    right, bottom = image.width - 2, image.height - 2
    sky, ground = (
        known.brand.colors[str(known.committees[committee].design[end])] for end in ("sky", "ground")
    )
    assert {image.getpixel(at) for at in ((1, 1), (right, 1))} == {sky.rgb8}
    assert {image.getpixel(at) for at in ((1, bottom), (right, bottom))} == {ground.rgb8}


def first_page(layout: LaidOut) -> Image.Image:
    page = pypdfium2.PdfDocument(layout.pdf)[0]
    return page.render(scale=400 / page.get_height()).to_pil().convert("RGB")

"""One real piece end to end: finished, checked, and the same however it came about."""

import datetime
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from printkit.errors import SlotErrors
from printkit.produce import Maker, Piece, Product, Production
from printkit.profiles import load_profiles, output_date
from printkit.qr.reading import read
from printkit.raster.page import page_image
from printkit.units import Rect, pt
from printkit.workspace import Workspace
from tests.engines import ENGINES
from tests.template.stage import Stage

FLYER = Piece(
    id="nu08_recruit_flyer-a5_nb_st-drammen",
    template="recruit",
    committee="nu08",
    format="flyer-a5",
    press="digital",
    language="nb",
    site="st-drammen",
)
OTHER = replace(FLYER, id="nu08_recruit_flyer-a5_nb_torg-bragernes", site="torg-bragernes")


@pytest.fixture(scope="module")
def production(repository: Path) -> Production:
    workspace = Workspace(repository)
    profiles = load_profiles(workspace)
    campaign = profiles.campaigns["recruitment"]
    return Production(workspace, profiles, campaign, output_date(campaign))


def one_and_variant(maker: Maker, one: Piece, other: Piece) -> tuple[Product, Product]:
    """Return a layout's first piece and the variant of another site."""
    begun = maker.begin(one)
    assert begun.master is not None
    (variant,) = maker.vary(begun.master, [maker.inputs(other).seen(begun.read).variant(other.id)])
    assert isinstance(variant, Product)
    return begun.product, variant


@pytest.fixture(scope="module")
def products(production: Production) -> tuple[Product, Product]:
    return one_and_variant(Maker(production), FLYER, OTHER)


def test_a_piece_passes_its_checks(products: tuple[Product, Product]) -> None:
    for product in products:
        assert [one for one in product.findings if one["severity"] == "error"] == []
        assert (product.pages, product.trim_mm, product.bleed_mm) == (2, (148, 210), 3)


def test_each_code_is_read_at_its_place(products: tuple[Product, Product]) -> None:
    for product in products:
        (code,) = product.codes
        margin = pt(product.bleed_mm)
        around = Rect(*code.box_mm).inset(-4, -4, -4, -4).scaled(pt(1)).moved(margin, margin)
        (found,) = read(page_image(product.pdf, code.page, 300, around))
        assert (found.text, found.upright, code.decoded) == (code.url, True, True)


def test_the_sites_of_a_layout_differ_in_their_codes_only(products: tuple[Product, Product]) -> None:
    one, other = products
    assert (one.variant, other.variant) == (False, True)
    assert one.codes[0].url.removesuffix("st-drammen") == other.codes[0].url.removesuffix("torg-bragernes")
    assert one.codes[0].print_id != other.codes[0].print_id
    assert one.codes[0].box_mm == other.codes[0].box_mm
    assert page_image(one.pdf, 1, 40).tobytes() == page_image(other.pdf, 1, 40).tobytes()


def test_a_variant_equals_the_piece_made_alone(
    production: Production, products: tuple[Product, Product]
) -> None:
    alone = Maker(production).make(OTHER)
    assert not alone.variant
    assert replace(alone, variant=True, seconds=products[1].seconds) == products[1]


@pytest.mark.parametrize("form", ["rollup-85x200", "poster-50x70", "poster-a3"])
def test_variants_of_every_format_equal_pieces_made_alone(production: Production, form: str) -> None:
    press = production.profiles.formats[form].default_press
    one, other = (
        replace(piece, id=piece.id.replace("flyer-a5", form), format=form, press=press)
        for piece in (FLYER, OTHER)
    )
    _, variant = one_and_variant(Maker(production), one, other)
    alone = Maker(production).make(other)
    assert replace(alone, variant=True, seconds=variant.seconds) == variant
    assert variant.codes[0].decoded


def test_a_master_can_be_sent_to_another_process(
    production: Production, products: tuple[Product, Product]
) -> None:
    maker, begun = Maker(production), Maker(production).begin(FLYER)
    assert isinstance(begun.master, bytes)
    (variant,) = maker.vary(begun.master, [maker.inputs(OTHER).seen(begun.read).variant(OTHER.id)])
    assert isinstance(variant, Product)
    assert variant.pdf == products[1].pdf


def test_one_bad_address_costs_its_variant_alone(production: Production) -> None:
    maker, inputs = Maker(production), Maker(production).inputs(OTHER)
    good, (link,) = inputs.variant(OTHER.id), inputs.links
    bad = replace(good, links=(replace(link, url="https://example.org/" + "x" * 3000),))
    master = maker.begin(FLYER).master
    assert master is not None
    problem, product = maker.vary(master, [bad, good])
    assert isinstance(problem, SlotErrors)
    assert isinstance(product, Product)


def test_the_key_changes_with_each_input(production: Production) -> None:
    key = Maker(production).inputs(FLYER).key
    assert Maker(production).inputs(FLYER).key == key
    later = replace(production, date=production.date + datetime.timedelta(seconds=1))
    other_values = replace(production, values={"headline": "Bli med"})
    no_campaign = replace(production, campaign=None, values={"deadline": "2027-10-03"})
    keys = {Maker(one).inputs(FLYER).key for one in (production, later, other_values, no_campaign)}
    assert len(keys) == 4
    assert Maker(production).inputs(OTHER).key not in keys
    assert Maker(production).inputs(OTHER).layout == Maker(production).inputs(FLYER).layout


def test_parts_say_which_input_changed(production: Production) -> None:
    before = Maker(production).inputs(FLYER).parts
    after = Maker(replace(production, values={"headline": "Bli med"})).inputs(FLYER).parts
    assert {name for name in before if before[name] != after[name]} == {"texts", "layout"}


def test_hashing_inputs_loads_no_engine(repository: Path) -> None:
    code = """
import sys
from pathlib import Path
from printkit.produce import Maker, Production, Piece
from printkit.profiles import load_profiles, output_date
from printkit.workspace import Workspace
workspace = Workspace(Path.cwd())
profiles = load_profiles(workspace)
campaign = profiles.campaigns["recruitment"]
piece = Piece("x", "recruit", "nu08", "flyer-a5", "digital", "nb", None)
Maker(Production(workspace, profiles, campaign, output_date(campaign))).inputs(piece)
print(*sys.modules)
"""
    loaded = subprocess.check_output([sys.executable, "-c", code], cwd=repository, text=True).split()
    assert "jinja2" in loaded
    assert not ENGINES & set(loaded)


def test_unconfirmed_values_are_warned_of(products: tuple[Product, Product]) -> None:
    warnings = {one["message"] for one in products[0].findings if one["id"] == "product/unconfirmed"}
    assert "brand.logo is not confirmed" in warnings


def test_people_are_told_printed_texts_only(production: Production) -> None:
    rollup = replace(FLYER, id="nu08_recruit_rollup-85x200_nb", format="rollup-85x200", site=None)
    flyer, other = (dict(Maker(production).inputs(piece).texts) for piece in (FLYER, rollup))
    assert "Lokalt" in flyer
    assert "Lokalt" not in other


@pytest.mark.parametrize(("text", "alone"), [("{{ committee.name }}", False), ("{{ site.name }}", True)])
def test_a_template_that_names_the_site_makes_each_piece_by_itself(
    stage: Stage, production: Production, text: str, alone: bool
) -> None:
    stage.css(".page { background: #dfe8ee }")
    stage.page(f"<p style='top: 60mm; left: 20mm'>{text}</p>")
    maker = Maker(replace(production, workspace=stage.workspace, campaign=None, values={"title": "Bli med"}))
    one, other = (
        replace(piece, template="try", committee="nu08", id=piece.id.replace("recruit", "try"))
        for piece in (FLYER, OTHER)
    )
    begun = maker.begin(one)
    assert [one for one in begun.product.findings if one["severity"] == "error"] == []
    assert (begun.master is None, maker.inputs(other).names_site) == (alone, alone)
    assert (maker.inputs(one).layout != maker.inputs(other).layout) == alone


def test_the_limits_of_a_check_are_part_of_the_key(production: Production) -> None:
    tight = production.profiles.limits.model_copy(update={"seconds": 0.001})
    other = replace(production, profiles=replace(production.profiles, limits=tight))
    before, after = (Maker(one).inputs(FLYER) for one in (production, other))
    assert before.key != after.key
    assert {name for name in after.parts if after.parts[name] != before.parts[name]} == {"check limits"}

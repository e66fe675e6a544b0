"""Waivers of press and campaign on a real piece."""

import datetime
from dataclasses import replace

import pytest

from printkit.errors import WorkspaceErrors
from printkit.produce import Maker, Production
from printkit.profiles import Waiver
from tests.produce.test_maker import FLYER, OTHER, production

__all__ = ["production"]

DAY = datetime.date(2027, 8, 16)
HERE = "nu08_*_st-drammen"


def waived(
    production: Production, until: datetime.date, rule: str = "product/unconfirmed", press: bool = False
) -> Production:
    """Return the production with a waiver in its campaign or its press; the campaign's date is DAY."""
    waiver = Waiver(rule=rule, piece=HERE, who="Kari", why="Bekreftet på telefon", until=until)
    if not press:
        assert production.campaign is not None
        return replace(production, campaign=production.campaign.model_copy(update={"waivers": (waiver,)}))
    digital = production.profiles.presses["digital"].model_copy(update={"waivers": (waiver,)})
    presses = {**production.profiles.presses, "digital": digital}
    return replace(production, profiles=replace(production.profiles, presses=presses))


def test_a_waived_finding_travels_with_the_product_and_does_not_count(production: Production) -> None:
    product = Maker(waived(production, DAY)).make(FLYER)
    assert product.count("warning") == len(product.findings) - product.count("error")
    assert "product/unconfirmed" not in {one["id"] for one in product.findings}
    assert {one["waiver"]["who"] for one in product.waived} == {"Kari"}
    assert product.expired == ()


def test_on_the_day_after_it_is_void_and_told(production: Production) -> None:
    product = Maker(waived(production, DAY - datetime.timedelta(1))).make(FLYER)
    assert "product/unconfirmed" in {one["id"] for one in product.findings}
    assert (product.waived, [one["rule"] for one in product.expired]) == ((), ["product/unconfirmed"])


@pytest.mark.parametrize("press", [False, True])
def test_a_waiver_changes_the_key_of_its_pieces_only(production: Production, press: bool) -> None:
    before, after = Maker(production), Maker(waived(production, DAY, press=press))
    assert before.inputs(FLYER).key != after.inputs(FLYER).key
    assert before.inputs(OTHER) == after.inputs(OTHER)
    assert before.inputs(FLYER).layout == after.inputs(FLYER).layout


@pytest.mark.parametrize(
    ("press", "file"), [(False, "campaign recruitment"), (True, "profiles/presses/digital")]
)
def test_an_unknown_rule_is_refused_before_any_work(production: Production, press: bool, file: str) -> None:
    with pytest.raises(WorkspaceErrors, match=rf"{file}.*waivers\.0\.rule: no rule 'R4711'"):
        Maker(waived(production, DAY, "R4711", press))

"""Prices by tiers, VAT rounded once a line, sums as people write them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.errors import OrderRefused
from printkit.orders.money import read_sum, written_sum
from printkit.orders.prices import Cost, cost_of, list_on, more, tier_of
from printkit.profiles.orders import Price, PriceList, Tier

PRICE = Price(
    format="flyer-a5",
    press="digital",
    minimum=50,
    step=10,
    maximum=5000,
    days=5,
    tiers=(Tier(quantity=50, setup=30_000, each=150), Tier(quantity=250, setup=35_000, each=100)),
)


@pytest.mark.parametrize(
    ("quantity", "net", "vat"), [(50, 37_500, 9_375), (249, 67_350, 16_838), (250, 60_000, 15_000)]
)
def test_a_line_costs_set_up_and_copies_of_its_tier(quantity: int, net: int, vat: int) -> None:
    assert cost_of(PRICE, quantity, 2500) == Cost(net, vat)


def test_the_next_step_is_told_with_what_it_costs_more() -> None:
    assert more(PRICE, 50, 2500) == (200, Cost(22_500, 5_625))
    assert more(PRICE, 5000, 2500) is None


@given(quantity=st.integers(50, 5000))
def test_the_tier_is_the_last_that_the_quantity_reaches(quantity: int) -> None:
    assert tier_of(PRICE, quantity).quantity == (50 if quantity < 250 else 250)


def price_list(name: str, first: str, last: str) -> PriceList:
    days = {"valid_from": datetime.date.fromisoformat(first), "valid_to": datetime.date.fromisoformat(last)}
    return PriceList(id=name, name=name, printer="x", vat_basis_points=2500, prices=(PRICE,), **days)


def test_of_two_lists_the_one_that_began_last_is_taken() -> None:
    lists = {
        one.id: one
        for one in (price_list("a", "2027-01-01", "2027-12-31"), price_list("b", "2027-06-01", "2027-12-31"))
    }
    assert list_on(lists, datetime.date(2027, 5, 31)).id == "a"
    assert list_on(lists, datetime.date(2027, 6, 1)).id == "b"
    with pytest.raises(OrderRefused, match="no price list is valid on 2028-01-01"):
        list_on(lists, datetime.date(2028, 1, 1))


@pytest.mark.parametrize(
    ("text", "ore"), [("1500", 150_000), ("1 500,50", 150_050), ("0.05", 5), ("7,5", 750)]
)
def test_kroner_are_read_as_people_write_them(text: str, ore: int) -> None:
    assert read_sum(text) == ore


@pytest.mark.parametrize("text", ["", "-5", "1,234", "1e3", "٣", "1,²", "nan", "5 kr"])
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(OrderRefused, match="is no sum"):
        read_sum(text)


@given(ore=st.integers(0, 10**12))
def test_a_sum_is_read_as_it_was_written(ore: int) -> None:
    assert read_sum(written_sum(ore)) == ore

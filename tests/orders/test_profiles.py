"""The reference workspace's own price lists, calendar and kits; and complaints about wrong ones."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from printkit.errors import OrderRefused, WorkspaceErrors
from printkit.orders.kits import kit_lines
from printkit.orders.prices import cost_of, list_on
from printkit.profiles import load_profiles
from printkit.profiles.orders import Kit, KitItem, load_order_profiles
from printkit.workspace import Workspace
from tests.orders.stage import PRICES, Stage, make_workspace


@pytest.mark.parametrize(("quantity", "kroner"), [(100, 450), (250, 600), (500, 850), (1000, 1300)])
def test_placeholders_are_of_the_trades_magnitude(repository: Path, quantity: int, kroner: int) -> None:
    workspace = Workspace(repository)
    prices = list_on(
        load_order_profiles(workspace, load_profiles(workspace)).prices, datetime.date(2027, 5, 1)
    )
    price = prices.find("flyer-a5", "digital")
    assert price is not None
    assert cost_of(price, quantity, 0).net == kroner * 100
    assert not prices.confirmed


@pytest.mark.parametrize(
    ("file", "text", "complaint"),
    [
        ("prices/test.toml", PRICES.replace('"t100"', '"t99"'), "prices.0.format: no format 't99'"),
        ("prices/test.toml", PRICES.replace("minimum = 10", "minimum = 5"), "no tier for 5 copies"),
        ("prices/test.toml", PRICES.replace("2027-12-31", "2026-12-31"), "the last day is before the first"),
        ("prices/test.toml", PRICES.replace("each = 50", "each = 0.5"), "prices.0.tiers.0.each"),
        (
            "calendar.toml",
            'zone = "Mars"\nworking_days = [1]\nvan_days = [1]\napproval_days = 1',
            "no time zone",
        ),
    ],
)
def test_what_is_wrong_is_told_by_file_and_key(tmp_path: Path, file: str, text: str, complaint: str) -> None:
    root = make_workspace(tmp_path / "w")
    (root / "profiles" / file).write_text(text, encoding="utf-8")
    workspace = Workspace(root)
    with pytest.raises(WorkspaceErrors, match=complaint):
        load_order_profiles(workspace, load_profiles(workspace))


def test_a_kit_goes_to_the_places_of_its_kind(lite: Stage) -> None:
    kit = Kit(name="x", sites=("library",), items=(KitItem(template="t", format="t100", quantity=20),))
    book = replace(lite.book, rules=replace(lite.book.rules, kits={"k": kit}))
    (line,) = kit_lines(book, "k", "nu03")
    assert line.quantity == 20 * len(line.places)
    assert all("nu03" in book.profiles.sites[place.site or ""].committees for place in line.places)
    with pytest.raises(OrderRefused, match="no place that shows"):
        kit_lines(book, "k", "nu03", ["bib-svelvik"])

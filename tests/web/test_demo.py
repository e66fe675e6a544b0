"""A demonstration of the order pages can be made of any workspace that takes orders."""

from functools import partial
from pathlib import Path

import pytest

from printkit.errors import OrderRefused
from printkit.orders.approving import approve
from printkit.orders.life import State
from printkit.orders.reading import Order, list_orders
from printkit.orders.rights import Role
from printkit.orders.working import work
from printkit.web import demo
from printkit.workspace import Workspace
from tests.orders.stage import PRICES, SLOTS, here, make_workspace

DATE = '[slots.day]\nkind = "date"\nlabel = "Dag"\nrequired = true\nsample = 2027-06-05\n'


def today(root: Path) -> Path:
    """Give a workspace prices for today."""
    prices = PRICES.replace("2027-01-01", "2000-01-01").replace("2027-12-31", "2199-12-31")
    (root / "profiles/prices/test.toml").write_text(prices, encoding="utf-8")
    return root


def dated(root: Path, slots: str) -> Path:
    """Give a workspace's template more slots, and print its day."""
    manifest = root / "templates/t/template.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(SLOTS, SLOTS + slots), encoding="utf-8")
    page = root / "templates/t/page.html"
    page.write_text(page.read_text(encoding="utf-8").replace("{{ stamp }}", "{{ stamp }} {{ day }}"))
    return root


def made(root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    """Return the orders of a demonstration, made in this process."""
    monkeypatch.setattr(demo, "approve", partial(approve, pool=here))
    monkeypatch.setattr(demo, "work", partial(work, pool=here))
    book, people = demo.make(Workspace(root), folder)
    assert {seat.role for one in people for seat in one.seats} == set(Role)
    found = list_orders(book, people[0])
    book.database.dispose()
    return found


def test_required_slots_take_samples_and_staff_begins_what_only_staff_sets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = dated(today(make_workspace(tmp_path / "w")), DATE)
    orders = made(root, tmp_path / "demo", monkeypatch)
    assert {one.state for one in orders} == set(State)
    for order in orders:
        assert order.content.lines[0].slots == {"title": "Møte", "day": "2027-06-05"}
        assert order.made_by == 3


def test_a_workspace_without_a_price_says_so(tmp_path: Path) -> None:
    root = today(make_workspace(tmp_path / "w"))
    prices = root / "profiles/prices/test.toml"
    prices.write_text(prices.read_text(encoding="utf-8").replace('"t100"', '"poster-a3"'), encoding="utf-8")
    for one in (root / "templates").iterdir():
        if one.name not in ("t", "base"):
            for layout in one.glob("template.toml"):
                layout.unlink()
    with pytest.raises(OrderRefused, match="none has a price today"):
        demo.make(Workspace(root), tmp_path / "demo")

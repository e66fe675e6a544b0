"""The whole way of an order in a real browser by keyboard alone, with the script and without it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from printkit.orders.proving import make_proof
from printkit.orders.reading import get, list_orders
from printkit.orders.rights import Person
from tests.orders.conftest import Opened
from tests.orders.stage import here
from tests.web.conftest import Letters
from tests.web.served import PATIENCE_MS, Served, serving

pytestmark = pytest.mark.long

# 1280 pixels at 200 %: as wide as half of it, and all letters twice as large
ZOOMED = {"width": 640, "height": 800}
MOST_TABS = 90


@pytest.fixture(scope="module")
def one(usual: Opened, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve one book to all tests here."""
    stage = usual(tmp_path_factory.mktemp("keyboard"))
    with serving(stage, Letters()) as served:
        yield served
    stage.book.database.dispose()


@dataclass
class Hands:
    """Somebody who has a keyboard and no mouse, and letters twice as large."""

    served: Served
    page: Page
    wide: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(path)
        self.look()

    def look(self) -> None:
        """Note a page that is wider than its window at 200 %."""
        self.page.evaluate("document.documentElement.style.fontSize = '200%'")
        over = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            self.wide.append(f"{self.page.url}: {over} pixels")

    def reach(self, wanted: Locator) -> None:
        """Press Tab until the focus is there."""
        wanted.wait_for(state="attached")
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("element => element === document.activeElement"):
                return
        pytest.fail(f"{wanted} is not reached by Tab on {self.page.url}")

    def press(self, name: str) -> None:
        """Press a button by Enter, and look at the page that comes."""
        self.reach(self.page.get_by_role("button", name=name, exact=True).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def follow(self, wanted: Locator) -> None:
        self.reach(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def write(self, label: str, text: str) -> None:
        self.reach(self.page.get_by_label(label, exact=False).first)
        self.page.keyboard.type(text)


@pytest.fixture
def come(chromium: Browser, one: Served) -> Iterator[object]:
    """Return what signs somebody in by the keys."""
    contexts = []

    def sign_in(person: Person | None, javascript: bool) -> Hands:
        context = chromium.new_context(
            base_url=one.address,
            viewport=ZOOMED,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            color_scheme="light" if javascript else "dark",
            locale="nb-NO",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        hands = Hands(one, context.new_page())
        if person is not None:
            hands.open(f"/sign-in/{one.token(person)}")
            hands.press("Logg inn")
        return hands

    yield sign_in
    for context in contexts:
        context.close()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_an_order_is_delivered_by_keys_alone(one: Served, come: object, javascript: bool) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    assert callable(come)
    stage = one.stage
    leader: Hands = come(stage.leader, javascript)
    order = _order(leader)
    make_proof(stage.book, stage.approver, order, pool=here)
    approver: Hands = come(stage.approver, javascript)
    approver.follow(approver.page.locator(f"a[href='/order/{order}']").first)
    approver.follow(approver.page.get_by_role("link", name=re.compile("korrektur")))
    approver.open(f"/order/{order}")
    approver.press("Godkjenn")
    coordinator: Hands = come(stage.coordinator, javascript)
    coordinator.open(f"/order/{order}")
    coordinator.press("Send til trykk")
    stage.work()
    coordinator.open(f"/order/{order}")
    coordinator.press(_words(coordinator, "ship"))
    coordinator.follow(coordinator.page.locator(f"a[href='/order/{order}/slips']"))
    code = coordinator.page.locator("a[href^='/slip/']").get_attribute("href")
    porter: Hands = come(None, javascript)
    porter.open(code or "")
    porter.follow(porter.page.locator("main form button"))
    assert get(stage.book, stage.leader, order).state == "delivered"
    leader.open(f"/order/{order}")
    expect(leader.page.locator(".state").first).to_have_text("Levert")
    assert leader.wide + approver.wide + coordinator.wide + porter.wide == []


def _order(hands: Hands) -> int:
    """Order by the keys alone; return the order's number."""
    page = hands.page
    hands.follow(page.locator(".families a").first)
    hands.follow(page.locator("button.card").first)
    hands.write("Tittel", "Møte på torget")
    hands.reach(page.locator("[name=quantity]:checked"))
    page.keyboard.press("ArrowRight")
    chosen = page.locator("[name=quantity]:checked").get_attribute("value")
    hands.write("Hva du kaller bestillingen", "Møtet")
    hands.press("Send inn")
    expect(page.locator(".state").first).to_have_text("Sendt inn")
    order = list_orders(hands.served.stage.book, hands.served.stage.leader)[0]
    assert str(order.content.lines[0].quantity) == chosen
    assert order.content.lines[0].slots == {"title": "Møte på torget"}
    return order.id


def _words(hands: Hands, step: str) -> str:
    """Return what the button of a step says."""
    return hands.page.locator(f"form[action$='/{step}'] button").inner_text()

"""A site of a test's own, asked as a browser asks: with cookies and with where a form comes from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx2
import pytest
from starlette.testclient import TestClient

from printkit.orders.rights import Person
from printkit.orders.signing import ask_link
from printkit.web.guard import Guard
from printkit.web.pressing import set_up
from printkit.web.previewing import Previews
from printkit.web.routes import app
from printkit.web.site import Site
from printkit.work.pool import InProcess
from tests.browser import chromium
from tests.orders.conftest import lite, prepared, server, shop, template, usual

__all__ = ["chromium", "lite", "prepared", "server", "shop", "template", "usual"]

BASE = "https://orders.example.org"
MOST_BYTES = 1_000_000
OWN = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}


@dataclass
class Letters:
    """Keep links in place of sending them."""

    sent: list[tuple[Person, str]] = field(default_factory=list)

    def link(self, person: Person, address: str, minutes: int) -> None:
        self.sent.append((person, address))


@dataclass
class Browser:
    """Ask pages of a site in somebody's name."""

    client: TestClient

    def get(self, path: str) -> httpx2.Response:
        return self.client.get(path)

    def post(self, path: str, **form: str) -> httpx2.Response:
        """Send a form as a browser does, and follow where it leads."""
        return self.client.post(path, data=_fields(form), headers=OWN)

    def hand_in(self, path: str, picture: bytes, **form: str) -> httpx2.Response:
        """Send a form with a file for the slot `photo`."""
        files = {"picture.photo": ("a.jpg", picture, "image/jpeg")}
        return self.client.post(path, data=_fields(form), files=files, headers=OWN)

    def field(self, path: str, name: str) -> str:
        """Return the value of a form's hidden field."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.get(path).text)
        assert found, f"{path} has no field {name}"
        return found[1]


def _fields(form: dict[str, str]) -> dict[str, str]:
    return {key.replace("__", "."): value for key, value in form.items()}


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def site(lite, letters: Letters) -> Site:  # type: ignore[no-untyped-def]
    return Site(lite.book, BASE, Previews(InProcess(set_up)), letters)


@pytest.fixture
def visit(site: Site) -> Iterator[object]:
    """Return what opens a browser, signed in as a person where one is given."""
    opened: list[TestClient] = []

    def open_browser(person: Person | None = None) -> Browser:
        client = TestClient(Guard(app(site), BASE, MOST_BYTES), base_url=BASE)
        opened.append(client)
        browser = Browser(client)
        if person is not None:
            token = ask_link(site.book, person.email, "127.0.0.1")
            browser.post(f"/sign-in/{token}")
        return browser

    yield open_browser
    for client in opened:
        client.close()

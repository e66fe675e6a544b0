"""Pictures of the pages for docs/orders: a demonstration is served, used as people use it, and looked at.

`make order-pictures` writes them into docs/images/orders.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parents[2] / "docs" / "images" / "orders"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1100, "height": 760}
PATIENCE_MS = 120_000
QUALITY = 78


@dataclass
class Camera:
    """A page of somebody who is signed in, and the seconds since she began."""

    page: Page
    begun: float = field(default_factory=time.monotonic)

    def shoot(self, name: str, *, whole: bool = False) -> None:
        self.page.wait_for_load_state("networkidle")
        image = Image.open(io.BytesIO(self.page.screenshot(full_page=whole)))
        FOLDER.mkdir(parents=True, exist_ok=True)
        image.convert("RGB").save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)
        sys.stdout.write(f"{name}: {time.monotonic() - self.begun:.0f} s\n")


@contextmanager
def demonstration() -> Iterator[dict[str, str]]:
    """Serve invented orders; yield the sign-in links by name, in the order of their roles."""
    program = Path(sys.executable).with_name("printkit")
    command = [str(program), "serve", "--demo", "--port", "0", "--json"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as served:
        try:
            assert served.stdout is not None
            told, line = "", ""
            # The brace that ends the object stands at the line's beginning.
            while line != "}\n":
                line = served.stdout.readline()
                assert line, "the demonstration did not start"
                told += line
            links: dict[str, str] = json.loads(told)["links"]
            yield links
        finally:
            served.terminate()
            served.wait(60)


def signed_in(browser: Browser, link: str, window: dict[str, int]) -> Camera:
    context = browser.new_context(viewport=window, locale="nb-NO", base_url=link.partition("/sign-in")[0])  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    camera = Camera(context.new_page())
    camera.page.goto(link)
    camera.page.locator("main button").click()
    camera.page.wait_for_load_state("networkidle")
    return camera


def committee(camera: Camera) -> str:
    """Order as a volunteer does; return the order's address."""
    page = camera.page
    camera.shoot("home")
    page.locator("a[href*='template=dialogue']").click()
    camera.shoot("choose")
    page.locator("button.card").first.click()
    page.locator("[name='slot.day']").fill("2027-03-11")
    page.locator("[name='slot.hour']").fill("18:00")
    page.locator("[name='slot.venue']").fill("Mjøndalen bibliotek")
    page.locator("[name=title]").fill("Åpent møte i mars")
    page.locator("[name=needed_by]").fill("2027-03-04")
    page.locator("#saved", has_text="Lagret").wait_for()
    camera.shoot("draft", whole=True)
    page.locator("button[value=submit]").click()
    page.locator(".way").wait_for()
    camera.shoot("sent")
    path = page.url.partition("?")[0]
    page.goto("/orders")
    camera.shoot("orders")
    page.goto("/budget")
    camera.shoot("budget")
    return path


def communications(camera: Camera, path: str) -> None:
    page = camera.page
    page.goto("/queue")
    camera.shoot("queue")
    page.goto(f"{path}/proof")
    page.locator("main form button").click()
    camera.shoot("proof")
    page.goto(path)
    page.locator("summary").first.click()
    page.locator(".ready").first.scroll_into_view_if_needed()
    camera.shoot("return")
    page.goto("/templates")
    camera.shoot("templates")


def coordinator(camera: Camera) -> None:
    page = camera.page
    page.goto("/plan")
    camera.shoot("plan")
    page.goto("/budget")
    # Of a committee that has ordered: the municipality's own account has nothing to show
    page.locator("table a[href*=nu01]").click()
    camera.shoot("statement")


def administrator(camera: Camera) -> None:
    camera.page.goto("/persons")
    camera.shoot("persons")


def main() -> None:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    options = ["--disable-dev-shm-usage", "--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with demonstration() as links, sync_playwright() as playwright:
        admin, approver, staff, leader, *_ = links.values()
        browser = playwright.chromium.launch(executable_path=program, args=options)
        path = committee(signed_in(browser, leader, PHONE))
        communications(signed_in(browser, approver, DESK), path)
        coordinator(signed_in(browser, staff, DESK))
        administrator(signed_in(browser, admin, DESK))
        browser.close()


if __name__ == "__main__":
    main()

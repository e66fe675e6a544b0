"""A running preview of a small workspace, and pages of it in a browser."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser import chromium
from tests.processes import soon, the_living, told_by
from tests.template.stage import MANIFEST, Stage

__all__ = ["chromium"]

# The machine may be busy with other tests.
PATIENCE_MS = int(os.environ.get("PRINTKIT_PATIENCE_MS", "90000"))
TINT = ".title { background: #7ac }\n"
ENGLISH = 'name = "Trial"\n'
SLOTS = """
[slots.points]
kind = "list"
label = "Punkter"
max_items = 3
max_characters = 30
[layouts.leaflet-m65]
html = "page.html"
css = "page.css"
fit.title = { largest = 30, smallest = 12 }
"""


@dataclass
class Running:
    """A preview that runs in a session of processes of its own."""

    stage: Stage
    process: subprocess.Popen[str]
    address: str
    requests: list[str] = field(default_factory=list)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal, and return the exit code once nothing of it lives."""
        self.process.send_signal(number)
        code = self.process.wait(60)
        assert soon(lambda: not the_living(self.process.pid), 30)
        return code


@contextmanager
def running(stage: Stage, *options: str) -> Iterator[Running]:
    """Start `printkit preview` on a free port; end it however the test ends."""
    command = [sys.executable, "-m", "printkit", "-w", str(stage.root), "preview", "try"]
    process = subprocess.Popen(
        [*command, "--no-browser", "--json", "--port", "0", *options],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd=stage.root,
        # What is kept for the next start
        env={**os.environ, "XDG_CACHE_HOME": str(stage.root.parent / "cache")},
    )
    try:
        yield Running(stage, process, told_by(process)["address"])
    finally:
        process.kill()
        process.wait(60)
        assert soon(lambda: not the_living(process.pid), 30)


def make_stage(root: Path, repository: Path) -> Stage:
    """Return a workspace whose template has two formats, two languages and a list."""
    stage = Stage.at(root, repository)
    stage.write(
        "templates/try/template.toml", MANIFEST.replace("[layouts.flyer-a5]", f"{SLOTS}[layouts.flyer-a5]")
    )
    stage.write("templates/try/texts.en.toml", ENGLISH)
    stage.css(TINT)
    return stage


@pytest.fixture(scope="session")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    repository = Path(__file__).parents[2]
    with running(make_stage(tmp_path_factory.mktemp("preview") / "work", repository)) as started:
        yield started


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[[Running], Page]]:
    """Return what opens a page of a preview and notes what it asks for and complains of."""
    opened: list[Page] = []
    errors: list[str] = []

    def open_it(started: Running) -> Page:
        page = chromium.new_page(viewport={"width": 1280, "height": 720})
        page.set_default_timeout(PATIENCE_MS)

        def note(request: Request) -> None:
            started.requests.append(request.url)

        page.on("request", note)
        page.on("pageerror", lambda error: errors.append(str(error)))
        opened.append(page)
        page.goto(started.address)
        page.locator(".page img[src]").first.wait_for(state="attached")
        return page

    yield open_it
    for page in opened:
        page.close()
    assert not errors


@pytest.fixture
def page(preview: Running, open_page: Callable[[Running], Page]) -> Page:
    """Return a page that shows the flyer of the shared preview."""
    page = open_page(preview)
    page.locator("[name=format]").select_option("flyer-a5")
    name = page.locator("[name=format] option:checked").text_content() or ""
    # Until the server has heard of it, the pieces of before stand there
    page.locator("figure", has_text=name).locator("img[src]").first.wait_for(state="attached")
    return page

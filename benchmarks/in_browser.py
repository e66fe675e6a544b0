"""Previews that run for a bench, and their pages in a real browser that note when pictures load."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[1]
WINDOW = {"width": 1366, "height": 768}
# The page notes by itself when pictures load. To ask it 100 times a second, as this did, kept a core busy
# with asking: browser, driver and this program.
LOOK_SECONDS = 0.1
# On a busy machine a start takes long.
PATIENCE_SECONDS = 120.0
LANGUAGES = ("nn",)
# Notes when each picture has loaded, on the clock that `time.time` reads, and what was computed for it.
NOTE = """window.loads = []; window.computed = {};
window.EventSource = class extends EventSource { constructor(address) { super(address);
  this.addEventListener('cell', event => { const one = JSON.parse(event.data);
    [window.settled, window.marks] = [one.settled, one.marks?.length];
    for (const page of one.pages ?? []) if (page.src) computed[page.src] ??= one.computing; }); } };
document.addEventListener('load', event => event.target.tagName === 'IMG' &&
loads.push([event.target.getAttribute('src'), (performance.timeOrigin + performance.now()) / 1000]), true);"""
# So long a browser goes on with opening a window
OPEN_SECONDS = 2.0
# What the author's other tabs show
ELSEWHERE = "data:text/html,<p>elsewhere"


def copied(folder: Path) -> Path:
    """Return a copy of the reference workspace in a folder, with a second language."""
    for part in ("templates", "profiles", "assets"):
        shutil.copytree(ROOT / part, folder / part)
    texts = folder / "templates/recruit"
    for language in LANGUAGES:
        if not (texts / f"texts.{language}.toml").exists():
            shutil.copy(texts / "texts.nb.toml", texts / f"texts.{language}.toml")
    return folder


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def preview_of(workspace: Path, page_format: str, port: int) -> list[str]:
    """Return the command that previews a format of the reference family."""
    program = [sys.executable, "-m", "printkit", "-q", "-w", str(workspace), "preview", "recruit"]
    shown = ["--format", page_format, "--committee", "nu03", "--lang", "nb"]
    return [*program, "--no-browser", "--port", str(port), *shown]


@contextlib.contextmanager
def started(command: list[str], port: int, **environment: str) -> Iterator[float]:
    """Run a server until the block ends; yield when it was started, once it listens.

    That is when `printkit preview` has a browser open its page, which waits until it is answered.
    """
    begun = time.time()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    try:
        while True:
            with contextlib.suppress(ConnectionError), socket.create_connection(("127.0.0.1", port)):
                break
            if process.poll() is not None or time.time() - begun > PATIENCE_SECONDS:
                raise RuntimeError(f"{command} does not answer")
            time.sleep(0.005)
        yield begun
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def loads(page: Page, since: float, count: int = 1) -> list[float]:
    """Return when pictures have loaded since a moment, once there are so many."""
    end = time.time() + PATIENCE_SECONDS
    while time.time() < end:
        found: list[list[object]] = page.evaluate("window.loads")
        late = [float(str(at)) for src, at in found if float(str(at)) >= since and src]
        if len(late) >= count:
            return late
        time.sleep(LOOK_SECONDS)
    raise RuntimeError(f"not {count} pictures in {PATIENCE_SECONDS:g} s")


@contextlib.contextmanager
def opened_window(browser: Browser) -> Iterator[BrowserContext]:
    """Yield a window of its own profile that shows another page, until the block ends."""
    window = browser.new_context(viewport=WINDOW)  # type: ignore[arg-type]
    window.add_init_script(NOTE)
    window.new_page().goto(ELSEWHERE)
    time.sleep(OPEN_SECONDS)
    try:
        yield window
    finally:
        window.close()


def opened(window: BrowserContext, port: int) -> Page:
    """Return a page of a server in a new tab of a window."""
    page = window.new_page()
    page.goto(f"http://127.0.0.1:{port}/")
    return page


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the system's Chromium until the block ends."""
    program = shutil.which("chromium") or "/usr/bin/chromium"
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=options)
        try:
            yield browser
        finally:
            browser.close()


def told(what: str, found: dict[str, list[float]]) -> dict[str, list[float]]:
    """Print what was measured, with the load that it was measured under, and return it."""
    for kind, taken in found.items():
        ordered = sorted(taken)
        late = ordered[round(0.95 * (len(ordered) - 1))]
        figures = f"median {median(taken):.3f} s, p95 {late:.3f} s, of {len(taken)}"
        print(f"{what:6} {kind:14} {figures}; load {os.getloadavg()[0]:.1f}", flush=True)
    return found

"""Measure how long `printkit preview` takes from its start to the first picture's load event in a browser.

`python -m benchmarks.preview_starts` alone; `make bench-preview` with all else. STARTS=5 of each kind.
"""

import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.in_browser import (
    LOOK_SECONDS,
    NOTE,
    PATIENCE_SECONDS,
    WINDOW,
    chromium,
    copied,
    free_port,
    loads,
    opened,
    opened_window,
    preview_of,
    started,
    told,
)

STARTS = int(os.environ.get("STARTS", "5"))
# Nothing of one start is at work any more in the next
REST_SECONDS = 1.0
# The list of findings has a line once the checks are done, and not before
CHECKED = "window.marks > 0"


def starts(browser: Browser, folder: Path, page_format: str) -> dict[str, list[float]]:
    """Return the seconds to the first picture of a format, by kind of start.

    In a new tab of a window that is open: of a workspace that nobody looked at before, and once more with
    nothing changed. And in a window of a new profile, which adds what the browser takes to start that.
    """
    found: dict[str, list[float]] = {"first": [], "again": [], "first, profile": []}
    for number in range(STARTS):
        workspace, other = (copied(folder / f"{page_format}-{number}-{part}") for part in ("tab", "profile"))
        with opened_window(browser) as window:
            tab = partial(opened, window)
            found["first"].append(_start(workspace, page_format, tab))
            found["again"].append(_start(workspace, page_format, tab))
        found["first, profile"].append(_start(other, page_format, partial(_in_new_profile, browser)))
    return found


def _in_new_profile(browser: Browser, port: int) -> Page:
    page = browser.new_page(viewport=WINDOW)  # type: ignore[arg-type]
    page.add_init_script(NOTE)
    page.goto(f"http://127.0.0.1:{port}/")
    return page


def _start(workspace: Path, page_format: str, open_page: Callable[[int], Page]) -> float:
    port = free_port()
    command, kept = preview_of(workspace, page_format, port), str(workspace / "cache")
    with started(command, port, XDG_CACHE_HOME=kept) as begun:
        page = open_page(port)
        taken = loads(page, begun)[0] - begun
        end = time.time() + PATIENCE_SECONDS
        while not page.evaluate(CHECKED) and time.time() < end:
            time.sleep(LOOK_SECONDS)
        time.sleep(REST_SECONDS)
        page.close()
    return taken


def main() -> None:
    """Print what each kind of start takes."""
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        for page_format in ("flyer-a5", "poster-a3"):
            told(page_format, starts(browser, Path(scratch), page_format))


if __name__ == "__main__":
    main()

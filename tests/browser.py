"""Debian's Chromium, driven by Playwright, for the tests of pages."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright


# For a module and no longer: Playwright keeps an event loop in the thread of the tests, in which no other
# test could start one, nor a second Playwright.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Return Debian's Chromium; Playwright's own is not downloaded."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "Chromium is missing; scripts/natives test installs it"
    with sync_playwright() as playwright:
        # In a container the shared memory may be too small for a page, and there is no graphics card.
        options = ["--disable-dev-shm-usage", "--disable-gpu"]
        if os.geteuid() == 0:
            options.append("--no-sandbox")
        # Where a layout was made in this process it says which fonts there are: in those no page can be set.
        environment: dict[str, str | float | bool] = {**os.environ}
        environment.pop("FONTCONFIG_FILE", None)
        browser = playwright.chromium.launch(executable_path=program, args=options, env=environment)
        yield browser
        browser.close()

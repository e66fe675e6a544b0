"""A preview that is started once more shows at once what it showed last, and makes it anew all the same."""

import base64
import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.preview.conftest import PATIENCE_MS, Running, make_stage, running
from tests.processes import soon, the_living

pytestmark = pytest.mark.long

expect.set_options(timeout=PATIENCE_MS)
# By it the page shows in colour that it is not up to date
WORKING = re.compile(r"\bworking\b")
Opens = Callable[[Running], Page]


@contextmanager
def nothing_is_made(started: Running) -> Iterator[None]:
    """Halt all that a preview has beside its server until the block ends."""
    halted: set[int] = set()
    # Until there is no more: one may be copied while another is halted
    while others := the_living(started.process.pid) - {started.process.pid} - halted:
        for number in others:
            os.kill(number, signal.SIGSTOP)
        halted |= others
    try:
        yield
    finally:
        for number in halted:
            os.kill(number, signal.SIGCONT)


def exchange(kept: Path) -> str:
    """Put another picture into what is kept; return its hash."""
    data = BytesIO()
    Image.new("RGB", (30, 40), "#0a0").save(data, "PNG")
    told = json.loads(kept.read_text(encoding="utf-8"))
    told["pictures"][0]["data"] = base64.b64encode(data.getvalue()).decode()
    kept.write_text(json.dumps(told), encoding="utf-8")
    return sha256(data.getvalue()).hexdigest()


def test_it_is_shown_before_anything_is_made_and_then_made_anew(
    open_page: Opens, tmp_path: Path, repository: Path
) -> None:
    stage = make_stage(tmp_path / "work", repository)
    with running(stage, "--format", "flyer-a5") as started:
        page = open_page(started)
        # What the page shows in its own size, once its checks are done
        expect(page.locator("#findings li").first).to_be_attached(timeout=PATIENCE_MS)
        true = page.locator(".page img").first.get_attribute("src")
        assert soon(lambda: any((tmp_path / "cache").rglob("*.json")))
        assert started.stop() == 0
    (kept,) = (tmp_path / "cache").rglob("*.json")
    stands_in = f"/picture/{exchange(kept)}.png"
    with running(stage, "--format", "flyer-a5") as started:
        with nothing_is_made(started):
            page = open_page(started)
            shown = page.locator(".page img").first
            expect(shown).to_have_attribute("src", stands_in)
            expect(page.locator("#status")).to_have_text("Working")
            page.locator("[name=trim]").check()
            expect(page.locator("body")).to_have_class(WORKING)
        expect(shown).to_have_attribute("src", str(true))
        expect(page.locator("#status")).to_contain_text("Up to date")
        expect(page.locator("body")).not_to_have_class(WORKING)

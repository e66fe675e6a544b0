"""Previews as processes: who is answered, how they end, many saves, several side by side."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.preview.conftest import PATIENCE_MS, TINT, Running, make_stage, running
from tests.processes import soon, the_living, ticks

pytestmark = pytest.mark.long

SAVES = int(os.environ.get("PRINTKIT_QUICK_SAVES", "30"))
Opens = Callable[[Running], Page]


def asked(address: str, body: object = None, **headers: str) -> tuple[int, str]:
    """Return status and text of an answer."""
    data = None if body is None else json.dumps(body).encode()
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, data, told), timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def memory(session: int) -> int:
    """Return the bytes that only this session's processes have, summed."""
    total = 0
    for number in the_living(session):
        rollup = Path(f"/proc/{number}/smaps_rollup")
        lines = rollup.read_text().splitlines() if rollup.exists() else []
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))
    return total


@pytest.mark.parametrize(
    ("path", "body", "headers"),
    [
        ("", None, {"Host": "evil.example"}),
        ("setup", None, {"Host": "evil.example:80"}),
        ("events", None, {"Sec_Fetch_Site": "cross-site"}),
        ("save", {"values": {}}, {"Origin": "http://evil.example", "Content_Type": "application/json"}),
        ("save", {"values": {}}, {"Sec_Fetch_Site": "cross-site", "Content_Type": "application/json"}),
    ],
)
def test_others_are_refused(preview: Running, path: str, body: object, headers: dict[str, str]) -> None:
    status, text = asked(preview.address + path, body, **headers)
    assert status == 403
    assert text.startswith("printkit preview: asked")


@pytest.mark.parametrize(
    ("name", "status"),
    [("../../tmp/x", 409), ("a/b", 409), ("..", 409), ("x" * 61, 409), ("Å", 409), ("fine", 200)],
)
def test_data_files_go_nowhere_else(preview: Running, name: str, status: int) -> None:
    body = {"name": name, "values": {"title": "Hei"}, "replace": True}
    assert asked(preview.address + "save", body, Content_Type="application/json")[0] == status
    written = {path.name for path in preview.stage.root.glob("data/*")} - {"meeting.toml"}
    assert written <= {"fine.toml"}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ({"values": {}}, "text/plain", 415),
        ({"strange": 1}, "application/json", 422),
        ({"values": {"title": "x" * 1_000_001}}, "application/json", 413),
    ],
)
def test_strange_requests_are_refused(preview: Running, body: object, kind: str, status: int) -> None:
    assert asked(preview.address + "save", body, Content_Type=kind)[0] == status


def test_earlier_pictures_are_of_known_pieces_only(preview: Running) -> None:
    assert asked(preview.address + "earlier/nu01/flyer-a5/nb/1.png")[0] == 404
    assert asked(preview.address + "earlier/..%2F..%2Fetc/flyer-a5/nb/1.png")[0] == 404
    proofs = preview.stage.root / "build/any/proofs"
    proofs.mkdir(parents=True)
    (proofs / "nu01_try_flyer-a5_nb_site-1.png").write_bytes(b"picture")
    assert asked(preview.address + "earlier/nu01/flyer-a5/nb/1.png") == (200, "picture")


def command(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "printkit", "-w", str(root), "preview", "try", "--no-browser", *options]
    return subprocess.run(line, capture_output=True, text=True, timeout=120, check=False)


def test_wrong_addresses_are_refused_with_the_cure(preview: Running) -> None:
    port = preview.address.rstrip("/").rpartition(":")[2]
    taken = command(preview.stage.root, "--port", port)
    assert taken.returncode == 2
    assert "another by --port" in taken.stderr
    everywhere = command(preview.stage.root, "--host", "0.0.0.0")
    assert everywhere.returncode == 2
    assert "--insecure-host" in everywhere.stderr


def test_two_previews_side_by_side_and_polling(
    preview: Running, open_page: Opens, tmp_path: Path, repository: Path
) -> None:
    with running(make_stage(tmp_path / "other", repository), "--poll", "--format", "flyer-a5") as other:
        first, second = open_page(preview), open_page(other)
        before = [one.locator(".page img").first.get_attribute("src") or "" for one in (first, second)]
        other.stage.css(TINT + ".title { color: #f00 }")
        expect(second.locator(".page img").first).not_to_have_attribute("src", before[1], timeout=PATIENCE_MS)
        expect(first.locator("#status")).to_contain_text("Up to date", timeout=PATIENCE_MS)
        assert other.address != preview.address
        # Ctrl-C is how a preview ends.
        assert other.stop(signal.SIGINT) == 0


def test_quick_saves_end_with_the_last_picture_and_no_more_memory(
    open_page: Opens, tmp_path: Path, repository: Path
) -> None:
    with running(make_stage(tmp_path / "work", repository), "--format", "flyer-a5") as started:
        page = open_page(started)

        def save(count: int, last: str) -> int:
            for number in range(count):
                started.stage.css(f"{TINT}.title {{ color: #{number + 10:03d} }}\n")
                time.sleep(0.05)
            started.stage.write("templates/try/texts.nb.toml", f'name = "{last}"\n')
            started.stage.page(
                f"<p style='top: 150mm; left: 20mm' data-slot='title'>{{{{ t.name }}}} {last}</p>"
            )
            page.locator("[name=slots]").check()
            expect(page.locator("#status")).to_contain_text("Up to date", timeout=PATIENCE_MS)
            # The checks of the last state are told of when all else is done.
            assert soon(lambda: busy() < 2)
            return memory(started.process.pid)

        def busy() -> int:
            living = the_living(started.process.pid)
            before = sum(map(ticks, living))
            time.sleep(0.5)
            return sum(map(ticks, living)) - before

        first = save(SAVES, "one")
        picture = page.locator(".page img").first.get_attribute("src")
        second = save(SAVES, "two")
        assert page.locator(".page img").first.get_attribute("src") != picture
        assert second < first * 1.1
        # A picture is known by what it holds: what is seen at the end is the last state, and no earlier one.
        save(0, "one")
        expect(page.locator(".page img").first).to_have_attribute("src", str(picture), timeout=PATIENCE_MS)
        assert started.stop() == 0

"""Whether the server can work, what it says of itself, how it ends."""

import json
import logging
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from starlette.testclient import TestClient

from printkit.orders.beating import beat
from printkit.orders.reading import get
from printkit.web.routes import app
from printkit.web.serving import Logged
from printkit.web.site import Site
from tests.orders.stage import Stage
from tests.processes import soon, the_living, told_by
from tests.web.conftest import BASE, Browser

# A disk mounted read-only, a server that only follows another
READ_ONLY = {
    "sqlite": "PRAGMA query_only=ON",
    "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
}


def ready(site: Site) -> tuple[int, dict[str, object]]:
    client = TestClient(app(site), base_url=BASE)
    answer = client.get("/readyz")
    client.close()
    return answer.status_code, answer.json()


def test_ready_says_what_is_there(lite: Stage, site: Site) -> None:
    assert ready(site) == (200, {"ok": True, "database": True, "disk": True, "fonts": True, "worker": False})
    beat(lite.book)
    assert ready(site)[1]["worker"] is True
    lite.clock.pass_(seconds=lite.book.rules.rules.heartbeat_seconds + 1)
    assert ready(site)[1]["worker"] is False


def test_a_database_that_can_only_be_read_is_not_ready(lite: Stage, site: Site) -> None:
    lite.book.database.dispose()
    engine = lite.book.database.engine

    def refuse(raw: Any, _: object) -> None:
        raw.execute(READ_ONLY[engine.dialect.name])
        raw.commit()

    event.listen(engine, "connect", refuse)
    code, told = ready(site)
    assert (code, told["ok"], told["database"]) == (503, False, False)


def test_a_full_disk_and_missing_fonts_are_not_ready(lite: Stage, site: Site, tmp_path: Path) -> None:
    rules = replace(lite.book.rules, rules=lite.book.rules.rules.model_copy(update={"disk_megabytes": 10**9}))
    gone = lite.book.profiles.brand.model_copy(
        update={"fonts": lite.book.profiles.brand.fonts.model_copy(update={"head": "assets/fonts/gone.ttf"})}
    )
    book = replace(lite.book, rules=rules, profiles=replace(lite.book.profiles, brand=gone))
    code, told = ready(replace(site, book=book))
    assert (code, told["disk"], told["fonts"], told["database"]) == (503, False, False, True)


def test_a_database_that_takes_nothing_is_told_in_words(lite: Stage, visit: Callable[..., Browser]) -> None:
    leader, order = visit(lite.leader), lite.draft()
    lite.book.database.dispose()
    engine = lite.book.database.engine

    def refuse(raw: Any, _: object) -> None:
        raw.execute(READ_ONLY[engine.dialect.name])
        raw.commit()

    event.listen(engine, "connect", refuse)
    answer = leader.post(f"/order/{order.id}", do="submit")
    assert answer.status_code == 503
    assert "Ingenting ble lagret" in answer.text
    assert not any(word in answer.text for word in ("sqlite", "postgres", "transaction"))
    assert get(lite.book, lite.leader, order.id).state == "draft"


def test_the_log_holds_nobodys_data(lite: Stage, site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "printkit.web")
    logging.getLogger("printkit.web").propagate = True
    client = TestClient(Logged(app(site)), base_url=BASE)
    client.get("/sign-in/secret-token?email=leder3@example.org")
    client.get("/slip/secretcode", headers={"User-Agent": "Leder", "X-Forwarded-For": "10.1.2.3"})
    client.close()
    lines = [json.loads(record.message) for record in caplog.records if record.name == "printkit.web"]
    assert [(line["method"], line["part"], line["code"]) for line in lines] == [
        ("GET", "/sign-in", 404),
        ("GET", "/slip", 404),
    ]
    assert not re.search("secret|leder|Leder|10\\.1", caplog.text)


def test_a_server_ends_in_order(lite: Stage, tmp_path: Path) -> None:
    """It answers what it has begun, ends with 0, and leaves neither processes nor a locked database."""
    url = lite.book.database.engine.url.render_as_string()
    command = [sys.executable, "-m", "printkit", "-w", str(lite.book.workspace.root), "serve", "--json"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--port", "0", "--database", url, "--mail", str(tmp_path / "post")],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True,
        )  # fmt: skip
    try:
        address = told_by(process)["address"]
        with urllib.request.urlopen(address + "readyz", timeout=60) as answer:
            assert json.load(answer)["ok"] is True
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert soon(lambda: not the_living(process.pid), 30)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(60)
    assert '"part": "/readyz"' in (tmp_path / "log").read_text(encoding="utf-8")
    with lite.book.write(lite.leader) as step:
        assert step.connection.execute(text("SELECT 1")).scalar() == 1

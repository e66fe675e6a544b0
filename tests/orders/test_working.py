"""`orders work`: what is held goes back, the others go on; it lives; whom a driver asks for today."""

import csv
import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from printkit.errors import PrintkitError
from printkit.orders.beating import beat, beating, last_beat
from printkit.orders.money import account
from printkit.orders.outbox import due
from printkit.orders.pieces import LineMaker
from printkit.orders.producing import release
from printkit.orders.reading import get
from printkit.orders.stepping import On
from printkit.orders.verifying import verify
from printkit.orders.working import work
from printkit.produce import Begun, Piece
from printkit.profiles import BatchLimits
from printkit.work.pool import InProcess, Pool
from printkit.workspace import Workspace
from tests.orders.stage import Stage, here
from tests.processes import soon


class Failing(LineMaker):
    """Fail at the pieces of the first order."""

    def begin(self, piece: Piece, pictures: bool = False) -> Begun:
        if "_o1-" in piece.id:
            raise PrintkitError("the font has gone")
        return super().begin(piece, pictures)


def failing(works: Mapping[str, Any], _: Path, __: BatchLimits) -> Pool:
    return InProcess(partial(Failing, works))


def test_a_held_piece_sends_its_order_back_and_the_others_go_on(lite: Stage) -> None:
    bad, good = lite.released(lite.content("Fall")), lite.released(lite.content("Stå"))
    worked = work(lite.book, pool=failing)
    back = get(lite.book, lite.leader, bad.id)
    assert (back.state, back.run, len(back.approvals)) == ("approved", None, 2)
    # In the workspace's language, by the names that the committee knows; the font's words have no other.
    assert back.words == "T, Test 100 ble holdt tilbake: the font has gone"
    assert worked.held[bad.id] == "T, Test 100 was held: the font has gone"
    assert get(lite.book, lite.leader, good.id).state == "at_printer"
    (file,) = lite.book.batches.rglob("press/**/*.pdf")
    assert f"_o{good.id}-1_" in file.name
    assert list(lite.book.batches.rglob(f"*_o{bad.id}-*")) == []
    with lite.book.read() as connection:
        found = account(lite.book, connection, "nu03-2027")
    assert (found.reserved, found.spent) == (15_000, 15_000)
    told = {(notice.kind, notice.email) for notice in due(lite.book) if notice.data["order"] == bad.id}
    assert {("hold", "leder3@example.org"), ("hold", "koordinator@example.org")} <= told
    # What held it was mended: the same order is released once more, and printed.
    release(lite.book, lite.coordinator, On(bad.id))
    assert lite.work().held == {}
    assert get(lite.book, lite.leader, bad.id).state == "at_printer"
    assert verify(lite.book) == []


def test_a_long_run_says_that_it_lives(lite: Stage) -> None:
    with beating(lite.book, 0.01):
        first = last_beat(lite.book)
        lite.clock.pass_(minutes=1)
        assert soon(lambda: last_beat(lite.book) == lite.clock.now)
    assert first is not None
    assert first < lite.clock.now


def test_two_who_beat_at_once_do_not_meet(stage: Stage) -> None:
    with ThreadPoolExecutor(4) as many:
        list(many.map(lambda _: beat(stage.book), range(12)))
    assert last_beat(stage.book) == stage.clock.now


def test_the_driver_asks_for_whom_the_place_names_today(lite: Stage, tmp_path: Path) -> None:
    order = lite.released()
    moved = tmp_path / "moved"
    shutil.copytree(lite.book.workspace.root, moved, copy_function=os.link)
    sites = moved / "profiles" / "sites.csv"
    rows = sites.read_text(encoding="utf-8").splitlines()
    sites.unlink()
    named = (f"{row.rpartition(';')[0]};Vaktmesteren" if "bib-drammen" in row else row for row in rows)
    sites.write_text("\n".join(named), encoding="utf-8")
    book = replace(lite.book, workspace=Workspace(moved))
    (run,) = work(book, pool=here).done
    table = (lite.book.batches / run / "distribution.csv").read_text(encoding="utf-8-sig")
    (row,) = [row for row in csv.reader(table.splitlines(), delimiter=";") if f"_o{order.id}-1_" in str(row)]
    assert "Vaktmesteren" in row

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

import pytest
from openpyxl import load_workbook

from printkit.errors import OrderRefused, PrintkitError
from printkit.orders.beating import beat, beating, last_beat
from printkit.orders.changing import set_beside
from printkit.orders.content import Beside
from printkit.orders.export import archive
from printkit.orders.money import account
from printkit.orders.outbox import due
from printkit.orders.pieces import LineMaker
from printkit.orders.producing import release, ship
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


def test_the_driver_reads_each_address_and_whom_to_call_there(lite: Stage) -> None:
    places = [
        {"site": "bib-drammen", "copies": 50},
        {"address": "Skolegata 1, 3060 Svelvik", "copies": 30},
        {"address": "Kirkeveien 2, 3036 Drammen", "copies": 20},
    ]
    order = lite.released(lite.content(line={"places": places}))
    set_beside(lite.book, lite.leader, On(order.id), Beside(phone="99 99 99 99"))
    (run,) = lite.work().done
    folder = lite.book.batches / run
    table = (folder / "distribution.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(table.splitlines(), delimiter=";"))
    assert [(row["Sted"], row["Adresse"], row["Kontakt"], row["Antall"]) for row in rows[1:]] == [
        ("", "Kirkeveien 2, 3036 Drammen", "99 99 99 99", "20"),
        ("", "Skolegata 1, 3060 Svelvik", "99 99 99 99", "30"),
    ]
    assert (rows[0]["Sted"], rows[0]["Antall"]) == ("Drammensbiblioteket", "50")
    sums, pieces = load_workbook(folder / "distribution.xlsx").worksheets
    told = [cell for sheet in (sums, pieces) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert told.count("Skolegata 1, 3060 Svelvik") == 2
    assert "Uten sted" not in told


def test_a_press_file_that_was_changed_is_verified_archived_and_shipped_no_more(lite: Stage) -> None:
    order = lite.released()
    lite.work()
    (press,) = lite.book.batches.rglob("press/**/*.pdf")
    data = press.read_bytes()
    press.write_bytes(data[:500] + bytes([data[500] ^ 1]) + data[501:])
    (problem,) = verify(lite.book)
    assert "is not the approved file" in problem
    for step in (archive, lambda *_: ship(lite.book, lite.coordinator, On(order.id))):
        with pytest.raises(OrderRefused, match="is not the approved file"):
            step(lite.book, lite.coordinator, order.id)
    press.write_bytes(data)
    assert verify(lite.book) == []
    press.unlink()
    assert "cannot be read" in verify(lite.book)[0]

"""A disk that is full, a connection that is lost, rows and files that somebody changed."""

import datetime
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from printkit.errors import OrderRefused, WorkspaceError, WriteError
from printkit.orders.approving import approve
from printkit.orders.book import open_book
from printkit.orders.changing import submit
from printkit.orders.database import open_database
from printkit.orders.money import account
from printkit.orders.outbox import due, send
from printkit.orders.producing import press_file, release, ship
from printkit.orders.reading import get, history, proofs_of
from printkit.orders.releases import files_of
from printkit.orders.signing import ask_link, link_is_good
from printkit.orders.stepping import On
from printkit.orders.tables import APPEND_ONLY
from printkit.orders.verifying import verify
from printkit.workspace import Workspace
from tests.disk import mounted
from tests.orders.conftest import Prepared
from tests.orders.postgres import Server
from tests.orders.stage import Stage, open_stage, set_stage


@pytest.mark.parametrize("change", ["UPDATE {} SET at = 'x'", "DELETE FROM {}"])
def test_rows_stay_as_they_were_written(stage: Stage, change: str) -> None:
    stage.approved()
    for table in APPEND_ONLY:
        with (
            pytest.raises(DatabaseError, match=f"{table}: rows stay"),
            stage.book.database.engine.begin() as connection,
        ):
            connection.execute(text(change.format(table)))


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_nothing_replaces_a_row(on_sqlite: Stage, recursive: str) -> None:
    on_sqlite.approved()
    for table in APPEND_ONLY:
        with sqlite3.connect(on_sqlite.book.database.engine.url.database or "") as connection:
            connection.execute(f"PRAGMA recursive_triggers={recursive}")
            with pytest.raises(sqlite3.IntegrityError, match=f"{table}: rows stay"):
                connection.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")


def test_an_entry_of_the_log_that_is_forged_is_found(on_sqlite: Stage) -> None:
    order = on_sqlite.submitted()
    with sqlite3.connect(on_sqlite.book.database.engine.url.database or "") as connection:
        connection.execute("DROP TRIGGER log_no_update")
        connection.execute(
            "UPDATE log SET data = replace(data, 'submitted', 'rejected') WHERE action = 'submit'"
        )
    found = verify(on_sqlite.book)
    assert any(problem.startswith("log: entry") for problem in found)
    assert any(problem.startswith(f"order {order.id}: state") for problem in found)


def submit_many(stage: Stage, count: int) -> None:
    for _ in range(count):
        submit(stage.book, stage.leader, On(stage.draft(stage.content("x" * 20)).id))


def lose_connection(stage: Stage) -> None:
    with stage.book.write(stage.leader) as step:
        step.connection.execute(text("UPDATE orders SET state = 'submitted'"))
        step.connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


def test_a_full_disk_submits_nothing(on_sqlite: Stage) -> None:
    order = on_sqlite.draft()
    with on_sqlite.book.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    # The limit is one of a connection, and the pool has one.
    on_sqlite.book.database.dispose()
    with on_sqlite.book.database.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(WriteError, match="full; nothing of this step was written"):
        submit_many(on_sqlite, 50)
    on_sqlite.book.database.dispose()
    assert get(on_sqlite.book, on_sqlite.leader, order.id).state == "draft"
    assert verify(on_sqlite.book) == []


def test_a_disk_that_is_truly_full_submits_nothing_and_goes_on_with_room(
    prepared: Prepared, tmp_path: Path
) -> None:
    with mounted(tmp_path / "disk", 1_000_000) as disk:
        prepared.copy(tmp_path)
        stage = open_stage(prepared.workspace, prepared.sqlite(disk.root), tmp_path)
        order = stage.draft()
        ballast = disk.fill()
        with pytest.raises(WriteError, match="nothing of this step was written"):
            submit_many(stage, 50)
        assert get(stage.book, stage.leader, order.id).state == "draft"
        assert verify(stage.book) == []
        ballast.unlink()
        assert submit(stage.book, stage.leader, On(order.id)).state == "submitted"
        assert verify(stage.book) == []
        stage.book.database.dispose()


def test_a_clock_that_goes_back_loses_nothing(stage: Stage) -> None:
    order = stage.proved(stage.submitted())
    stage.clock.pass_(hours=-3)
    approve(stage.book, stage.approver, On(order.id))
    release(stage.book, stage.coordinator, On(order.id))
    times = [row["at"] for row in history(stage.book, stage.leader, order.id)]
    assert times != sorted(times)
    assert verify(stage.book) == []
    # What is due was due before: it goes out when the clock has come as far again.
    assert send(stage.book, lambda _: None)[1] == []
    stage.clock.pass_(hours=3)
    send(stage.book, lambda _: None)
    assert due(stage.book) == []


@pytest.mark.parametrize("hours", [0, 1, 2, 24])
def test_a_night_without_two_o_clock_moves_no_day(lite: Stage, hours: int) -> None:
    """At 28 March 2027 the hour from two to three is not there; an order is for days, a link for minutes."""
    lite.clock.now = datetime.datetime(2027, 3, 27, 23, 30, tzinfo=datetime.UTC)
    lite.clock.pass_(hours=hours)
    token = ask_link(lite.book, "leder3@example.org", "10.0.0.1") or ""
    assert lite.book.today == datetime.date(2027, 3, 29 if hours == 24 else 28)
    order = lite.submitted(lite.content().model_copy(update={"needed_by": datetime.date(2027, 4, 30)}))
    assert order.content.needed_by == datetime.date(2027, 4, 30)
    lite.clock.pass_(minutes=14)
    assert link_is_good(lite.book, token)
    lite.clock.pass_(minutes=1)
    assert not link_is_good(lite.book, token)


def test_a_lost_connection_costs_the_step_and_no_more(server: Server, shop: Path, tmp_path: Path) -> None:
    stage = set_stage(shop, server.new_database(), tmp_path)
    order = stage.draft()
    with pytest.raises(WriteError, match="nothing of this step was written"):
        lose_connection(stage)
    assert get(stage.book, stage.leader, order.id).state == "draft"
    assert submit(stage.book, stage.leader, On(order.id)).state == "submitted"
    # The server itself is killed, and comes back.
    server.stop("immediate")
    with pytest.raises(WriteError, match="nothing of this step was written"):
        stage.draft()
    server.start()
    assert get(stage.book, stage.leader, order.id).state == "submitted"
    assert verify(stage.book) == []
    stage.book.database.dispose()


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="unable to open"):
        open_database(f"sqlite:///{tmp_path}/gone/orders.sqlite3")


def flip(path: Path) -> None:
    """Change one byte; the file is a link that other tests share, so another takes its place."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.unlink()
    path.write_bytes(bytes(data))


def test_one_byte_of_a_stored_file_sends_the_order_back(lite: Stage) -> None:
    order = lite.released()
    with lite.book.read() as connection:
        files = files_of(connection, "t", 1)
    flip(lite.book.store.path(files["templates/t/page.html"]))
    held = lite.work().held
    assert "templates/t/page.html" in held[order.id]
    back = get(lite.book, lite.leader, order.id)
    assert back.state == "approved"
    assert back.words.startswith("templates/t/page.html: ")
    assert " er ikke det som ble lagret; hent filen fra en sikkerhetskopi" in back.words
    with lite.book.read() as connection:
        found = account(lite.book, connection, "nu03-2027")
    assert (found.reserved, found.spent) == (15_000, 0)


def test_one_byte_of_a_press_file_stops_the_van(lite: Stage) -> None:
    order = lite.released()
    run = next(iter(lite.work().done))
    with lite.book.read() as connection:
        (proof,) = proofs_of(connection, order.id, 1)
    made = press_file(lite.book, run, "nu03", proof.piece)
    flip(made)
    with pytest.raises(OrderRefused, match=f"{made.name} is not the approved file"):
        ship(lite.book, lite.coordinator, On(order.id))


def test_other_bytes_than_the_approved_ones_leave_the_press_folder(lite: Stage) -> None:
    order = lite.released()
    with lite.book.database.engine.begin() as connection:
        connection.execute(text("UPDATE proofs SET sha256 = :other"), {"other": "0" * 64})
    held = lite.work().held
    assert "is not the approved file" in held[order.id]
    assert list(lite.book.batches.rglob("*.pdf")) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE orders SET content = replace(content, 'Hei', 'Nei')",
        "UPDATE orders SET net = 1",
        "UPDATE releases SET id = 'other'",
    ],
)
def test_a_row_that_was_changed_is_not_released(lite: Stage, change: str) -> None:
    order = lite.approved()
    with lite.book.database.engine.begin() as connection:
        connection.execute(text(change))
    with pytest.raises(OrderRefused, match=f"order {order.id}: "):
        release(lite.book, lite.coordinator, On(order.id))


def test_a_schema_of_another_program_is_left_alone(lite: Stage) -> None:
    with lite.book.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    url = lite.book.database.engine.url.render_as_string()
    with pytest.raises(WorkspaceError, match="of another printkit"):
        open_book(Workspace(lite.book.workspace.root), url)


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense"])
def test_a_database_that_is_not_known_is_named(url: str) -> None:
    with pytest.raises(WorkspaceError, match="sqlite"):
        open_database(url)

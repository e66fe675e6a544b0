"""What a row may hold is asked of every column, so that a backup of anybody's making is refused."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Connection, Integer, Table, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from printkit.errors import OrderRefused
from printkit.orders.backup import back_up, restore
from printkit.orders.book import open_book
from printkit.orders.producing import confirm, ship, slips_of
from printkit.orders.signing import ask_link, make_link, sign_in
from printkit.orders.stepping import On
from printkit.orders.tables import metadata, planned, requests
from printkit.orders.uploads import Consent, keep_upload
from printkit.orders.verifying import problems
from tests.orders.stage import Stage

# Words of people, names that only a workspace or another program knows, what is compared with nothing
FREE = """attempts.address attempts.id heartbeats.name ledger.reason
orders.note orders.phone orders.reference orders.words outbox.kind outbox.problem
persons.language persons.name planned.committee planned.line planned.plan
proofs.engines proofs.piece releases.name requests.action requests.key
slip_lines.piece slips.place slips.remark uploads.committee"""


@pytest.fixture
def busy(lite: Stage) -> Stage:
    """Return an order book in which everything was done once that leaves a row."""
    order = lite.released()
    lite.work()
    ship(lite.book, lite.coordinator, On(order.id))
    (slip,) = slips_of(lite.book, lite.leader, order.id)
    confirm(lite.book, str(slip["code"]), {str(slip["piece"]): 100})
    keep_upload(lite.book, lite.leader, "nu03", b"\xff\xd8\xff", consent=Consent.NOBODY)
    sign_in(lite.book, make_link(lite.book, lite.admin, lite.leader.id))
    ask_link(lite.book, "x", "y")
    with lite.book.write(lite.leader) as step:
        step.connection.execute(
            insert(planned).values(plan="p", line="l", committee="nu03", order_id=order.id)
        )
        key = {"key": "k", "by": lite.leader.id, "action": "new", "result": "1", "at": step.at}
        step.connection.execute(insert(requests).values(**key))
    return lite


def is_taken(stage: Stage, connection: Connection, table: Table, values: dict[str, object]) -> bool:
    """Tell whether neither the database nor `problems` minds rows that hold something else."""
    try:
        connection.execute(update(table).values(values))
        return not list(problems(stage.book, connection))
    except DBAPIError:
        return False


def test_every_column_is_asked_what_it_holds(busy: Stage) -> None:
    taken = []
    for table in metadata.sorted_tables:
        for column in table.columns:
            with busy.book.database.engine.connect() as connection:
                assert connection.execute(select(table)).first()
                triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
                for name in connection.execute(text(triggers)).scalars().all():
                    connection.execute(text(f"DROP TRIGGER {name}"))
                strange = -7 if isinstance(column.type, Integer) else "?"
                if is_taken(busy, connection, table, {column.name: strange}):
                    taken.append(f"{table.name}.{column.name}")
                connection.rollback()
    assert sorted(taken) == FREE.split()


@pytest.mark.parametrize(
    ("table", "values", "told"),
    [
        ("seats", {"role": "king"}, "seats 1: role is 'king', which no order book has"),
        ("seats", {"role": "orderer", "committee": ""}, "seats 1: committee is ''"),
        ("seats", {"committee": "nu03"}, "seats 1: committee is 'nu03'"),
        ("seats", {"since": "yesterday"}, "seats 1: since is 'yesterday'"),
        ("seats", {"until": "2027-02-30T00:00:00.000000Z"}, "seats 1: until is '2027-02-30T"),
        ("persons", {"name": ""}, "persons 1: name is ''"),
        ("persons", {"email": None}, "persons 1: email is ''"),
        ("releases", {"number": 0}, "number is '0'"),
        ("releases", {"files": "{}"}, r"releases [0-9a-f]{64}: id is '[0-9a-f]{60}'"),
        ("releases", {"files": '{"a": 1}'}, "files is"),
        ("releases", {"last_day": "soon"}, "last_day is 'soon'"),
        ("releases", {"made_by": 99}, "made_by is '99'"),
        ("accounts", {"owner": "nu04"}, "accounts nu03-2027: id is 'nu03-2027'"),
    ],
)
def test_a_backup_that_holds_what_nobody_wrote_is_refused(
    lite: Stage, tmp_path: Path, table: str, values: dict[str, object], told: str
) -> None:
    back_up(lite.book, tmp_path / "whole.zip")
    with ZipFile(tmp_path / "whole.zip") as whole, ZipFile(tmp_path / "other.zip", "w") as other:
        for name in whole.namelist():
            data = whole.read(name)
            if name == f"rows/{table}.jsonl":
                first, _, rest = data.partition(b"\n")
                data = json.dumps({**json.loads(first), **values}).encode() + b"\n" + rest
            other.writestr(name, data)
    book = open_book(lite.book.workspace, f"sqlite:///{tmp_path / 'new.sqlite3'}", clock=lite.clock)
    with pytest.raises(OrderRefused, match=told):
        restore(book, tmp_path / "other.zip")
    book.database.dispose()


def test_an_order_of_another_committee_than_the_log_tells_is_found(lite: Stage) -> None:
    lite.draft()
    with lite.book.database.write() as connection:
        connection.execute(update(metadata.tables["orders"]).values(committee="nu04"))
        (told,) = problems(lite.book, connection)
        connection.rollback()
    assert told == "order 1: committee is nu04, the log says nu03"

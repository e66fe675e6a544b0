"""A thousand orders and ten thousand entries of the log: pages ask as much as with ten."""

from typing import Any

import pytest
from sqlalchemy import event, insert, select, update

from printkit.orders.changing import submit
from printkit.orders.stepping import On
from printkit.orders.tables import log, log_head, orders
from tests.web.trial import Trial, trial

__all__ = ["trial"]

PAGES = (
    ("leader", "/"),
    ("leader", "/orders"),
    ("leader", "/order/{}"),
    ("leader", "/budget"),
    ("leader", "/budget/nu03-2027"),
    ("approver", "/queue"),
    ("approver", "/order/{}"),
    ("approver", "/order/{}/proof"),
    ("coordinator", "/orders"),
    ("coordinator", "/order/{}/slips"),
    ("approver", "/templates"),
    ("admin", "/persons"),
)
# Tables that grow as long as the book is kept; others hold as many rows as there are people and templates.
GROWING = (
    "log",
    "ledger",
    "revisions",
    "approvals",
    "proofs",
    "slips",
    "slip_lines",
    "outbox",
    "requests",
    "links",
)
FEW, MANY, ENTRIES = 10, 1000, 10_000


@pytest.fixture(scope="module")
def asked(trial: Trial) -> list[tuple[str, Any]]:
    """Return the list of what the database is asked, as it grows."""
    found: list[tuple[str, Any]] = []
    engine = trial.stage.book.database.engine
    event.listen(engine, "before_cursor_execute", lambda *told: found.append((told[2], told[3])))
    return found


def fill(trial: Trial, count: int) -> None:
    """Have so many orders more like the last one, and entries of the log about them."""
    with trial.stage.book.database.engine.begin() as connection:
        row = dict(connection.execute(select(orders).order_by(orders.c.id.desc()).limit(1)).mappings().one())
        first = row.pop("id")
        connection.execute(insert(orders), [row] * count)
        entry = dict(connection.execute(select(log).order_by(log.c.number.desc()).limit(1)).mappings().one())
        entries = ENTRIES if count == MANY else 0
        rows = [
            {**entry, "number": entry["number"] + 1 + number, "order_id": first + 1 + number % count}
            for number in range(entries)
        ]
        if rows:
            connection.execute(insert(log), rows)
            connection.execute(update(log_head).values(number=rows[-1]["number"]))


def test_pages_ask_as_much_of_a_thousand_orders_as_of_ten(trial: Trial, asked: list[tuple[str, Any]]) -> None:
    order = submit(trial.stage.book, trial.stage.leader, On(trial.stage.draft().id)).id
    counts: list[dict[str, int]] = []
    for count in (FEW, MANY):
        fill(trial, count)
        # The first time a page is asked for, what does not change is read and kept.
        for _ in range(2):
            counts.append({})
            for who, path in PAGES:
                asked.clear()
                assert trial.ask(who, "GET", path.format(order), {}).status_code == 200
                counts[-1][f"{who} {path}"] = sum("SELECT" in statement for statement, _ in asked)
    assert counts[1] == counts[3]
    assert max(counts[3].values()) <= 15


def test_no_page_reads_a_table_that_grows_from_end_to_end(trial: Trial, asked: list[tuple[str, Any]]) -> None:
    if trial.stage.book.database.engine.dialect.name != "sqlite":
        # A planner by statistics reads ten rows from end to end; the indices are the same.
        pytest.skip("only SQLite says its plan without statistics")
    order = trial.order("submitted")
    asked.clear()
    for who, path in PAGES:
        trial.ask(who, "GET", path.format(order), {})
    plans = {}
    with trial.stage.book.database.engine.connect() as connection:
        for statement, values in {one[0]: one[1] for one in asked if one[0].startswith("SELECT")}.items():
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            plans[statement] = [row[3] for row in rows]
    scanned = [
        (step, statement)
        for statement, steps in plans.items()
        for step in steps
        if step.startswith("SCAN ") and step.split()[1] in GROWING
    ]
    assert scanned == []
    assert len(plans) > 10

"""`orders` for the administrator: back up, restore, verify, export, tidy."""

from __future__ import annotations

from pathlib import Path

import click

# It adds its commands to the same group.
import printkit.cli.orders_plan
import printkit.cli.orders_staff  # noqa: F401
from printkit.cli.options import Settings, settings
from printkit.cli.ordering import ID, acting, open_orders, ordering
from printkit.cli.orders import orders
from printkit.words import Message

FILE = click.Path(dir_okay=False, path_type=Path)
# What is removed once it is past its time, by the table that it stood in
KEPT = {
    "attempts": Message("attempts to sign in"),
    "links": Message("sign-in links"),
    "sessions": Message("sessions"),
    "requests": Message("requests"),
    "outbox": Message("notices"),
}


@orders.command()
@click.argument("file", type=FILE)
@ordering
@settings
def backup(given: Settings, file: Path, database: str | None, who: str | None) -> None:
    """Write all rows and stored files into FILE, a ZIP, while others go on."""
    from printkit.cli.arguments import check_folder
    from printkit.orders.backup import back_up
    from printkit.orders.rights import Act, demand

    # Before all rows are read into a file that has no place.
    check_folder(file, "FILE")
    book = open_orders(given, database)
    # Asked here: a backup holds everything of everybody, and the function beneath also runs without a person.
    demand(acting(book, who), Act.KEEP)
    rows = back_up(book, file)
    given.result(
        {"ok": True, "file": str(file), "rows": rows},
        Message("%(file)s: %(count)s orders", file=file, count=rows["orders"]),
    )


@orders.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@ordering
@settings
def restore(given: Settings, file: Path, database: str | None, who: str | None) -> None:
    """Fill a new, empty order book from FILE; all that it holds is verified first."""
    from printkit.orders.backup import restore as fill

    rows = fill(open_orders(given, database, new=True), file)
    given.result(
        {"ok": True, "file": str(file), "rows": rows},
        Message("%(count)s orders restored", count=rows["orders"]),
    )


@orders.command()
@ordering
@settings
def verify(given: Settings, database: str | None, who: str | None) -> int:
    """Verify log, sums, approvals and stored files."""
    from printkit.orders.verifying import verify as look

    found = look(open_orders(given, database))
    for problem in found:
        given.fault(problem)
    given.result({"ok": not found, "problems": found}, "" if found else Message("all holds together"))
    return 1 if found else 0


@orders.command()
@click.option("--year", metavar="YEAR", type=click.IntRange(2000, 2200), help="[default: this one]")
@ordering
@settings
def export(given: Settings, year: int | None, database: str | None, who: str | None) -> None:
    """Print what the accounts of a year were charged, as a table for the accounting system."""
    from printkit.orders.export import charges, charges_csv

    book = open_orders(given, database)
    rows = charges(book, acting(book, who), year or book.today.year)
    given.file({"ok": True, "charges": rows}, charges_csv(rows))


@orders.command()
@ID
@click.option("-o", "--output", metavar="FILE.zip", type=FILE, required=True, help="Where to write.")
@ordering
@settings
def archive(given: Settings, order: int, output: Path, database: str | None, who: str | None) -> None:
    """Write an order's papers for the archive: the order, its log, its press files."""
    from printkit.cli.arguments import check_folder
    from printkit.orders.export import archive as pack
    from printkit.workspace import write_file

    check_folder(output, "-o")
    book = open_orders(given, database)
    write_file(output, pack(book, acting(book, who), order))
    given.result({"ok": True, "file": str(output)}, str(output))


@orders.command()
@ordering
@settings
def tidy(given: Settings, database: str | None, who: str | None) -> None:
    """Remove what is kept for a time only; `work` does so too."""
    from printkit.orders.tidying import tidy as remove

    gone = remove(open_orders(given, database))
    counts = tuple(Message("%(what)s: %(count)s", what=what, count=gone[name]) for name, what in KEPT.items())
    given.result({"ok": True, "removed": gone}, Message("%(counts)s", counts=counts))

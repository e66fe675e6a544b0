"""Budgets: what is granted, reserved, spent and left; every sum opens into its entries."""

from sqlalchemy import RowMapping
from starlette.responses import Response

from printkit.errors import OrderRefused
from printkit.orders import export, money
from printkit.orders.money import Account
from printkit.web.asking import Asking


def budgets(asking: Asking) -> Response:
    """Show the accounts that a person may see, this year's first."""
    book = asking.site.book
    found = money.show(book, asking.who)
    return asking.page(
        "budgets.html",
        accounts=sorted(found, key=lambda one: (-one.year, one.owner)),
        names={one.id: one.name for one in book.profiles.committees.values()},
        warn=book.rules.rules.warn_percent,
        year=book.today.year,
    )


def statement(asking: Asking) -> Response:
    """Show every entry of an account."""
    account, rows = _entries(asking)
    return asking.page("statement.html", account=account, rows=rows)


def statement_csv(asking: Asking) -> Response:
    """Return every entry of an account as a table for a spreadsheet."""
    account, rows = _entries(asking)
    sums = ("granted", "reserved", "spent")
    heads = ("number", "at", "kind", "order", *sums, "reason")
    cells = [
        [
            *(str(row[key] or "") for key in ("number", "at", "kind", "order_id")),
            *(money.written_sum(row[key]).replace(".", ",") for key in sums),
            row["reason"],
        ]
        for row in rows
    ]
    name = f'attachment; filename="{account.id}.csv"'
    table = export.statement_csv(heads, cells)
    return Response(table, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


def _entries(asking: Asking) -> tuple[Account, list[RowMapping]]:
    book, wanted = asking.site.book, asking.request.path_params["account"]
    rows = money.statement(book, asking.who, wanted)
    with book.read() as connection:
        return money.account(book, connection, wanted), rows


def grant(asking: Asking) -> Response:
    """Give an account money."""
    year = asking.whole("year")
    if year is None:
        raise OrderRefused(asking.words.gettext("a budget is of a year"))
    limit = asking.text("limit")
    money.grant(
        asking.site.book,
        asking.who,
        asking.text("owner"),
        year,
        amount=money.read_sum(asking.text("amount")),
        reason=asking.text("reason"),
        limit=money.read_sum(limit) if limit else None,
    )
    return asking.go("/budget")

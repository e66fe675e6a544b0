"""Budgets: what is granted, reserved, spent and left; every sum opens into its entries."""

from sqlalchemy import RowMapping
from starlette.responses import Response

from printkit.errors import OrderRefused
from printkit.orders import export, money
from printkit.orders.money import Account
from printkit.papers.parts import ProofFonts, Statement
from printkit.web.asking import Asking
from printkit.words import Words

YEAR_SIGNS = 4
SUMS = ("granted", "reserved", "spent")


def budgets(asking: Asking) -> Response:
    """Show the accounts that a person may see, this year's first."""
    book = asking.site.book
    found = money.show(book, asking.who)
    return asking.page(
        "budgets.html",
        accounts=sorted(found, key=lambda one: (-one.year, one.owner)),
        owners=(book.rules.rules.payer, *book.profiles.committees),
        warn=book.rules.rules.warn_percent,
        year=book.today.year,
    )


def statement(asking: Asking) -> Response:
    """Show every entry of an account."""
    account, rows = _entries(asking)
    kinds = _kinds(asking.words)
    return asking.page("statement.html", account=account, rows=[(row, _what(row, kinds)) for row in rows])


def statement_csv(asking: Asking) -> Response:
    """Return every entry of an account as a table for a spreadsheet."""
    account, rows = _entries(asking)
    heads = ("number", "at", "kind", "order", *SUMS, "reason")
    cells = [
        [
            *(str(row[key] or "") for key in ("number", "at", "kind", "order_id")),
            *(money.table_sum(row[key]) for key in SUMS),
            row["reason"],
        ]
        for row in rows
    ]
    table = export.statement_csv(heads, cells)
    return _download(f"{account.id}.csv", "text/csv; charset=utf-8", table)


def statement_pdf(asking: Asking) -> Response:
    """Return every entry of an account as a paper in the workspace's look."""
    # Loads ReportLab, which no other page needs.
    from printkit.papers.statement import statement as drawn

    account, rows = _entries(asking)
    book = asking.site.book
    fonts = book.profiles.brand.fonts
    read = (book.workspace.read_bytes(one) for one in (fonts.head, fonts.text, fonts.strong))
    paper = drawn(_sheet(asking, account, rows), ProofFonts(*read))
    return _download(f"{account.id}.pdf", "application/pdf", paper)


def _sheet(asking: Asking, account: Account, rows: list[RowMapping]) -> Statement:
    """Return a statement in the language of who asks."""
    book, words, kinds = asking.site.book, asking.words, _kinds(asking.words)
    filters = asking.site.environment(asking.words).filters
    kroner, day = filters["money"], filters["day"]
    owner = money.owner_name(book, account.owner)
    sums = (words.gettext("Granted"), words.gettext("Reserved"), words.gettext("Spent"))
    figures = (account.granted, account.reserved, account.spent, account.available)
    return Statement(
        title=f"{words.gettext('Budget')} {account.year}",
        subtitle=f"{owner} · {day(book.today)} · {words.gettext('without VAT')}",
        figures=tuple(zip((*sums, words.gettext("Left")), map(kroner, figures), strict=True)),
        heads=(words.gettext("Day"), words.gettext("What"), words.gettext("Order no."), *sums),
        rows=tuple(
            (
                row["at"][:10],
                _what(row, kinds),
                str(row["order_id"] or ""),
                *(kroner(row[key]) if row[key] else "" for key in SUMS),
            )
            for row in rows
        ),
    )


def _kinds(words: Words) -> dict[str, str]:
    """Return what the ledger's entries are called."""
    return {
        "grant": words.gettext("Granted"),
        "reserve": words.gettext("Reserved"),
        "free": words.gettext("Freed"),
        "charge": words.gettext("Charged"),
        "undo": words.gettext("Charge undone"),
        "refund": words.gettext("Refunded"),
        "adjust": words.gettext("Invoice adjusted"),
        "carry": words.gettext("Carried over at the year's end"),
    }


def _what(row: RowMapping, kinds: dict[str, str]) -> str:
    kind = kinds.get(row["kind"], row["kind"])
    # The book's own word at a year's end is in English, and says no more than the kind
    return f"{kind}: {row['reason']}" if row["reason"] and row["kind"] != "carry" else kind


def _download(name: str, kind: str, data: bytes) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=kind, headers=headers)


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


def carry(asking: Asking) -> Response:
    """Move what is reserved in an account into the next year."""
    owner, _, year = asking.request.path_params["account"].rpartition("-")
    # Pressed twice, the second finds nothing reserved and moves nothing
    number = int(year) if year.isascii() and year.isdigit() and len(year) <= YEAR_SIGNS else 0
    money.carry_over(asking.site.book, asking.who, owner, number)
    return asking.go(f"/budget/{money.account_id(owner, number + 1)}")

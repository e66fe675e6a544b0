"""An order as a paper for the archive (PDF/A-2b), in the workspace's language."""

import datetime
from collections.abc import Iterable, Iterator, Sequence

from babel.numbers import format_currency

from printkit.orders.book import Book
from printkit.orders.content import Line
from printkit.orders.money import owner_name
from printkit.orders.proving import proof_folder
from printkit.orders.reading import Approval, Order, Proof
from printkit.orders.releases import list_releases
from printkit.papers.parts import OrderSheet, ProofFonts
from printkit.pdfx.identity import Identity
from printkit.template.language import Language
from printkit.version import VERSION
from printkit.words import Words, translate

HUNDRED = 100
Rows = tuple[tuple[str, str], ...]


def filed(book: Book, order: Order, shown: Sequence[Proof]) -> bytes:
    """Return an order's paper: the same bytes until the order changes."""
    # Load ReportLab and Pillow, which no other step of an order needs.
    from printkit.papers.order_paper import order_paper
    from printkit.pdfx.archival import archival

    fonts = book.profiles.brand.fonts
    read = (book.workspace.read_bytes(one) for one in (fonts.head, fonts.text, fonts.strong))
    sheet = sheet_of(book, order, shown)
    changed = datetime.datetime.fromisoformat(order.changed_at)
    identity = Identity(sheet.title, f"order-{order.id}-{order.version}", changed, f"printkit {VERSION}")
    return archival(order_paper(sheet, ProofFonts(*read)), identity)


def sheet_of(book: Book, order: Order, shown: Sequence[Proof]) -> OrderSheet:
    """Return what stands on an order's paper, in words."""
    tag = book.profiles.municipality.language
    words, spoken = translate(tag), Language.of(book.profiles, tag)
    gettext = words.gettext
    title = gettext("Order %(order)s", order=order.id)
    if order.content.title:
        title = f"{title}: {order.content.title}"
    copies = sum(line.quantity for line in order.content.lines)
    sums = [_money(book, spoken, one) for one in (order.cost.net, order.cost.vat, order.cost.gross)]
    names = (gettext("Without VAT"), gettext("VAT"), gettext("With VAT"))
    lines = [_line(book, number, line, words) for number, line in enumerate(order.content.lines, 1)]
    signed = tuple(_signed(one, spoken, words) for one in order.approvals)
    files = tuple((one.piece, f"SHA-256 {one.sha256}") for one in shown if one.sha256)
    found = (
        (gettext("Order"), tuple(_about(book, order, spoken, words))),
        *lines,
        (gettext("Approvals"), signed),
        (gettext("Press files"), files),
    )
    parts = tuple((head, rows) for head, rows in found if rows)
    figures = ((gettext("Copies"), spoken.number(copies)), *zip(names, sums, strict=True))
    return OrderSheet(
        title, owner_name(book, order.committee), figures, parts, tuple(_pages(book, order, shown))
    )


def _money(book: Book, spoken: Language, ore: int) -> str:
    return format_currency(ore / HUNDRED, book.rules.rules.currency, locale=spoken.locale)


def _day(spoken: Language, text: str) -> str:
    return spoken.date(datetime.date.fromisoformat(text[:10]), "year")


def _about(book: Book, order: Order, spoken: Language, words: Words) -> Iterator[tuple[str, str]]:
    gettext = words.gettext
    yield gettext("Begun"), f"{_day(spoken, order.made_at)}, p{order.made_by}"
    if order.submitted_by:
        yield gettext("Sent in by"), f"p{order.submitted_by}"
    if order.content.needed_by:
        yield gettext("Needed by"), spoken.date(order.content.needed_by, "year")
    if order.account:
        yield gettext("Account"), order.account
    if order.beside.reference:
        yield gettext("Reference of the invoice"), order.beside.reference
    if order.parent:
        yield gettext("Follows order"), str(order.parent)
    if order.run:
        yield gettext("Printed in run"), order.run
    yield gettext("Revision"), str(order.revision)


def _line(book: Book, number: int, line: Line, words: Words) -> tuple[str, Rows]:
    gettext = words.gettext
    with book.read() as connection:
        named = list_releases(connection, line.template)
    release = next((one.name for one in named if one.number == line.release), line.template)
    page = book.profiles.formats.get(line.format)
    head = f"{number}. {release}, {page.name if page else line.format}"
    rows = [
        (gettext("Copies"), str(line.quantity)),
        (gettext("Release of the template"), f"{line.template} {line.release}"),
        (gettext("Language"), line.language),
        (gettext("Press"), line.press),
    ]
    rows += [(name, _written(value)) for name, value in sorted(line.slots.items())]
    for place in line.places:
        site = book.profiles.sites.get(place.site or "")
        where = f"{site.name}, {site.address}".rstrip(", ") if site else place.name
        rows.append((gettext("To"), f"{where}: {place.copies}"))
    return head, tuple(rows)


def _written(value: object) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return str(value)


def _signed(one: Approval, spoken: Language, words: Words) -> tuple[str, str]:
    gettext = words.gettext
    kind = gettext("Content") if one.kind == "content" else gettext("Money")
    # By her number: the archive keeps no name that the order book has removed
    who = f"p{one.by}" if one.by else gettext("by the account's limit")
    return kind, f"{_day(spoken, one.at)}, {who}, SHA-256 {one.hash}"


def _pages(book: Book, order: Order, shown: Iterable[Proof]) -> Iterator[tuple[str, bytes]]:
    """Yield the proof's pictures, those of a layout once."""
    folder = proof_folder(book, order.id, order.revision) / "proofs"
    for one in shown:
        for page in range(1, one.pages + 1):
            file = folder / f"{one.piece}-{page}.png"
            # Variants of a layout have none of their own, and an old proof may have been cleared away
            if file.is_file():
                yield f"{one.piece}, {page}", file.read_bytes()

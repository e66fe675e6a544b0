"""Kits: what a place of a kind takes, as the lines of an order."""

from collections.abc import Iterable

from printkit.errors import OrderRefused
from printkit.orders.book import Book
from printkit.orders.content import Line, Place
from printkit.words import Message


def kit_lines(book: Book, kit: str, committee: str, sites: Iterable[str] = ()) -> tuple[Line, ...]:
    """Return a kit's pieces as lines, each to all places of its kinds that show a committee, or to `sites`.

    Raise OrderRefused where there is no such kit, or no place for it.
    """
    found = book.rules.kits.get(kit)
    if found is None:
        # A workspace may have none, and a list of nothing would end in a colon.
        known = ", ".join(book.rules.kits) or "-"
        raise OrderRefused(Message("no kit '%(kit)s'; there are: %(known)s", kit=kit, known=known))
    chosen = set(sites)
    places = [
        site.id
        for site in book.profiles.sites.values()
        if site.kind in found.sites and committee in site.committees and (not chosen or site.id in chosen)
    ]
    if not places:
        raise OrderRefused(
            Message("kit '%(kit)s' has no place that shows %(committee)s", kit=kit, committee=committee)
        )
    # Each place takes the whole kit: a share of one poster would be none.
    return tuple(
        Line(
            template=item.template,
            format=item.format,
            quantity=item.quantity * len(places),
            places=tuple(Place(site=site, copies=item.quantity) for site in places),
        )
        for item in found.items
    )

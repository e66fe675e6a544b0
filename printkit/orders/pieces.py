"""An order's lines as pieces of a batch, and who makes them: each by the release of its line."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from printkit.batch.planned import Planned
from printkit.errors import PrintkitError
from printkit.orders.content import Content
from printkit.produce import Inputs, Maker, Piece, Production
from printkit.profiles import Campaign, Entry, Profiles
from printkit.profiles.orders import OrderRules
from printkit.workspace import Workspace

if TYPE_CHECKING:
    from printkit.papers.parts import ContactSheet, PagePicture, ProofBook, ProofFonts
    from printkit.produce import Begun, Product, Variant

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
PERCENT = 100


@dataclass(frozen=True)
class Printed:
    """What of an order its press files are made from.

    `number` is the order's own, or that of the order whose bytes a complaint repeats. `day` is that of the
    submission: a date in the files that is the same for the proof and for the press.
    """

    number: int
    committee: str
    content: Content
    day: datetime.date


@dataclass(frozen=True)
class OrderPiece:
    """A piece, the number of its line from 1, and how many copies go to each place, by its name."""

    planned: Planned
    line: int
    copies: Mapping[str, int]
    spares: int


def pieces_of(printed: Printed, rules: OrderRules) -> list[OrderPiece]:
    """Return an order's pieces: one for each site of a line, and one for all of its addresses."""
    found = []
    for number, line in enumerate(printed.content.lines, 1):
        # A site's code is its own, so that its pieces are a file of their own; addresses share one without a
        # site.
        by_site: dict[str | None, dict[str, int]] = {}
        for place in line.places:
            by_site.setdefault(place.site, {})[place.name] = place.copies
        # Rounded up: spares of two copies are one
        spares = -(-line.quantity * rules.spare_percent // PERCENT)
        for site, copies in by_site.items():
            planned = _planned(printed, number, site, sum(copies.values()) + spares)
            found.append(OrderPiece(planned, number, copies, spares))
            # They lie in the first parcel of the line.
            spares = 0
    return found


@dataclass(frozen=True)
class PieceParts:
    """What the id of an order's piece says."""

    template: str
    format: str
    site: str | None


def read_piece(identifier: str) -> PieceParts | None:
    """Return what an id that `pieces_of` made says, None for any other text."""
    # No id and no tag of a language has a low line.
    match identifier.split("_"):
        case [_, template, page, _, own]:
            return PieceParts(template, page, None) if own.startswith("o") else None
        case [_, template, page, _, _, site]:
            return PieceParts(template, page, site)
    return None


def _planned(printed: Printed, number: int, site: str | None, quantity: int) -> Planned:
    line = printed.content.lines[number - 1]
    own = f"o{printed.number}-{number}"
    names = [printed.committee, line.template, line.format, line.language, own, *([site] if site else [])]
    return Planned(
        id="_".join(names),
        template=line.template,
        committee=printed.committee,
        format=line.format,
        press=line.press,
        language=line.language,
        site=site,
        quantity=quantity,
        note=printed.content.title,
    )


def campaign_of(printed: Printed, rules: OrderRules) -> Campaign:
    """Return the campaign that an order is to its codes and texts; its edition tells it in statistics."""
    lines = printed.content.lines
    entries = tuple(
        Entry(template=line.template, format=line.format, languages=(line.language,), quantity=line.quantity)
        for line in lines
    )
    return Campaign(
        id=f"order-{printed.number}",
        name=printed.content.title or f"{printed.committee} {printed.number}",
        # An edition has six characters at most: o and five of base 36 serve sixty million orders
        edition=f"o{_base36(printed.number)}",
        date=printed.day,
        values=rules.values,
        tracking=rules.tracking,
        pieces=entries,
    )


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, last = divmod(number, len(DIGITS))
        digits = DIGITS[last] + digits
    return digits or DIGITS[0]


def productions_of(
    printed: Printed,
    pieces: Sequence[OrderPiece],
    rules: OrderRules,
    *,
    workspace: Workspace,
    profiles: Profiles,
) -> dict[str, Production]:
    """Return by piece what it is made from: the values of its line in the files of its release."""
    campaign = campaign_of(printed, rules)
    date = datetime.datetime.combine(printed.day, datetime.time(), datetime.UTC)
    lines = printed.content.lines
    by_line = {
        number: Production(workspace, profiles, campaign, date, values=line.slots)
        for number, line in enumerate(lines, 1)
    }
    return {one.planned.id: by_line[one.line] for one in pieces}


class LineMaker:
    """Make pieces of many orders, each by its own work, as a batch asks it of one maker."""

    def __init__(self, productions: Mapping[str, Production]) -> None:
        self._productions = productions
        self._makers: dict[int, Maker] = {}

    def inputs(self, piece: Piece) -> Inputs:
        return self._maker(piece.id).inputs(piece)

    def begin(self, piece: Piece, pictures: bool = False) -> "Begun":
        return self._maker(piece.id).begin(piece, pictures)

    def vary(self, master: bytes, variants: "Sequence[Variant]") -> "list[Product | PrintkitError]":
        # All variants of a master are of one line.
        return self._maker(variants[0].piece).vary(master, variants)

    def pictures(self, piece: Piece) -> "tuple[PagePicture, ...]":
        return self._maker(piece.id).pictures(piece)

    def draw(self, paper: "ProofBook | ContactSheet", fonts: "ProofFonts") -> bytes:
        return self._any().draw(paper, fonts)

    def thumbnail(self, png: bytes) -> bytes:
        return self._any().thumbnail(png)

    def _maker(self, piece: str) -> Maker:
        production = self._productions[piece]
        # One for each line's values, as a maker keeps what it has bound
        if id(production) not in self._makers:
            self._makers[id(production)] = Maker(production)
        return self._makers[id(production)]

    def _any(self) -> Maker:
        return self._maker(next(iter(self._productions)))

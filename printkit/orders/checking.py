"""Can this be ordered? Asked before it is submitted, and again at approval and at release."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from printkit.errors import OrderRefused, SlotErrors, SlotProblem, WorkspaceError
from printkit.orders.book import Book
from printkit.orders.content import Content, Line, canonical, digest
from printkit.orders.days import way
from printkit.orders.pieces import Printed, campaign_of
from printkit.orders.prices import Cost, list_on, price_of, total
from printkit.orders.releases import Frozen, current, frozen, release_of
from printkit.orders.uploads import owned, pictures
from printkit.profiles import Campaign
from printkit.profiles.orders import PriceList
from printkit.template import BindRequest, bind
from printkit.template.slots import MISSING
from printkit.words import Message


@dataclass(frozen=True)
class Priced:
    """What an order costs, and the hash of its content that approvals are bound to."""

    cost: Cost
    hash: str


def fill(book: Book, connection: Connection, content: Content, day: datetime.date) -> Content:
    """Fill in what a draft leaves open: today's releases and prices, each format's press, the language."""
    lines = tuple(_filled(book, connection, line, day) for line in content.lines)
    prices = content.price_list or list_on(book.rules.prices, day).id
    return content.model_copy(update={"lines": lines, "price_list": prices})


def _filled(book: Book, connection: Connection, line: Line, day: datetime.date) -> Line:
    release = line.release or current(connection, line.template, day).number
    page = book.profiles.formats.get(line.format)
    press = line.press or (page.default_press if page else "")
    language = line.language or book.profiles.municipality.language
    return line.model_copy(update={"release": release, "press": press, "language": language})


def price(book: Book, content: Content) -> Cost:
    """Return what the lines cost by the content's price list; raise OrderRefused."""
    return total(_prices(book, content), content.lines)


def check(
    book: Book,
    connection: Connection,
    content: Content,
    committee: str,
    *,
    day: datetime.date,
    approved: bool = False,
) -> Priced:
    """Return cost and hash; raise OrderRefused with every rule that stands against it.

    `approved`: the days of approval lie behind it. What values of slots cause is asked by `check_slots`.
    """
    problems = list(_problems(book, connection, content, committee, day=day, approved=approved))
    # All of them at once: who mends one and submits again should not meet the next
    if problems:
        raise OrderRefused(*problems)
    cost = price(book, content)
    return Priced(cost, content_hash(connection, content, cost))


def content_hash(connection: Connection, content: Content, cost: Cost) -> str:
    """Return the hash of content, price and the releases' files."""
    # By the releases' hashes, which stand for every file that they hold
    used = sorted({(line.template, line.release) for line in content.lines})
    named = {f"{template} {number}": release_of(connection, template, number).id for template, number in used}
    parts = {"content": content.model_dump(mode="json"), "net": cost.net, "vat": cost.vat, "releases": named}
    return digest(canonical(parts))


def _problems(
    book: Book,
    connection: Connection,
    content: Content,
    committee: str,
    *,
    day: datetime.date,
    approved: bool,
) -> Iterator[str]:
    if not content.lines:
        yield Message("the order has no lines; what is to be printed?")
    try:
        prices = _prices(book, content)
    except OrderRefused as error:
        yield from error.problems
        return
    if not prices.valid_from <= day <= prices.valid_to:
        yield Message(
            "price list %(prices)s is valid from %(valid_from)s to %(valid_to)s; edit the order",
            prices=prices.id,
            valid_from=prices.valid_from,
            valid_to=prices.valid_to,
        )
    for number, line in enumerate(content.lines, 1):
        told = _line_problems(book, connection, line, committee, day=day)
        for problem in (*told, *_price_problems(prices, line)):
            yield Message("line %(number)s: %(problem)s", number=number, problem=problem)
    yield from _day_problems(book, content, prices, day=day, approved=approved)


def _line_problems(
    book: Book, connection: Connection, line: Line, committee: str, *, day: datetime.date
) -> Iterator[str]:
    try:
        if problem := release_of(connection, line.template, line.release).problem(day):
            yield problem
        held = frozen(book, connection, line.template, line.release)
    except OrderRefused as error:
        yield from error.problems
        return
    if line.format not in held.template.layouts:
        known = ", ".join(sorted(held.template.layouts))
        yield Message(
            "%(template)s has no format '%(format)s'; it has %(known)s",
            template=line.template,
            format=line.format,
            known=known,
        )
    if line.language not in held.template.languages:
        yield Message(
            "%(template)s has no texts in '%(language)s'", template=line.template, language=line.language
        )
    if line.press not in held.profiles.presses:
        yield Message("there is no press '%(press)s'", press=line.press)
    yield from _place_problems(held, line, committee)
    for file in sorted(pictures(line) - owned(connection, committee)):
        yield Message(
            "%(committee)s has no picture %(file)s; hand it in first", committee=committee, file=file
        )


def _place_problems(held: Frozen, line: Line, committee: str) -> Iterator[str]:
    names = [place.name for place in line.places]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Message("place '%(name)s' is there twice; add its copies up", name=name)
    copies = sum(place.copies for place in line.places)
    if copies != line.quantity:
        yield Message(
            "%(quantity)s copies are ordered, the places get %(copies)s",
            quantity=line.quantity,
            copies=copies,
        )
    for place in line.places:
        site = held.profiles.sites.get(place.site) if place.site else None
        if place.site and site is None:
            yield Message(
                "release %(release)s of %(template)s knows no site '%(site)s'",
                release=line.release,
                template=line.template,
                site=place.site,
            )
        elif site and committee not in site.committees:
            yield Message("site '%(site)s' does not show %(committee)s", site=place.site, committee=committee)


def _price_problems(prices: PriceList, line: Line) -> Iterator[str]:
    try:
        total(prices, [line])
    except OrderRefused as error:
        yield from error.problems


def _day_problems(
    book: Book, content: Content, prices: PriceList, *, day: datetime.date, approved: bool
) -> Iterator[str]:
    if content.needed_by is None:
        return
    # A format without a price is told of by `_price_problems`.
    days = [found.days for line in content.lines if (found := prices.find(line.format, line.press))]
    # Asked again at each step, since days pass while an order waits
    arrives = way(book.rules.calendar, day, max(days, default=0), approved=approved).delivered
    if arrives > content.needed_by:
        yield Message(
            "needed by %(needed_by)s: the earliest day it can arrive is %(arrives)s",
            needed_by=content.needed_by,
            arrives=arrives,
        )


def print_days(book: Book, content: Content) -> int:
    """Return the working days at the printer of the slowest line; raise OrderRefused."""
    prices = _prices(book, content)
    return max((price_of(prices, line).days for line in content.lines), default=0)


def _prices(book: Book, content: Content) -> PriceList:
    if content.price_list not in book.rules.prices:
        raise OrderRefused(
            Message(
                "price list '%(price_list)s' was withdrawn; edit the order to take today's",
                price_list=content.price_list,
            )
        )
    return book.rules.prices[content.price_list]


def check_editor(book: Book, connection: Connection, content: Content, before: Content | None) -> None:
    """Raise SlotErrors where a committee sets what only communications may set.

    What staff has set before on its behalf stays.
    """
    problems = []
    for number, line in enumerate(content.lines):
        slots = frozen(book, connection, line.template, line.release).template.slots
        # By the line's place, as lines have no name of their own.
        known = before.lines[number].slots if before and number < len(before.lines) else {}
        for name, value in line.slots.items():
            if name in slots and slots[name].edit == "comms" and known.get(name) != value:
                where = Message(
                    "line %(line)s, %(where)s", line=number + 1, where=f"{line.template}/{line.format}"
                )
                problems.append(
                    SlotProblem(where, name, Message("only the communications office sets this slot"))
                )
    if problems:
        raise SlotErrors(problems)


def check_slots(
    book: Book, content: Content, committee: str, number: int = 0, *, by: Callable[..., object] = bind
) -> None:
    """Bind every line to its release; raise SlotErrors with the problems of all lines.

    It takes some hundredths of a second a line, so no transaction waits for it; `by` check_values, for who is
    still writing, a fifth of that.
    """
    problems: list[SlotProblem] = []
    campaign = campaign_of(Printed(number, committee, content, book.today), book.rules.rules)
    for place, line in enumerate(content.lines, 1):
        with book.read() as connection:
            held = frozen(book, connection, line.template, line.release)
        try:
            by(request(held, line, committee, campaign))
        except SlotErrors as errors:
            problems += [
                SlotProblem(
                    Message("line %(line)s, %(where)s", line=place, where=one.where),
                    one.slot,
                    _to_do(held, one),
                )
                for one in errors.problems
            ]
        # A fault of the release itself, which no field of the form can mend.
        except WorkspaceError as error:
            raise OrderRefused(Message("line %(place)s: %(error)s", place=place, error=error)) from error
    if problems:
        raise SlotErrors(problems)


def _to_do(held: Frozen, one: SlotProblem) -> str:
    """Return what is wrong with a slot; a committee is not told to set what it may not set."""
    slot = held.template.slots.get(one.slot)
    if one.problem == MISSING and slot and slot.edit == "comms":
        return Message("a value is required, which only the communications office sets; ask it to fill it in")
    return one.problem


def request(held: Frozen, line: Line, committee: str, campaign: Campaign) -> BindRequest:
    """Return what binding or a preview of a line asks for; `campaign` is `pieces.campaign_of` the order."""
    profiles = held.profiles
    try:
        return BindRequest(
            workspace=held.workspace,
            profiles=profiles,
            template=line.template,
            committee=profiles.committees[committee],
            format=profiles.formats[line.format],
            press=profiles.presses[line.press],
            language=line.language,
            campaign=campaign,
            values=line.slots,
            loaded=held.template,
        )
    except KeyError as error:
        raise OrderRefused(
            Message(
                "release %(release)s of %(template)s knows no %(error)s",
                release=line.release,
                template=line.template,
                error=error,
            )
        ) from error

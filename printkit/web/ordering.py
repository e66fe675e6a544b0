"""Ordering on one page: what it says, how many, where they go, by when; kept as it is written."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import JSONResponse, Response

from printkit.errors import OrderRefused, SlotErrors, WorkspaceError
from printkit.orders.changing import COMPLAINT, edit, new_order, set_beside, submit
from printkit.orders.checking import check_slots, fill, price, print_days
from printkit.orders.content import Content, Line, read_content
from printkit.orders.days import last_safe_day, way
from printkit.orders.kits import kit_lines
from printkit.orders.life import State
from printkit.orders.prices import Cost, price_of
from printkit.orders.reading import Order, get
from printkit.orders.releases import Frozen
from printkit.orders.rights import Act, demand
from printkit.orders.stepping import On
from printkit.orders.uploads import consents, pictures
from printkit.profiles import Format
from printkit.profiles.orders import Price, PriceList
from printkit.template import check_values
from printkit.units import whole_number
from printkit.web.asking import REFUSED, Asking
from printkit.web.drafts import (
    address_of,
    fields_of,
    goals_of,
    left_open,
    next_step,
    offers_of,
    read_beside,
    read_draft,
    read_line,
)
from printkit.web.happened import events
from printkit.web.home import account_of, committee_of, families
from printkit.web.looking import Complaint, demand_shown, held_of, look, sharpness, tell, words_of
from printkit.web.naming import labels_of
from printkit.web.uploading import picture_fields, with_pictures

# What may still be changed; after a submission that begins a new revision
EDITABLE = (State.DRAFT, State.SUBMITTED, State.APPROVED)


@dataclass(frozen=True)
class Sums:
    """What an order costs and when it would arrive; `problems` where that cannot be said."""

    cost: Cost | None
    more: tuple[int, Cost] | None
    left: int | None
    safe: datetime.date | None
    arrives: datetime.date | None
    problems: tuple[str, ...]


def choose(asking: Asking) -> Response:
    """Show the formats of a family, by what one does with them."""
    committee = committee_of(asking)
    demand(asking.who, Act.WRITE, committee)
    wanted = asking.request.query_params.get("template", "")
    chosen = next((one for one in families(asking) if one.id == wanted), None)
    if chosen is None:
        return asking.go(f"/?committee={committee}")
    book = asking.site.book
    formats = sorted((book.profiles.formats[one] for one in chosen.held.template.layouts), key=_size)
    priced = [one for one in formats if _find(asking, one.id, one.default_press)]
    return asking.page(
        "choose.html", family=chosen, offered=priced, committee=book.profiles.committees[committee]
    )


def _size(page: Format) -> float:
    """Sort what is held in the hand before what hangs on walls."""
    return page.trim_mm[0] * page.trim_mm[1]


def _find(asking: Asking, page: str, press: str) -> Price | None:
    book = asking.site.book
    lists = [one for one in book.rules.prices.values() if one.valid_from <= book.today <= one.valid_to]
    return next((found for one in lists if (found := one.find(page, press))), None)


def begin(asking: Asking) -> Response:
    """Begin a draft of one line, with the fewest copies, all of them to the first place."""
    committee, page = committee_of(asking), asking.text("format")
    book = asking.site.book
    demand(asking.who, Act.WRITE, committee)
    if kit := asking.text("kit"):
        lines = kit_lines(book, kit, committee)
        content = Content(title=book.rules.kits[kit].name, lines=lines)
        return _begun(asking, committee, content)
    if page not in book.profiles.formats:
        raise OrderRefused(asking.words.gettext("choose a format"))
    press = book.profiles.formats[page].default_press
    found = _find(asking, page, press)
    if found is None:
        raise OrderRefused(asking.words.gettext("this format has no price; ask communications"))
    shown = [one for one in book.profiles.sites.values() if committee in one.committees]
    place = {"site": shown[0].id} if shown else {"address": book.profiles.committees[committee].name}
    line = {
        "template": asking.text("template"),
        "format": page,
        "language": asking.text("language") or book.profiles.municipality.language,
        "quantity": found.minimum,
        "places": [{**place, "copies": found.minimum}],
    }
    return _begun(asking, committee, read_content({"lines": [line]}))


def _begun(asking: Asking, committee: str, content: Content) -> Response:
    """Begin a draft and show it; of a form that comes twice the one that is there."""
    book, who = asking.site.book, asking.who
    made = new_order(book, who, committee, content, key=asking.text("key"))
    # Who goes back to the page after sending an order in, and chooses the same once more, wants another.
    if made.state is not State.DRAFT:
        made = new_order(book, who, committee, content)
    return asking.go(f"/order/{made.id}")


def show(asking: Asking) -> Response:
    """Show an order: as a form while it is a draft, else as what it has become."""
    order = get(asking.site.book, asking.who, asking.number())
    return _page(asking, order)


def _page(
    asking: Asking,
    order: Order,
    problems: tuple[str, ...] = (),
    code: int = 200,
    *,
    typed: Mapping[str, str] | None = None,
) -> Response:
    """Show an order; `typed` is a form that was refused, to stand there as it was written."""
    book = asking.site.book
    committee = book.profiles.committees[order.committee]
    common = {"order": order, "committee": committee, "problems": problems}
    if not _is_form(asking, order):
        files = set().union(*(pictures(line) for line in order.content.lines))
        return asking.page(
            "order.html",
            code,
            lines=_lines(asking, order),
            done=events(asking, order),
            answers=consents(book, asking.who, order.committee, files),
            **common,
        )
    number = _number(asking, order)
    line, held = order.content.lines[number], held_of(asking, order.content.lines[number])
    prices, found = _prices(asking, order.content, line)
    handed = picture_fields(asking, order, line, held)
    # Whoever has no script is told here how sharp a picture is; the preview is made anyway.
    shown = look(asking, order, number) if any(one.focus for one in handed) else None
    values = {
        "line": line,
        "lines": _lines(asking, order),
        "position": number + 1,
        "held": held,
        "fields": fields_of(held, line, staff=asking.may("SET_ALL")),
        "open": left_open(held, line, staff=asking.may("SET_ALL")),
        "pictures": handed,
        "sharp": sharpness(asking, order, number, shown),
        "text": shown.text if shown else "",
        "goals": goals_of(book.profiles, line, order.committee, asking.words.language),
        "address": address_of(line),
        "offers": offers_of(prices, found),
        "price": found,
        "sums": _sums(asking, order),
        "page": held.profiles.formats[line.format],
        "languages": held.template.languages,
        "saved": asking.request.query_params.get("saved"),
        "typed": typed or {},
    }
    return asking.page("draft.html", code, **common, **values)


def _is_form(asking: Asking, order: Order) -> bool:
    """Tell whether to show the form: of a draft, and of what was sent in where a change was asked for."""
    changing = asking.request.query_params.get("edit") == "1" or asking.request.method == "POST"
    # The same bytes once more: there is nothing to fill in, and the order book takes no change.
    if order.kind == COMPLAINT:
        return False
    wanted = order.state is State.DRAFT or (order.state in EDITABLE and changing)
    return wanted and bool(order.content.lines) and asking.may("WRITE", order.committee)


def _number(asking: Asking, order: Order) -> int:
    asked = asking.text("line") or asking.request.query_params.get("line", "1")
    number = whole_number(asked) or 1
    # A line that was dropped meanwhile leads to the last one, no error.
    return min(max(number, 1), len(order.content.lines)) - 1


def _lines(asking: Asking, order: Order) -> list[tuple[Line, Frozen]]:
    return [(line, held_of(asking, line)) for line in order.content.lines]


def _prices(asking: Asking, content: Content, line: Line) -> tuple[PriceList, Price]:
    prices = asking.site.book.rules.prices.get(content.price_list)
    if prices is None:
        raise OrderRefused(asking.words.gettext("the price list was withdrawn; begin a new order"))
    return prices, price_of(prices, line)


def _sums(asking: Asking, order: Order) -> Sums:
    book, content = asking.site.book, order.content
    account = account_of(asking, order.committee)
    left = account.available if account else None
    try:
        cost, days = price(book, content), print_days(book, content)
        line = content.lines[_number(asking, order)]
        following = next_step(*_prices(asking, content, line), line.quantity)
    except OrderRefused as error:
        return Sums(None, None, left, None, None, tuple(asking.told(error)))
    calendar = book.rules.calendar
    arrives = way(calendar, book.today, days).delivered
    safe = last_safe_day(calendar, content.needed_by, days) if content.needed_by else None
    return Sums(cost, following, left, safe, arrives, ())


def save(asking: Asking) -> Response:
    """Keep what a form says; submit it where that is what was pressed."""
    # Asked first, as saving what was sent in already would make a draft of it again.
    if again := asking.done():
        return again
    try:
        order = _save(asking)
        if asking.text("do") != "submit":
            return asking.go(f"/order/{order.id}?saved=1&line={_number(asking, order) + 1}")
        # Only now, as a draft may be kept with a text that does not fit yet.
        demand_shown(asking, order)
        submit(asking.site.book, asking.who, On(order.id, order.version, asking.text("key")))
    except (OrderRefused, SlotErrors, WorkspaceError) as error:
        if again := asking.done():
            return again
        order = get(asking.site.book, asking.who, asking.number())
        problems = words_of(asking, error, order)
        # What another has written meanwhile must be seen before it is written over
        if asking.text("version") not in ("", str(order.version)):
            return _page(asking, order, (*problems, *_unsaved(asking, order)), REFUSED)
        return _page(asking, order, tuple(problems), REFUSED, typed=asking.form)
    return asking.go(f"/order/{order.id}?submitted=1")


def _unsaved(asking: Asking, order: Order) -> Iterator[Complaint]:
    """Yield the texts of a form that are not those of the order, so that they can be copied from the page."""
    line = order.content.lines[_number(asking, order)]
    where, keys = address_of(line), labels_of(asking.words)
    kept = {
        **{key: (key, keys[key], getattr(order.beside, key)) for key in ("phone", "note")},
        "title": ("title", keys["title"], order.content.title),
        "address": ("address", keys["address"], where.address if where else ""),
    }
    for one in fields_of(held_of(asking, line), line, staff=asking.may("SET_ALL")):
        kept[f"slot.{one.name}"] = (f"slot-{one.name}", one.label, one.value)
    for name, (field, label, value) in kept.items():
        if (text := asking.text(name)) and text != value:
            told = asking.words.gettext("%(label)s: you wrote: %(text)s", label=label, text=text)
            yield Complaint.about(told, field)


def autosave(asking: Asking) -> Response:
    """Keep what a form says, and answer with what follows from it."""
    try:
        order = _save(asking)
    except (OrderRefused, SlotErrors) as error:
        order = get(asking.site.book, asking.who, asking.number())
        problems = words_of(asking, error, order, writing=True)
        return JSONResponse({"version": order.version, "saved": False, "problems": _pairs(problems)}, REFUSED)
    sums = _sums(asking, order)
    try:
        check_slots(asking.site.book, order.content, order.committee, order.id, by=check_values)
        problems = []
    except (OrderRefused, SlotErrors) as error:
        problems = words_of(asking, error, order, writing=True)
    shown = (
        asking.site.environment(asking.words)
        .get_template("sums.html")
        .render(sums=sums, order=order, line=order.content.lines[_number(asking, order)])
    )
    answer = {"version": order.version, "saved": True, "problems": _pairs(problems), "sums": shown}
    return JSONResponse(answer)


def _pairs(problems: Sequence[Complaint]) -> list[tuple[str, str]]:
    """Return complaints as the page's script takes them: words, and the field that they are about."""
    return [(str(one), one.field) for one in problems]


def _save(asking: Asking) -> Order:
    """Write a form's content; an older version of it is refused, so that nothing of another is lost."""
    book, order = asking.site.book, get(asking.site.book, asking.who, asking.number())
    if order.state not in EDITABLE:
        raise OrderRefused(asking.words.gettext("this order can no longer be changed"))
    seen = asking.whole("version")
    number = _number(asking, order)
    line, held = order.content.lines[number], held_of(asking, order.content.lines[number])
    names = [one.name for one in fields_of(held, line, staff=asking.may("SET_ALL"))]
    written = with_pictures(asking, order, read_line(asking.form, line, names), held)
    lines = [written if place == number else one for place, one in enumerate(order.content.lines)]
    # The last line stays, as an order without lines cannot be shown as a form.
    if asking.text("do") == "drop" and len(lines) > 1:
        del lines[number]
    content = read_draft(asking.form, order.content, lines)
    beside = read_beside(asking.form, order.beside)
    try:
        order = edit(book, asking.who, On(order.id, seen), content)
    except OrderRefused:
        order = get(book, asking.who, order.id)
        demand(asking.who, Act.WRITE, order.committee)
        with book.read() as connection:
            filled = fill(book, connection, content, book.today)
        # What says the same writes over nobody: a second press comes with the version before the first.
        if filled.text() != order.content.text():
            raise
    # Apart from the content: it needs no new approval.
    if beside != order.beside:
        order = set_beside(book, asking.who, On(order.id, order.version), beside)
    # After both writes, as news name the version that they show.
    tell(asking, order, min(number, len(order.content.lines) - 1))
    return order

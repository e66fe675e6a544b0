"""What staff sees: its queue, prices, the releases of templates, persons and their roles."""

import datetime

from starlette.responses import Response

from printkit.errors import OrderRefused
from printkit.orders.checking import print_days
from printkit.orders.days import last_safe_day
from printkit.orders.life import State
from printkit.orders.persons import add_person, change_seats, find_person, leave, list_persons
from printkit.orders.prices import list_on
from printkit.orders.reading import Order, list_orders
from printkit.orders.releases import freeze, list_releases, retire
from printkit.orders.rights import Act, Role, demand, read_seat
from printkit.orders.signing import make_link
from printkit.template import list_templates
from printkit.web.asking import Asking

# Columns of the queue: what waits for somebody, in the order of an order's life
QUEUE = (State.SUBMITTED, State.APPROVED, State.RELEASED, State.AT_PRINTER, State.IN_DELIVERY)
MOST = 500


def queue(asking: Asking) -> Response:
    """Show orders that wait, those that must move today first."""
    if not asking.may("READ"):
        return asking.go("/")
    found = list_orders(asking.site.book, asking.who, states=QUEUE, most=MOST)
    safe = {order.id: _safe(asking, order) for order in found}
    today = asking.site.book.today
    late = datetime.date.max
    # What has no day waits behind all that has one.
    found.sort(key=lambda order: (safe[order.id] or late, order.id))
    urgent = [one for one in found if (day := safe[one.id]) is not None and day <= today]
    columns = {state: [one for one in found if one.state is state] for state in QUEUE}
    return asking.page("queue.html", urgent=urgent, columns=columns, safe=safe)


def _safe(asking: Asking, order: Order) -> datetime.date | None:
    """Return the last day on which an order must move on to arrive in time, None where it has no day."""
    if order.content.needed_by is None or order.state not in (State.SUBMITTED, State.APPROVED):
        return None
    try:
        days = print_days(asking.site.book, order.content)
    except OrderRefused:
        # Its price list was withdrawn: whoever opens it is told so.
        return asking.site.book.today
    return last_safe_day(asking.site.book.rules.calendar, order.content.needed_by, days)


def prices(asking: Asking) -> Response:
    """Show the price lists, the newest first, and which of them counts today."""
    if not asking.may("READ"):
        return asking.go("/")
    book = asking.site.book
    found = sorted(book.rules.prices.values(), key=lambda one: (one.valid_from, one.id), reverse=True)
    try:
        today = list_on(book.rules.prices, book.today).id
    except OrderRefused:
        today = ""
    return asking.page("prices.html", lists=found, presses=book.profiles.presses, today=today)


def templates(asking: Asking) -> Response:
    """Show the workspace's templates and their releases."""
    demand(asking.who, Act.TEMPLATES)
    book = asking.site.book
    with book.read() as connection:
        found = list_releases(connection)
    there = list_templates(book.workspace)
    # The name of its newest release; one that was never released is named as its folder is.
    names = {one: next((its.name for its in found if its.template == one), one) for one in there}
    return asking.page("templates.html", names=names, releases=found, today=book.today)


def change_template(asking: Asking) -> Response:
    """Release a template, retire a release or set its last day."""
    name = asking.text("template")
    if asking.text("do") == "freeze":
        if name not in list_templates(asking.site.book.workspace):
            raise OrderRefused(asking.words.gettext("there is no such template"))
        freeze(asking.site.book, asking.who, name)
        return asking.go("/templates")
    number, day = asking.whole("number") or 0, asking.text("last_day")
    try:
        last = datetime.date.fromisoformat(day) if day else None
    except ValueError as error:
        raise OrderRefused(asking.words.gettext("'%(day)s' is no day", day=day[:20])) from error
    retire(asking.site.book, asking.who, name, number, last_day=last)
    return asking.go("/templates")


def persons(asking: Asking) -> Response:
    """Show persons with their roles."""
    demand(asking.who, Act.PERSONS)
    found = list_persons(asking.site.book, asking.who)
    committees = asking.site.book.profiles.committees.values()
    return asking.page("persons.html", persons=found, roles=list(Role), committees=committees, link=None)


def change_person(asking: Asking) -> Response:
    """Add a person, give or end a seat, hand out a link, or note that somebody has left."""
    book, what = asking.site.book, asking.text("do")
    if what == "add":
        roles = [read_seat(asking.text("seat"))]
        add_person(book, asking.who, asking.text("name"), asking.text("email"), roles=roles)
        return asking.go("/persons")
    person = find_person(book, asking.text("person"))
    if what == "give":
        change_seats(book, asking.who, person.id, give=[read_seat(asking.text("seat"))])
    elif what == "end":
        change_seats(book, asking.who, person.id, end=[read_seat(asking.text("seat"))])
    elif what == "leave":
        leave(book, asking.who, person.id)
    elif what == "link":
        address = f"{asking.site.base_url}/sign-in/{make_link(book, asking.who, person.id)}"
        found = list_persons(book, asking.who)
        committees = book.profiles.committees.values()
        return asking.page(
            "persons.html", persons=found, roles=list(Role), committees=committees, link=(person, address)
        )
    return asking.go("/persons")

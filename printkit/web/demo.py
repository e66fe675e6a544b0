"""An order book to look at: committees' people as roles only, orders in every state, all of it invented."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from printkit.orders import changing, deciding, money, producing
from printkit.orders.approving import approve
from printkit.orders.book import Book, open_book
from printkit.orders.content import read_content
from printkit.orders.persons import add_person
from printkit.orders.reading import Order
from printkit.orders.releases import freeze
from printkit.orders.rights import Person, Role, Seat
from printkit.orders.signing import make_link
from printkit.orders.stepping import On
from printkit.orders.working import work
from printkit.template import list_templates
from printkit.words import Message, translate
from printkit.workspace import Workspace

# Kroner of a committee's year, as the municipality hands out for local activities
GRANTED_ORE = 5_000_000
WEEKS = datetime.timedelta(weeks=6)


def make(workspace: Workspace, folder: Path) -> tuple[Book, list[Person]]:
    """Fill a new database below a folder; return the book and its people, an admin first."""
    folder.mkdir(parents=True, exist_ok=True)
    book = open_book(workspace, f"sqlite:///{folder / 'demo.sqlite3'}")
    people = list(_people(book))
    approver, coordinator, *leaders = people[1:]
    # Orders name releases, never the workspace's own template, which may change.
    for template in list_templates(workspace):
        freeze(book, approver, template)
    year = book.today.year
    for owner in (*book.profiles.committees, book.rules.rules.payer):
        money.grant(book, coordinator, owner, year, amount=GRANTED_ORE)
    _orders(book, (approver, coordinator), leaders[0])
    return book, people


def _people(book: Book) -> Iterator[Person]:
    words = translate(book.profiles.municipality.language, "web")
    admin = add_person(
        book, None, words.gettext("Administrator"), "admin@example.org", roles=[Seat(Role.ADMIN)]
    )
    yield admin
    staff = {Role.APPROVER: words.gettext("Communications"), Role.COORDINATOR: words.gettext("Coordinator")}
    for role, name in staff.items():
        yield add_person(book, admin, name, f"{role.value}@example.org", roles=[Seat(role)])
    # Enough to see that one does not see the orders of another.
    for committee in list(book.profiles.committees)[:3]:
        seat = Seat(Role.ORDERER, committee)
        yield add_person(
            book,
            admin,
            words.gettext("Leader %(committee)s", committee=committee),
            f"{committee}@example.org",
            roles=[seat],
        )


def _orders(book: Book, staff: tuple[Person, Person], leader: Person) -> None:
    """Take orders of one committee as far as each state."""
    approver, coordinator = staff
    words = translate(book.profiles.municipality.language, "web")
    _draft(book, leader, 0)
    sent, returned, approved, printed, shipped, delivered = (
        _draft(book, leader, number) for number in range(1, 7)
    )
    for order in (sent, returned, approved, printed, shipped, delivered):
        changing.submit(book, leader, On(order.id))
    deciding.give_back(book, approver, On(returned.id), words.gettext("The date is in the past."))
    for order in (approved, printed, shipped, delivered):
        approve(book, approver, On(order.id))
    for order in (printed, shipped, delivered):
        producing.release(book, coordinator, On(order.id))
    # Together, as a batch takes all that is released at that time.
    work(book)
    for order in (shipped, delivered):
        producing.ship(book, coordinator, On(order.id))
    producing.deliver(book, coordinator, On(delivered.id))


def _draft(book: Book, leader: Person, number: int) -> Order:
    (committee,) = leader.committees
    template, page, press, quantity = _choice(book)
    sites = [one.id for one in book.profiles.sites.values() if committee in one.committees]
    place = {"site": sites[number % len(sites)]} if sites else {"address": book.profiles.brand.name}
    line = {
        "template": template,
        "language": book.profiles.municipality.language,
        "format": page,
        "press": press,
        "quantity": quantity,
        "places": [{**place, "copies": quantity}],
    }
    words = translate(book.profiles.municipality.language, "web")
    title = words.gettext("Order %(number)s", number=number + 1)
    content = {"title": title, "needed_by": book.today + WEEKS, "lines": [line]}
    return changing.new_order(book, leader, committee, read_content(content))


def _choice(book: Book) -> tuple[str, str, str, int]:
    """Return the first template, format and press that have a price today, and the fewest copies."""
    from printkit.template import load_template

    for name in list_templates(book.workspace):
        for page in load_template(book.workspace, name).layouts:
            press = book.profiles.formats[page].default_press
            for prices in book.rules.prices.values():
                if found := prices.find(page, press):
                    return name, page, press, found.minimum
    raise LookupError(Message("no template of this workspace has a price"))


def links(book: Book, people: list[Person]) -> list[tuple[Person, str]]:
    """Return a sign-in token for each person."""
    return [(one, make_link(book, people[0], one.id)) for one in people]

"""An order book to look at: committees' people as roles only, orders in every state, all of it invented."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from printkit.errors import OrderRefused, SlotErrors
from printkit.orders import changing, deciding, money, producing
from printkit.orders.approving import approve
from printkit.orders.book import Book, open_book
from printkit.orders.checking import check_slots, fill
from printkit.orders.content import Content, Line, Place, read_content
from printkit.orders.persons import add_person
from printkit.orders.prices import list_on
from printkit.orders.reading import Order
from printkit.orders.releases import freeze, frozen
from printkit.orders.rights import Person, Role, Seat
from printkit.orders.signing import make_link
from printkit.orders.stepping import On
from printkit.orders.working import work
from printkit.template import Template, check_values, list_templates, load_template
from printkit.words import Message, translate
from printkit.workspace import Workspace

# Kroner of a committee's year, as the municipality hands out for local activities
GRANTED_ORE = 5_000_000
WEEKS = datetime.timedelta(weeks=6)
# Orders: one for each state, and one that came back
STATES = 12


def make(workspace: Workspace, folder: Path) -> tuple[Book, list[Person]]:
    """Fill a new database below a folder; return the book and its people, an admin first."""
    folder.mkdir(parents=True, exist_ok=True)
    book = open_book(workspace, f"sqlite:///{folder / 'demo.sqlite3'}")
    people = list(_people(book))
    approver, coordinator, *leaders, _ = people[1:]
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
    yield add_person(book, admin, words.gettext("Accounts"), "money@example.org", roles=[Seat(Role.MONEY)])


def _orders(book: Book, staff: tuple[Person, Person], leader: Person) -> None:
    """Take orders of one committee as far as each state."""
    approver, coordinator = staff
    words = translate(book.profiles.municipality.language, "web")
    (committee,) = leader.committees
    line = _choice(book, committee)
    # What only staff sets, staff has begun; it is not the approver, as four eyes look at each order.
    slots = _manifest(book, line).slots
    begins = coordinator if any(slots[name].edit == "comms" for name in line.slots) else leader
    drafts = [_draft(book, begins, committee, line, number=number) for number in range(STATES)]
    _, _, returned, approved, printed, shipped, delivered, closed, cancelled, *ended, released = drafts
    withdrawn, rejected = ended
    for order in drafts[1:]:
        changing.submit(book, leader, On(order.id))
    past = words.gettext("The date is in the past.")
    deciding.give_back(book, approver, On(returned.id), past)
    changing.withdraw(book, leader, On(withdrawn.id))
    deciding.reject(book, approver, On(rejected.id), past)
    for order in (approved, printed, shipped, delivered, closed, cancelled, released):
        approve(book, approver, On(order.id))
    for order in (printed, shipped, delivered, closed, cancelled):
        producing.release(book, coordinator, On(order.id))
    # Together, as a batch takes all that is released at that time.
    made = work(book)
    # What went back cannot go on to the states behind it.
    if made.held:
        raise OrderRefused(*made.held.values())
    producing.cancel(book, coordinator, On(cancelled.id), past)
    for order in (shipped, delivered, closed):
        producing.ship(book, coordinator, On(order.id))
    for order in (delivered, closed):
        producing.deliver(book, coordinator, On(order.id))
    producing.close(book, coordinator, On(closed.id))
    # After the work: it waits for the next
    producing.release(book, coordinator, On(released.id))


def _draft(book: Book, actor: Person, committee: str, line: Line, *, number: int) -> Order:
    sites = [one.id for one in book.profiles.sites.values() if committee in one.committees]
    place = {"site": sites[number % len(sites)]} if sites else {"address": book.profiles.brand.name}
    sent = {**line.model_dump(), "places": [{**place, "copies": line.quantity}]}
    words = translate(book.profiles.municipality.language, "web")
    title = words.gettext("Order %(number)s", number=number + 1)
    content = {"title": title, "needed_by": book.today + WEEKS, "lines": [sent]}
    return changing.new_order(book, actor, committee, read_content(content))


def _choice(book: Book, committee: str) -> Line:
    """Return a line of the first template and format that can be ordered today, the fewest copies of it."""
    problems: list[str] = []
    for line in _priced(book):
        try:
            return _sampled(book, committee, line)
        except (OrderRefused, SlotErrors) as error:
            problems += error.problems if isinstance(error, OrderRefused) else map(str, error.problems)
    nothing = Message("no template of this workspace can be shown in orders: none has a price today")
    raise OrderRefused(*problems or [nothing])


def _priced(book: Book) -> Iterator[Line]:
    """Yield a line for each template and format that has a price today."""
    prices = list_on(book.rules.prices, book.today)
    for name in list_templates(book.workspace):
        for page in load_template(book.workspace, name).layouts:
            press = book.profiles.formats[page].default_press
            if found := prices.find(page, press):
                places = (Place(address=book.profiles.brand.name, copies=found.minimum),)
                yield Line(template=name, format=page, press=press, quantity=found.minimum, places=places)


def _sampled(book: Book, committee: str, line: Line) -> Line:
    """Return a line with samples where a value is asked for; raise SlotErrors where those do not do."""
    with book.read() as connection:
        filled = fill(book, connection, Content(lines=(line,)), book.today)
    (line,) = filled.lines
    try:
        check_slots(book, filled, committee, by=check_values)
    except SlotErrors as error:
        slots = _manifest(book, line).slots
        samples = {one.slot: slots[one.slot].sample for one in error.problems if one.slot in slots}
        given = {name: sample for name, sample in samples.items() if sample is not None}
        line = Line.model_validate({**line.model_dump(), "slots": given})
    check_slots(book, filled.model_copy(update={"lines": (line,)}), committee)
    return line


def _manifest(book: Book, line: Line) -> Template:
    with book.read() as connection:
        return frozen(book, connection, line.template, line.release).template


def links(book: Book, people: list[Person]) -> list[tuple[Person, str]]:
    """Return a sign-in token for each person."""
    return [(one, make_link(book, people[0], one.id)) for one in people]

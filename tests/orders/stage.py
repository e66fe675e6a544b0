"""An order book of a test's own: a small workspace, people as roles, a template of one page."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from printkit.orders.approving import approve
from printkit.orders.book import Book, open_book
from printkit.orders.changing import new_order, submit
from printkit.orders.content import Content, read_content
from printkit.orders.money import grant
from printkit.orders.persons import add_person, find_person
from printkit.orders.pieces import LineMaker
from printkit.orders.producing import release
from printkit.orders.proving import record_proofs
from printkit.orders.reading import Order, Proof, get
from printkit.orders.releases import freeze, frozen
from printkit.orders.rights import Person, Role, Seat
from printkit.orders.stepping import On
from printkit.orders.store import Store
from printkit.orders.working import Worked, work
from printkit.profiles import BatchLimits
from printkit.work.pool import InProcess, Pool
from printkit.workspace import Workspace
from tests.cases.design import FORMAT, design

# A Monday.
BEGUN = datetime.datetime(2027, 3, 1, 9, 0, tzinfo=datetime.UTC)
SLOTS = """[slots.title]
kind = "text"
label = "Tittel"
required = true
sample = "Møte"
edit = "committee"
max_characters = 20
[slots.stamp]
kind = "text"
label = "Stempel"
default = "Kommunen"
[slots.photo]
kind = "image"
label = "Bilde"
edit = "committee"
ratio = 1
min_px = [100, 100]
"""
# Printed 20 mm wide, where there is one
PHOTO = (
    '{% if photo %}<img src="{{ photo.src }}" style="object-position: {{ photo.position }}"'
    ' data-slot="photo" alt="">{% endif %}'
)
PRICES = """name = "Test"
printer = "Trykkeriet"
valid_from = 2027-01-01
valid_to = 2027-12-31
vat_basis_points = 2500
[[prices]]
format = "t100"
press = "offset-coated"
minimum = 10
step = 10
maximum = 1000
days = 2
tiers = [{ quantity = 10, setup = 10000, each = 50 }, { quantity = 100, setup = 12000, each = 30 }]
"""


PEOPLE = (
    ("admin", Role.ADMIN, ""),
    ("komm", Role.APPROVER, ""),
    ("koordinator", Role.COORDINATOR, ""),
    ("leder3", Role.ORDERER, "nu03"),
    ("leder4", Role.ORDERER, "nu04"),
)


@dataclass
class Clock:
    """Say what time it is, as the test sets it."""

    now: datetime.datetime = BEGUN

    def __call__(self) -> datetime.datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += datetime.timedelta(**time)


def make_workspace(folder: Path) -> Path:
    """Make a workspace with the template `t`, a price list for it and no kits."""
    made = design(folder)
    made.page(
        f'<p data-slot="title">{{{{ title }}}} {{{{ stamp }}}}</p>{PHOTO}',
        slots=SLOTS,
        css=".page > p { left: 30mm; top: 30mm }"
        " .page > img { left: 10mm; top: 10mm; width: 20mm; height: 20mm; object-fit: cover }",
    )
    for file in (made.root / "profiles" / "prices").iterdir():
        file.unlink()
    (made.root / "profiles" / "kits.toml").unlink()
    (made.root / "profiles" / "plan" / "2027.toml").unlink()
    made.write("profiles/prices/test.toml", PRICES)
    made.write("profiles/formats/t100.toml", FORMAT)
    return made.root


def here(works: Mapping[str, Any], _: Path, __: BatchLimits) -> Pool:
    """Make pieces in this process."""
    return InProcess(partial(LineMaker, works))


@dataclass
class Stage:
    """An order book with its people."""

    book: Book
    clock: Clock
    admin: Person
    approver: Person
    coordinator: Person
    leader: Person
    other: Person

    def content(self, title: str = "Hei", quantity: int = 100, **more: Any) -> Content:
        """Return content of one line, all of it to one library."""
        places = [{"site": "bib-drammen", "copies": quantity}]
        line = {
            "template": "t",
            "format": "t100",
            "quantity": quantity,
            "slots": {"title": title},
            "places": places,
        }
        return read_content({"lines": [{**line, **more.pop("line", {})}], **more})

    def draft(self, content: Content | None = None, *, actor: Person | None = None) -> Order:
        return new_order(self.book, actor or self.leader, "nu03", content or self.content())

    def submitted(self, content: Content | None = None) -> Order:
        return submit(self.book, self.leader, On(self.draft(content).id))

    def proved(self, order: Order, sha256: str = "0" * 64) -> Order:
        """Note proofs that nobody made."""
        proof = Proof(f"piece-{order.id}", sha256, 1, "pass", (), "none")
        record_proofs(self.book, self.approver, order, [proof])
        return get(self.book, self.approver, order.id)

    def approved(self, content: Content | None = None) -> Order:
        order = self.proved(self.submitted(content))
        return approve(self.book, self.approver, On(order.id))

    def truly_approved(self, content: Content | None = None) -> Order:
        """Return an approved order whose press files were made."""
        return approve(self.book, self.approver, On(self.submitted(content).id), pool=here)

    def released(self, content: Content | None = None) -> Order:
        return release(self.book, self.coordinator, On(self.truly_approved(content).id))

    def work(self) -> Worked:
        return work(self.book, pool=here)

    def again(self) -> Book:
        """Return the book as a program that is started anew has it."""
        url = self.book.database.engine.url.render_as_string(hide_password=False)
        return replace(
            open_book(self.book.workspace, url, clock=self.clock),
            store=self.book.store,
            batches=self.book.batches,
        )


def set_stage(workspace: Path, url: str, folder: Path) -> Stage:
    """Open a new order book with an admin, an approver, a coordinator and two leaders of committees."""
    stage = open_stage(workspace, url, folder, new=True)
    freeze(stage.book, stage.approver, "t")
    grant(stage.book, stage.coordinator, "nu03", 2027, amount=1_000_000)
    # What lies in folders of releases is laid out by who asks first.
    with stage.book.read() as connection:
        frozen(stage.book, connection, "t", 1)
    return stage


def open_stage(workspace: Path, url: str, folder: Path, *, new: bool = False) -> Stage:
    """Open the copy of an order book that `set_stage` has made."""
    clock = Clock()
    book = open_book(Workspace(workspace), url, clock=clock)
    book = replace(book, store=Store(folder / "store"), batches=folder / "batches")
    people = [_person(book, *one, new=new) for one in PEOPLE]
    return Stage(book, clock, *people)


def _person(book: Book, name: str, role: Role, committee: str, *, new: bool) -> Person:
    email = f"{name}@example.org"
    if not new:
        return find_person(book, email)
    admin = None if role is Role.ADMIN else find_person(book, "p1")
    return add_person(book, admin, name, email, roles=[Seat(role, committee)])

"""Persons and their seats."""

from collections.abc import Iterable

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from printkit.errors import OrderRefused
from printkit.orders.book import PRINTKIT, Book, Step
from printkit.orders.content import check_texts
from printkit.orders.log import note
from printkit.orders.rights import Act, Person, Role, Seat, demand
from printkit.orders.tables import numbered, persons, seats
from printkit.units import whole_number
from printkit.words import Message


def add_person(
    book: Book, actor: Person | None, name: str, email: str, *, roles: Iterable[Seat], language: str = ""
) -> Person:
    """Add a person with her seats. Nobody needs to act for the first one, who must be an admin."""
    chosen = frozenset(roles)
    check_reachable(name, email)
    _check(book, chosen)
    with book.write(actor or PRINTKIT) as step:
        if actor is not None:
            demand(actor, Act.PERSONS)
        # Otherwise anybody at the command line could make herself an admin
        elif step.connection.execute(select(func.count()).select_from(persons)).scalar_one():
            raise OrderRefused(Message("say who adds a person by --as; nobody may only for the first one"))
        elif Seat(Role.ADMIN) not in chosen:
            raise OrderRefused(Message("the first person must be an admin: --role admin"))
        if _by_email(step.connection, email) is not None:
            raise OrderRefused(Message("%(email)s is there already", email=email))
        values = {
            "name": name.strip(),
            # Links are asked for in whatever letters people type.
            "email": email.strip().lower(),
            "language": language or book.profiles.municipality.language,
            "added_at": step.at,
        }
        number = step.connection.execute(insert(persons).values(**values)).inserted_primary_key
        assert number is not None
        for seat in sorted(chosen, key=str):
            seated = {"role": seat.role.value, "committee": seat.committee, "since": step.at}
            step.connection.execute(insert(seats).values(person_id=number[0], **seated))
        note(step, "person", person=number[0], seats=sorted(map(str, chosen)))
        return Person(number[0], values["name"], values["email"], values["language"], chosen)


def check_reachable(name: str, email: str) -> None:
    """Raise OrderRefused where somebody has no name, or an address that no mail can reach."""
    check_texts(name=name, email=email)
    if not name.strip() or "@" not in email.strip("@ ") or any(sign.isspace() for sign in email.strip()):
        raise OrderRefused(Message("a person has a name and an address of e-mail, as anna@example.org"))


def _check(book: Book, chosen: frozenset[Seat]) -> None:
    if not chosen:
        raise OrderRefused(Message("a person has a role at least, as orderer:c03"))
    for seat in chosen:
        if seat.committee and seat.committee not in book.profiles.committees:
            known = ", ".join(book.profiles.committees)
            raise OrderRefused(
                Message(
                    "no committee '%(committee)s'; there are: %(known)s",
                    committee=seat.committee,
                    known=known,
                )
            )


def change_seats(
    book: Book, actor: Person, person: int, *, give: Iterable[Seat] = (), end: Iterable[Seat] = ()
) -> Person:
    """Give a person seats, end others."""
    demand(actor, Act.PERSONS)
    given, ended = frozenset(give), frozenset(end)
    with book.write(actor) as step:
        before = person_of(step.connection, person)
        # A seat that she has already keeps the day since when she has it.
        for seat in given - before.seats:
            if seat.committee and seat.committee not in book.profiles.committees:
                raise OrderRefused(Message("no committee '%(committee)s'", committee=seat.committee))
            seated = {"role": seat.role.value, "committee": seat.committee, "since": step.at}
            step.connection.execute(insert(seats).values(person_id=person, **seated))
        for seat in ended & before.seats:
            here = (
                seats.c.person_id == person,
                seats.c.role == seat.role.value,
                seats.c.committee == seat.committee,
            )
            step.connection.execute(update(seats).where(*here, seats.c.until.is_(None)).values(until=step.at))
        if Seat(Role.ADMIN) in ended - given:
            _keep_an_admin(step)
        note(step, "seats", person=person, give=sorted(map(str, given)), end=sorted(map(str, ended)))
        return person_of(step.connection, person)


def leave(book: Book, actor: Person, person: int) -> None:
    """End all seats of a person: her name and address go, her number stays in log and ledger."""
    demand(actor, Act.PERSONS)
    # Here, as signing looks persons up.
    from printkit.orders.signing import forget

    with book.write(actor) as step:
        person_of(step.connection, person)
        # The log must go on telling who did what, without telling who that was
        gone = {"name": f"p{person}", "email": None, "left_at": step.at}
        step.connection.execute(update(persons).where(persons.c.id == person).values(**gone))
        still = (seats.c.person_id == person, seats.c.until.is_(None))
        step.connection.execute(update(seats).where(*still).values(until=step.at))
        _keep_an_admin(step)
        forget(step, person)
        note(step, "leave", person=person)


def _keep_an_admin(step: Step) -> None:
    """Raise OrderRefused where nobody would be left who can add persons and give roles."""
    if not holders(step.connection, Role.ADMIN):
        raise OrderRefused(Message("one administrator must be left; give somebody else the role first"))


def anybody(book: Book) -> bool:
    """Tell whether a first person was added."""
    with book.read() as connection:
        return connection.execute(select(persons.c.id).limit(1)).first() is not None


def find_person(book: Book, named: str) -> Person:
    """Return whom `p7` or an address of e-mail names; raise OrderRefused for nobody and for who has left."""
    with book.read() as connection:
        number = whole_number(named.removeprefix("p")) if named.startswith("p") else None
        if number is not None:
            return person_of(connection, number)
        row = _by_email(connection, named)
        if row is None:
            raise OrderRefused(
                Message("nobody is '%(named)s'; name a person as p7 or by her address of e-mail", named=named)
            )
        return _person(connection, row)


def person_of(connection: Connection, number: int) -> Person:
    """Return a person by her number; raise OrderRefused for one who has left."""
    found = connection.execute(select(persons).where(numbered(persons.c.id, number))).mappings().one_or_none()
    if found is None or found["left_at"]:
        left = Message("p%(number)s has left", number=number)
        raise OrderRefused(left if found else Message("there is no person p%(number)s", number=number))
    return _person(connection, found)


def names_of(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """Return names by number, those of people who have left too: what is left of them."""
    wanted = select(persons.c.id, persons.c.name).where(persons.c.id.in_(sorted(numbers)))
    return {row.id: row.name for row in connection.execute(wanted)}


def list_persons(book: Book, actor: Person) -> list[Person]:
    """Return all who have not left."""
    demand(actor, Act.PERSONS)
    with book.read() as connection:
        rows = (
            connection.execute(select(persons).where(persons.c.left_at.is_(None)).order_by(persons.c.id))
            .mappings()
            .all()
        )
        return people(connection, rows)


def holders(connection: Connection, role: Role, committee: str = "") -> list[Person]:
    """Return who has a seat now."""
    seated = select(seats.c.person_id).where(
        seats.c.role == role.value, seats.c.committee == committee, seats.c.until.is_(None)
    )
    rows = (
        connection.execute(select(persons).where(persons.c.id.in_(seated)).order_by(persons.c.id))
        .mappings()
        .all()
    )
    return people(connection, rows)


def people(connection: Connection, rows: Iterable[RowMapping]) -> list[Person]:
    """Return persons with their seats, in two queries however many they are."""
    found = list(rows)
    wanted = select(seats).where(seats.c.person_id.in_([row["id"] for row in found]), seats.c.until.is_(None))
    seated: dict[int, set[Seat]] = {}
    for row in connection.execute(wanted).mappings():
        seated.setdefault(row["person_id"], set()).add(Seat(Role(row["role"]), row["committee"]))
    return [
        Person(
            row["id"], row["name"], row["email"] or "", row["language"], frozenset(seated.get(row["id"], ()))
        )
        for row in found
    ]


def _person(connection: Connection, row: RowMapping) -> Person:
    return people(connection, [row])[0]


def _by_email(connection: Connection, email: str) -> RowMapping | None:
    wanted = select(persons).where(persons.c.email == email.strip().lower(), persons.c.left_at.is_(None))
    return connection.execute(wanted).mappings().one_or_none()

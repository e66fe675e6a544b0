"""Signing in: links by e-mail and sessions, of which the database has hashes only."""

import datetime
import secrets
from hashlib import sha256

from sqlalchemy import delete, func, insert, select, update

from printkit.errors import OrderRefused
from printkit.orders.book import PRINTKIT, Book, Step, stamp
from printkit.orders.log import note
from printkit.orders.persons import person_of
from printkit.orders.rights import Act, Person, demand
from printkit.orders.tables import attempts, links, persons, sessions
from printkit.words import Message

BYTES = 32
SPENT = Message("this link is used up or too old; ask for a new one")


# Of a database that leaks nobody can sign in; no salt, as tokens are 256 bits of chance and not passwords
def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def ask_link(book: Book, email: str, address: str) -> str | None:
    """Return a new token for a link to who has this e-mail, None where nobody has or she got enough of them.

    Callers answer the same either way. Raise OrderRefused where `address` has asked too often.
    """
    with book.write(PRINTKIT) as step:
        hour = stamp(step.now - datetime.timedelta(hours=1))
        asked = select(func.count()).where(attempts.c.address == address, attempts.c.at > hour)
        if step.connection.execute(asked).scalar_one() >= book.rules.rules.links_an_hour:
            raise OrderRefused(Message("too many links were asked for from here; wait an hour"))
        step.connection.execute(insert(attempts).values(address=address, at=step.at))
        # Noted before anybody is looked for, so that asking for many addresses counts alike whether they are
        # known or not
        wanted = select(persons.c.id).where(
            persons.c.email == email.strip().lower(), persons.c.left_at.is_(None)
        )
        found = step.connection.execute(wanted).scalar()
        # Told alike whether nobody has the address or she got enough: callers say the same page.
        return None if found is None or _has_enough(step, found, hour) else _link(step, found)


def _has_enough(step: Step, person: int, hour: str) -> bool:
    """Tell whether a person got so many links that more would only fill her letter box."""
    sent = select(func.count()).where(links.c.person_id == person, links.c.made_at > hour)
    return bool(step.connection.execute(sent).scalar_one() >= step.book.rules.rules.links_a_person)


def make_link(book: Book, actor: Person, person: int) -> str:
    """Return a token for a person whom staff hands her link to."""
    demand(actor, Act.PERSONS)
    with book.write(actor) as step:
        person_of(step.connection, person)
        note(step, "link", person=person)
        return _link(step, person)


def _link(step: Step, person: int) -> str:
    token = secrets.token_urlsafe(BYTES)
    end = step.now + datetime.timedelta(minutes=step.book.rules.rules.link_minutes)
    values = {"hash": _hash(token), "person_id": person, "made_at": step.at, "expires_at": stamp(end)}
    step.connection.execute(insert(links).values(**values))
    return token


def link_is_good(book: Book, token: str) -> bool:
    """Tell whether a link can be used, and leave it so: mail scanners open links too."""
    with book.read() as connection:
        good = (
            links.c.hash == _hash(token),
            links.c.used_at.is_(None),
            links.c.expires_at > stamp(book.clock()),
        )
        return connection.execute(select(links.c.hash).where(*good)).first() is not None


def sign_in(book: Book, token: str) -> tuple[str, Person]:
    """Use a link up and begin a session; return the session's token and who it is. Raise OrderRefused."""
    with book.write(PRINTKIT) as step:
        good = (links.c.hash == _hash(token), links.c.used_at.is_(None), links.c.expires_at > step.at)
        # One statement asks and changes, so that of two who come at once one gets in.
        if step.connection.execute(update(links).where(*good).values(used_at=step.at)).rowcount != 1:
            raise OrderRefused(SPENT)
        number = step.connection.execute(
            select(links.c.person_id).where(links.c.hash == _hash(token))
        ).scalar_one()
        return _session(step, number), person_of(step.connection, number)


def sign_in_by_email(book: Book, email: str) -> tuple[str, Person]:
    """Begin a session for whom a provider of identities has named; raise OrderRefused for a stranger."""
    with book.write(PRINTKIT) as step:
        wanted = select(persons.c.id).where(
            persons.c.email == email.strip().lower(), persons.c.left_at.is_(None)
        )
        number = step.connection.execute(wanted).scalar()
        if number is None:
            raise OrderRefused(Message("nobody here has this address; an administrator adds persons"))
        return _session(step, number), person_of(step.connection, number)


def _session(step: Step, person: int) -> str:
    token = secrets.token_urlsafe(BYTES)
    end = step.now + datetime.timedelta(hours=step.book.rules.rules.session_hours)
    values = {"hash": _hash(token), "person_id": person, "made_at": step.at, "expires_at": stamp(end)}
    step.connection.execute(insert(sessions).values(**values))
    return token


def who_is(book: Book, token: str) -> Person | None:
    """Return whose session it is, None where it is nobody's or over."""
    with book.read() as connection:
        good = (sessions.c.hash == _hash(token), sessions.c.expires_at > stamp(book.clock()))
        number = connection.execute(select(sessions.c.person_id).where(*good)).scalar()
        return None if number is None else person_of(connection, number)


def sign_out(book: Book, token: str) -> None:
    """End a session; nothing happens for one that is over."""
    with book.write(PRINTKIT) as step:
        step.connection.execute(delete(sessions).where(sessions.c.hash == _hash(token)))


def forget(step: Step, person: int) -> None:
    """Remove every link and session of a person."""
    step.connection.execute(delete(links).where(links.c.person_id == person))
    step.connection.execute(delete(sessions).where(sessions.c.person_id == person))

"""Committees and places from the tables that an office keeps already."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from anyascii import anyascii

from printkit.errors import WorkspaceErrors
from printkit.profiles import Committee, Site, parse
from printkit.profiles.base import Model
from printkit.qr import CodeProblem, check_address
from printkit.starter.office import OfficeTable, Row
from printkit.words import Message, sentence

COMMITTEE = ("id", "number", "name", "areas", "page", "form", "short_address", "color")
PLACE = ("id", "name", "kind", "committees", "address", "contact", "rules")
ALL = "all"
# Characters of an id, and of an address beside a code
LONGEST = 40
# Of a web address, as committees' files have it
LONGEST_ADDRESS = 2000


@dataclass(frozen=True)
class Place:
    """A line of sites.csv, and the word for its kind as it was written."""

    cells: Mapping[str, str]
    word: str


def read_committees(table: OfficeTable, colors: Sequence[str]) -> list[dict[str, Any]]:
    """Return what each committee's file says, in the table's order; what is wrong is told to the table.

    What a table leaves out is proposed: ids and numbers by order, a printed address from the page's, and
    colours in turn.
    """
    found: dict[str, dict[str, Any]] = {}
    first: dict[tuple[str, str], int] = {}
    for number, row in table.rows:
        place = len(found) + 1
        identifier = _identifier(table, number, row.get("id") or f"c{place:02}", found)
        # In turn, so that neighbours in the list are told apart.
        color = (row.get("color") or colors[(place - 1) % len(colors)]).lower()
        if color not in colors:
            known = ", ".join(colors)
            table.tell(number, "color", Message("unknown '%(id)s'; known: %(known)s", id=color, known=known))
        areas = [one.strip() for one in re.split("[,;]", row.get("areas", "")) if one.strip()]
        committee: dict[str, Any] = {
            "number": row.get("number") or place,
            "name": row["name"],
            "areas": areas or [row["name"]],
            "page": row["page"],
            "short_address": row.get("short_address") or printed_address(row["page"]),
        }
        committee |= {"form": row["form"]} if row.get("form") else {}
        _check(table, (number, row), Committee, {"id": identifier, **committee})
        _tell_twice(table, (number, row), first)
        own = {"is_numbered": bool(row.get("number"))}
        found[identifier] = {"id": identifier, "form": "", "color": color, **own, **committee}
    if not found and not table.problems:
        table.tell(None, None, Message("no committee; write a row for each under the columns' names"))
    return list(found.values())


def read_places(table: OfficeTable, committees: Sequence[Mapping[str, Any]]) -> list[Place]:
    """Return the places of a table; kinds may be any words. What is wrong is told to the table.

    A committee may stand by its name there, as an office knows it; the workspace has its id.
    """
    found: dict[str, Place] = {}
    seen: dict[tuple[str, str], int] = {}
    words: dict[str, str] = {}
    for number, row in table.rows:
        identifier = _identifier(
            table, number, row.get("id") or _free(slug(row["name"]) or "place", found), found
        )
        kind = slug(row["kind"]) or "place"
        shown = _committees(table, number, row.get("committees", ""), committees)
        cells = {name: row.get(name, "") for name in PLACE}
        cells |= {"id": identifier, "kind": kind, "committees": " ".join(shown)}
        _check(table, (number, row), Site, {**cells, "committees": shown})
        same = cells["name"].casefold(), cells["address"].casefold()
        if other := seen.get(same):
            told = Message("row %(row)s is the same place as row %(other)s", row=number, other=other)
            table.remarks.append(Message("%(file)s: %(told)s", file=table.shown, told=told))
        seen.setdefault(same, number)
        found[identifier] = Place(cells, words.setdefault(kind, row["kind"]))
    return list(found.values())


def _committees(
    table: OfficeTable, number: int, cell: str, committees: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Return the ids that a cell names, by ids or names; `all` where it is empty."""
    ids = {str(one["id"]) for one in committees}
    names = {str(one["name"]).casefold(): str(one["id"]) for one in committees}
    written = cell.casefold()
    # Where the committees could not be read nothing can be said of their names.
    if written in ("", ALL) or not committees:
        return [ALL]
    if written in names:
        return [names[written]]
    found = []
    for part in filter(None, (one.strip() for one in re.split("[,;]", cell))):
        # A name may hold blanks, ids do not; what is no name as a whole is read as ids between blanks.
        for one in [part] if part.casefold() in names else part.split():
            found.append(names.get(one.casefold(), one.casefold()))
            if found[-1] not in ids:
                known = ", ".join(f"{one['id']} ({one['name']})" for one in committees)
                reason = Message("unknown '%(id)s'; there are: %(known)s; or 'all'", id=one, known=known)
                table.tell(number, "committees", reason)
    return [one for one in dict.fromkeys(found) if one in ids] or [ALL]


def _check(table: OfficeTable, row: Row, model: type[Model], data: Mapping[str, Any]) -> None:
    """Tell what the file that is made of a row could not say; what is empty in the row is told already."""
    number, cells = row
    wrong: dict[str, str] = {}
    # Codes lead there: a workspace whose every piece is refused for an address is worse than none.
    for name in filter(cells.get, ("page", "form")):
        try:
            check_address(cells[name], LONGEST_ADDRESS)
        except CodeProblem as problem:
            wrong[name] = sentence(problem)
    try:
        parse(model, table.shown, data)
    except WorkspaceErrors as errors:
        wrong |= {str(one.where).partition(".")[0]: one.reason for one in errors.errors}
    for name, reason in wrong.items():
        # A key that the table has no column for was proposed here and is right.
        if cells.get(name):
            table.tell(number, name, reason)


def _tell_twice(table: OfficeTable, row: Row, first: dict[tuple[str, str], int]) -> None:
    """Tell of a name or number that an earlier row has: people and lists tell committees apart by them."""
    number, cells = row
    for key in filter(cells.get, ("name", "number")):
        other = first.setdefault((key, cells[key].casefold()), number)
        if other != number:
            reason = Message("'%(id)s' is in row %(row)s too; give each its own", id=cells[key], row=other)
            table.tell(number, key, reason)


def _identifier(table: OfficeTable, number: int, wanted: str, taken: Container[str]) -> str:
    """Return an id, which becomes a file's name; tell of one that cannot, or is taken."""
    identifier = wanted.lower()
    if slug(identifier) != identifier:
        reason = Message(
            "'%(name)s' is not small letters from a to z, digits, and hyphens between them", name=wanted
        )
        table.tell(number, "id", reason)
    elif identifier in taken:
        table.tell(number, "id", Message("'%(id)s' is there twice", id=identifier))
    return identifier


def printed_address(page: str) -> str:
    """Propose the address that is printed for a page: without its scheme, or its host alone."""
    try:
        parts = urlsplit(page.lower())
    # What is no address is told where pages are checked
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    whole = host + parts.path.rstrip("/")
    # Else the host alone: a long or odd path is read by a code, and typed by nobody.
    return whole if re.fullmatch(r"[a-z0-9.-]+(/[a-z0-9-]+)*", whole) and len(whole) <= LONGEST else host


def slug(text: str) -> str:
    """Return an id for a name of any script: small letters from a to z, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower())[:LONGEST].strip("-")


def _free(wanted: str, taken: Container[str]) -> str:
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)

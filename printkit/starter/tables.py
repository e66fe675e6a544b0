"""Committees and places from the tables that an office keeps already."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from anyascii import anyascii

from printkit.errors import WorkspaceError
from printkit.words import Message
from printkit.workspace import decode, parse_table
from printkit.workspace.files import read_whole
from printkit.workspace.table import Row

COMMITTEE = ("id", "number", "name", "areas", "page", "form", "short_address", "color")
PLACE = ("id", "name", "kind", "committees", "address", "contact")
ALL = "all"
# Characters of an id, and of an address beside a code
LONGEST = 40


@dataclass(frozen=True)
class Place:
    """Hold a line of sites.csv, and the word for its kind as it was written."""

    cells: Mapping[str, str]
    word: str


def read_committees(file: Path, colors: Sequence[str]) -> list[dict[str, object]]:
    """Return what each committee's file says, in the table's order; raise WorkspaceError.

    What a table leaves out is proposed: ids and numbers by order, a printed address from the page's, and
    colours in turn.
    """
    found: dict[str, dict[str, object]] = {}
    for number, row in _rows(file, COMMITTEE, ("name", "page")):
        place = len(found) + 1
        identifier = _identifier(file, number, row.get("id") or f"c{place:02}", found)
        color = row.get("color") or colors[(place - 1) % len(colors)]
        if color not in colors:
            raise WorkspaceError(
                file,
                f"row {number}, color",
                Message("unknown '%(id)s'; known: %(known)s", id=color, known=", ".join(colors)),
            )
        if not re.fullmatch("[0-9]+", row.get("number") or "1"):
            raise WorkspaceError(
                file, f"row {number}, number", Message("'%(value)s' is no whole number", value=row["number"])
            )
        areas = [one.strip() for one in re.split("[,;]", row.get("areas", "")) if one.strip()]
        found[identifier] = {
            "id": identifier,
            "number": int(row.get("number") or place),
            "name": row["name"],
            "areas": areas or [row["name"]],
            "page": row["page"],
            "form": row.get("form", ""),
            "short_address": row.get("short_address") or printed_address(row["page"]),
            "color": color,
        }
    if not found:
        raise WorkspaceError(
            file, None, Message("no committee; write a row for each under the columns' names")
        )
    return list(found.values())


def read_places(file: Path) -> list[Place]:
    """Return the places of a table; kinds may be any words. Raise WorkspaceError."""
    found: dict[str, Place] = {}
    for number, row in _rows(file, PLACE, ("name", "kind")):
        wanted = row.get("id") or _free(slug(row["name"]) or "place", found)
        identifier = _identifier(file, number, wanted, found)
        kind = slug(row["kind"]) or "place"
        cells = {name: row.get(name, "") for name in PLACE} | {"id": identifier, "kind": kind}
        found[identifier] = Place(cells | {"committees": cells["committees"] or ALL}, row["kind"])
    return list(found.values())


def _identifier(file: Path, number: int, wanted: str, taken: Container[str]) -> str:
    """Return an id, which becomes a file's name; raise WorkspaceError for one that cannot, or is taken."""
    identifier = wanted.lower()
    if slug(identifier) != identifier:
        reason = Message(
            "'%(name)s' is not small letters from a to z, digits, and hyphens between them", name=wanted
        )
        raise WorkspaceError(file, f"row {number}, id", reason)
    if identifier in taken:
        raise WorkspaceError(file, f"row {number}, id", Message("'%(id)s' is there twice", id=identifier))
    return identifier


def printed_address(page: str) -> str:
    """Propose the address that is printed for a page: without its scheme, or its host alone."""
    parts = urlsplit(page.lower())
    host = (parts.hostname or "").removeprefix("www.")
    whole = host + parts.path.rstrip("/")
    return whole if re.fullmatch(r"[a-z0-9.-]+(/[a-z0-9-]+)*", whole) and len(whole) <= LONGEST else host


def slug(text: str) -> str:
    """Return an id for a name of any script: small letters from a to z, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower())[:LONGEST].strip("-")


def _free(wanted: str, taken: Container[str]) -> str:
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)


def _rows(file: Path, known: Sequence[str], needed: Sequence[str]) -> Iterator[Row]:
    rows = parse_table(decode(read_whole(file, file), file), str(file))
    for name in rows[0][1] if rows else ():
        if name not in known:
            reason = Message(
                "no such column; there are: %(there)s; remove it, or its name", there=", ".join(known)
            )
            raise WorkspaceError(file, f"row 1, {name}", reason)
    for number, row in rows:
        for name in needed:
            if not row.get(name):
                raise WorkspaceError(
                    file, f"row {number}, {name}", Message("this is empty; a value is required")
                )
        yield number, row

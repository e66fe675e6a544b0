"""Proofs as whoever approves sees them: pages as pressed, what was found, what changed since last time."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from starlette.responses import FileResponse, Response

from printkit.errors import OrderRefused
from printkit.orders.content import Content, Place
from printkit.orders.money import owner_name
from printkit.orders.proving import proof_folder
from printkit.orders.reading import Order, get, last_approved, proofs_of, revision_of
from printkit.orders.releases import Frozen
from printkit.orders.rights import Act, demand
from printkit.template.language import own_name
from printkit.template.manifest import Slot
from printkit.units import whole_number
from printkit.web.asking import Asking
from printkit.web.comparing import Area
from printkit.web.looking import held_of
from printkit.web.naming import labels_of
from printkit.web.uploading import file_of
from printkit.work.pool import Lost

# How the finding of a value that nobody has confirmed ends: a proof may have a dozen of them.
UNCONFIRMED = " is not confirmed"
# What a filter of the pages writes, by the kind of the slot.
WRITTEN = {"date": "day", "time": "hour"}
PROOF_KINDS = (".png", ".pdf")


@dataclass(frozen=True)
class Sheet:
    """One page of a proof: its picture, and where it differs from what was approved last.

    `areas` is None where that cannot be told: nothing was approved, or the page had another size.
    """

    name: str
    areas: tuple[Area, ...] | None = None


def look(asking: Asking) -> Response:
    """Show the press files of a revision as they are approved, and what changed since the last approval."""
    book, order = asking.site.book, get(asking.site.book, asking.who, asking.number())
    with book.read() as connection:
        found = proofs_of(connection, order.id, order.revision)
    last = last_approved(book, asking.who, order.id)
    before = None if last in (None, order.revision) else last
    return asking.page(
        "proof.html",
        order=order,
        committee=book.profiles.committees[order.committee],
        proofs=found,
        sheets={one.piece: _sheets(asking, order, one.piece, before) for one in found},
        before=before,
        open_values={one.piece: [it for it in one.reasons if it.endswith(UNCONFIRMED)] for one in found},
        changes=_changes(asking, order, before),
    )


def _pictures(asking: Asking, order: Order, revision: int, piece: str) -> Mapping[str, Path]:
    folder = proof_folder(asking.site.book, order.id, revision) / "proofs"
    return {file.name: file for file in sorted(folder.glob(f"{piece}-*.png")) if file.is_file()}


def _sheets(asking: Asking, order: Order, piece: str, before: int | None) -> list[Sheet]:
    """Return the pages of a piece, compared with those of the revision that was approved last."""
    now = _pictures(asking, order, order.revision, piece)
    old = _pictures(asking, order, before, piece) if before else {}
    return [
        Sheet(name, _areas(asking, old[name], file) if name in old else None) for name, file in now.items()
    ]


def _areas(asking: Asking, before: Path, now: Path) -> tuple[Area, ...] | None:
    try:
        found: tuple[Area, ...] | None = asking.site.previews.ask(
            "compare", before.read_bytes(), now.read_bytes()
        )
    except (Lost, OSError):
        # The proof can be judged without: it shows less, and says nothing wrong.
        return None
    return found


def _changes(asking: Asking, order: Order, before: int | None) -> list[tuple[str, str, str]]:
    """Return what differs from the revision that was approved last: what it is, before, now."""
    if before is None:
        return []
    approved = revision_of(asking.site.book, asking.who, order.id, before)
    old, now = _told(asking, order, approved), _told(asking, order, order.content)
    return [
        (what, old.get(what, ""), now.get(what, ""))
        for what in dict.fromkeys((*now, *old))
        if old.get(what) != now.get(what)
    ]


def _told(asking: Asking, order: Order, content: Content) -> dict[str, str]:
    """Return what content says, by the words that its form has for it."""
    words, day = asking.words, asking.site.environment(asking.words).filters["day"]
    labels = labels_of(words)
    found = {
        labels["title"]: content.title,
        labels["needed_by"]: day(content.needed_by),
        words.gettext("Who pays"): owner_name(asking.site.book, content.payer or order.committee),
    }
    for number, line in enumerate(content.lines, 1):
        held = held_of(asking, line)
        before = f"{number}. " if len(content.lines) > 1 else ""
        parts: dict[str, object] = {
            words.gettext("Design"): held.template.name,
            words.gettext("Release of the design"): line.release,
            words.gettext("Format"): held.profiles.formats[line.format].name,
            words.gettext("Kind of print"): held.profiles.presses[line.press].name,
            words.gettext("Language"): own_name(line.language),
            words.gettext("How many"): line.quantity,
        }
        slots = held.template.slots
        parts |= {slots[name].label: _value(asking, slots[name], value) for name, value in line.slots.items()}
        parts |= {_name(held, place): place.copies for place in line.places}
        found |= {f"{before}{what}": str(value) for what, value in parts.items()}
    return found


def _value(asking: Asking, slot: Slot, value: object) -> object:
    """Return a slot's value as people read it."""
    file, focus = file_of(value)
    if focus is not None:
        # The name that a picture is stored by tells two pictures apart, and so do its first signs.
        x, y = (round(part * 100) for part in focus)
        return asking.words.gettext(
            "picture %(file)s, its middle %(x)s %% from the left and %(y)s %% from above",
            file=PurePath(file).stem[:6],
            x=x,
            y=y,
        )
    if slot.kind in WRITTEN and isinstance(value, str):
        return asking.site.environment(asking.words).filters[WRITTEN[slot.kind]](value)
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value


def _name(held: Frozen, place: Place) -> str:
    site = held.profiles.sites.get(place.site or "")
    return site.name if site else place.name


def proof(asking: Asking) -> Response:
    """Return a picture or a press file of a revision's proof, the current one's without a choice."""
    book, name = asking.site.book, asking.request.path_params["name"]
    order = get(book, asking.who, asking.number())
    demand(asking.who, Act.READ, order.committee)
    earlier = whole_number(asking.request.query_params.get("revision", ""))
    folder = proof_folder(book, order.id, order.revision if earlier is None else earlier)
    # A name that this folder has, and nothing that is put together of an address.
    found = next((one for one in sorted(folder.rglob("*")) if one.name == name and one.is_file()), None)
    if found is None or found.suffix not in PROOF_KINDS:
        raise OrderRefused(asking.words.gettext("there is no such proof"))
    return FileResponse(found, media_type=mimetypes.guess_type(name)[0])

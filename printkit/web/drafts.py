"""An order's form: what its fields say as content, and what a line looks like as fields."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from printkit.errors import OrderRefused
from printkit.orders import content as ordered
from printkit.orders.content import Beside, Content, Line, Place, read_content, read_order_line
from printkit.orders.prices import Cost, cost_of, more
from printkit.orders.releases import Frozen
from printkit.profiles import Profiles
from printkit.profiles import Site as PrintSite
from printkit.profiles.orders import Price, PriceList
from printkit.template.manifest import Slot
from printkit.words import Message

# Kinds that have a field of a form's own; codes lead where the committee's page says.
ASKED = ("text", "rich", "date", "time", "integer", "url", "choice", "list")
LONG = 60
# So many quantities are offered before "another number"
OFFERED = 4


@dataclass(frozen=True)
class Field:
    """One slot as a form shows it."""

    name: str
    label: str
    help: str
    value: str
    kind: str
    long: bool
    required: bool
    limit: int | None
    choices: Sequence[str]
    # Of a list: its limit of characters is that of each item.
    items: int | None = None

    @property
    def type(self) -> str:
        return {"date": "date", "time": "time", "url": "url"}.get(self.kind, "text")


@dataclass(frozen=True)
class Goal:
    """A place that copies may go to, how many of them do, and what it takes."""

    site: PrintSite
    copies: int | None
    rules: str


def fields_of(held: Frozen, line: Line, *, staff: bool) -> list[Field]:
    """Return the slots of a line that may be set, in the template's order."""
    return [
        _field(name, slot, held, line)
        for name, slot in held.template.slots.items()
        if slot.kind in ASKED and (staff or slot.edit == "committee")
    ]


def left_open(held: Frozen, line: Line, *, staff: bool) -> list[str]:
    """Return the labels of slots that a line needs, has not, and that a committee's form has no field for."""
    template = held.template
    missing = () if staff else template.left_to_staff
    return [template.slots[name].label for name in missing if name not in line.slots]


def _field(name: str, slot: Slot, held: Frozen, line: Line) -> Field:
    limits = held.template.layouts[line.format].max_characters
    limit = limits.get(name, slot.max_characters)
    return Field(
        name=name,
        label=slot.label,
        help=slot.help,
        value=_written(line.slots.get(name)),
        kind=slot.kind,
        long=slot.kind in ("rich", "list") or (slot.max_lines or 1) > 1 or (limit or 0) > LONG,
        required=slot.required,
        limit=limit,
        choices=slot.choices,
        items=slot.max_items,
    )


def _written(value: Any) -> str:
    match value:
        case None:
            return ""
        case list():
            return "\n".join(map(str, value))
        case datetime.time():
            return value.isoformat("minutes")
    return str(value)


def goals_of(profiles: Profiles, line: Line, committee: str, language: str) -> list[Goal]:
    """Return the places that show a committee, with the copies that a line sends there.

    `profiles` are today's: whom to ask and what is taken is in no release.
    """
    sent = {place.site: place.copies for place in line.places if place.site}
    return [
        Goal(site, sent.get(site.id), site.rules or profiles.municipality.rules_in(site.kind, language))
        for site in profiles.sites.values()
        if committee in site.committees
    ]


def address_of(line: Line) -> Place | None:
    """Return the address that copies go to, the first where there are several."""
    return next((place for place in line.places if place.address), None)


def read_line(form: Mapping[str, str], line: Line, names: Sequence[str]) -> Line:
    """Return a line with what a form says; fields that are not there leave it as it was.

    `names` are the slots that the form may set. Raise OrderRefused for what a field cannot say.
    """
    slots = dict(line.slots)
    for name in names:
        if (written := form.get(f"slot.{name}")) is not None:
            text = written.strip()
            slots[name] = text
            # An empty field is a slot that was not set, so that its default is printed.
            if not text:
                del slots[name]
    offered, other = _number(form, "quantity"), _number(form, "other")
    # A number that only stands there from before does not count against one that was chosen.
    quantity = (offered if other == line.quantity else other or offered) or line.quantity
    chosen = {"slots": slots, "quantity": quantity, "places": read_places(form, line, quantity)}
    if form.get("language"):
        chosen["language"] = form["language"]
    return read_order_line({**line.model_dump(), **chosen})


def read_places(form: Mapping[str, str], line: Line, quantity: int) -> list[dict[str, Any]]:
    """Return where copies go: what has no number of its own shares what is left in equal parts."""
    # A form without this field says nothing of places.
    if "places" not in form:
        return _again(line, quantity)
    wanted: list[tuple[dict[str, str], int | None]] = []
    for key in form:
        if key.startswith("at."):
            site = key.removeprefix("at.")
            wanted.append(({"site": site}, _number(form, f"copies.{site}")))
    if address := form.get("address", "").strip():
        wanted.append(({"address": address}, _number(form, "copies-address")))
    if not wanted:
        return _again(line, quantity)
    left = quantity - sum(copies or 0 for _, copies in wanted)
    open_ = [place for place, copies in wanted if not copies]
    shares = _shares(left, len(open_)) if open_ and left > 0 else []
    given = iter(shares)
    sent = [(place, copies or next(given, 0)) for place, copies in wanted]
    # A place without a copy is one that gets no parcel.
    return [{**place, "copies": copies} for place, copies in sent if copies]


def _again(line: Line, quantity: int) -> list[dict[str, Any]]:
    """Return the same places for another quantity; one place takes all of it."""
    places = [place.model_dump(exclude_none=True) for place in line.places]
    return [{**places[0], "copies": quantity}] if len(places) == 1 else places


def _shares(copies: int, count: int) -> list[int]:
    each, over = divmod(copies, count)
    return [each + (number < over) for number in range(count)]


def _number(form: Mapping[str, str], name: str) -> int | None:
    text = "".join(form.get(name, "").split())
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise OrderRefused(Message("'%(text)s' is no number of copies", text=text[:40]))
    # Whoever writes 0 means that nothing goes there, as with an empty field.
    return int(text) or None


def read_draft(form: Mapping[str, str], content: Content, lines: Sequence[Line]) -> Content:
    """Return content with a form's title and day beside its lines; raise OrderRefused."""
    changed: dict[str, Any] = {"lines": [line.model_dump() for line in lines]}
    if "title" in form:
        changed["title"] = form["title"].strip()
    if "needed_by" in form:
        changed["needed_by"] = form["needed_by"].strip() or None
    if "municipality" in form:
        changed["payer"] = form["municipality"]
    # Without its list, so that today's prices are taken at each save.
    return read_content({**content.model_dump(), "price_list": "", **changed})


def read_beside(form: Mapping[str, str], beside: Beside) -> Beside:
    """Return what stands beside an order, with a form's own; raise OrderRefused."""
    given = {key: form[key].strip() for key in Beside.model_fields if key in form}
    return ordered.read_beside({**beside.model_dump(), **given})


@dataclass(frozen=True)
class Offer:
    """A quantity that is offered and what it costs."""

    quantity: int
    cost: Cost


def offers_of(prices: PriceList, price: Price) -> list[Offer]:
    """Return the quantities that are offered: where another tier begins, and steps after the first."""
    found = sorted({price.minimum, *(tier.quantity for tier in price.tiers)})
    while len(found) < OFFERED and found[-1] * 2 <= price.maximum:
        found.append(found[-1] * 2)
    return [Offer(one, cost_of(price, one, prices.vat_basis_points)) for one in found if one <= price.maximum]


def next_step(prices: PriceList, price: Price, quantity: int) -> tuple[int, Cost] | None:
    """Return how many copies more are the next step, and what they cost."""
    if quantity < price.minimum:
        return None
    return more(price, quantity, prices.vat_basis_points)

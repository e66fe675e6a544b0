"""What is ordered: lines and places. Its hash is what approvals are bound to."""

import datetime
import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import Field, ValidationError, model_validator

from printkit.errors import OrderRefused
from printkit.profiles import LanguageTag, Model, SlotValue, base
from printkit.profiles.base import Identifier
from printkit.profiles.faults import faults
from printkit.template.counting import normalized, text_fault
from printkit.words import Message

M = TypeVar("M", bound=Model)
Copies = Annotated[int, Field(ge=1, le=1_000_000, strict=True)]
Address = Annotated[str, Field(min_length=1, max_length=400)]


class Place(Model):
    """Say where copies of a line go: to a site, or to an address."""

    site: Annotated[Identifier | None, Field(description="a place of profiles/sites.csv")] = None
    address: Annotated[Address | None, Field(description="where else")] = None
    copies: Annotated[Copies, Field(description="how many")]

    @model_validator(mode="after")
    def _one(self) -> Self:
        # Of both nobody knows where the driver is to go.
        if (self.site is None) == (self.address is None):
            raise ValueError(Message("a place is a site or an address, one of them"))
        return self

    @property
    def name(self) -> str:
        return self.site or self.address or ""


class Line(Model):
    """Order one piece: a release of a template in one format and language, for these places."""

    template: Identifier
    release: Annotated[int, Field(ge=0, description="number of the template's release; 0: today's")] = 0
    format: Identifier
    press: Annotated[Identifier, Field(description="empty: the format's own")] = ""
    language: Annotated[LanguageTag | Literal[""], Field(description="empty: the workspace's own")] = ""
    quantity: Copies
    slots: dict[str, SlotValue] = {}
    places: Annotated[tuple[Place, ...], Field(min_length=1, max_length=200)]


class Content(Model):
    """All that approvals are bound to. `payer` is the account's owner, empty for the committee's own."""

    title: Annotated[str, Field(max_length=200)] = ""
    needed_by: Annotated[datetime.date | None, Field(description="last day to arrive")] = None
    price_list: Annotated[str, Field(max_length=40, description="id; empty: today's")] = ""
    payer: Annotated[str, Field(max_length=40)] = ""
    lines: Annotated[tuple[Line, ...], Field(max_length=100)] = ()

    def text(self) -> str:
        """Return it as canonical JSON: the same content, the same text."""
        return canonical(self.model_dump(mode="json"))


class Beside(Model):
    """What may change without a new approval."""

    phone: Annotated[str, Field(max_length=40, description="of the receiver")] = ""
    note: Annotated[str, Field(max_length=2000, description="for staff")] = ""
    reference: Annotated[str, Field(max_length=100, description="of the invoice")] = ""


def canonical(data: Any) -> str:
    """Return plain data as the one JSON text that equal data have."""
    # Hashed: no blank and no order of keys may depend on who wrote it
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


class AtKey(Message):
    """Say what is wrong at a key of an order; a page tells it at the key's field."""

    @property
    def slot(self) -> str:
        """Return the slot that it is about, empty where it is about none."""
        return self._parts[self._parts.index("slots") + 1] if "slots" in self._parts[:-1] else ""

    @property
    def name(self) -> str:
        """Return the last part of the key."""
        return self._parts[-1]

    @property
    def _parts(self) -> list[str]:
        return str(self.fields["place"]).split(".")


# What is a line, where all other texts may be several
LINES = ("title", "phone", "reference", "name", "email")


def check_texts(**texts: str) -> None:
    """Raise OrderRefused for texts of people with what cannot be printed, each by its name."""
    if told := list(_strange("", texts)):
        raise OrderRefused(*told)


def _strange(key: str, value: Any) -> Iterator[AtKey]:
    match value:
        case str():
            if why := base.text_fault(value) if key in LINES else text_fault(normalized(value)):
                yield _at_key(key, why)
        case Mapping():
            for name, one in value.items():
                yield from _strange(key, str(name))
                yield from _strange(f"{key}.{name}" if key else name, one)
        case list() | tuple():
            for number, one in enumerate(value):
                yield from _strange(f"{key}.{number}", one)


def _at_key(key: str, why: str) -> AtKey:
    return AtKey("%(place)s: %(reason)s", place=key, reason=why)


def read_content(data: Mapping[str, Any]) -> Content:
    """Read content from plain data; raise OrderRefused with every complaint by its key."""
    return _read(Content, data)


def read_order_line(data: Mapping[str, Any]) -> Line:
    """Read a line, likewise."""
    return _read(Line, data)


def read_beside(data: Mapping[str, Any]) -> Beside:
    """Read what stands beside the content, likewise."""
    return _read(Beside, data)


def read_both(data: Mapping[str, Any], beside: Mapping[str, Any]) -> tuple[Content, Beside]:
    """Read content and what stands beside it; raise OrderRefused with what is wrong in either."""
    problems: list[str] = []
    content, other = Content(), Beside()
    try:
        content = read_content(data)
    except OrderRefused as error:
        problems += error.problems
    try:
        other = read_beside(beside)
    except OrderRefused as error:
        problems += error.problems
    if problems:
        raise OrderRefused(*problems)
    return content, other


def _read(model: type[M], data: Mapping[str, Any]) -> M:
    # At this door and not by the models, which also read what was stored before
    strange = list(_strange("", data))
    try:
        made = model.model_validate(data)
    except ValidationError as error:
        told = {str(one.fields["place"]) for one in strange}
        others = (_at_key(key, why) for key, why in faults(error) if key not in told)
        raise OrderRefused(*strange, *others) from error
    if strange:
        raise OrderRefused(*strange)
    return made

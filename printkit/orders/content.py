"""What is ordered: lines and places. Its hash is what approvals are bound to."""

import datetime
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from printkit.errors import OrderRefused
from printkit.profiles import LanguageTag, Model, SlotValue
from printkit.profiles.base import Identifier
from printkit.profiles.faults import fault
from printkit.words import Message

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


def read_content(data: Mapping[str, Any]) -> Content:
    """Read content from plain data; raise OrderRefused with every complaint by its key."""
    try:
        return Content.model_validate(data)
    except ValidationError as error:
        rows = ((".".join(map(str, row["loc"])), fault(dict(row))) for row in error.errors())
        told = (Message("%(place)s: %(reason)s", place=key, reason=why) for key, why in rows)
        raise OrderRefused(*told) from error

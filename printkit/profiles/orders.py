"""What ordering print goes by: rules, price lists, calendar, kits."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.profiles.base import Identifier, Model, Title, shaped
from printkit.profiles.check import Profiles
from printkit.profiles.load import parse
from printkit.profiles.people import Name, StatedValue, Tracking
from printkit.profiles.plan import PLANS, Plan, check_plans
from printkit.words import Message
from printkit.workspace import Workspace

RULES = "profiles/orders.toml"
CALENDAR = "profiles/calendar.toml"
KITS = "profiles/kits.toml"
PRICES = "profiles/prices"

# Whole numbers: sums of money must not depend on binary fractions
Hundredths = Annotated[int, Field(ge=0, le=10**12, description="hundredths of the currency")]
Currency = Annotated[str, shaped(r"^[A-Z]{3}$", "a currency's code (ISO 4217), as EUR or SEK")]
Weekday = Annotated[int, Field(ge=1, le=7, description="1 is Monday")]


class Tier(Model):
    """Price so many copies or more: what the set-up costs, and each copy, without VAT."""

    quantity: Annotated[int, Field(ge=1, description="copies, at least")]
    setup: Annotated[Hundredths, Field(description="hundredths, once a line")]
    each: Annotated[Hundredths, Field(description="hundredths a copy")]


class Price(Model):
    """Price one format on one press."""

    format: Annotated[Identifier, Field(description="the page's geometry")]
    press: Annotated[Identifier, Field(description="the printing condition")]
    minimum: Annotated[int, Field(ge=1, description="fewest copies")]
    step: Annotated[int, Field(ge=1, description="copies go up by so many")]
    maximum: Annotated[int, Field(ge=1, description="most copies")]
    days: Annotated[int, Field(ge=0, description="working days at the printer")]
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1, description="by copies, the fewest first")]

    @model_validator(mode="after")
    def _check(self) -> Self:
        # In this order people read a price list, and the tier of a quantity is the last that it reaches.
        if any(one.quantity >= other.quantity for one, other in pairwise(self.tiers)):
            raise ValueError(Message("tiers go from few copies to many, each once"))
        # The smallest order must have a price: looked up, it would find none and fail before the committee's
        # eyes
        if self.tiers[0].quantity > self.minimum:
            raise ValueError(
                Message("no tier for %(minimum)s copies, which is the minimum", minimum=self.minimum)
            )
        if self.maximum < self.minimum:
            raise ValueError(Message("maximum is under minimum"))
        return self


class PriceList(Model):
    """Say what print costs from one day to another, at one printer."""

    id: Identifier
    name: Annotated[Title, Field(description="name for people")]
    printer: Annotated[Title, Field(description="who prints for it")]
    valid_from: Annotated[datetime.date, Field(description="first day of orders")]
    valid_to: Annotated[datetime.date, Field(description="last day of orders")]
    # In hundredths of a percent, as some countries have rates with decimals; a float would round by chance.
    vat_basis_points: Annotated[int, Field(ge=0, le=10_000, description="2500 is 25 %")]
    # Figures to try with, until there is a contract, must not pass for what will be invoiced.
    confirmed: Annotated[bool, Field(description="false until there is an agreement")] = True
    prices: Annotated[tuple[Price, ...], Field(min_length=1, description="by format and press")]

    def find(self, page: str, press: str) -> Price | None:
        """Return the price of a format on a press, None where the list has none."""
        return next((one for one in self.prices if (one.format, one.press) == (page, press)), None)


class Closed(Model):
    """Name days on which nobody works."""

    first: Annotated[datetime.date, Field(description="first day")]
    last: Annotated[datetime.date | None, Field(description="last day; without it one day")] = None
    name: Annotated[Title, Field(description="why")]


class Calendar(Model):
    """Say on which days people approve, printers print and the van drives."""

    zone: Annotated[str, Field(description="time zone by its name, as Europe/Lisbon")]
    working_days: Annotated[tuple[Weekday, ...], Field(min_length=1, description="1 is Monday")]
    van_days: Annotated[tuple[Weekday, ...], Field(min_length=1, description="days the van drives")]
    approval_days: Annotated[int, Field(ge=0, description="working days from submission to approval")]
    closed: Annotated[tuple[Closed, ...], Field(description="holidays and closed weeks")] = ()

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(
                Message("'%(zone)s' is no time zone; write one as Europe/Lisbon", zone=zone)
            ) from error
        return zone


class KitItem(Model):
    """Name one piece of a kit and how many of it."""

    template: Annotated[Identifier, Field(description="the design")]
    format: Annotated[Identifier, Field(description="the page's geometry")]
    quantity: Annotated[int, Field(ge=1, description="copies for each place")]


class Kit(Model):
    """Name a set of pieces that places of a kind take."""

    name: Annotated[Title, Field(description="name for people")]
    sites: Annotated[tuple[Identifier, ...], Field(min_length=1, description="kinds of places")]
    items: Annotated[tuple[KitItem, ...], Field(min_length=1, description="what it holds")]


class Kits(Model):
    kits: Annotated[dict[Identifier, Kit], Field(description="kits by id")] = {}


class HandedIn(Model):
    """Say how large pictures are that people may hand in, and how large they are kept."""

    # At most what a layout takes itself: a larger one would be kept and never printed.
    most_pixels: Annotated[int, Field(ge=1, le=120_000_000, description="more are refused")]
    longest_px: Annotated[int, Field(ge=1000, description="longer sides are made so long")]


class OrderRules(Model):
    """The figures and names that ordering goes by."""

    currency: Annotated[Currency, Field(description="of all sums, by its code")]
    payer: Annotated[Identifier, Field(description="account of the municipality's own print")]
    default_limit: Annotated[Hundredths, Field(description="an order up to it needs nobody's word on money")]
    warn_percent: Annotated[int, Field(ge=1, le=100, description="of a budget that is used up")]
    # Cutting and counting cost some copies, and a place that got one too few would complain.
    spare_percent: Annotated[int, Field(ge=0, le=100, description="copies beyond those ordered")]
    # Time for a mail to come through, and too little for one that is found later.
    link_minutes: Annotated[int, Field(ge=1, le=60, description="how long a sign-in link is good")]
    session_hours: Annotated[int, Field(ge=1, le=24 * 60, description="how long a session is good")]
    # From one address: whoever tries addresses of others. To one person: whoever fills her mailbox.
    links_an_hour: Annotated[int, Field(ge=1, description="sign-in links asked for from one address")]
    links_a_person: Annotated[int, Field(ge=1, description="sign-in links to one person in an hour")]
    requests_a_minute: Annotated[int, Field(ge=60, description="of one session, or address without one")]
    # Where people asked from is personal data: long enough to look into an attack, and no longer.
    request_days: Annotated[int, Field(ge=1, le=30, description="addresses of requests are kept")]
    heartbeat_seconds: Annotated[int, Field(ge=1, description="a worker that is silent longer is gone")]
    # Less than a proof needs is found out before somebody approves, not while she waits.
    disk_megabytes: Annotated[int, Field(ge=1, description="free space under which the server is not ready")]
    mail_from: Annotated[str, Field(min_length=3, description="who sends notices and sign-in links")]
    mail_tries: Annotated[int, Field(ge=1, description="times that a notice is tried")]
    pictures: Annotated[HandedIn, Field(description="pictures that people hand in")]
    tracking: Annotated[Tracking, Field(description="what codes of orders tell")]
    values: Annotated[dict[Name, StatedValue], Field(description="dates and words of texts")] = {}


@dataclass(frozen=True)
class OrderProfiles:
    """What ordering goes by, beside the profiles of print."""

    rules: OrderRules
    calendar: Calendar
    prices: Mapping[str, PriceList]
    kits: Mapping[str, Kit]
    plans: Mapping[str, Plan]


def load_order_profiles(workspace: Workspace, profiles: Profiles) -> OrderProfiles:
    """Read and cross-check what ordering goes by; raise WorkspaceErrors with every complaint."""
    complaints: list[WorkspaceError] = [
        WorkspaceError(
            file, None, Message("is not there; ordering needs it: docs/orders.md says what it holds")
        )
        # The two without which nothing can be ordered; kits and plans may be missing.
        for file in (RULES, CALENDAR)
        if not workspace.has(file)
    ]
    if complaints:
        raise WorkspaceErrors(complaints)
    lists: dict[str, PriceList] = {}
    plans: dict[str, Plan] = {}
    try:
        rules = parse(OrderRules, RULES, workspace.read_toml(RULES))
        calendar = parse(Calendar, CALENDAR, workspace.read_toml(CALENDAR))
        kits = parse(Kits, KITS, {"kits": workspace.read_toml(KITS)}) if workspace.has(KITS) else Kits()
        for file in workspace.files(f"{PRICES}/*.toml"):
            name = PurePosixPath(file).stem
            lists[name] = parse(PriceList, file, {"id": name, **workspace.read_toml(file)})
        for file in workspace.files(f"{PLANS}/*.toml"):
            name = PurePosixPath(file).stem
            plans[name] = parse(Plan, file, {"id": name, **workspace.read_toml(file)})
    # A WorkspaceError too, by its class, but with all complaints in it
    except WorkspaceErrors:
        raise
    except WorkspaceError as error:
        raise WorkspaceErrors([error]) from error
    complaints += [*_check_prices(lists, profiles), *_check_kits(kits.kits, profiles)]
    complaints += check_plans(plans, kits.kits, profiles.committees)
    if complaints:
        raise WorkspaceErrors(complaints)
    return OrderProfiles(rules, calendar, lists, kits.kits, plans)


def _check_prices(lists: Mapping[str, PriceList], profiles: Profiles) -> Iterator[WorkspaceError]:
    for name, one in lists.items():
        file, seen = f"{PRICES}/{name}.toml", set()
        if one.valid_to < one.valid_from:
            yield WorkspaceError(file, "valid_to", Message("the last day is before the first"))
        for number, price in enumerate(one.prices):
            if price.format not in profiles.formats:
                yield WorkspaceError(
                    file, f"prices.{number}.format", Message("no format '%(format)s'", format=price.format)
                )
            if price.press not in profiles.presses:
                yield WorkspaceError(
                    file, f"prices.{number}.press", Message("no press '%(press)s'", press=price.press)
                )
            if (price.format, price.press) in seen:
                yield WorkspaceError(file, f"prices.{number}", Message("format and press stand there twice"))
            seen.add((price.format, price.press))


def _check_kits(kits: Mapping[str, Kit], profiles: Profiles) -> Iterator[WorkspaceError]:
    for name, kit in kits.items():
        for number, item in enumerate(kit.items):
            if item.format not in profiles.formats:
                yield WorkspaceError(
                    KITS,
                    f"{name}.items.{number}.format",
                    Message("no format '%(format)s'", format=item.format),
                )

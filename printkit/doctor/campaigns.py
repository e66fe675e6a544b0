"""Campaigns as a whole: dates that are past, codes that two rounds share, slots of others."""

import datetime
from collections.abc import Iterator

from printkit.doctor.finding import Finding
from printkit.errors import PrintkitError
from printkit.profiles import Campaign, Profiles
from printkit.template import Template, list_templates, load_template
from printkit.workspace import Workspace


def campaigns(workspace: Workspace, profiles: Profiles, today: datetime.date) -> Iterator[Finding]:
    """Yield what is worth a look before a campaign is printed."""
    editions: dict[str, str] = {}
    loaded = _load(workspace)
    for campaign in profiles.campaigns.values():
        yield from _dates(campaign, today)
        other = editions.setdefault(campaign.edition, campaign.id)
        if other != campaign.id:
            what = f"campaign {campaign.id}: edition '{campaign.edition}' is that of {other} too"
            yield Finding(
                "advice", "edition", what, "give it one of its own, so that its codes are counted apart"
            )
        yield from _slots(campaign, loaded)


def _load(workspace: Workspace) -> dict[str, Template]:
    found: dict[str, Template] = {}
    for identifier in list_templates(workspace):
        try:
            found[identifier] = load_template(workspace, identifier)
        # What is wrong with it is told where templates are looked at.
        except PrintkitError:
            continue
    return found


def _dates(campaign: Campaign, today: datetime.date) -> Iterator[Finding]:
    if campaign.date is None:
        todo = "give it a date: without one each day's files differ"
        yield Finding("advice", "date", f"campaign {campaign.id} has no date", todo)
    for name, stated in campaign.values.items():
        if isinstance(stated.value, datetime.date) and stated.value < today:
            what = f"campaign {campaign.id}: {name} = {stated.value} is past"
            yield Finding("advice", "date", what, "set the dates of the new round")


def _slots(campaign: Campaign, loaded: dict[str, Template]) -> Iterator[Finding]:
    """Yield values for one committee in slots that only the communications office sets."""
    slots = {
        name: slot
        for entry in campaign.pieces
        if entry.template in loaded
        for name, slot in loaded[entry.template].slots.items()
    }
    for committee, values in campaign.committee_slots.items():
        for name in values:
            if name in slots and slots[name].edit == "comms":
                what = f"campaign {campaign.id}: committee_slots.{committee} sets '{name}'"
                todo = "the communications office sets this slot: ask it, or let the template say otherwise"
                yield Finding("advice", "slot", what, todo)

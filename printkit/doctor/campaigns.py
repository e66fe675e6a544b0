"""Campaigns as a whole: dates that are past, codes that two rounds share, slots of others."""

import datetime
from collections.abc import Iterator

from printkit.doctor.borrowed import campaign_untranslated
from printkit.doctor.finding import Concern
from printkit.errors import PrintkitError
from printkit.profiles import Campaign, Profiles
from printkit.profiles.slot_values import names
from printkit.template import Template, list_templates, load_template
from printkit.words import Message
from printkit.workspace import Workspace


def campaigns(workspace: Workspace, profiles: Profiles, today: datetime.date) -> Iterator[Concern]:
    """Yield what is worth a look before a campaign is printed."""
    told: set[str] = set()
    for campaign in profiles.campaigns.values():
        if campaign.date is None:
            todo = Message("give it a date: without one each day's files differ")
            yield Concern("advice", "date", Message("campaign %(id)s has no date", id=campaign.id), todo)
        yield from _dates(campaign, today)
        # Of two that share one, the second is told of.
        earlier = [other for other in _same_edition(campaign, profiles) if other.id in told]
        yield from (_edition(campaign, other) for other in earlier)
        told.add(campaign.id)
        yield from _slots(campaign, _load(workspace, campaign))


def concerns(
    workspace: Workspace, profiles: Profiles, campaign: Campaign, today: datetime.date
) -> Iterator[Concern]:
    """Yield what is worth a look before this campaign is printed; that costs reading its templates."""
    yield from _dates(campaign, today)
    yield from (_edition(campaign, other) for other in _same_edition(campaign, profiles))
    yield from _slots(campaign, _load(workspace, campaign))
    yield from campaign_untranslated(workspace, campaign)


def _same_edition(campaign: Campaign, profiles: Profiles) -> list[Campaign]:
    others = profiles.campaigns.values()
    return [one for one in others if one.id != campaign.id and one.edition == campaign.edition]


def _edition(campaign: Campaign, other: Campaign) -> Concern:
    what = Message(
        "campaign %(id)s: edition '%(edition)s' is that of %(other)s too",
        id=campaign.id,
        edition=campaign.edition,
        other=other.id,
    )
    todo = Message("give it one of its own, so that its codes are counted apart")
    return Concern("advice", "edition", what, todo)


def _load(workspace: Workspace, campaign: Campaign) -> dict[str, Template]:
    found: dict[str, Template] = {}
    # A template that is not there is told of where the campaign is loaded.
    for identifier in {entry.template for entry in campaign.pieces} & set(list_templates(workspace)):
        try:
            found[identifier] = load_template(workspace, identifier)
        # What is wrong with it is told where templates are looked at.
        except PrintkitError:
            continue
    return found


def _dates(campaign: Campaign, today: datetime.date) -> Iterator[Concern]:
    for name, stated in campaign.values.items():
        if isinstance(stated.value, datetime.date) and stated.value < today:
            what = Message(
                "campaign %(id)s: %(name)s = %(value)s is past", id=campaign.id, name=name, value=stated.value
            )
            yield Concern("advice", "date", what, Message("set the dates of the new round"))


def _slots(campaign: Campaign, loaded: dict[str, Template]) -> Iterator[Concern]:
    """Yield values for one committee in slots that only the communications office sets."""
    # Of several templates with such a slot one is told: the others ask for the same change.
    slots = {
        name: template.id
        for _, template in sorted(loaded.items())
        for name, slot in template.slots.items()
        if slot.edit == "comms"
    }
    for committee, values in campaign.committee_slots.items():
        for name in sorted(set(names(values))):
            if name in slots:
                what = Message(
                    "campaign %(id)s: committee_slots.%(committee)s sets '%(name)s'",
                    id=campaign.id,
                    committee=committee,
                    name=name,
                )
                todo = Message(
                    "only the communications office is to set it: have it approve this value, or write "
                    "edit = 'committee' under [slots.%(name)s] in templates/%(template)s/template.toml",
                    name=name,
                    template=slots[name],
                )
                yield Concern("advice", "slot", what, todo)

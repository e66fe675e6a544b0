"""Plan a campaign: which pieces, for whom, where, how many. Pure, and without a layout engine."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from printkit.batch.planned import Planned
from printkit.batch.tables_read import Tables, read_tables
from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.produce.chosen import Only, only_these
from printkit.profiles import Campaign, Committee, Entry, Profiles, Site
from printkit.rows import RowPiece, Source
from printkit.template import Template, check_designs, list_templates, load_template
from printkit.words import Message
from printkit.workspace import Workspace

# The keys of --only and the field of Planned that each compares.
KEYS = {
    "committee": "committee",
    "template": "template",
    "format": "format",
    "press": "press",
    "lang": "language",
    "site": "site",
    "row": "row",
    "piece": "id",
}


def plan(
    workspace: Workspace,
    profiles: Profiles,
    campaign: Campaign,
    only: Iterable[Only] = (),
    *,
    table: Source | None = None,
    tell: Callable[[str], None] = lambda remark: None,
) -> tuple[Planned, ...]:
    """Return the campaign's pieces sorted by id; raise WorkspaceErrors or TableErrors before any work.

    Raise NoSuchPiece for an `only` that no piece of the campaign answers to. `table` stands in the place of
    the one that the campaign names. `tell` hears what somebody should know of its tables, though nothing
    stops for it.
    """
    if complaints := list(_check_templates(workspace, profiles, campaign)):
        raise WorkspaceErrors(complaints)
    if table is None and (complaints := list(_check_tables(workspace, profiles, campaign))):
        raise WorkspaceErrors(complaints)
    rows = read_tables(workspace, profiles, campaign, table)
    for remark in rows.remarks:
        tell(remark)
    pieces = sorted(_pieces(profiles, campaign, rows))
    if complaints := list(_check_ids(profiles, campaign, pieces)):
        raise WorkspaceErrors(complaints)
    return only_these(pieces, only, KEYS, Message("campaign '%(id)s'", id=campaign.id))


def piece_ids(
    workspace: Workspace, profiles: Profiles, campaign: Campaign, table: Source | None = None
) -> set[str]:
    """Return the ids of all pieces that the campaign has now."""
    rows = read_tables(workspace, profiles, campaign, table)
    return {piece.id for piece in _pieces(profiles, campaign, rows)}


def _pieces(profiles: Profiles, campaign: Campaign, rows: Tables) -> Iterator[Planned]:
    for number, entry in enumerate(campaign.pieces):
        press = entry.press or profiles.formats[entry.format].default_press
        # A row says its committee, place and number itself
        if entry.rows:
            yield from (_of_row(entry, press, row) for row in rows.pieces[number])
            continue
        for identifier in campaign.committees or sorted(profiles.committees):
            committee, copies = profiles.committees[identifier], entry.copies(identifier)
            for site in _sites(profiles, entry, committee) if copies else ():
                for language in entry.languages:
                    name = piece_id(entry, committee, language, site)
                    yield Planned(
                        id=name,
                        template=entry.template,
                        committee=committee.id,
                        format=entry.format,
                        press=press,
                        language=language,
                        site=site.id if site else None,
                        quantity=copies,
                        note=entry.note,
                    )


def _of_row(entry: Entry, press: str, row: RowPiece) -> Planned:
    parts = (row.committee, entry.template, entry.format, row.language, row.site, row.id)
    return Planned(
        id="_".join(filter(None, parts)),
        template=entry.template,
        committee=row.committee,
        format=entry.format,
        press=press,
        language=row.language,
        site=row.site,
        quantity=row.quantity or entry.copies(row.committee),
        note=entry.note,
        row=row.id,
        values=row.values,
    )


def piece_id(entry: Entry, committee: Committee, language: str, site: Site | None) -> str:
    """Return `<committee>_<template>_<format>_<lang>[_<site>]`."""
    parts = [committee.id, entry.template, entry.format, language]
    return "_".join(parts + ([site.id] if site else []))


def _sites(profiles: Profiles, entry: Entry, committee: Committee) -> list[Site | None]:
    if not entry.sites:
        return [None]
    found: list[Site | None] = [
        site
        for site in profiles.sites.values()
        if site.kind in entry.sites and committee.id in site.committees
    ]
    return found or ([None] if entry.else_without_site else [])


def _file(profiles: Profiles, campaign: Campaign) -> str:
    """Return what complaints call a campaign: its file, or what it is where that may lie anywhere."""
    own = profiles.campaigns.get(campaign.id) == campaign
    return f"profiles/campaigns/{campaign.id}.toml" if own else f"campaign {campaign.id}"


def _check_tables(workspace: Workspace, profiles: Profiles, campaign: Campaign) -> Iterator[WorkspaceError]:
    """Yield the tables that are not there, by who names them: nobody looks for a file that was misspelt."""
    for number, entry in enumerate(campaign.pieces):
        try:
            missing = bool(entry.rows) and not workspace.has(entry.rows or "")
            reason: str = Message("there is no file '%(file)s'; correct the path", file=entry.rows)
        except WorkspaceError as error:
            missing, reason = True, Message("%(place)s: %(reason)s", place=error.file, reason=error.reason)
        if missing:
            yield WorkspaceError(_file(profiles, campaign), f"pieces.{number}.rows", reason)


def _check_templates(
    workspace: Workspace, profiles: Profiles, campaign: Campaign
) -> Iterator[WorkspaceError]:
    there = list_templates(workspace)
    templates: dict[str, Template] = {}
    for number, entry in enumerate(campaign.pieces):
        where = f"pieces.{number}"
        if entry.template not in there:
            reason: str = Message("unknown '%(id)s'; known: %(known)s", id=entry.template, known=there)
            yield WorkspaceError(_file(profiles, campaign), f"{where}.template", reason)
            continue
        try:
            if entry.template not in templates:
                templates[entry.template] = load_template(workspace, entry.template)
            template = templates[entry.template]
        except WorkspaceErrors as errors:
            yield from errors.errors
            continue
        except WorkspaceError as error:
            yield error
            continue
        if entry.format not in template.layouts:
            known = ", ".join(sorted(template.layouts))
            reason = Message(
                "template '%(template)s' has no layout for '%(format)s'; it has %(known)s",
                template=entry.template,
                format=entry.format,
                known=known,
            )
            yield WorkspaceError(_file(profiles, campaign), f"{where}.format", reason)
        for language in sorted(set(entry.languages) - set(template.languages)):
            reason = Message(
                "template '%(template)s' has no texts in '%(language)s'",
                template=entry.template,
                language=language,
            )
            yield WorkspaceError(_file(profiles, campaign), f"{where}.languages", reason)
    yield from check_designs(workspace, profiles, templates.values())


def _check_ids(profiles: Profiles, campaign: Campaign, pieces: list[Planned]) -> Iterator[WorkspaceError]:
    # Sorted by id, so equals are neighbours
    for one, other in pairwise(pieces):
        if one.id == other.id:
            reason = Message("two pieces have the id %(id)s; remove one of the entries", id=one.id)
            yield WorkspaceError(_file(profiles, campaign), "pieces", reason)

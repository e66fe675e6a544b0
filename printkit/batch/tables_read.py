"""The tables that a campaign's entries name, read once and judged together."""

from collections.abc import Mapping
from dataclasses import dataclass

from printkit.errors import TableErrors, TableProblem
from printkit.profiles import Campaign, Entry, Profiles
from printkit.rows import RowPiece, RowsRead, RowsRequest, Source, read_rows
from printkit.template import SlotCheck, load_template
from printkit.workspace import Workspace


@dataclass(frozen=True)
class Tables:
    """The pieces of each entry that names a table, by the entry's number from 0, and what is told of them."""

    pieces: Mapping[int, tuple[RowPiece, ...]]
    remarks: tuple[str, ...] = ()


def read_tables(
    workspace: Workspace, profiles: Profiles, campaign: Campaign, given: Source | None = None
) -> Tables:
    """Read all tables of a campaign; raise TableErrors with everything that is wrong in any of them.

    `given` stands in the place of the table that the campaign names.
    """
    found: dict[int, RowsRead] = {}
    problems: dict[TableProblem, None] = {}
    for number, entry in enumerate(campaign.pieces):
        if entry.rows:
            request = _request(workspace, profiles, campaign, entry)
            source = given or Source(entry.rows, workspace.read_bytes(entry.rows))
            found[number] = read_rows(source.data, source.shown, request)
            # Entries that share a table find the same in it.
            problems |= dict.fromkeys(found[number].problems)
    if problems:
        raise TableErrors(problems)
    remarks = dict.fromkeys(remark for read in found.values() for remark in read.remarks)
    return Tables({number: read.pieces for number, read in found.items()}, tuple(remarks))


def sources(workspace: Workspace, campaign: Campaign, given: Source | None = None) -> list[Source]:
    """Return the tables of a campaign, each once, or the one that is given in their place."""
    if given:
        return [given]
    named = dict.fromkeys((entry.rows, entry.sheet) for entry in campaign.pieces if entry.rows)
    return [Source(file, workspace.read_bytes(file), sheet) for file, sheet in named]


def _request(workspace: Workspace, profiles: Profiles, campaign: Campaign, entry: Entry) -> RowsRequest:
    template = load_template(workspace, entry.template)
    page = profiles.formats[entry.format]
    press = profiles.presses[entry.press or page.default_press]
    return RowsRequest(
        profiles,
        template,
        {one: SlotCheck(workspace, profiles, template, page, press, one) for one in template.languages},
        entry.languages,
        campaign.committees or tuple(sorted(profiles.committees)),
        entry.columns,
        entry.sheet,
        campaign.given_slots,
        entry.quantity is not None,
    )

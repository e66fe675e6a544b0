"""`render --rows`: one row of a table as a piece."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from printkit.cli.complaints import complained
from printkit.cli.options import Settings
from printkit.errors import TableErrors, TableProblem
from printkit.words import Message

if TYPE_CHECKING:
    from printkit.produce import Piece
    from printkit.profiles import Campaign, Entry, Format, Press, Profiles
    from printkit.rows import RowPiece, RowsRead, RowsRequest, Source
    from printkit.workspace import Workspace
    from printkit.workspace.tables import TableLimits


@dataclass(frozen=True)
class RowDesign:
    """What a row is printed as: a template in a format, for a press, with a campaign's values or none."""

    workspace: Workspace
    profiles: Profiles
    template: str
    page: Format
    press: Press
    campaign: Campaign | None


def row_piece(
    given: Settings, design: RowDesign, chosen: Mapping[str, Any], values: Mapping[str, Any]
) -> Piece:
    """Return the row that is asked for, else the first; raise TableErrors where the table is wrong.

    With --row, complaints about other rows are only told. `values` are those given beside the table.
    """
    from printkit.rows import read_rows

    limits = design.profiles.batch.table
    source = read_source(chosen["rows"], limits)
    with complained(given, chosen["complaints"], lambda: [source], limits):
        read = read_rows(source.data, source.shown, _request(design, chosen, values))
        for remark in read.remarks:
            given.say(Message("worth a look: %(remark)s", remark=remark))
        row = _choose(given, read, source, chosen["row"])
    return _piece(design, row, chosen["site"])


def read_source(file: str, limits: TableLimits) -> Source:
    """Read a table that the command line names, - being stdin; raise WorkspaceError."""
    from printkit.cli.given import read_given, shown
    from printkit.rows import Source

    return Source(shown(file), read_given(file, limits.file_mb))


def _request(design: RowDesign, chosen: Mapping[str, Any], values: Mapping[str, Any]) -> RowsRequest:
    from printkit.rows import RowsRequest
    from printkit.template import SlotCheck, load_template

    workspace, profiles, campaign = design.workspace, design.profiles, design.campaign
    template = load_template(workspace, design.template)
    # Without a campaign, or with one for all, the columns of a table may name any committee.
    everyone = (campaign.committees if campaign else None) or tuple(sorted(profiles.committees))
    entry = _entry(design)
    return RowsRequest(
        profiles,
        template,
        {
            one: SlotCheck(workspace, profiles, template, design.page, design.press, one)
            for one in template.languages
        },
        (chosen["lang"],),
        (chosen["committee"],) if chosen["committee"] else everyone,
        entry.columns if entry else {},
        entry.sheet if entry else None,
        frozenset(values) | (campaign.given_slots if campaign else frozenset()),
    )


def _entry(design: RowDesign) -> Entry | None:
    """Return the campaign's entry that says how this template's tables are read, if one does."""
    entries = design.campaign.pieces if design.campaign else ()
    return next((one for one in entries if one.rows and one.template == design.template), None)


def _choose(given: Settings, read: RowsRead, source: Source, number: int | None) -> RowPiece:
    """Return the row of a number, else the first; raise TableErrors with what stops it."""
    # A row that is asked for is made although others are wrong; without a number the table has to be right.
    stopping = [one for one in read.problems if number is None or one.row in (None, number)]
    if stopping:
        raise TableErrors(stopping)
    _tell_others(given, read.problems)
    found = [piece for piece in read.pieces if number in (None, piece.number)]
    if found:
        return found[0]
    numbers = [piece.number for piece in read.pieces]
    there = (
        Message("rows %(first)s to %(last)s say something", first=numbers[0], last=numbers[-1])
        if numbers
        else Message("none says anything")
    )
    what = Message("no row") if number is None else Message("row %(row)s is empty", row=number)
    raise click.BadParameter(
        Message("%(shown)s: %(what)s; %(there)s", shown=source.shown, what=what, there=there),
        param_hint="--row",
    )


def _tell_others(given: Settings, problems: tuple[TableProblem, ...]) -> None:
    if problems:
        rows = len({one.row for one in problems})
        given.say(
            Message(
                "%(rows)s other rows of %(file)s are wrong; without --row all is told",
                rows=rows,
                file=problems[0].file,
            )
        )


def _piece(design: RowDesign, row: RowPiece, site: str | None) -> Piece:
    from printkit.produce import Piece

    place = row.site or site
    names = (row.committee, design.template, design.page.id, row.language, place, row.id)
    return Piece(
        id="_".join(filter(None, names)),
        template=design.template,
        committee=row.committee,
        format=design.page.id,
        press=design.press.id,
        language=row.language,
        site=place,
        row=row.id,
        values=row.values,
    )

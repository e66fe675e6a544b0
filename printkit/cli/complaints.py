"""`--complaints`: the table again, with what is wrong in each row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from printkit.cli.arguments import check_folder
from printkit.cli.options import Settings
from printkit.errors import TableErrors
from printkit.words import Message

if TYPE_CHECKING:
    from printkit.rows import Source
    from printkit.workspace.tables import TableLimits

OPTION = "--complaints"


@contextmanager
def complained(
    given: Settings, target: Path | None, tables: Callable[[], Sequence[Source]], limits: TableLimits
) -> Iterator[None]:
    """Write the complaints of what is raised inside into `target`, where it is asked for."""
    if target is not None:
        _check(target, tables())
    try:
        yield
    except TableErrors as error:
        if target is not None:
            _write(given, target, tables(), error, limits=limits)
        raise


def _check(target: Path, tables: Sequence[Source]) -> None:
    """Refuse a file that cannot be written, is no workbook by its name, or is a table that is read."""
    check_folder(target, OPTION)
    if target.suffix.lower() != ".xlsx":
        raise click.BadParameter(
            Message("'%(target)s': a workbook is written; name it .xlsx", target=target), param_hint=OPTION
        )
    # By what it holds: the table may be known by another name, or come from stdin.
    if target.exists() and target.read_bytes() in [one.data for one in tables]:
        told = Message("'%(target)s' is the table itself; choose another name", target=target)
        raise click.BadParameter(told, param_hint=OPTION)


def _write(
    given: Settings, target: Path, tables: Sequence[Source], error: TableErrors, *, limits: TableLimits
) -> None:
    from printkit.rows.complaints import write_complaints
    from printkit.workspace import write_file

    write_file(target, write_complaints(tables, error.problems, limits))
    rows = len({(one.file, one.row) for one in error.problems if one.row})
    given.say(
        Message("%(target)s: the table with complaints about %(rows)s of its rows", target=target, rows=rows)
    )

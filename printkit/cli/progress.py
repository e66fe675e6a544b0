"""A bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from printkit.cli.options import Settings

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from printkit.batch import Progress as Heard
    from printkit.batch import Record


@contextmanager
def progress(given: Settings) -> Iterator[Heard]:
    """Show pieces done, held and time left on stderr, where that is a terminal."""
    if given.quiet or given.json or not sys.stderr.isatty():
        yield Lines(given)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("pieces, {task.fields[held]} held"),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Bar(given, bar)


class Lines:
    """Say each piece with --verbose."""

    def __init__(self, given: Settings) -> None:
        self.given = given

    def begin(self, total: int) -> None:
        self.given.detail(f"{total} pieces")

    def piece(self, record: Record) -> None:
        self.given.detail(f"{record.id}: {record.state}, {record.seconds:.2f} s")

    def say(self, text: str) -> None:
        self.given.detail(text)


class Bar:
    """Move the bar with each piece."""

    def __init__(self, given: Settings, bar: Progress) -> None:
        self.given, self.bar, self.held = given, bar, 0
        self.task: TaskID = bar.add_task("making", total=None, held=0)

    def begin(self, total: int) -> None:
        self.bar.update(self.task, total=total)

    def piece(self, record: Record) -> None:
        self.held += record.held
        self.bar.update(self.task, advance=1, held=self.held, description=record.committee)

    def say(self, text: str) -> None:
        if self.given.verbose:
            self.bar.console.print(text, markup=False, highlight=False)

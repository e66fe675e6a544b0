"""A bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

from printkit.cli.options import Settings
from printkit.words import Message

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from printkit.batch.journal import Record
    from printkit.batch.run import Progress as Heard
    from printkit.review.asked import Judged


@contextmanager
def progress(given: Settings) -> Iterator[Heard]:
    """Show pieces, held, rate and time left on stderr, where that is a terminal; stop at Ctrl-C."""
    # Also where nothing is shown: Ctrl-C must stop a script's run too.
    with _interruptible() as stopped:
        if given.quiet or given.json or sys.stderr is None or not sys.stderr.isatty():
            yield Lines(given, stopped)
        else:
            from printkit.cli.bar import bar

            with bar(given.words) as shown:
                yield Bar(given, stopped, shown)


@contextmanager
def counted(given: Settings, total: int) -> Iterator[Callable[[Judged], None]]:
    """Show how many designs of `total` are judged, where stderr is a terminal."""
    if given.quiet or given.json or sys.stderr is None or not sys.stderr.isatty():
        yield lambda judged: given.detail(
            Message("%(id)s: %(count)s findings", id=judged.ask.id, count=len(judged.findings))
        )
        return
    from printkit.cli.bar import bar

    with bar(given.words) as shown:
        task, wrong = shown.add_task(given.words.say(Message("judging")), total=total, held=0), [0]

        def hear(judged: Judged) -> None:
            wrong[0] += any(not one.is_warning for one in judged.findings)
            shown.update(task, advance=1, held=wrong[0], description=judged.ask.format)

        yield hear


@contextmanager
def _interruptible() -> Iterator[Event]:
    """Remember Ctrl-C: an exception raised in a library's callback may be lost on its way up."""
    stopped = Event()

    def stop(*_: object) -> None:
        stopped.set()
        raise KeyboardInterrupt

    # Put back afterwards, as whoever calls this from Python has a handler of its own.
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


class Lines:
    """Say each piece with --verbose."""

    def __init__(self, given: Settings, stopped: Event) -> None:
        self.given, self.stopped = given, stopped

    def begin(self, total: int) -> None:
        self.given.detail(Message("%(total)s pieces", total=total))

    def piece(self, record: Record) -> None:
        # Between two pieces, where nothing is half written.
        if self.stopped.is_set():
            raise KeyboardInterrupt
        self.given.detail(
            Message(
                "%(id)s: %(state)s, %(seconds).2f s",
                id=record.id,
                state=Message.of(record.state),
                seconds=record.seconds,
            )
        )

    def say(self, text: str) -> None:
        self.given.detail(text)


class Bar(Lines):
    """Move the bar with each piece."""

    def __init__(self, given: Settings, stopped: Event, bar: Progress) -> None:
        super().__init__(given, stopped)
        self.bar, self.held = bar, 0
        self.task: TaskID = bar.add_task(given.words.say(Message("making")), total=None, held=0)

    def begin(self, total: int) -> None:
        self.bar.update(self.task, total=total)

    def piece(self, record: Record) -> None:
        super().piece(record)
        self.held += record.held
        self.bar.update(self.task, advance=1, held=self.held, description=record.committee)

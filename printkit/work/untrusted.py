"""Do work on a file that nobody can vouch for in a process of its own, which may fail.

Beside `printkit.work.copies`, which does one item after another and tells of each when it is whole: a check
says what it finds while it goes on, and what it had said stays where it is ended. That takes a stream of
findings in place of results, and limits that count for the whole check; memory, silence and the error that
tells of an end are the same.
"""

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from math import ceil
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from printkit.preflight.core.limits import bound_process
from printkit.profiles import CheckLimits
from printkit.words import Message
from printkit.work.copies import Ended as Ended
from printkit.work.limits import allow, held_mb, silence

T = TypeVar("T")
# So often a caller looks whether the work is done. It counts these looks, not the hours: a program that
# is halted, together with its work, has lost no time.
LOOK_SECONDS = 0.5
BROKE_DOWN = Message("the check broke down, which is a fault of printkit's; please send the file in")


class Word(Enum):
    """Say what a process tells: something it found, that it is done, or why it ended."""

    FOUND, DONE, ENDED = range(3)


def apart(work: Callable[[], T], limits: CheckLimits) -> T:
    """Return what the work returns; Ended where it takes too long or too much memory, or breaks down."""
    (found,) = each(lambda: (work(),), limits)
    return found


def each(work: Callable[[], Iterable[T]], limits: CheckLimits) -> Iterator[T]:
    """Yield what the work yields, as soon as it does; Ended where it takes too much or breaks down.

    The work is done by a copy of this process (fork) that may compute for `last_seconds`, whose data may not
    outgrow `memory_mb`, and in which a stream may not grow past `stream_mb`.
    """
    copies = multiprocessing.get_context("fork")
    receiver, sender = copies.Pipe(duplex=False)
    process = copies.Process(target=_work, args=(work, sender, limits), daemon=True)
    process.start()
    sender.close()
    try:
        while True:
            kind, told = _hear(receiver, process, limits)
            if kind is Word.DONE:
                return
            if kind is Word.ENDED:
                raise Ended(told)
            yield told
    finally:
        process.kill()
        process.join()
        receiver.close()


def _hear(receiver: Connection, process: BaseProcess, limits: CheckLimits) -> tuple[Word, Any]:
    _wait(receiver, limits.hang_seconds)
    try:
        heard: tuple[Word, Any] = receiver.recv()
    except EOFError:
        process.join()
        raise Ended(_why_dead(process, limits)) from None
    return heard


def _wait(receiver: Connection, hang_seconds: float) -> None:
    """Return when there is something to receive; Ended when there is nothing for so long."""
    for _ in range(ceil(hang_seconds / LOOK_SECONDS)):
        if receiver.poll(LOOK_SECONDS):
            return
    raise Ended(Message("the check had not ended after %(hang_seconds)g s", hang_seconds=hang_seconds))


def _why_dead(process: BaseProcess, limits: CheckLimits) -> str:
    if process.exitcode == -signal.SIGPROF:
        return Message(
            "the check takes more than %(last_seconds)g s of computing time", last_seconds=limits.last_seconds
        )
    return Message("the check broke down, or took too much memory")


def _work(work: Callable[[], Iterable[T]], sender: Connection, limits: CheckLimits) -> None:
    # What the caller holds already is not the work's.
    allow(limits.memory_mb + held_mb())
    # Who asked for the work ends it, also at Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Its signal ends the process in C code as well; a limit of the system counts in whole seconds only.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, limits.last_seconds)
    silence()
    bound_process(limits)
    try:
        for found in work():
            sender.send((Word.FOUND, found))
        sender.send((Word.DONE, None))
    except MemoryError:
        sender.send(
            (
                Word.ENDED,
                Message("the check took more than %(memory_mb)s MB of memory", memory_mb=limits.memory_mb),
            )
        )
    # Whatever a file brings about costs this file only.
    except Exception:  # noqa: BLE001
        sender.send((Word.ENDED, BROKE_DOWN))

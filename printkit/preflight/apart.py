"""Do work on a file that nobody can vouch for in a process of its own, which may fail."""

import multiprocessing
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

from printkit.profiles import CheckLimits

T = TypeVar("T")
_MB = 1_000_000


class Ended(Exception):
    """Say why work was ended before it was done."""


def apart(work: Callable[[], T], limits: CheckLimits) -> T:
    """Return what the work returns; Ended where it takes too long or too much memory, or breaks down.

    The work is done by a copy of this process (fork) whose data may not outgrow `memory_mb`.
    """
    copies = multiprocessing.get_context("fork")
    receiver, sender = copies.Pipe(duplex=False)
    process = copies.Process(target=_work, args=(work, sender, limits.memory_mb * _MB), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(limits.last_seconds):
            raise Ended(f"the check took longer than {limits.last_seconds:g} s")
        done, told = receiver.recv()
    except EOFError:
        process.join()
        raise Ended(f"the check broke down (exit code {process.exitcode}), or took too much memory") from None
    finally:
        process.kill()
        process.join()
        receiver.close()
    if not done:
        raise Ended(told or f"the check took more than {limits.memory_mb} MB of memory")
    found: T = told
    return found


def _work(work: Callable[[], T], sender: Connection, most_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Who asked for the work ends it, also at Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        sender.send((True, work()))
    except MemoryError:
        sender.send((False, None))
    # Whatever a file brings about costs this file only.
    except Exception as error:  # noqa: BLE001
        sender.send((False, f"the check broke down: {type(error).__name__}: {error}"))

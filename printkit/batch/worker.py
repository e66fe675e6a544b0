"""The inside of a worker process: hired once, it does one job after the other while its caller lives."""

import contextlib
import functools
import gc
import multiprocessing
import os
import pickle
import resource
import shutil
import signal
import tempfile
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import NoReturn

from printkit.batch.crew import Hire

_MB = 1_000_000
# So many times the limit of a job in seconds of computing, and the worker ends by itself.
OVERDUE = 2
# So long a worker waits for its first order before it loads what it will need later
IDLE_SECONDS = 0.05
# Pickled beforehand: who is out of memory makes nothing.
_OUT_OF_MEMORY = pickle.dumps((False, MemoryError()))


@dataclass(frozen=True)
class Desk:
    """Hold where a worker works: its end of the pipe, the folder of its temporary files, its limits."""

    pipe: Connection
    folder: str
    memory_mb: int
    seconds: float


def work(hire: Hire, desk: Desk) -> NoReturn:
    """Say that the worker is ready, then answer each order (method, arguments) by (done, what came of it)."""
    _settle(desk)
    hired = functools.cache(hire)
    # What goes wrong here goes wrong in each job too, which tells it.
    with contextlib.suppress(Exception):
        hired()
    with contextlib.suppress(EOFError, OSError):
        desk.pipe.send_bytes(b"")
        if not desk.pipe.poll(IDLE_SECONDS):
            _load_more()
        # Garbage is looked for between jobs.
        gc.disable()
        while True:
            gc.collect(1)
            order = desk.pipe.recv_bytes()
            # Its caller ends a worker that hangs, but may be dead; in C code no thread of Python's runs. The
            # signal ends the process; a worker that is halted, with its caller, uses no time of it.
            signal.setitimer(signal.ITIMER_PROF, OVERDUE * desk.seconds)
            desk.pipe.send_bytes(answer(hired, order))
            signal.setitimer(signal.ITIMER_PROF, 0)
    _leave(desk.folder)


def _load_more() -> None:
    """Load what only proofs need while there is nothing else to do; what goes wrong is told by a proof."""
    with contextlib.suppress(Exception):
        import printkit.proof.drawing  # noqa: F401


def _settle(desk: Desk) -> None:
    _limit(resource.RLIMIT_DATA, desk.memory_mb * _MB)
    _limit(resource.RLIMIT_CORE, 0)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.close(null)
    os.environ["TMPDIR"] = tempfile.tempdir = desk.folder
    threading.Thread(target=_end_with_caller, args=(desk.folder,), daemon=True).start()


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (soft, hard))


def _end_with_caller(folder: str) -> None:
    caller = multiprocessing.parent_process()
    if caller:
        caller.join()
    _leave(folder)


def _leave(folder: str) -> NoReturn:
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def answer(hired: Hire, order: bytes) -> bytes:
    """Do what an order asks for; return the pickled pair of whether it is done and what came of it."""
    try:
        method, arguments = pickle.loads(order)
        made = getattr(hired(), method)(*arguments)
        if any(map(_is_memory, made if isinstance(made, list) else ())):
            return _OUT_OF_MEMORY
        return pickle.dumps((True, made), pickle.HIGHEST_PROTOCOL)
    # A job's error is the caller's to judge; the worker goes on.
    except Exception as error:  # noqa: BLE001
        return _OUT_OF_MEMORY if _is_memory(error) else _failure(error)


def _is_memory(made: object) -> bool:
    """Tell whether it is an error that a lack of memory led to, under whatever name."""
    while isinstance(made, Exception) and not isinstance(made, MemoryError):
        made = made.__cause__ or made.__context__
    return isinstance(made, MemoryError)


def _failure(error: Exception) -> bytes:
    """Pickle an error as itself, or as its words where it cannot be made again from what it tells."""
    try:
        told = pickle.dumps((False, error))
        pickle.loads(told)
    except Exception:  # noqa: BLE001
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
    return told

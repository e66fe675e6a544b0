"""The inside of a worker process: set up once, it does one job after the other while its caller lives."""

import contextlib
import functools
import gc
import multiprocessing
import os
import pickle
import shutil
import tempfile
import threading
from dataclasses import dataclass
from math import inf
from multiprocessing.connection import Connection
from typing import NoReturn

from printkit.errors import TimeIsUp
from printkit.work.copies import is_memory
from printkit.work.failed import Failed
from printkit.work.limits import Deadline, Limits, allow, computing, silence, too_long
from printkit.work.pool import Setup
from printkit.workspace import no_room

# So long a worker waits for its first call before it prepares what it will need later
IDLE_SECONDS = 0.05
# Pickled beforehand: who is out of memory makes nothing.
_OUT_OF_MEMORY = pickle.dumps((False, MemoryError()))


@dataclass(frozen=True)
class Surroundings:
    """Where a worker works: its end of the pipe, the folder of its temporary files, its limits."""

    pipe: Connection
    folder: str
    limits: Limits


def work(setup: Setup, surroundings: Surroundings) -> NoReturn:
    """Say that the worker is ready, then answer each call (method, arguments) by (done, what came of it)."""
    _settle(surroundings)
    ready = functools.cache(setup)
    # What goes wrong here goes wrong in each job too, which tells it.
    with contextlib.suppress(Exception):
        ready()
    with contextlib.suppress(EOFError, OSError):
        surroundings.pipe.send_bytes(b"")
        if not surroundings.pipe.poll(IDLE_SECONDS):
            _prepare(ready)
        # Garbage is looked for between jobs.
        gc.disable()
        while True:
            gc.collect(1)
            call = surroundings.pipe.recv_bytes()
            surroundings.pipe.send_bytes(answer(ready, call, surroundings.limits.seconds))
    _leave(surroundings.folder)


def _prepare(ready: Setup) -> None:
    """Have done what is needed later, if there is such, while there is nothing else to do.

    What goes wrong goes wrong again where it is needed, which tells it.
    """
    with contextlib.suppress(Exception):
        prepare = getattr(ready(), "prepare", None)
        if prepare:
            prepare()


def _settle(surroundings: Surroundings) -> None:
    silence()
    os.environ["TMPDIR"] = tempfile.tempdir = surroundings.folder
    # Before memory is limited: a thread that finds none leaves who starts it waiting for ever.
    threading.Thread(target=_end_with_caller, args=(surroundings.folder,), daemon=True).start()
    allow(surroundings.limits.memory_mb)


def _end_with_caller(folder: str) -> None:
    caller = multiprocessing.parent_process()
    if caller:
        caller.join()
    _leave(folder)


def _leave(folder: str) -> NoReturn:
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def answer(ready: Setup, call: bytes, seconds: float | None = None) -> bytes:
    """Do what a call asks for; return the pickled pair of whether it is done and what came of it.

    `seconds`: so long it may compute; only in the main thread of a process.
    """
    deadline = Deadline(seconds or inf)
    try:
        with computing(deadline) if seconds else contextlib.nullcontext():
            method, arguments = pickle.loads(call)
            made = getattr(ready(), method)(*arguments)
        if deadline.spoilt(made):
            return _time_is_up(deadline)
        for one in made if isinstance(made, list) else ():
            if is_memory(one):
                return _OUT_OF_MEMORY
            if full := no_room(one):
                return _failure(full)
        return pickle.dumps((True, made), pickle.HIGHEST_PROTOCOL)
    except TimeIsUp as error:
        return pickle.dumps((False, error))
    # A job's error is the caller's to judge; the worker goes on.
    except Exception as error:  # noqa: BLE001
        if deadline.spoilt(error):
            return _time_is_up(deadline)
        return _OUT_OF_MEMORY if is_memory(error) else _failure(no_room(error) or error)


def _time_is_up(deadline: Deadline) -> bytes:
    return pickle.dumps((False, TimeIsUp(too_long(deadline.seconds))))


def _failure(error: Exception) -> bytes:
    try:
        return pickle.dumps((False, Failed.of(error)))
    except MemoryError:
        return _OUT_OF_MEMORY

"""Processes of this machine that work: copies of one that has loaded the layout engine, a job at a time each.

A worker that dies, hangs or runs out of memory costs the job it has, never another's: each has a pipe of its
own, which its death closes, and a thread of this process that serves it.

Pebble was tried in place of this (5.2.3): its workers share one pipe and one lock, so one that is killed
half-way through a result of some hundred MB keeps the lock, and the next job waits for good.
"""

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from math import ceil
from multiprocessing import resource_tracker
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Self

from printkit.errors import TimeIsUp, WriteError
from printkit.words import Message
from printkit.work.limits import making
from printkit.work.pool import Lost, Setup
from printkit.work.worker import Surroundings, work
from printkit.workspace import Scratch

if TYPE_CHECKING:
    from printkit.profiles import BatchLimits

_COPIED = "forkserver" in multiprocessing.get_all_start_methods()
_PROCESSES = multiprocessing.get_context("forkserver") if _COPIED else multiprocessing.get_context("spawn")
_PRELOADED = "printkit.work.preload"
# What one picture of a page took is kept for the next, as the system is slow to give memory that is new. Only
# glibc knows these, and what the caller has set counts.
_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(64 << 20)}
# A socket's address has so many bytes, the last of them for its end; Python puts the socket into a folder.
_LONGEST_FOLDER = (108 if sys.platform == "linux" else 104) - 1 - len("/pymp-12345678/listener-12345678")
# Killed processes are gone at once; no one waits longer for what the system does not end.
_LEAVE_SECONDS = 1
# So often it is looked whether a worker has answered.
_LOOK_SECONDS = 0.5
# One reads what another's death left behind, and processes are started and buried one by one.
_BOOKS = threading.Lock()
_WARMING = threading.Lock()


def check_temporary() -> None:
    """Raise WriteError where the temporary folder's name is too long for the socket that workers come by."""
    folder = tempfile.gettempdir()
    if _COPIED and len(os.fsencode(folder)) > _LONGEST_FOLDER:
        reason = Message(
            "too long a name for a folder of sockets, %(longest_folder)s bytes are allowed",
            longest_folder=_LONGEST_FOLDER,
        )
        raise WriteError(
            Message("%(folder)s: %(reason)s; set TMPDIR to a shorter one", folder=folder, reason=reason)
        )


def warm() -> None:
    """Begin to load the layout engine in the process that workers are copied from; do not wait for it."""
    if _COPIED and len(os.fsencode(tempfile.gettempdir())) <= _LONGEST_FOLDER:
        from multiprocessing import forkserver

        forkserver.set_forkserver_preload([_PRELOADED])
        # Its environment is this process's own, which other threads would change under it.
        with _WARMING, _as_installed():
            # It would let SIGINT through where it is started from within.
            resource_tracker.ensure_running()
            with _deaf():
                forkserver.ensure_running()


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Have processes that are started here never hear Ctrl-C; this one hears it afterwards.

    Ctrl-C reaches the whole group of processes, and who has begun the work is to end it.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _as_installed() -> Iterator[None]:
    """Have Python processes that are started here take no module from the folder that they are started in.

    They keep memory as `_MEMORY` says.
    """
    before = dict(os.environ)
    told = {name: before.get(name, value) for name, value in _MEMORY.items()} | {"PYTHONSAFEPATH": "1"}
    os.environ.update(told)
    try:
        yield
    finally:
        for name in told:
            del os.environ[name]
            if name in before:
                os.environ[name] = before[name]


@contextlib.contextmanager
def _by_themselves() -> Iterator[None]:
    """Have processes that are started here not run the program that starts them.

    `multiprocessing` has them run its file, for what is defined there. That takes time, and a script that
    calls printkit without a look at `__name__` would begin its batch anew in each worker.
    """
    program = vars(sys.modules["__main__"])
    spec, file = program.get("__spec__"), program.pop("__file__", None)
    program["__spec__"] = None
    try:
        yield
    finally:
        program["__spec__"] = spec
        if file is not None:
            program["__file__"] = file


@dataclass(frozen=True)
class Call:
    """Keep a call of a method and the future that is to have its result."""

    method: str
    arguments: tuple[Any, ...]
    future: Future[Any] = field(default_factory=Future)


class Workers:
    """Do jobs in `count` processes; leaving the context ends them at once, whatever they do."""

    def __init__(self, setup: Setup, count: int, limits: "BatchLimits") -> None:
        self.workers = count
        self.setup = setup
        self.limits = making(limits)
        self.calls: SimpleQueue[Call | None] = SimpleQueue()
        self.left = threading.Event()
        self.threads: list[WorkerThread] = []

    def __enter__(self) -> Self:
        check_temporary()
        warm()
        self.folder = Scratch("workers")
        self.threads = [WorkerThread(self) for _ in range(self.workers)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.left.set()
        with contextlib.suppress(Empty):
            while call := self.calls.get_nowait():
                call.future.cancel()
        ended = []
        for thread in self.threads:
            # One whose process is only being started ends that itself.
            if thread.kill():
                ended.append(thread)
            self.calls.put(None)
        for thread in ended:
            thread.join(_LEAVE_SECONDS)
        self.folder.cleanup()

    def submit(self, method: str, *arguments: Any) -> Future[Any]:
        """Have a method called; the future fails with what that raises, or with Lost."""
        if self.left.is_set():
            raise RuntimeError(Message("the workers have left"))
        call = Call(method, arguments)
        self.calls.put(call)
        return call.future


class WorkerThread(threading.Thread):
    """Serve one worker process with jobs; replace it when it is lost."""

    def __init__(self, pool: Workers) -> None:
        super().__init__(name="printkit-worker", daemon=True)
        self.pool = pool
        self.process: BaseProcess | None = None
        self.ready = False

    def run(self) -> None:
        with contextlib.suppress(Lost):
            self._begin()
        while call := self.pool.calls.get():
            if call.future.set_running_or_notify_cancel():
                self._do(call)
            # Its arguments and its result may be large, and the next job may be long in coming.
            del call
        self._bury()

    def kill(self) -> bool:
        """End the process, whatever it does; the thread sees it and goes on. Tell whether there was one."""
        process = self.process
        # One that is only being started has no number yet: `_begin` ends it.
        if process and process.pid:
            process.kill()
            return True
        return False

    def _do(self, call: Call) -> None:
        try:
            done, made = self._ask(call)
        except Lost as lost:
            self._bury()
            call.future.set_exception(lost)
        # What cannot be pickled, here or there, costs this job alone.
        except Exception as error:  # noqa: BLE001
            call.future.set_exception(error)
        else:
            (call.future.set_result if done else call.future.set_exception)(made)

    def _ask(self, call: Call) -> tuple[bool, Any]:
        packed = pickle.dumps((call.method, call.arguments), pickle.HIGHEST_PROTOCOL)
        done, made = pickle.loads(self._answer(packed))
        if isinstance(made, MemoryError) and not done:
            raise Lost(self.pool.limits.memory)
        if isinstance(made, TimeIsUp) and not done:
            raise Lost(str(made))
        return done, made

    def _answer(self, packed: bytes) -> bytes:
        if self.process is None:
            self._begin()
        try:
            if not self.ready:
                self._hear()
                self.ready = True
            self.pipe.send_bytes(packed)
            return self._hear()
        except (EOFError, OSError) as error:
            raise Lost(self._cause(self._bury())) from error

    def _hear(self) -> bytes:
        """Return what the worker says; Lost where it says nothing for too long.

        Looks are counted, not hours: a run that is halted, with its workers, has lost no time.
        """
        limits = self.pool.limits
        for _ in range(ceil(limits.silent_seconds / _LOOK_SECONDS)):
            if self.pipe.poll(_LOOK_SECONDS):
                return self.pipe.recv_bytes()
        raise Lost(limits.silent)

    def _begin(self) -> None:
        """Start a process; raise Lost where none can be had."""
        pool = self.pool
        self.ready = False
        self.pipe, there = multiprocessing.Pipe()
        surroundings = Surroundings(there, pool.folder.name, pool.limits)
        process = _PROCESSES.Process(target=work, args=(pool.setup, surroundings), daemon=True)
        try:
            with _BOOKS, _deaf(), _by_themselves():
                process.start()
        # Whatever it is, the thread must live to tell it.
        except Exception as error:
            raise Lost(
                Message(
                    "no worker could be started: %(name)s: %(error)s", name=type(error).__name__, error=error
                )
            ) from error
        finally:
            there.close()
        self.process = process
        if pool.left.is_set():
            self.kill()

    def _bury(self) -> int | None:
        """End the process if it still lives, and return its exit code."""
        process, self.process = self.process, None
        if process is None:
            return None
        with _BOOKS:
            process.kill()
            process.join()
        self.pipe.close()
        return process.exitcode

    def _cause(self, code: int | None) -> str:
        if code == -signal.SIGPROF:
            return self.pool.limits.time
        if code and code < 0:
            return Message("the worker died (signal %(number)s)", number=-code)
        return Message("the worker died (exit code %(code)s)", code=str(code))

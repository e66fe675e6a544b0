"""Processes of this machine that work: copies of one that has loaded the layout engine, a job at a time each.

A worker that dies, hangs or runs out of memory costs the job it has, never another's: each has a pipe of its
own, which its death closes, and a thread of this process that serves it.

Pebble was tried in place of this (5.2.3): its workers share one pipe and one lock, so one that is killed
half-way through a result of some hundred MB keeps the lock, and the next job waits for good.
"""

import contextlib
import multiprocessing
import pickle
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from math import ceil
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Self

from printkit.errors import TimeIsUp
from printkit.words import Message
from printkit.work.failed import answered
from printkit.work.limits import OVERTIME, making
from printkit.work.pool import Lost, Setup
from printkit.work.warming import COPIED, check_temporary, deaf, warm
from printkit.work.worker import Surroundings, work
from printkit.workspace import Scratch

if TYPE_CHECKING:
    from printkit.profiles import BatchLimits

_PROCESSES = multiprocessing.get_context("forkserver") if COPIED else multiprocessing.get_context("spawn")
# Killed processes are gone at once; no one waits longer for what the system does not end.
_LEAVE_SECONDS = 1
# So often it is looked whether a worker has answered.
_LOOK_SECONDS = 0.5
# One reads what another's death left behind, and processes are started and buried one by one.
_BOOKS = threading.Lock()


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
        done, made = answered(self._answer(packed))
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
            with _BOOKS, deaf(), _by_themselves():
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
        if code == -OVERTIME:
            return self.pool.limits.time
        if code and code < 0:
            return Message("the worker died (signal %(number)s)", number=-code)
        return Message("the worker died (exit code %(code)s)", code=str(code))

"""Copies of this process (fork) that may fail: what passes a limit is ended.

A copy is there at once and has what this process has loaded. What libraries say in it goes unheard.
"""

import contextlib
import os
import pickle
import select
import signal
import struct
import tempfile
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from math import ceil
from typing import Any, NoReturn, Self, TypeVar

from printkit.errors import PrintkitError, TimeIsUp, WriteError, causes
from printkit.words import Message
from printkit.work import forks as forks
from printkit.work.failed import Failed, pickled
from printkit.work.limits import OVERTIME, Deadline, Limits, allow, computing, held_mb, silence
from printkit.workspace import Scratch, no_room

A = TypeVar("A")
T = TypeVar("T")
# So many results come home together: what they share is then packed once.
TOGETHER = 64
LOOK_SECONDS = 0.5
# How a copy ends that has no memory left; printkit itself ends with none above 130.
NO_MEMORY = 137
_LENGTH = struct.Struct("!Q")


class Ended(Exception):
    """Say which limit ended some work."""


class Died(Ended):
    """Say how the process of some work died, by no limit."""


def apart(work: Callable[[], T], limits: Limits) -> T:
    """Return what the work returns, or raise what it raises; raise Ended where it passes a limit."""
    with beside(work, limits) as made:
        return made()


@contextlib.contextmanager
def beside(work: Callable[[], T], limits: Limits) -> Iterator[Callable[[], T]]:
    """Have work done while this process goes on; what is yielded waits for it and returns as `apart` does."""
    with contextlib.ExitStack() as stack:
        copy = stack.enter_context(_Copy(lambda _: work(), (None,), (limits,), 1))

        def made() -> T:
            found: list[T | Ended] = [*islice(copy.results(), 1)]
            # How it ended is known once it is buried.
            stack.close()
            one = found[0] if found else copy.end()
            if isinstance(one, Ended):
                raise one
            return one

        yield made


def each(
    work: Callable[[A], T], items: Sequence[A], limits: Sequence[Limits], together: int = TOGETHER
) -> Iterator[T | Ended]:
    """Yield what the work makes of each item within its limits, or what ended it; raise what it raises.

    What passes a limit costs its item alone: another copy does those behind it. So many results come
    `together`; they are heard of when all of them are made. Items that one copy does may differ in their
    seconds; memory and silence are those of the item that it begins with.
    """
    done, most = 0, together
    while done < len(items):
        together = min(together, len(items) - done)
        with _Copy(work, items[done:], limits[done:], together) as copy:
            for made in copy.results():
                done += 1
                yield made
        if done == len(items):
            return
        if together == 1:
            yield copy.end()
            done += 1
        # Which of several it was shows where they come home one by one.
        together = 1 if together > 1 else most


class _Copy:
    """Run a copy of this process and hear it; leaving the context ends it, whatever it does."""

    def __init__(
        self, work: Callable[[Any], Any], items: Sequence[Any], limits: Sequence[Limits], together: int
    ) -> None:
        self.work, self.items, self.limits, self.together = work, items, limits, together
        self._done = 0
        self._folder: Scratch | None = None
        self._silent = False
        self._code = 0

    def __enter__(self) -> Self:
        # Work that writes temporary files tells where none can be written; binding writes none.
        with contextlib.suppress(OSError, WriteError):
            self._folder = Scratch("work")
        self._ear, mouth = os.pipe()
        # The copy reads from it until this process is gone.
        life, self._life = os.pipe()
        with warnings.catch_warnings():
            # What other threads hold is let finish first: see `printkit.work.forks`.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._number = os.fork()
        if not self._number:
            os.close(self._life)
            self._be(mouth, life)
        os.close(mouth)
        os.close(life)
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._number, signal.SIGKILL)
        self._code = os.waitstatus_to_exitcode(os.waitpid(self._number, 0)[1])
        os.close(self._ear)
        os.close(self._life)
        if self._folder:
            self._folder.cleanup()

    def results(self) -> Iterator[Any]:
        while told := self._hear():
            for one in pickle.loads(told):
                if isinstance(one, Failed):
                    raise one.again()
                self._done += 1
                yield one

    def end(self) -> Ended:
        """Return why there are no more results."""
        if self._silent:
            return Ended(self.limits[0].silent)
        if self._code == -OVERTIME:
            return Ended(self.limits[self._done].time)
        if self._code == NO_MEMORY:
            return Ended(self.limits[0].memory)
        if self._code < 0:
            return Died(Message("the process died of it (signal %(number)s)", number=-self._code))
        return Died(Message("the process died of it (exit code %(code)s)", code=str(self._code)))

    def _hear(self) -> bytes:
        """Return what the copy tells next; nothing where it has ended."""
        return self._read(_LENGTH.unpack(head)[0]) if (head := self._read(_LENGTH.size)) else b""

    def _read(self, count: int) -> bytes:
        read = bytearray()
        while len(read) < count:
            if not self._speaks():
                self._silent = True
                return b""
            part = os.read(self._ear, count - len(read))
            if not part:
                return b""
            read += part
        return bytes(read)

    def _speaks(self) -> bool:
        """Tell whether it says something; looks are counted, not hours: to be halted costs nothing."""
        looks = ceil(self.limits[0].silent_seconds / LOOK_SECONDS)
        return any(select.select([self._ear], [], [], LOOK_SECONDS)[0] for _ in range(looks))

    def _be(self, mouth: int, life: int) -> NoReturn:
        """Do the work as the copy, and end."""
        code = 0
        try:
            # Who has begun the work ends it, also at Ctrl-C.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(OVERTIME, signal.SIG_DFL)
            silence()
            if self._folder:
                os.environ["TMPDIR"] = tempfile.tempdir = self._folder.name
            # Before memory is limited: a thread that finds none leaves who starts it waiting for ever.
            threading.Thread(target=_end_with, args=(life,), daemon=True).start()
            # What the caller holds already is not this work's.
            allow(self.limits[0].memory_mb + held_mb())
            asked = list(zip(self.items, self.limits, strict=True))
            for at in range(0, len(asked), self.together):
                made = [self._make(*one) for one in asked[at : at + self.together]]
                _tell(mouth, _packed(made))
        except MemoryError:
            # Not even what went wrong could be told.
            code = NO_MEMORY
        finally:
            os._exit(code)

    def _make(self, item: Any, limits: Limits) -> Any:
        deadline = Deadline(limits.seconds)
        try:
            with computing(deadline):
                made = self.work(item)
        except TimeIsUp as error:
            return Ended(str(error))
        # Whatever it is goes on where it is waited for.
        except BaseException as error:  # noqa: BLE001
            if deadline.spoilt(error):
                return Ended(limits.time)
            if is_memory(error):
                # The frames that it was raised in hold what filled the memory; telling of it takes some too.
                for one in causes(error):
                    traceback.clear_frames(one.__traceback__)
            if is_memory(error) and not isinstance(error, PrintkitError):
                return Ended(limits.memory)
            failed = Failed.of(no_room(error) or error)
            return Ended(limits.time) if deadline.passed and not failed.whole else failed
        return Ended(limits.time) if deadline.spoilt(made) else made


def is_memory(made: object) -> bool:
    """Tell whether it is an error that a lack of memory led to, under whatever name."""
    return any(isinstance(one, MemoryError) for one in causes(made))


def _packed(made: list[Any]) -> bytes:
    """Pickle results; those that cannot be pickled come home as why."""
    try:
        return pickled(made)
    except MemoryError:
        raise
    except Exception as why:  # noqa: BLE001
        return pickle.dumps([Failed.of(why)])


def _tell(mouth: int, told: bytes) -> None:
    left = memoryview(_LENGTH.pack(len(told)) + told)
    while left:
        left = left[os.write(mouth, left) :]


def _end_with(life: int) -> None:
    """End this process when its caller has gone, however that ended."""
    os.read(life, 1)
    os._exit(0)

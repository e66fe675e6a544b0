"""The inside of a cluster's worker: the bundle is unpacked and a hand hired once, then it does orders."""

import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from printkit.batch.crew import Hand
from printkit.batch.roster import refuse, shaping
from printkit.batch.worker import answer
from printkit.produce import Maker, Order
from printkit.workspace import Bundle, Workspace, unpack

# Hires a hand for the workspace as it lies on the worker; it can be pickled.
HireAt = Callable[[Workspace], Hand]

# The engines are not made for threads, and a worker may have several.
_ONE_AT_A_TIME = threading.Lock()


class Workshop:
    """Hold what every order needs; it travels once to each worker, and its folder goes when it goes.

    `shaped` is what shapes the bytes where the caller is.
    """

    def __init__(self, bundle: Bundle, hire: HireAt, shaped: Mapping[str, str]) -> None:
        self.bundle, self.hire, self.shaped = bundle, hire, shaped
        self._workspace: Workspace | None = None
        self._hand: Hand | None = None

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.bundle, self.hire, self.shaped)

    def hand(self, worker: str, scratch: Path) -> Hand:
        """Return the hand, hired on the first call; raise MissingError where it would give other bytes."""
        # Workers may join after the caller has looked at all of them.
        if self._hand is None:
            refuse(self.shaped, {worker: shaping()})
            self._hand = self.hire(self._unpacked(scratch))
        return self._hand

    def _unpacked(self, scratch: Path) -> Workspace:
        if self._workspace is None:
            folder = tempfile.mkdtemp(prefix=f"printkit-{self.bundle.digest}-", dir=scratch)
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            self._workspace = unpack(self.bundle, Path(folder))
        return self._workspace


def hire_maker(order: Order, workspace: Workspace) -> Maker:
    """Hire the maker of an order for the workspace as it lies here."""
    return Maker(replace(order, workspace=workspace))


def work(workshop: Workshop, order: bytes) -> bytes:
    """Answer an order; no two of a process are done at the same time."""
    from distributed import get_worker

    worker = get_worker()
    hired = partial(workshop.hand, worker.address, Path(worker.local_directory))
    with _ONE_AT_A_TIME:
        return answer(hired, order)

"""The inside of a cluster's worker: the bundle is unpacked and a maker set up once, then it does jobs."""

import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from printkit.cluster.scheduler import refuse, shaping
from printkit.produce import Maker, Production
from printkit.work.worker import answer
from printkit.workspace import Bundle, Workspace, unpack

# Sets up a maker for the workspace as it lies on the worker; it can be pickled.
SetupAt = Callable[[Workspace], Any]

# The engines are not made for threads, and a worker may have several.
_ONE_AT_A_TIME = threading.Lock()


class Installation:
    """What every job needs; it travels once to each worker, and its folder goes when it goes.

    `shaped` is what shapes the bytes where the caller is.
    """

    def __init__(self, bundle: Bundle, setup: SetupAt, shaped: Mapping[str, str]) -> None:
        self.bundle, self.setup, self.shaped = bundle, setup, shaped
        self._workspace: Workspace | None = None
        self._maker: Any = None

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.bundle, self.setup, self.shaped)

    def maker(self, worker: str, scratch: Path) -> Any:
        """Return the maker, set up on the first call; raise MissingError where it would give other bytes."""
        # Workers may join after the caller has looked at all of them.
        if self._maker is None:
            refuse(self.shaped, {worker: shaping()})
            self._maker = self.setup(self._unpacked(scratch))
        return self._maker

    def _unpacked(self, scratch: Path) -> Workspace:
        if self._workspace is None:
            folder = tempfile.mkdtemp(prefix=f"printkit-{self.bundle.digest}-", dir=scratch)
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            self._workspace = unpack(self.bundle, Path(folder))
        return self._workspace


def set_up_maker(production: Production, workspace: Workspace) -> Maker:
    """Set up the maker of a production for the workspace as it lies here."""
    return Maker(replace(production, workspace=workspace))


def work(installation: Installation, call: bytes) -> bytes:
    """Answer a call; no two of a process are done at the same time."""
    from distributed import get_worker

    worker = get_worker()
    ready = partial(installation.maker, worker.address, Path(worker.local_directory))
    with _ONE_AT_A_TIME:
        return answer(ready, call)

"""A pool on other machines: the workers of a Dask cluster, which give the same bytes or none."""

import asyncio
import contextlib
import pickle
import time
from collections.abc import Coroutine
from concurrent.futures import Future
from functools import partial
from hashlib import sha256
from typing import Any, Self

from printkit.cluster.scheduler import connect, refuse_others, shaping
from printkit.cluster.worker import Installation, SetupAt, set_up_maker, work
from printkit.errors import MissingError
from printkit.produce import Production
from printkit.produce.needs import files_needed
from printkit.words import Message
from printkit.work.failed import answered
from printkit.work.pool import Lost
from printkit.workspace import Bundle, pack

# No one waits longer for a scheduler that says nothing.
LEAVE_SECONDS = 0.8
# So long a cluster may be without workers: those that died are started anew within seconds.
DESERTED_SECONDS = 30.0
LOOK_SECONDS = 2.0


class Deserted(Exception):
    """Say that nobody is left to do a job."""


class Cluster:
    """Do jobs on the workers of the Dask cluster whose scheduler listens at `address`.

    Entering raises MissingError where nobody answers or a worker would give other bytes. A job whose worker
    dies is done again by another one; it is lost once Dask gives it up.
    """

    def __init__(self, address: str, bundle: Bundle, setup: SetupAt) -> None:
        self.address, self.bundle, self.setup = address, bundle, setup
        self.workers = 0
        self._open: set[Future[Any]] = set()

    @classmethod
    def of(cls, address: str, production: Production) -> Self:
        """Return a cluster that makes the pieces of a production; raise WorkspaceError."""
        return cls(
            address, pack(production.workspace, files_needed(production)), partial(set_up_maker, production)
        )

    def __enter__(self) -> Self:
        self._client = connect(self.address)
        try:
            refuse_others(self._client, self.address)
            self.workers = sum(self._client.nthreads().values())
            self._installation = self._send()
            self._loop: asyncio.AbstractEventLoop = self._client.loop.asyncio_loop
            asyncio.run_coroutine_threadsafe(self._keep_watch(), self._loop).result()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for future in tuple(self._open):
            future.cancel()
        self._close()

    def submit(self, method: str, *arguments: Any) -> Future[Any]:
        """Have a method called on some worker."""
        call = pickle.dumps((method, arguments), pickle.HIGHEST_PROTOCOL)
        future = asyncio.run_coroutine_threadsafe(self._answer(call), self._loop)
        self._open.add(future)
        future.add_done_callback(self._open.discard)
        return future

    def _send(self) -> Any:
        """Send what all jobs need, once; Dask brings it to each worker, also to those that join later."""
        import dask

        parts = self.bundle, self.setup, shaping()
        key = sha256(pickle.dumps((self.bundle.digest, *parts[1:]))).hexdigest()
        # Photographs make a bundle large, and it is meant to be in one piece.
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TB"}):
            sent = self._client.submit(Installation, *parts, key=f"printkit-{key}")
        # Small jobs overtake it on their way to the scheduler.
        error = sent.exception()
        if sent.status != "finished":
            todo = Message("printkit must be installed where the scheduler runs, too")
            why = str(error).partition("\n")[0]
            raise MissingError(
                Message(
                    "the cluster at %(address)s cannot take the bundle: %(why)s; %(todo)s",
                    address=self.address,
                    why=why,
                    todo=todo,
                )
            )
        return sent

    async def _answer(self, call: bytes) -> Any:
        """Return what came of a call; raise its own error, or Lost where nothing came."""
        done, made = answered(await self._told(call))
        if done:
            return made
        if isinstance(made, MemoryError):
            raise Lost(Message("it needed more memory than its worker has"))
        raise made

    async def _told(self, call: bytes) -> bytes:
        """Return a worker's answer, or raise Lost."""
        from distributed.scheduler import KilledWorker

        # A call's own errors come with its answer, so that what is raised here is Dask's.
        try:
            try:
                return bytes(await self._unless_deserted(self._have_done(call, 1)))
            # What waits at a worker is blamed for its death like what it does; by itself it shows who did it.
            except KilledWorker:
                async with self._alone:
                    return bytes(await self._unless_deserted(self._have_done(call, self.workers)))
        except Exception as error:
            raise Lost(_words(error)) from error

    async def _have_done(self, call: bytes, share: int) -> Any:
        """Have a call answered that needs a share of the workers to itself, one or all."""
        from distributed import wait

        async with contextlib.AsyncExitStack() as taken:
            for _ in range(share):
                await taken.enter_async_context(self._free)
            told = self._client.submit(work, self._installation, call, pure=False)
            taken.enter_context(self._client.as_current())
            await wait(told)
        return await self._client.gather(told, asynchronous=True)

    async def _unless_deserted(self, doing: Coroutine[Any, Any, Any]) -> Any:
        task = asyncio.ensure_future(doing)
        try:
            await asyncio.wait((task, self._desertion), return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            raise Deserted
        finally:
            task.cancel()

    async def _keep_watch(self) -> None:
        self._free, self._alone = asyncio.Semaphore(self.workers), asyncio.Lock()
        self._desertion = asyncio.ensure_future(self._deserted())

    async def _deserted(self) -> None:
        """Return when the scheduler has had no workers for a while, or is gone for good itself."""
        seen = time.monotonic()
        while time.monotonic() - seen < DESERTED_SECONDS and self._client.status != "closed":
            await asyncio.sleep(LOOK_SECONDS)
            with contextlib.suppress(Exception):
                count = sum((await asyncio.wait_for(self._client.nthreads(), LOOK_SECONDS)).values())
                if count:
                    seen = time.monotonic()
                self._grow(count)

    def _grow(self, count: int) -> None:
        """Use the workers that have joined."""
        for _ in range(self.workers, count):
            self._free.release()
        self.workers = max(self.workers, count)

    def _close(self) -> None:
        # The scheduler drops what no one waits for any more; workers end the job they have and keep nothing.
        with contextlib.suppress(Exception):
            self._client.close(timeout=LEAVE_SECONDS)


def _words(error: Exception) -> str:
    from distributed.scheduler import KilledWorker

    if isinstance(error, Deserted):
        return Message("the cluster has no workers any more; look into their logs")
    if isinstance(error, KilledWorker):
        return Message(
            "%(allowed_failures)s workers died of it, %(address)s at last",
            allowed_failures=error.allowed_failures + 1,
            address=error.last_worker.address,
        )
    return Message("the cluster gave it up: %(name)s: %(error)s", name=type(error).__name__, error=error)

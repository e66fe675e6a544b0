"""Run a preview: its workers, its watch over files, its pages, until it is stopped."""

import asyncio
import contextlib
import threading
import webbrowser
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from printkit.preview.asked import Ask, Cell, Previewed
from printkit.preview.binding import bind_first
from printkit.preview.earlier import batch_folders
from printkit.preview.guard import Guard, is_loopback
from printkit.preview.known import Known
from printkit.preview.live import Live
from printkit.preview.schedule import Schedule, watching
from printkit.preview.server import app
from printkit.preview.store import PictureStore
from printkit.preview.worker import set_up
from printkit.serving import Listener, Server, stop_at_signals
from printkit.words import SOURCE_LANGUAGE
from printkit.work.pool import cores
from printkit.work.workers import Workers

__all__ = ["Asked", "Listener", "batch_folders", "is_loopback", "open_browser", "serve"]

# Of the piece that is made before any page asks: what most windows show of one
FIRST_PIXELS = 700
# More workers would take the memory that the rest of a laptop needs.
MOST_WORKERS = 4
_LEAVE_SECONDS = 1


@dataclass(frozen=True)
class Asked:
    """What a preview was started with. `batches` returns the folders of batches to compare with."""

    begun: Previewed
    batches: Callable[[], list[Path]]
    poll: bool
    names: tuple[str, ...]
    anywhere: bool
    language: str = SOURCE_LANGUAGE


class ReplaceableWorker:
    """Do calls in one worker process, which is replaced where its work is no longer wanted."""

    def __init__(self, start: Callable[[], Workers]) -> None:
        # Starts the process, the first time that it is called
        self.begin = cache(start)

    def submit(self, method: str, *arguments: Any) -> Future[Any]:
        return self.begin().submit(method, *arguments)

    def restart(self) -> None:
        for thread in self.begin().threads:
            thread.kill()


def serve(asked: Asked, known: Known, listener: Listener) -> None:
    """Serve pages until SIGINT or SIGTERM."""
    begun = asked.begun
    setup = partial(set_up, begun, known, bind_first(Ask(begun.first, FIRST_PIXELS), begun, known))
    with contextlib.ExitStack() as stack:

        def start() -> Workers:
            return stack.enter_context(Workers(setup, 1, known.profiles.batch))

        # Others begin once there is work for them, as they would take their time from the first picture
        workers = [ReplaceableWorker(start) for _ in range(_count())]
        workers[0].begin()
        figures = known.figures
        schedule = Schedule(workers, PictureStore(figures.kept_mb), figures.drop_seconds)
        schedule.rest_seconds = figures.rest_ms / 1000
        asyncio.run(_serve(asked, known, schedule, listener))


def open_browser(address: str) -> None:
    """Open a page in the browser of whoever sits here, without waiting for it."""
    # Some browsers keep who opened them until they are closed
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _count() -> int:
    # Two at least, so that a grid fills while the piece that is looked at is made
    return min(max(cores(), 2), MOST_WORKERS)


async def _serve(asked: Asked, known: Known, schedule: Schedule, listener: Listener) -> None:
    live = Live(asked.begun, known, schedule, batches=asked.batches, poll=asked.poll)
    port = listener.listening.getsockname()[1]
    server = Server(
        Guard(app(live, asked.language), asked.names, port, asked.anywhere), listener, _LEAVE_SECONDS
    )

    def stop() -> None:
        server.stop()
        live.stop()

    stop_at_signals(stop)
    work = [
        asyncio.create_task(one) for one in (schedule.run(), live.watch(), _first(live, asked.begun.first))
    ]
    serving = asyncio.create_task(server.run())
    # Work that ends of itself failed: nobody would hear of it before the end.
    await asyncio.wait((serving, *work[:2]), return_when=asyncio.FIRST_COMPLETED)
    stop()
    await serving
    for task in work:
        task.cancel()
    for task in work[:2]:
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _first(live: Live, first: Cell) -> None:
    """Make the first piece before any page asks, and forget it once one does."""
    with watching(live.schedule, "first") as viewer:
        live.schedule.look(viewer, 0, [Ask(first, FIRST_PIXELS)])
        while len(live.schedule.viewers) == 1 and not live.stopped.is_set():
            await asyncio.sleep(0.05)

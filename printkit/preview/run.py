"""Run a preview: its workers, its watch over files, its pages, until it is stopped."""

import asyncio
import contextlib
import threading
import webbrowser
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from printkit.preview.asked import Ask, Previewed, Shown
from printkit.preview.binding import bind_first
from printkit.preview.earlier import batch_folders
from printkit.preview.guard import Guard, is_loopback
from printkit.preview.known import Known
from printkit.preview.last_shown import LastShown, cache_folder
from printkit.preview.live import Live
from printkit.preview.schedule import Schedule, watching
from printkit.preview.server import app
from printkit.preview.store import PictureStore
from printkit.preview.worker import set_up
from printkit.profiles import PreviewFigures
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
    """What a preview was started with. `batches` returns the folders of batches to compare with.

    `since_ns` is a moment before its files were read.
    """

    begun: Previewed
    batches: Callable[[], list[Path]]
    poll: bool
    names: tuple[str, ...]
    anywhere: bool
    since_ns: int
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
    begun, folder = asked.begun, cache_folder()
    last = LastShown(begun, folder) if folder else None
    shown = last.find() if last else None
    first = Ask(begun.first, _pixels(last, known.figures))
    # What is shown until the piece is made leaves time to bind it where it is laid out
    setup = partial(set_up, begun, known, None if shown else bind_first(first, begun, known))
    with contextlib.ExitStack() as stack:

        def start() -> Workers:
            return stack.enter_context(Workers(setup, 1, known.profiles.batch))

        # Others begin once there is work for them, as they would take their time from the first picture
        workers = [ReplaceableWorker(start) for _ in range(_count())]
        workers[0].begin()
        figures = known.figures
        schedule = Schedule(workers, PictureStore(figures.kept_mb), figures.drop_seconds)
        schedule.since_ns = asked.since_ns
        schedule.rest_seconds = figures.rest_ms / 1000
        if shown:
            schedule.stand_in(*shown)
        live = Live(begun, known, schedule, batches=asked.batches, poll=asked.poll)
        beside = [_first(live, first), *([_keep(last, live)] if last else [])]
        asyncio.run(_serve(asked, live, listener, beside))


def open_browser(address: str) -> None:
    """Open a page in the browser of whoever sits here, without waiting for it."""
    # Some browsers keep who opened them until they are closed
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _count() -> int:
    # Two at least, so that a grid fills while the piece that is looked at is made
    return min(max(cores(), 2), MOST_WORKERS)


async def _serve(
    asked: Asked, live: Live, listener: Listener, beside: list[Coroutine[Any, Any, None]]
) -> None:
    port = listener.listening.getsockname()[1]
    server = Server(
        Guard(app(live, asked.language), asked.names, port, asked.anywhere), listener, _LEAVE_SECONDS
    )

    def stop() -> None:
        server.stop()
        live.stop()

    stop_at_signals(stop)
    work = [asyncio.create_task(one) for one in (live.schedule.run(), live.watch(), *beside)]
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


def _pixels(last: LastShown | None, figures: PreviewFigures) -> int:
    """Return how large the first piece is made: as it was shown last, as the window may be the same."""
    known = last.pixels if last else None
    return min(known, figures.most_pixels) if known else FIRST_PIXELS


async def _keep(last: LastShown, live: Live) -> None:
    """Keep what is shown and checked for the next start."""
    schedule, most_mb = live.schedule, live.known.figures.kept_mb
    checked: asyncio.Queue[tuple[Ask, Shown, int]] = asyncio.Queue()
    schedule.on_checked = lambda ask, shown: checked.put_nowait((ask, shown, schedule.since_ns))
    while True:
        await asyncio.to_thread(last.keep, *await checked.get(), most_mb)


async def _first(live: Live, first: Ask) -> None:
    """Make the first piece before any page asks, and forget it once one does."""
    with watching(live.schedule, "first") as viewer:
        live.schedule.look(viewer, 0, [first])
        while len(live.schedule.viewers) == 1 and not live.stopped.is_set():
            await asyncio.sleep(0.05)

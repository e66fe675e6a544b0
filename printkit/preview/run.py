"""Run a preview: its workers, its watch over files, its pages, until it is stopped."""

import asyncio
import contextlib
import os
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn

from printkit.preview.asked import Ask, Begun, Cell
from printkit.preview.board import Board, watching
from printkit.preview.earlier import batch_folders
from printkit.preview.guard import Guard, is_loopback
from printkit.preview.live import Known, Live
from printkit.preview.server import app
from printkit.preview.store import PictureStore
from printkit.preview.worker import set_up
from printkit.work.workers import Workers

__all__ = ["Asked", "batch_folders", "is_loopback", "open_browser", "serve"]

# Of the piece that is made before any page asks: what most windows show of one
FIRST_PIXELS = 700
# More workers would take the memory that the rest of a laptop needs.
MOST_WORKERS = 4
_LEAVE_SECONDS = 1


@dataclass(frozen=True)
class Asked:
    """What a preview was started with. `batches` returns the folders of batches to compare with."""

    begun: Begun
    batches: Callable[[], list[Path]]
    poll: bool
    names: tuple[str, ...]
    anywhere: bool


class WorkerBench:
    """Do calls in one worker process, which is replaced where its work is no longer wanted."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    def submit(self, method: str, *arguments: Any) -> Future[Any]:
        return self._workers.submit(method, *arguments)

    def restart(self) -> None:
        for thread in self._workers.threads:
            thread.kill()


def serve(asked: Asked, known: Known, listening: socket.socket, started: Callable[[], None]) -> None:
    """Serve pages until SIGINT or SIGTERM; `started` is called once they are answered."""
    with contextlib.ExitStack() as stack:
        setup = partial(set_up, asked.begun)
        benches = [
            WorkerBench(stack.enter_context(Workers(setup, 1, known.profiles.batch))) for _ in range(_count())
        ]
        figures = known.figures
        board = Board(benches, PictureStore(figures.kept_mb), figures.drop_seconds)
        board.rest_seconds = figures.rest_ms / 1000
        asyncio.run(_serve(asked, known, board, (listening, started)))


def open_browser(address: str) -> None:
    """Open a page in the browser of whoever sits here, without waiting for it."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _count() -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(max(cores, 2), MOST_WORKERS)


class _Server(uvicorn.Server):
    """Leave signals to this program: uvicorn would end it by the one that stopped it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _serve(
    asked: Asked, known: Known, board: Board, door: tuple[socket.socket, Callable[[], None]]
) -> None:
    listening, started = door
    live = Live(asked.begun, known, board, asked.batches, asked.poll)
    guarded = Guard(app(live), asked.names, listening.getsockname()[1], asked.anywhere)
    server = _Server(
        uvicorn.Config(
            guarded,
            log_config=None,
            lifespan="off",
            ws="none",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_LEAVE_SECONDS,
        )
    )

    def stop() -> None:
        server.should_exit = True
        live.stop()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    work = [asyncio.create_task(one) for one in (board.run(), live.watch(), _first(live, asked.begun.first))]
    telling = asyncio.create_task(_tell(server, started))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    # Work that ends of itself failed: nobody would hear of it before the end.
    await asyncio.wait((serving, *work[:2]), return_when=asyncio.FIRST_COMPLETED)
    stop()
    await serving
    for task in (*work, telling):
        task.cancel()
    for task in work[:2]:
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _tell(server: uvicorn.Server, started: Callable[[], None]) -> None:
    while not server.started:
        await asyncio.sleep(0.005)
    started()


async def _first(live: Live, first: Cell) -> None:
    """Make the first piece before any page asks, and forget it once one does."""
    with watching(live.board, "first") as viewer:
        live.board.look(viewer, 0, [Ask(first, FIRST_PIXELS)])
        while len(live.board.viewers) == 1 and not live.stopped.is_set():
            await asyncio.sleep(0.05)

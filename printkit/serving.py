"""Serve pages until told to stop: at a socket that is open already, and with signals left to the program."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

LOOK_SECONDS = 0.005


@dataclass(frozen=True)
class Listener:
    """A socket that listens, and what is called once pages are answered there."""

    listening: socket.socket
    opened: Callable[[], None]


class Server:
    """Answer at a listener; requests that are under way at the end have so many seconds left."""

    def __init__(self, app: ASGIApp, listener: Listener, leave_seconds: int) -> None:
        self._listener = listener
        self._server = _Uvicorn(
            uvicorn.Config(
                app,
                log_config=None,
                lifespan="off",
                ws="none",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=leave_seconds,
            )
        )

    async def run(self) -> None:
        telling = asyncio.create_task(self._tell())
        try:
            await self._server.serve(sockets=[self._listener.listening])
        finally:
            telling.cancel()

    def stop(self) -> None:
        self._server.should_exit = True

    async def _tell(self) -> None:
        while not self._server.started:
            await asyncio.sleep(LOOK_SECONDS)
        self._listener.opened()


class _Uvicorn(uvicorn.Server):
    """Leave signals to this program: uvicorn would end it by the one that stopped it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def stop_at_signals(stop: Callable[[], None]) -> None:
    """Have the running loop call `stop` at SIGINT and SIGTERM."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)

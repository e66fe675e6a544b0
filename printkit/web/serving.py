"""Run the pages: one process with its preview workers, until SIGINT or SIGTERM."""

import asyncio
import json
import logging
import sys
import time
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from printkit.orders.book import Book
from printkit.serving import Listener, Server, stop_at_signals
from printkit.units import MB
from printkit.web.asking import SESSION
from printkit.web.guard import Guard
from printkit.web.limiting import Limited
from printkit.web.oidc import Provider
from printkit.web.pressing import set_up_behind
from printkit.web.previewing import Previews
from printkit.web.routes import app
from printkit.web.site import SendsLinks, Site
from printkit.web.uploading import MOST_MB
from printkit.work.workers import Workers

PREVIEW_WORKERS = 2
# A form with a picture and some room for its texts; everything else is far smaller.
MOST_BYTES = (MOST_MB + 4) * MB
LEAVE_SECONDS = 5
LOG = logging.getLogger("printkit.web")


@dataclass(frozen=True)
class Serving:
    """What a server is started with."""

    book: Book
    base_url: str
    sender: SendsLinks
    demo: bool = False
    provider: Provider | None = None


def serve(serving: Serving, listener: Listener) -> None:
    """Serve until SIGINT or SIGTERM."""
    with Workers(set_up_behind, PREVIEW_WORKERS, serving.book.profiles.batch) as workers:
        asyncio.run(_serve(serving, Previews(workers, PREVIEW_WORKERS), listener))


async def _serve(serving: Serving, previews: Previews, listener: Listener) -> None:
    site = Site(serving.book, serving.base_url, previews, serving.sender, serving.demo, serving.provider)
    # Within the log, so that what is refused is counted there too.
    limited = Limited(app(site), SESSION, serving.book.rules.rules.requests_a_minute, site.language)
    server = Server(
        Guard(Logged(limited), serving.base_url, MOST_BYTES, site.language), listener, LEAVE_SECONDS
    )

    def stop() -> None:
        # First: the server waits for answers that are open, and news stay open for minutes.
        site.news.close()
        server.stop()

    stop_at_signals(stop)
    await server.run()


@dataclass(frozen=True)
class Logged:
    """Note each request as a line of JSON on stderr: no address, no name, no token of anybody."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, code = time.perf_counter(), 0

        async def sent(message: Message) -> None:
            nonlocal code
            if message["type"] == "http.response.start":
                code = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, sent)
        finally:
            # The first part of a path: what follows may be a token.
            part = "/" + scope.get("path", "").lstrip("/").partition("/")[0]
            took = round((time.perf_counter() - begun) * 1000)
            LOG.info(json.dumps({"method": scope.get("method"), "part": part, "code": code, "ms": took}))


def log_to_stderr() -> None:
    """Send the log to stderr, a line of JSON each."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    # Else a library that sets up logging would print each line again.
    LOG.propagate = False

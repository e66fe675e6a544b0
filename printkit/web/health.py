"""Whether the server lives, and whether it can do its work."""

import shutil
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from printkit.errors import PrintkitError
from printkit.orders.book import PRINTKIT
from printkit.orders.working import last_beat
from printkit.web.site import Site

# Under it a proof may not fit: the largest press files here have some tens of megabytes.
LEAST_DISK = 200_000_000
UNAVAILABLE = 503


async def alive(request: Request) -> Response:
    """Say that the server answers."""
    return JSONResponse({"ok": True})


def ready(site: Site) -> Callable[[Request], Awaitable[Response]]:
    """Return what says whether database, disk, fonts and the worker are there."""

    async def answer(request: Request) -> Response:
        told = await run_in_threadpool(_look, site)
        good = all(told[part] is True for part in ("database", "disk", "fonts"))
        return JSONResponse({"ok": good, **told}, 200 if good else UNAVAILABLE)

    return answer


def _look(site: Site) -> dict[str, object]:
    book = site.book
    told: dict[str, object] = {"database": True}
    try:
        with book.write(PRINTKIT) as step:
            step.connection.exec_driver_sql("SELECT 1")
        beat = last_beat(book)
    except (SQLAlchemyError, PrintkitError):
        told["database"], beat = False, None
    told["disk"] = shutil.disk_usage(book.workspace.root).free >= LEAST_DISK
    fonts = book.profiles.brand.fonts
    told["fonts"] = all(book.workspace.has(one) for one in (fonts.head, fonts.text, fonts.strong))
    silent = (book.clock() - beat).total_seconds() if beat else None
    told["worker"] = silent is not None and silent <= book.rules.rules.heartbeat_seconds
    return told

"""Whether the server lives, and whether it can do its work."""

import shutil
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from printkit.errors import PrintkitError
from printkit.orders.beating import SERVER, beat, last_beat
from printkit.units import MB
from printkit.web.site import Site

UNAVAILABLE = 503


async def alive(request: Request) -> Response:
    """Say that the server answers."""
    return JSONResponse({"ok": True})


def ready(site: Site) -> Callable[[Request], Awaitable[Response]]:
    """Return what says whether database, disk, fonts and the worker are there."""

    async def answer(request: Request) -> Response:
        told = await run_in_threadpool(_look, site)
        # Not the worker: it makes batches, and pages are served without it.
        good = all(told[part] is True for part in ("database", "disk", "fonts"))
        return JSONResponse({"ok": good, **told}, 200 if good else UNAVAILABLE)

    return answer


def _look(site: Site) -> dict[str, object]:
    book = site.book
    told: dict[str, object] = {"database": True}
    try:
        # A row that is written: a database that can only be read would answer a question.
        beat(book, SERVER)
        heard = last_beat(book)
    except (SQLAlchemyError, PrintkitError):
        told["database"], heard = False, None
    # Beside the batches lie database and store, and all of them grow.
    free = shutil.disk_usage(book.batches.parent).free
    told["disk"] = free >= book.rules.rules.disk_megabytes * MB
    fonts = book.profiles.brand.fonts
    told["fonts"] = all(book.workspace.has(one) for one in (fonts.head, fonts.text, fonts.strong))
    silent = (book.clock() - heard).total_seconds() if heard else None
    told["worker"] = silent is not None and silent <= book.rules.rules.heartbeat_seconds
    return told

"""Pictures of pieces: of a family for a committee, of what somebody is ordering."""

import datetime
import json
from collections.abc import Awaitable, Callable
from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from printkit.errors import OrderRefused
from printkit.orders.content import Content, Line, Place
from printkit.orders.pieces import Printed, campaign_of
from printkit.orders.reading import get
from printkit.orders.releases import Frozen, current, frozen
from printkit.web.asking import UNKNOWN, ask
from printkit.web.previewing import PreviewRequest, Shown
from printkit.web.site import Site

Handler = Callable[[Request], Awaitable[Response]]
# The longer side: of a picture among many, of a page beside its form
SMALL, LARGE = 420, 1000
GONE, SUPERSEDED = 410, 204


def preview(site: Site) -> Handler:
    """Return what shows a page of a line as it was saved last."""

    async def answer(request: Request) -> Response:
        found = await run_in_threadpool(_request_of, site, request)
        if found is None:
            return Response(status_code=UNKNOWN)
        return await _shown(site, request, found, request.path_params["page"])

    return answer


def _request_of(site: Site, request: Request) -> tuple[str, PreviewRequest] | None:
    who = ask(site, request).person
    asked = request.query_params.get("line", "1")
    if who is None or not asked.isdigit() or len(asked) > 3:
        return None
    try:
        order = get(site.book, who, request.path_params["order"])
        line = order.content.lines[int(asked) - 1]
        with site.book.read() as connection:
            held = frozen(site.book, connection, line.template, line.release)
    except (OrderRefused, IndexError):
        return None
    printed = Printed(order.id, order.committee, order.content, site.book.today)
    campaign = campaign_of(printed, site.book.rules.rules)
    text = line.model_dump_json()
    wanted = PreviewRequest(
        held.workspace.root, line.template, text, order.committee, campaign, printed.day, LARGE
    )
    return f"{order.id}.{asked}", wanted


def family(site: Site) -> Handler:
    """Return what shows a family as a committee's own, in the first of its formats that has a price."""

    async def answer(request: Request) -> Response:
        found = await run_in_threadpool(_sample, site, request)
        if found is None:
            return Response(status_code=UNKNOWN)
        return await _shown(site, request, found, 1)

    return answer


def _sample(site: Site, request: Request) -> tuple[str, PreviewRequest] | None:
    book, who = site.book, ask(site, request).person
    template, committee = request.path_params["template"], request.path_params["committee"]
    if who is None or committee not in book.profiles.committees:
        return None
    try:
        with book.read() as connection:
            release = current(connection, template, book.today)
            held = frozen(book, connection, template, release.number)
    except OrderRefused:
        return None
    asked = request.query_params.get("format")
    page = asked if asked in held.template.layouts else _nearest(held)
    language = request.query_params.get("language")
    chosen = language if language in held.template.languages else held.template.languages[0]
    line = Line(
        template=template,
        release=release.number,
        format=page,
        press=held.profiles.formats[page].default_press,
        language=chosen,
        quantity=1,
        places=(Place(address="-", copies=1),),
    )

    printed = Printed(0, committee, Content(lines=(line,)), datetime.date.fromisoformat(release.made_at[:10]))
    campaign = campaign_of(printed, book.rules.rules)
    wanted = PreviewRequest(
        held.workspace.root, template, line.model_dump_json(), committee, campaign, printed.day, SMALL
    )
    return f"{template}.{committee}.{page}.{chosen}", wanted


def _nearest(held: Frozen) -> str:
    """Return the format that is read from nearest: what people think of as a flyer."""
    return min(held.template.layouts, key=lambda one: held.profiles.formats[one].viewing_distance_m)


async def _shown(site: Site, request: Request, found: tuple[str, PreviewRequest], page: int) -> Response:
    form, wanted = found
    shown = await site.previews.show(form, wanted)
    if shown is None:
        return Response(status_code=SUPERSEDED)
    return _png(request, shown, page)


def _png(request: Request, shown: Shown, page: int) -> Response:
    headers = {"Cache-Control": "private, no-cache", "X-Problems": json.dumps(list(shown.problems))}
    if not 1 <= page <= len(shown.pages):
        return Response(status_code=UNKNOWN, headers=headers)
    data = shown.pages[page - 1]
    etag = f'"{sha256(data).hexdigest()[:32]}"'
    headers["ETag"] = etag
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type="image/png", headers=headers)

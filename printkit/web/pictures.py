"""Pictures of pieces: of a family for a committee, of what somebody is ordering."""

import datetime
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from printkit.errors import OrderRefused
from printkit.orders.content import Content, Line, Place
from printkit.orders.pieces import Printed, campaign_of
from printkit.orders.reading import Order, get
from printkit.orders.releases import Frozen, current, frozen
from printkit.orders.uploads import read_upload
from printkit.units import whole_number
from printkit.web.asking import UNKNOWN, ask
from printkit.web.previewing import PreviewRequest, Shown, digest_of
from printkit.web.site import Site
from printkit.web.uploading import file_of
from printkit.work.pool import Lost
from printkit.workspace import write_file

Handler = Callable[[Request], Awaitable[Response]]
# The longer side: of a picture among many, of a page beside its form
SMALL, LARGE, FRAMED = 420, 1000, 720
GONE, SUPERSEDED = 410, 204
# An address with a hash shows the same bytes whenever it is asked for.
FOREVER = "private, max-age=86400, immutable"


def preview(site: Site) -> Handler:
    """Return what shows a page of a line as it was saved last, or as news of it have named it by its hash."""

    async def answer(request: Request) -> Response:
        found = await run_in_threadpool(asked_for, site, request)
        if found is None:
            return Response(status_code=UNKNOWN)
        page = request.path_params["page"]
        if (
            named := site.previews.last(form_of(*found), page, request.query_params.get("h", ""))
        ) is not None:
            return Response(named, media_type="image/png", headers={"Cache-Control": FOREVER})
        return await _shown(site, request, await run_in_threadpool(request_of, site, *found), page)

    return answer


def asked_for(site: Site, request: Request) -> tuple[Order, int] | None:
    """Return the order and the place of the line that an address names, None where nobody may see it."""
    who = ask(site, request).person
    line = whole_number(request.query_params.get("line", "1"))
    if who is None or line is None:
        return None
    try:
        order = get(site.book, who, request.path_params["order"])
    except OrderRefused:
        return None
    return (order, line - 1) if 0 < line <= len(order.content.lines) else None


def request_of(site: Site, order: Order, place: int) -> tuple[str, PreviewRequest]:
    """Return what shows a line of an order, and the form that asks for it."""
    book, line = site.book, order.content.lines[place]
    with book.read() as connection:
        held = frozen(book, connection, line.template, line.release)
    printed = Printed(order.id, order.committee, order.content, book.today)
    campaign = campaign_of(printed, book.rules.rules)
    wanted = PreviewRequest(
        held.workspace.root,
        book.store.root,
        line.template,
        line.model_dump_json(),
        order.committee,
        campaign,
        printed.day,
        LARGE,
    )
    return form_of(order, place), wanted


def form_of(order: Order, place: int) -> str:
    """Return the name of the form that a line is written on."""
    return f"{order.id}.{place + 1}"


def handed_in(site: Site) -> Handler:
    """Return what shows a picture that was handed in, with what the layout keeps of it."""

    async def answer(request: Request) -> Response:
        data = await run_in_threadpool(_framed, site, request)
        if data is None:
            return Response(status_code=UNKNOWN)
        return _answered(request, data, "image/jpeg")

    return answer


def _framed(site: Site, request: Request) -> bytes | None:
    found, who = asked_for(site, request), ask(site, request).person
    if found is None or who is None:
        return None
    order, place = found
    line, name = order.content.lines[place], request.path_params["slot"]
    value = line.slots.get(name)
    file, focus = file_of(value)
    # A slot without a picture that was handed in: its text is no file of anybody's.
    if focus is None:
        return None
    with site.book.read() as connection:
        slot = frozen(site.book, connection, line.template, line.release).template.slots.get(name)
    try:
        data = read_upload(site.book, who, order.committee, file)
        made: bytes = site.previews.ask("frame", data, slot.ratio if slot else None, focus, FRAMED)
    except (OrderRefused, Lost):
        return None
    return made


def family(site: Site) -> Handler:
    """Return what shows a family as a committee's own, in the first of its formats that has a price."""

    async def answer(request: Request) -> Response:
        found = await run_in_threadpool(_sample, site, request)
        if found is None:
            return Response(status_code=UNKNOWN)
        # A release never changes, so its pictures are kept beside it: they take a second each to make.
        kept = site.book.store.root / "families" / f"{found[1].key}.png"
        if kept.is_file():
            return _answered(request, kept.read_bytes(), "image/png")
        shown = await site.previews.show(*found)
        if shown is None or not shown.pages:
            return Response(status_code=UNKNOWN)
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_file(kept, shown.pages[0])
        return _answered(request, shown.pages[0], "image/png")

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
    # An address may ask for anything; what the family has not is answered by what it has.
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
        held.workspace.root,
        book.store.root,
        template,
        line.model_dump_json(),
        committee,
        campaign,
        printed.day,
        SMALL,
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
    if not 1 <= page <= len(shown.pages):
        return Response(status_code=UNKNOWN)
    return _answered(request, shown.pages[page - 1], "image/png")


def _answered(request: Request, data: bytes, kind: str) -> Response:
    """Return a picture, or that it is the one which the browser has."""
    headers = {"Cache-Control": "private, no-cache"}
    etag = f'"{digest_of(data)}"'
    headers["ETag"] = etag
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=kind, headers=headers)

"""News of a form as server-sent events (HTML, 9.2): one each time the picture of what was saved is there."""

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from printkit.web.asking import SESSION, UNAVAILABLE, UNKNOWN, ask
from printkit.web.looking import said_of
from printkit.web.news import Told
from printkit.web.pictures import Handler, asked_for, form_of, request_of
from printkit.web.previewing import digest_of
from printkit.web.site import Site

# Something is said so often, as proxies end what is silent; and a session is looked at anew so often.
BEAT_SECONDS, LONGEST_SECONDS = 15, 300
# In milliseconds: who lost her connection asks again after it
AGAIN = b"retry: 2000\n\n"
BEAT = b": here\n\n"
# The browser is to stay away: another page of the same person has taken this one's place.
OVER = b"event: over\ndata:\n\n"


def news(site: Site) -> Handler:
    """Return what tells of a line of an order until the page is closed, or the server stops."""

    async def answer(request: Request) -> Response:
        found = await run_in_threadpool(asked_for, site, request)
        if found is None:
            return Response(status_code=UNKNOWN)
        # The form works without news: it asks for its picture when it has saved.
        if site.news.full:
            return Response(status_code=UNAVAILABLE)
        # Proxies would gather events until they have a page full.
        headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
        return StreamingResponse(_events(site, request), headers=headers, media_type="text/event-stream")

    return answer


async def _events(site: Site, request: Request) -> AsyncIterator[bytes]:
    found = await run_in_threadpool(asked_for, site, request)
    if found is None:
        return
    form, loop = form_of(*found), asyncio.get_running_loop()
    with site.news.listening(form, request.cookies.get(SESSION, "")) as events:
        yield AGAIN
        # What was saved while nobody listened
        if request.headers.get("last-event-id", request.query_params.get("v")) != str(found[0].version):
            _, wanted = await run_in_threadpool(request_of, site, *found)
            site.news.tell(form, found[0].version, wanted)
        end = loop.time() + LONGEST_SECONDS
        while loop.time() < end:
            try:
                told = await asyncio.wait_for(events.get(), BEAT_SECONDS)
            except TimeoutError:
                yield BEAT
                continue
            # Rights are asked again for each picture, as a session may have ended meanwhile.
            event = await run_in_threadpool(_event, site, request, told) if told.shown else OVER
            if event is None:
                return
            yield event
            if event is OVER:
                return


def _event(site: Site, request: Request, told: Told) -> bytes | None:
    """Return what is told of a picture: its pages by their hashes, and the words below it."""
    found, asking = asked_for(site, request), ask(site, request)
    if found is None or told.shown is None:
        return None
    pages = [digest_of(page) for page in told.shown.pages]
    said = said_of(asking, *found, told.shown)
    data = json.dumps({"version": told.version, "pages": pages, "said": bytes(said.body).decode()})
    return f"id: {told.version}\ndata: {data}\n\n".encode()

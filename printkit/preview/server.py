"""The pages and answers of a preview: one table of routes."""

import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from importlib.resources import files
from typing import Annotated, Any, TypeVar

from jinja2 import Environment, PackageLoader
from pydantic import Field, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from printkit.errors import PrintkitError
from printkit.preview.asked import Cell
from printkit.preview.data_file import save, toml_of
from printkit.preview.earlier import find_earlier
from printkit.preview.live import Live, Look
from printkit.preview.schedule import watching
from printkit.profiles import Model
from printkit.profiles.faults import faults
from printkit.words import SOURCE_LANGUAGE, Message, Words, joined, translate

M = TypeVar("M", bound=Model)
MOST_BYTES = 1_000_000
# What a hash names never changes.
FOR_EVER = {"Cache-Control": "private, max-age=31536000, immutable"}
KINDS = {
    "index.html": "text/html",
    "preview.css": "text/css",
    "preview.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


class Saved(Model):
    """Ask for a data file of the form's values; without a name only for its text."""

    values: dict[str, str]
    name: Annotated[str, Field(max_length=200)] = ""
    replace: bool = False


def app(live: Live, language: str = SOURCE_LANGUAGE) -> Starlette:
    """Return the application of a preview, whose page speaks a language."""
    answers = Answers(live, translate(language, "command"))
    return Starlette(
        routes=[
            Route("/", _page(language)),
            Route("/preview.css", _file("preview.css")),
            Route("/preview.js", _file("preview.js")),
            Route("/icon.svg", _file("icon.svg")),
            Route("/setup", answers.setup),
            Route("/events", answers.events),
            Route("/look", answers.look, methods=["POST"]),
            Route("/save", answers.save, methods=["POST"]),
            Route("/picture/{digest}.png", answers.picture),
            Route("/earlier/{committee}/{format}/{language}/{page:int}.png", answers.earlier),
        ]
    )


class Answers:
    """Answer what the page asks of one preview."""

    def __init__(self, live: Live, words: Words) -> None:
        self.live, self.words = live, words

    async def setup(self, request: Request) -> Response:
        return JSONResponse(self._said(self.live.describe()))

    def _said(self, told: Any) -> Any:
        """Return what the page is told with every message in it in the page's language."""
        match told:
            case str():
                return self.words.say(told)
            case dict():
                return {key: self._said(one) for key, one in told.items()}
            case list() | tuple():
                return [self._said(one) for one in told]
        return told

    def _refused(self, why: str, code: int) -> Response:
        return _refused(self.words.say(why), code)

    async def events(self, request: Request) -> Response:
        """Stream what changes, as server-sent events; the first one names the page to the server."""
        return StreamingResponse(self._events(), media_type="text/event-stream")

    async def _events(self) -> AsyncIterator[str]:
        # Whoever knows it decides what this page looks at
        name = secrets.token_hex(8)
        with watching(self.live.schedule, name) as viewer:
            yield _event("hello", name)
            async for kind, told in self.live.news(viewer):
                yield _event(kind, self._said(told))

    async def look(self, request: Request) -> Response:
        asked = await _read(request, Look)
        if isinstance(asked, Response):
            return asked
        viewer = self.live.schedule.viewers.get(asked.viewer)
        if viewer is None:
            return self._refused(Message("the page is not connected; load it again"), 409)
        self.live.look(viewer, asked)
        return JSONResponse({"look": asked.look})

    async def save(self, request: Request) -> Response:
        asked = await _read(request, Saved)
        if isinstance(asked, Response):
            return asked
        text = toml_of(self.live.known.template, asked.values)
        if not asked.name:
            return JSONResponse({"text": text})
        try:
            file = await run_in_threadpool(save, self.live.workspace, asked.name, text, asked.replace)
        except PrintkitError as error:
            return self._refused(error.told(self.words.say), 409)
        return JSONResponse({"text": text, "file": file})

    async def picture(self, request: Request) -> Response:
        digest = request.path_params["digest"]
        if request.headers.get("if-none-match") == f'"{digest}"':
            return Response(status_code=304)
        data = self.live.schedule.store.get(digest)
        if data is None:
            return self._refused(Message("no such picture any more"), 404)
        return Response(data, media_type="image/png", headers={**FOR_EVER, "ETag": f'"{digest}"'})

    async def earlier(self, request: Request) -> Response:
        asked, known = request.path_params, self.live.known
        names = known.profiles.committees, known.template.layouts, known.template.languages
        keys = asked["committee"], asked["format"], asked["language"]
        # Nothing but known ids becomes part of a file's name.
        if any(key not in there for key, there in zip(keys, names, strict=True)):
            return self._refused(Message("no such piece"), 404)
        cell = Cell(*keys, filling="own")
        found = await run_in_threadpool(
            find_earlier, self.live.batches(), known.template.id, cell, asked["page"]
        )
        return FileResponse(found) if found else self._refused(Message("no batch has a picture of it"), 404)


def _page(language: str) -> Callable[[Request], Awaitable[Response]]:
    words, name = translate(language), "index.html"
    environment = Environment(loader=PackageLoader("printkit.preview", "pages"), autoescape=True)
    words.install(environment)

    async def answer(request: Request) -> Response:
        text = environment.get_template(name).render(lang=words.language)
        return Response(text, media_type=KINDS[name])

    return answer


def _file(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        text = (files("printkit.preview") / "pages" / name).read_text(encoding="utf-8")
        return Response(text, media_type=KINDS[name])

    return answer


async def _read(request: Request, model: type[M]) -> M | Response:
    """Return a request's JSON as a model, or what refuses it."""
    # A form of another site can send text, never JSON without being asked (CORS)
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return _refused("not JSON", 415)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return _refused("too much to read", 413)
    try:
        return model.model_validate_json(bytes(body))
    except ValidationError as error:
        return _refused(joined(why for _, why in faults(error)), 422)


def _refused(why: str, code: int) -> Response:
    return JSONResponse({"error": why}, code)


def _event(kind: str, told: Mapping[str, Any] | str | list[Any]) -> str:
    return f"event: {kind}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n"

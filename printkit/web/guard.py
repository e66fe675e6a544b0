"""Who is answered: this server under its own name, changes from its own pages, bodies of a size."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from printkit.web.plain import plain
from printkit.words import SOURCE_LANGUAGE, noted

# Nothing but what this server itself gives, no page of it in a frame.
SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; script-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Sign-in links stand in addresses, so no other page may hear of one. Not `no-referrer`: browsers then say
    # `null` as the origin of forms too.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
STRICT_TRANSPORT = "max-age=31536000"
# What only looks; everything else changes something.
SAFE = ("GET", "HEAD", "OPTIONS")
# Asked by machines beside this one, which may not know its name.
PROBES = ("/healthz", "/readyz")
LOOPBACK = "127.0.0.1"
NO_PAGE = noted("there is no such page")
TOO_MUCH = noted("more was sent than is taken; go back, and choose a smaller picture")


class TooLarge(Exception):
    """Say that a body is larger than any form here."""


@dataclass(frozen=True)
class Guard:
    """Refuse requests under other names, changes that other pages send, and bodies that are too large.

    A page elsewhere can have its own name lead to this server (DNS rebinding), and can post forms to it in
    the name of whoever looks at it: browsers say so in Host, Sec-Fetch-Site and Origin. A change that says
    nothing of where it comes from is refused too, as every browser of today does say it.
    """

    app: ASGIApp
    base_url: str
    most_bytes: int
    language: str = SOURCE_LANGUAGE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        secure, begun = self.base_url.startswith("https://"), False

        async def sent(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                headers.update(SECURITY)
                if secure:
                    headers["Strict-Transport-Security"] = STRICT_TRANSPORT
                # Pages tell names and sums, which a shared computer must not keep.
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        # PostgreSQL keeps no text with it, and no name of anything here has one.
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:
            await self._plain(scope, NO_PAGE, 404)(scope, receive, sent)
            return
        if there := self._named_otherwise(scope):
            await RedirectResponse(there)(scope, receive, sent)
            return
        # Before anything reads the request, its body least of all.
        if why := self._refusal(scope):
            await self._plain(scope, why, 403)(scope, receive, sent)
            return
        try:
            await self.app(scope, self._counted(receive), sent)
        except TooLarge:
            # Half of an answer cannot become another.
            if not begun:
                await self._plain(scope, TOO_MUCH, 413)(scope, receive, sent)

    def _plain(self, scope: Scope, why: str, code: int) -> PlainTextResponse:
        return plain(HTTPConnection(scope), why, code, own=self.language)

    def _named_otherwise(self, scope: Scope) -> str | None:
        """Return the address under our own name, where a page is looked for as localhost."""
        own, host = urlsplit(self.base_url), Headers(scope=scope).get("host", "")
        # That name leads nowhere else, so it is nobody's trick: people type it for the address that we say
        if scope["method"] not in ("GET", "HEAD") or scope["path"] in PROBES or own.hostname != LOOPBACK:
            return None
        if host != own.netloc.replace(LOOPBACK, "localhost"):
            return None
        query = scope["query_string"].decode("latin-1")
        path = scope.get("raw_path", scope["path"].encode()).decode("latin-1")
        return f"{own.scheme}://{own.netloc}{path}{'?' if query else ''}{query}"

    def _refusal(self, scope: Scope) -> str | None:
        headers, own = Headers(scope=scope), urlsplit(self.base_url)
        if scope["path"] not in PROBES and headers.get("host", "") != own.netloc:
            return noted("this server has another name; use the address that you were given")
        if scope["method"] in SAFE:
            return None
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is None and origin is None:
            return noted("nothing says where this comes from; use a browser of today")
        if site not in (None, "same-origin") or origin not in (None, f"{own.scheme}://{own.netloc}"):
            return noted("this was sent by a page of somebody else")
        return None

    def _counted(self, receive: Receive) -> Receive:
        left = self.most_bytes

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            # Counted as it comes: what a header says of the length may be wrong or missing.
            left -= len(message.get("body", b""))
            if left < 0:
                raise TooLarge
            return message

        return counted

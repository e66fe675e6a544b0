"""Who is answered: pages of this server, under its own address. Every answer says what it may load."""

import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Nothing but what this server itself gives; no page may hold it in a frame.
SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")


def is_loopback(host: str) -> bool:
    """Tell whether an address or name means this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Guard:
    """Refuse requests under names that are not this server's, and those that other pages send.

    A page elsewhere may have its own name lead to this machine (DNS rebinding); it then comes under that
    name. Bare addresses cannot be led anywhere: with `anywhere` all of them are taken.
    """

    app: ASGIApp
    names: Iterable[str]
    port: int
    anywhere: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        why = self._refusal(Headers(scope=scope), scope["method"])
        answer: ASGIApp = PlainTextResponse(f"printkit preview: {why}\n", 403) if why else self.app

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(SECURITY)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await answer(scope, receive, sent)

    def _refusal(self, headers: Headers, method: str) -> str | None:
        host = headers.get("host", "")
        if not self._is_own(host):
            return "asked under a name that is not its own; use the address that it told"
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "asked by a page of somebody else"
        if method == "POST" and headers.get("origin", f"http://{host}") != f"http://{host}":
            return "asked by a page of somebody else"
        return None

    def _is_own(self, host: str) -> bool:
        # IPv6 addresses hold colons, and stand in brackets where a port follows
        name, _, port = host.rpartition(":")
        if not name or name.endswith(":"):
            name, port = host, "80"
        if port != str(self.port):
            return False
        return name in (*LOCAL_NAMES, *self.names) or (self.anywhere and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True

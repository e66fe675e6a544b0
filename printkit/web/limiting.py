"""How often one browser may ask: who asks faster than people type is told to wait."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from printkit.web.plain import plain
from printkit.words import SOURCE_LANGUAGE, noted

TOO_MANY = 429
TOO_OFTEN = noted("too many requests; wait a little")
MINUTE = 60.0
# So many browsers are remembered; the one that was heard of longest ago is forgotten first.
REMEMBERED = 10_000


@dataclass(frozen=True)
class Limited:
    """Let each browser ask so many times a minute, all at once or one by one.

    A browser is its session, as a whole office may share an address; without one it is its address. Whoever
    makes sessions up gains nothing: a session that is not there is sent to the sign-in page.
    """

    app: ASGIApp
    cookie: str
    a_minute: int
    language: str = SOURCE_LANGUAGE
    clock: Callable[[], float] = field(default=time.monotonic, kw_only=True)
    # What each may still ask, and when that was so; held in memory, by a hash.
    left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._takes(HTTPConnection(scope)):
            headers = {"Retry-After": "10"}
            asked = HTTPConnection(scope)
            await plain(asked, TOO_OFTEN, TOO_MANY, own=self.language, headers=headers)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _takes(self, asked: HTTPConnection) -> bool:
        address = asked.client.host if asked.client else ""
        key = sha256((asked.cookies.get(self.cookie) or address).encode()).hexdigest()
        now = self.clock()
        left, at = self.left.pop(key, (float(self.a_minute), now))
        # It fills second by second, so that a page with its pictures is a burst that fits, and a stream is
        # not.
        left = min(self.a_minute, left + (now - at) * self.a_minute / MINUTE)
        # Put back at the end: who was heard of longest ago stands first.
        self.left[key] = (max(left - 1, 0), now)
        if len(self.left) > REMEMBERED:
            self.left.popitem(last=False)
        return left >= 1

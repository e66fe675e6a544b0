"""Who has a form open hears when the picture of what she wrote is there."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from printkit.web.previewing import PreviewRequest, Previews, Shown

# Browsers keep six connections to a server, and pages need some of them; all of them hold so many.
MOST_OF_SESSION, MOST_OF_ALL = 3, 500


@dataclass(frozen=True)
class Told:
    """Say how a version of an order looks; `shown` is None where nothing more will be said."""

    version: int
    shown: Shown | None


END = Told(0, None)
Events = asyncio.Queue[Told]


class News:
    """Have forms shown as they are saved, and tell all who listen. Nobody listens, nothing is drawn."""

    def __init__(self, previews: Previews) -> None:
        self._previews = previews
        self._forms: dict[str, set[Events]] = {}
        # Whose they are, the oldest first
        self._sessions: dict[Events, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.closed = False

    @property
    def full(self) -> bool:
        return len(self._sessions) >= MOST_OF_ALL

    @contextmanager
    def listening(self, form: str, session: str) -> Iterator[Events]:
        """Give what news of a form come by; the oldest of a session that has too many ends."""
        self._loop = asyncio.get_running_loop()
        own = [events for events, whose in self._sessions.items() if whose == session]
        for events in own[: len(own) - MOST_OF_SESSION + 1]:
            # The newest page is the one that somebody looks at; others may be tabs that were forgotten.
            events.put_nowait(END)
        events = Events()
        self._sessions[events] = session
        self._forms.setdefault(form, set()).add(events)
        # Who came while the server stops would keep it from stopping.
        if self.closed:
            events.put_nowait(END)
        try:
            yield events
        finally:
            del self._sessions[events]
            self._forms[form].discard(events)
            # Else forms that nobody has open would be drawn, and pile up.
            if not self._forms[form]:
                del self._forms[form]

    def tell(self, form: str, version: int, wanted: PreviewRequest) -> None:
        """Have a form shown as it is now, where somebody listens; in the server's loop, without waiting."""
        if form in self._forms:
            task = asyncio.get_running_loop().create_task(self._show(form, version, wanted))
            # A loop holds its tasks weakly.
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """End all listening, from whatever thread: a server that stops waits for no open page."""
        self.closed = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end)

    def _end(self) -> None:
        for events in self._sessions:
            events.put_nowait(END)

    async def _show(self, form: str, version: int, wanted: PreviewRequest) -> None:
        shown = await self._previews.show(form, wanted)
        if shown is not None:
            # Asked for again, as pages may have gone while it was drawn.
            for events in self._forms.get(form, ()):
                events.put_nowait(Told(version, shown))

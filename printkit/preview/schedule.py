"""What is looked at, what is known of it, and which work comes next: the newest and most visible first."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Container, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Literal, Protocol

from printkit.errors import PrintkitError
from printkit.preview.asked import Ask, Cell, CheckProgress, Shown
from printkit.preview.store import PictureStore
from printkit.work.pool import Lost

# In the order of their urgency: a picture at the sizes of before, those of further pages, pictures at sizes
# that were searched, the checks
Step = Literal["guess", "rest", "settle", "check"]
STEPS: tuple[Step, ...] = ("guess", "rest", "settle", "check")
# What is done though the next save may be near
PICTURES = STEPS[:2]


class OneWorker(Protocol):
    """Do calls in one worker, one at a time; `restart` ends what it does."""

    def submit(self, method: str, *arguments: Any) -> Future[Any]:
        """Have a method called; the future fails with what that raises, or with Lost."""

    def restart(self) -> None:
        """End the call at work, whose future then fails with Lost."""


@dataclass
class PieceState:
    """What is known of one ask. `moment` tells of which state of the files it is, -1 of none.

    `whole`: no page of `shown` has a picture of before.
    """

    shown: Shown | None = None
    checked: CheckProgress | None = None
    whole: bool = False
    error: Exception | None = None
    moment: int = -1
    checked_moment: int = -1
    worker: int | None = None
    busy: bool = False

    def next_step(self, moment: int) -> Step | None:
        """Return what is to be done for this state of the files, None where all is done."""
        if self.moment < moment:
            return "guess"
        # What failed stays as it is until files change: trying again would fail alike
        if self.error or self.shown is None:
            return None
        if not self.whole:
            return "rest"
        if not self.shown.settled:
            return "settle"
        return "check" if self.checked_moment < moment else None


@dataclass
class Viewer:
    """One open page: what it looks at, by urgency, and what it has not been told yet.

    `cells` are the same in the order of the page, until it is told that what it asked for was heard.
    """

    look: int = 0
    asks: tuple[Ask, ...] = ()
    cells: tuple[Cell, ...] | None = None
    news: dict[Ask, None] = field(default_factory=dict)
    renewed: bool = False
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, ask: Ask) -> None:
        """Have the page told of an ask, if it looks at it; only the last state counts."""
        if ask in self.asks:
            self.news[ask] = None
            self.woken.set()


class Schedule:
    """Hand out work to workers until it is cancelled."""

    def __init__(self, workers: Sequence[OneWorker], store: PictureStore, drop_seconds: float) -> None:
        self.workers, self.store, self.drop_seconds = workers, store, drop_seconds
        self.moment = 0
        # When that state of the files began, for whoever is to know which of them changed since
        self.since_ns = time.time_ns()
        # So long after a change nothing but pictures is made: the next save may be near.
        self.rest_seconds = 0.0
        self._resting_until = 0.0
        self.viewers: dict[str, Viewer] = {}
        self.states: dict[Ask, PieceState] = {}
        self.read: set[str] = set()
        self.on_read: Callable[[], None] = lambda: None
        self.on_checked: Callable[[Ask, Shown], None] = lambda ask, shown: None
        self._work = [asyncio.Event() for _ in workers]
        self._at: list[tuple[Ask, Step, int] | None] = [None for _ in workers]

    async def run(self) -> None:
        """Work for as long as nobody cancels it."""
        async with asyncio.TaskGroup() as group:
            for number in range(len(self.workers)):
                group.create_task(self._run(number))

    def look(self, viewer: Viewer, look: int, asks: Sequence[Ask], first: Container[str] = ()) -> None:
        """Have a page look at other things, those `first` whose cells stand in its window."""
        viewer.look, viewer.news, viewer.cells = look, {}, tuple(ask.cell for ask in asks)
        # A stable sort: within the window and beyond it cells stay in the page's order
        viewer.asks = tuple(sorted(asks, key=lambda ask: ask.cell.id not in first))
        viewer.woken.set()
        wanted = {ask for one in self.viewers.values() for ask in one.asks}
        # What is known of another size is shown until the own picture is there
        bare = {ask.alike for ask in wanted if ask not in self.states or self.states[ask].moment < 0}
        self.states = {
            ask: state
            for ask, state in self.states.items()
            if state.busy or ask in wanted or ask.alike in bare
        }
        for ask in viewer.asks:
            # Another page may look at it already
            if self.known_of(ask).shown or self.known_of(ask).moment >= 0:
                viewer.tell(ask)
        self._wake()

    def stand_in(self, ask: Ask, shown: Shown) -> None:
        """Show what a piece looked like when it was seen last, until it is made."""
        if self.known_of(ask).shown is None:
            for picture in filter(None, shown.pictures):
                self.store.put(picture)
            self.states.setdefault(ask, PieceState()).shown = shown
            self._tell(ask)

    def known_of(self, ask: Ask) -> PieceState:
        """Return what is known of an ask, or of the same in another size as long as nothing is."""
        own = self.states.setdefault(ask, PieceState())
        if own.moment >= 0:
            return own
        others = (state for one, state in self.states.items() if one.alike == ask.alike and state.shown)
        return max(others, key=attrgetter("moment"), default=own)

    def change(self, renewed: bool) -> None:
        """Take note that files changed; `renewed`: what the page is made of did, too."""
        self.moment += 1
        self.since_ns = time.time_ns()
        for viewer in self.viewers.values():
            viewer.renewed |= renewed
            viewer.woken.set()
        loop = asyncio.get_running_loop()
        self._resting_until = loop.time() + self.rest_seconds
        loop.call_later(self.rest_seconds, self._wake)
        for at in self._at:
            if at is not None and at[2] < self.moment:
                loop.call_later(self.drop_seconds, self._drop, at)
        self._wake()

    def leave(self) -> None:
        """Have every page's stream end."""
        for viewer in self.viewers.values():
            viewer.woken.set()

    def _wake(self) -> None:
        for event in self._work:
            event.set()

    def _drop(self, at: tuple[Ask, Step, int]) -> None:
        """End work that began before files changed and still goes on."""
        for number, now in enumerate(self._at):
            if now is at:
                self.workers[number].restart()

    async def _run(self, number: int) -> None:
        while True:
            found = self._next(number)
            if found is None:
                self._work[number].clear()
                await self._work[number].wait()
                continue
            ask, step = found
            state = self.states[ask]
            state.busy, state.worker, moment = True, number, self.moment
            self._at[number] = ask, step, moment
            try:
                await self._do(state, ask, step, moment)
            finally:
                state.busy, self._at[number] = False, None
            self._wake()

    def _next(self, number: int) -> tuple[Ask, Step] | None:
        """Return the most urgent work for a worker: what it began stays with it, where all is warm."""
        resting = asyncio.get_running_loop().time() < self._resting_until
        # By step first: all pictures of all pages come before the first fitting anew
        for step in PICTURES if resting else STEPS:
            for ask in self._wanted():
                state = self.states[ask]
                if state.busy or state.worker not in (None, number) or state.next_step(self.moment) != step:
                    continue
                if state.worker is None and self._is_warm_elsewhere(ask, number):
                    continue
                return ask, step
        return None

    def _wanted(self) -> Iterator[Ask]:
        # The page that was opened last is the one somebody sits before
        for viewer in reversed(self.viewers.values()):
            yield from viewer.asks

    def _is_warm_elsewhere(self, ask: Ask, number: int) -> bool:
        """Tell whether another worker makes this piece, or is free and knows the format, unlike this one."""
        others = (at for home, at in enumerate(self._at) if home != number)
        if any(at is not None and at[0].piece == ask.piece for at in others):
            # It is laid out there, and to begin it here takes longer than to wait
            return True
        homes = {state.worker for one, state in self.states.items() if one.cell.format == ask.cell.format}
        homes.discard(None)
        if not homes:
            # The first piece goes to the first worker, so that one of several grows warm and not all a little
            return number > 0 and self._at[0] is None
        return number not in homes and any(self._at[home] is None for home in homes if home is not None)

    async def _do(self, state: PieceState, ask: Ask, step: Step, moment: int) -> None:
        worker = self.workers[state.worker or 0]
        arguments = (ask, moment) if step == "check" else (ask, moment, step in PICTURES, self._most(step))
        try:
            made = await asyncio.wrap_future(
                worker.submit("check" if step == "check" else "show", *arguments)
            )
        except (PrintkitError, Lost) as error:
            # Work that was ended as outdated says nothing of the files as they are now.
            if not (isinstance(error, Lost) and moment < self.moment):
                # A picture of another size, or of an earlier start, is the last good one as well
                state.shown = state.shown or self.known_of(ask).shown
                state.error, state.moment = error, moment
                self._tell(ask)
            return
        if step == "check":
            told = self._take_checked(state, made, moment)
            if made.verdict is not None and state.shown and moment == self.moment:
                self.on_checked(ask, state.shown)
        else:
            told = self._take_shown(state, made, moment)
        if told:
            self._tell(ask)

    def _most(self, step: Step) -> int | None:
        """Return how many pages to draw at once: one, where nothing but one piece is looked at."""
        alone = len({ask for one in self.viewers.values() for ask in one.asks}) == 1
        return 1 if step == "guess" and alone else None

    def _take_shown(self, state: PieceState, shown: Shown, moment: int) -> bool:
        """Keep pictures; tell whether there is something to tell of."""
        for picture in filter(None, shown.pictures):
            self.store.put(picture)
        before = state.shown.pictures if state.shown else ()
        state.whole = shown.whole
        if len(before) == len(shown.pictures):
            # Until it is drawn, a page shows what it showed.
            pictures = tuple(now or then for now, then in zip(shown.pictures, before, strict=True))
            shown = replace(shown, pictures=pictures)
        state.shown, state.error, state.moment = shown, None, moment
        # A new picture or style sheet may lie in a folder that nobody watches yet
        if not self.read.issuperset(shown.read):
            self.read.update(shown.read)
            self.on_read()
        return True

    def _take_checked(self, state: PieceState, checked: CheckProgress, moment: int) -> bool:
        """Keep what the checks say, if they are done; tell whether that is other than before."""
        if checked.verdict is None:
            return False
        told = checked != state.checked
        state.checked, state.checked_moment = checked, moment
        return told

    def _tell(self, ask: Ask) -> None:
        for viewer in self.viewers.values():
            for one in viewer.asks:
                if one == ask or (one.alike == ask.alike and self.states[one].moment < 0):
                    viewer.tell(one)


@contextlib.contextmanager
def watching(schedule: Schedule, name: str) -> Iterator[Viewer]:
    """Have a viewer on the schedule as long as its page is open."""
    viewer = schedule.viewers[name] = Viewer()
    try:
        yield viewer
    finally:
        del schedule.viewers[name]

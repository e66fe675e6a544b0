"""Which work comes first, what is dropped, and what pages are told."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from printkit.errors import WorkspaceError
from printkit.preview.asked import Ask, Cell, CheckProgress, Picture, Shown
from printkit.preview.schedule import Schedule, Viewer, watching
from printkit.preview.store import PictureStore
from printkit.work.pool import Lost

FLYER, POSTER, LEAFLET = (
    Ask(Cell("nu01", page, "nb", "own"), 100) for page in ("flyer-a5", "poster-a3", "leaflet-m65")
)


# Arguments behind the ask and the state of the files: at sizes of before or not, and how many pages
STEPS = {(True, 1): "guess one page", (True, None): "guess", (False, None): "settle"}


def picture(name: str) -> Picture:
    return Picture(name, name.encode(), (1, 1), 0)


def shown(*names: str | None, settled: bool = True) -> Shown:
    pictures = tuple(picture(name) if name else None for name in names)
    return Shown(pictures, (), (), 3, 300, (f"templates/{names[0]}",), settled, None)


class OneWorker:
    """Note the calls and leave their answers to the test."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Ask, Future[Any]]] = []
        self.restarts = 0

    def submit(self, method: str, *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.calls.append((STEPS.get(arguments[2:], method), arguments[0], future))
        return future

    def restart(self) -> None:
        self.restarts += 1
        self.calls[-1][2].set_exception(Lost("ended"))

    @property
    def asked(self) -> list[tuple[str, Ask]]:
        return [(method, ask) for method, ask, _ in self.calls]


def on_schedule(
    act: Callable[[Schedule, OneWorker, Viewer], Any],
    drop_seconds: float = 60,
    others: tuple[OneWorker, ...] = (),
) -> OneWorker:
    """Act on a schedule with one worker, if there are no others, and one page."""
    worker = OneWorker()

    async def run() -> None:
        schedule = Schedule([worker, *others], PictureStore(1), drop_seconds)
        work = asyncio.create_task(schedule.run())
        with watching(schedule, "page") as viewer:
            await act(schedule, worker, viewer)
        work.cancel()

    asyncio.run(asyncio.wait_for(run(), 120))
    return worker


async def rest() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def answer(worker: OneWorker, made: object) -> None:
    await rest()
    future = worker.calls[-1][2]
    future.set_exception(made) if isinstance(made, Exception) else future.set_result(made)
    await rest()


def test_what_stands_in_the_window_comes_first_and_checks_last() -> None:
    async def act(schedule: Schedule, worker: OneWorker, viewer: Viewer) -> None:
        schedule.look(viewer, 1, (FLYER, POSTER), {POSTER.cell.id})
        await answer(worker, shown("poster", settled=False))
        await answer(worker, shown("flyer"))
        await answer(worker, shown("poster"))
        await answer(worker, CheckProgress("pass"))
        await rest()

    steps = [("guess", POSTER), ("guess", FLYER), ("settle", POSTER)]
    assert on_schedule(act).asked == [*steps, ("check", POSTER), ("check", FLYER)]


def test_checks_give_way_to_a_newer_save() -> None:
    async def act(schedule: Schedule, worker: OneWorker, viewer: Viewer) -> None:
        schedule.look(viewer, 1, (FLYER,))
        await answer(worker, shown("flyer"))
        schedule.change(renewed=False)
        await answer(worker, CheckProgress(None))

    assert [method for method, _ in on_schedule(act).asked] == ["guess one page", "check", "guess one page"]


def test_what_nobody_looks_at_any_more_is_not_made() -> None:
    async def act(schedule: Schedule, worker: OneWorker, viewer: Viewer) -> None:
        schedule.look(viewer, 1, (FLYER, POSTER))
        await rest()
        schedule.look(viewer, 2, (LEAFLET,))
        await answer(worker, shown("flyer"))

    assert on_schedule(act).asked == [("guess", FLYER), ("guess one page", LEAFLET)]


def test_a_piece_that_is_at_work_is_not_begun_by_another_worker() -> None:
    """A page that opens asks for the first piece in its own size while that is laid out."""
    larger = replace(FLYER, pixels=200)

    async def act(schedule: Schedule, worker: OneWorker, viewer: Viewer) -> None:
        schedule.look(viewer, 1, (FLYER,))
        await rest()
        schedule.look(viewer, 2, (larger,))
        await rest()
        assert [ask for _, ask in second.asked] == []
        await answer(worker, shown("flyer"))
        assert [ask for _, ask in worker.asked] == [FLYER, larger]

    second = OneWorker()
    on_schedule(act, others=(second,))


def test_a_picture_of_another_size_is_shown_until_the_own_is_there() -> None:
    """As that of the first piece, which was asked for before anybody knew how large a page would want it."""
    larger, in_black = replace(FLYER, pixels=200), replace(FLYER, pixels=200, inks="k")
    known: list[str] = []

    def note(schedule: Schedule, viewer: Viewer) -> None:
        found = schedule.known_of(larger).shown
        known.append(
            found.pictures[0].digest if found and found.pictures[0] and larger in viewer.news else ""
        )
        viewer.news.clear()

    async def act(schedule: Schedule, worker: OneWorker, viewer: Viewer) -> None:
        with watching(schedule, "first") as first:
            schedule.look(first, 0, (FLYER,))
            await rest()
            schedule.look(viewer, 1, (larger, in_black))
            note(schedule, viewer)
            await answer(worker, shown("small"))
            assert in_black not in viewer.news
            note(schedule, viewer)
        schedule.look(viewer, 2, (larger,))
        note(schedule, viewer)
        await answer(worker, shown("large"))
        note(schedule, viewer)

    on_schedule(act)
    assert known == ["", "small", "small", "large"]


def test_the_first_new_page_of_a_piece_is_told_before_the_others() -> None:
    told: list[tuple[Picture | None, ...]] = []

    async def act(schedule: Schedule, worker: OneWorker, viewer: Viewer) -> None:
        schedule.look(viewer, 1, (FLYER,))
        for made in (shown("front", None), shown("front", "back"), CheckProgress(None), shown("new", None)):
            schedule.change(renewed=False) if isinstance(made, CheckProgress) else None
            await answer(worker, made)
            found = schedule.states[FLYER].shown
            told.append(found.pictures if found else ())

    steps = ["guess one page", "guess", "check", "guess one page", "guess"]
    assert [method for method, _ in on_schedule(act).asked] == steps
    front, back, new = map(picture, ("front", "back", "new"))
    # A page that is still to be drawn shows what it showed.
    assert told == [(front, None), (front, back), (front, back), (new, back)]


def test_outdated_work_that_goes_on_is_ended_and_says_nothing() -> None:
    async def act(schedule: Schedule, worker: OneWorker, viewer: Viewer) -> None:
        schedule.look(viewer, 1, (FLYER,))
        await rest()
        schedule.change(renewed=False)
        await asyncio.sleep(0.1)
        await rest()
        assert schedule.states[FLYER].error is None
        assert worker.restarts == 1
        assert len(worker.calls) == 2

    on_schedule(act, drop_seconds=0.01)


def test_error_leaves_the_last_good_picture_until_files_change() -> None:
    async def act(schedule: Schedule, worker: OneWorker, viewer: Viewer) -> None:
        schedule.look(viewer, 1, (FLYER,))
        await answer(worker, shown("flyer"))
        schedule.change(renewed=False)
        await answer(worker, CheckProgress(None))
        await answer(worker, WorkspaceError("page.html", "line 3", "wrong"))
        state = schedule.states[FLYER]
        assert state.shown == shown("flyer")
        assert str(state.error) == "page.html: line 3: wrong"
        assert len(worker.calls) == 3
        assert FLYER in viewer.news

    on_schedule(act)


def test_pictures_put_longest_ago_go_first() -> None:
    store = PictureStore(1)
    for name in ("one", "two", "three"):
        store.put(Picture(name, bytes(400_000), (1, 1), 0))
    assert [name for name in ("one", "two", "three") if store.get(name)] == ["two", "three"]


def test_what_was_shown_last_stands_in_until_the_piece_is_made() -> None:
    async def act(schedule: Schedule, worker: OneWorker, viewer: Viewer) -> None:
        large = replace(FLYER, pixels=900)
        schedule.stand_in(large, shown("before"))
        assert schedule.store.get("before")
        schedule.look(viewer, 1, (FLYER,), set())
        # In another size than it was kept, too; and it is made all the same
        assert viewer.news == {FLYER: None}
        assert schedule.known_of(FLYER).shown == shown("before")
        await answer(worker, shown("now"))
        assert schedule.known_of(FLYER).shown == shown("now")
        schedule.stand_in(FLYER, shown("late"))
        assert schedule.known_of(FLYER).shown == shown("now")

    assert on_schedule(act).asked[0] == ("guess one page", FLYER)


def test_what_fails_stands_beside_what_was_shown_last() -> None:
    async def act(schedule: Schedule, worker: OneWorker, viewer: Viewer) -> None:
        schedule.stand_in(replace(FLYER, pixels=900), shown("before"))
        schedule.look(viewer, 1, (FLYER,), set())
        await answer(worker, WorkspaceError("page.html", None, "wrong"))
        state = schedule.known_of(FLYER)
        assert (state.shown, str(state.error)) == (shown("before"), "page.html: wrong")

    on_schedule(act)


def test_who_keeps_what_is_shown_is_told_once_it_is_checked_and_still_holds() -> None:
    async def act(schedule: Schedule, worker: OneWorker, viewer: Viewer) -> None:
        checked: list[str] = []
        schedule.on_checked = lambda ask, seen: checked.append(seen.read[0])
        schedule.look(viewer, 1, (FLYER,), set())
        await answer(worker, shown("one"))
        await answer(worker, CheckProgress(None))
        assert not checked
        await answer(worker, CheckProgress("pass"))
        assert checked == ["templates/one"]
        # The same verdict on the next state of the files
        schedule.change(renewed=False)
        await answer(worker, shown("two"))
        await answer(worker, CheckProgress("pass"))
        assert checked == ["templates/one", "templates/two"]
        schedule.change(renewed=False)
        await answer(worker, shown("three"))
        await rest()
        schedule.change(renewed=False)
        await answer(worker, CheckProgress("pass"))
        assert len(checked) == 2

    on_schedule(act)

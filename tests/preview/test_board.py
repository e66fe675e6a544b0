"""Which work comes first, what is dropped, and what pages are told."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from printkit.errors import WorkspaceError
from printkit.preview.asked import Ask, Cell, Checked, Picture, Shown
from printkit.preview.board import Board, Viewer, watching
from printkit.preview.store import PictureStore
from printkit.work.pool import Lost

FLYER, POSTER, LEAFLET = (
    Ask(Cell("nu01", page, "nb", "own"), 100) for page in ("flyer-a5", "poster-a3", "leaflet-m65")
)


def shown(name: str, settled: bool = True) -> Shown:
    picture = Picture(name, name.encode(), (1, 1), 0)
    return Shown((picture,), (), (), 3, 300, (f"templates/{name}",), settled, None)


class Bench:
    """Note the calls and leave their answers to the test."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Ask, Future[Any]]] = []
        self.restarts = 0

    def submit(self, method: str, *arguments: Any) -> Future[Any]:
        guess = f" {arguments[1]}" if method == "show" else ""
        future: Future[Any] = Future()
        self.calls.append((method + guess, arguments[0], future))
        return future

    def restart(self) -> None:
        self.restarts += 1
        self.calls[-1][2].set_exception(Lost("ended"))

    @property
    def asked(self) -> list[tuple[str, Ask]]:
        return [(method, ask) for method, ask, _ in self.calls]


def on_board(act: Callable[[Board, Bench, Viewer], Any], drop_seconds: float = 60) -> Bench:
    """Act on a board with one bench and one page."""
    bench = Bench()

    async def run() -> None:
        board = Board([bench], PictureStore(1), drop_seconds)
        work = asyncio.create_task(board.run())
        with watching(board, "page") as viewer:
            await act(board, bench, viewer)
        work.cancel()

    asyncio.run(asyncio.wait_for(run(), 120))
    return bench


async def rest() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def answer(bench: Bench, made: object) -> None:
    await rest()
    future = bench.calls[-1][2]
    future.set_exception(made) if isinstance(made, Exception) else future.set_result(made)
    await rest()


def test_what_stands_in_the_window_comes_first_and_checks_last() -> None:
    async def act(board: Board, bench: Bench, viewer: Viewer) -> None:
        board.look(viewer, 1, (FLYER, POSTER), {POSTER.cell.id})
        await answer(bench, shown("poster", settled=False))
        await answer(bench, shown("flyer"))
        await answer(bench, shown("poster"))
        await answer(bench, Checked("pass"))
        await rest()

    steps = [("show True", POSTER), ("show True", FLYER), ("show False", POSTER)]
    assert on_board(act).asked == [*steps, ("check", POSTER), ("check", FLYER)]


def test_checks_give_way_to_a_newer_save() -> None:
    async def act(board: Board, bench: Bench, viewer: Viewer) -> None:
        board.look(viewer, 1, (FLYER,))
        await answer(bench, shown("flyer"))
        board.change(renewed=False)
        await answer(bench, Checked(None))

    assert [method for method, _ in on_board(act).asked] == ["show True", "check", "show True"]


def test_what_nobody_looks_at_any_more_is_not_made() -> None:
    async def act(board: Board, bench: Bench, viewer: Viewer) -> None:
        board.look(viewer, 1, (FLYER, POSTER))
        await rest()
        board.look(viewer, 2, (LEAFLET,))
        await answer(bench, shown("flyer"))

    assert on_board(act).asked == [("show True", FLYER), ("show True", LEAFLET)]


def test_outdated_work_that_goes_on_is_ended_and_says_nothing() -> None:
    async def act(board: Board, bench: Bench, viewer: Viewer) -> None:
        board.look(viewer, 1, (FLYER,))
        await rest()
        board.change(renewed=False)
        await asyncio.sleep(0.1)
        await rest()
        assert board.faces[FLYER].error is None
        assert bench.restarts == 1
        assert len(bench.calls) == 2

    on_board(act, drop_seconds=0.01)


def test_error_leaves_the_last_good_picture_until_files_change() -> None:
    async def act(board: Board, bench: Bench, viewer: Viewer) -> None:
        board.look(viewer, 1, (FLYER,))
        await answer(bench, shown("flyer"))
        board.change(renewed=False)
        await answer(bench, Checked(None))
        await answer(bench, WorkspaceError("page.html", "line 3", "wrong"))
        face = board.faces[FLYER]
        assert face.shown == shown("flyer")
        assert str(face.error) == "page.html: line 3: wrong"
        assert len(bench.calls) == 3
        assert FLYER in viewer.news

    on_board(act)


def test_pictures_put_longest_ago_go_first() -> None:
    store = PictureStore(1)
    for name in ("one", "two", "three"):
        store.put(Picture(name, bytes(400_000), (1, 1), 0))
    assert [name for name in ("one", "two", "three") if store.get(name)] == ["two", "three"]

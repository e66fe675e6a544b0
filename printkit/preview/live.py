"""One preview while it runs: its workspace as the server knows it, its schedule, what its pages ask for."""

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import product
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from printkit.errors import PrintkitError
from printkit.preview.asked import INKS, TOTAL, Ask, Cell, Previewed
from printkit.preview.known import Known, read_known
from printkit.preview.problems import problems_of
from printkit.preview.schedule import Schedule, Viewer
from printkit.preview.setup import describe, told
from printkit.preview.watch import changed_since, changes, files, folders
from printkit.profiles import LanguageTag, Model
from printkit.template.fillings import Filling
from printkit.words import Message
from printkit.workspace import Workspace

Names = Annotated[tuple[str, ...], Field(max_length=100)]
MOST_CELLS = 400
# What is told beside a picture of another size
WORKING = {"working": True, "settled": False, "status": Message("Working")}


class Look(Model):
    """Say what a page looks at: a piece for each combination, pixels of the longer side, inks, the form.

    `first` are the ids of cells that stand in the window now.
    """

    viewer: str
    look: Annotated[int, Field(ge=0)]
    committees: Names
    formats: Names
    languages: tuple[LanguageTag, ...]
    fillings: tuple[Filling, ...]
    pixels: Annotated[int, Field(ge=16)]
    inks: Annotated[str, Field(pattern=f"^({TOTAL}|[{INKS}]{{0,4}})$")] = INKS
    values: Annotated[dict[str, Annotated[str, Field(max_length=20_000)]], Field(max_length=200)] = {}
    first: Names = ()


class Live:
    """A running preview; its files are read again when they change."""

    def __init__(
        self,
        begun: Previewed,
        known: Known,
        schedule: Schedule,
        *,
        batches: Callable[[], list[Path]],
        poll: bool,
    ) -> None:
        self.begun, self.known, self.schedule, self.batches, self.poll = begun, known, schedule, batches, poll
        self.workspace = Workspace(begun.root)
        self.stopped = asyncio.Event()
        self.problems: list[Any] = []
        self._more = asyncio.Event()
        schedule.on_read = self._more.set

    def describe(self) -> dict[str, Any]:
        """Return what the page is made of."""
        known = self.known
        return describe(self.begun, known.template, known.profiles, known.figures)

    def look(self, viewer: Viewer, asked: Look) -> None:
        """Have a page look at pieces; it is told of them in order."""
        cells = [
            Cell(committee, page, language, filling)
            for committee, page, language, filling in product(
                asked.committees, asked.formats, asked.languages, asked.fillings
            )
            if committee in self.known.profiles.committees and page in self.known.profiles.formats
            # A page can ask for every combination there is; each costs a second of a worker
        ][:MOST_CELLS]
        pixels = min(asked.pixels, self.known.figures.most_pixels)
        values = tuple(sorted((name, text) for name, text in asked.values.items() if text.strip()))
        asks = [Ask(cell, pixels, asked.inks, values) for cell in cells]
        self.schedule.look(viewer, asked.look, asks, set(asked.first))

    def told(self, viewer: Viewer, ask: Ask) -> dict[str, Any]:
        """Return what a page is told of an ask."""
        known = self.schedule.known_of(ask)
        page = self.known.profiles.formats[ask.cell.format]
        message = {"look": viewer.look, "cell": ask.cell.id, **told(known, page, self.workspace)}
        own = known is self.schedule.states.get(ask) and known.moment >= 0
        return message if own else message | WORKING

    async def news(self, viewer: Viewer) -> AsyncIterator[tuple[str, Any]]:
        """Yield what a page is to be told, the newest state of each piece only, until the preview ends."""
        while not self.stopped.is_set():
            await viewer.woken.wait()
            viewer.woken.clear()
            if viewer.renewed:
                viewer.renewed = False
                yield "setup", [vars(one) for one in self.problems]
            if viewer.cells is not None:
                cells, viewer.cells = viewer.cells, None
                told = [{"id": cell.id, **vars(cell)} for cell in cells]
                yield "cells", {"look": viewer.look, "cells": told}
            while viewer.news:
                ask = next(iter(viewer.news))
                del viewer.news[ask]
                yield "cell", self.told(viewer, ask)

    def stop(self) -> None:
        """Have all streams end."""
        self.stopped.set()
        self.schedule.leave()

    async def watch(self) -> None:
        """Take note of changes until it is cancelled; further folders are watched as they appear."""
        while True:
            paths = folders(self.begun.root, self.schedule.read)
            self._more.clear()
            waiting = asyncio.create_task(self._others(paths))
            heard = asyncio.create_task(self._hear(paths))
            try:
                # It watches once it had its turn; what changed before that nobody told
                await asyncio.sleep(0)
                if changed_since(self.schedule.since_ns, files(self.begun.root)):
                    await self._change(renewed=True)
                # A watcher takes no further folders, so it is begun anew
                await asyncio.wait((waiting, heard), return_when=asyncio.FIRST_COMPLETED)
            finally:
                waiting.cancel()
                heard.cancel()

    async def _others(self, paths: tuple[Path, ...]) -> None:
        """Wait until other folders are to be watched."""
        while folders(self.begun.root, self.schedule.read) == paths:
            await self._more.wait()
            self._more.clear()

    async def _hear(self, paths: tuple[Path, ...]) -> None:
        async for saved in changes(self.begun.root, paths, self.known.figures, self.poll):
            renewed = any(file.startswith("profiles/") or file.endswith(".toml") for file in saved)
            await self._change(renewed)

    async def _change(self, renewed: bool) -> None:
        # Pieces are made anew before the page is: that takes longer to see.
        self.schedule.change(renewed=False)
        if renewed:
            await self._renew()

    async def _renew(self) -> None:
        try:
            self.known = await asyncio.to_thread(read_known, self.workspace, self.begun.template)
            self.problems = []
        except PrintkitError as error:
            self.problems = list(problems_of(error, self.workspace))
        for viewer in self.schedule.viewers.values():
            viewer.renewed = True
            viewer.woken.set()

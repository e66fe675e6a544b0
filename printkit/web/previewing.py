"""Pictures of what is being ordered, the server's side: of each form the newest request wins."""

import asyncio
import datetime
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from printkit.errors import OrderRefused, PrintkitError
from printkit.profiles import Campaign
from printkit.words import sentence
from printkit.work.pool import Lost, Pool

KEPT = 200


@dataclass(frozen=True)
class PreviewRequest:
    """Ask for pictures of a line: the folder of its release, the line as JSON, pixels of the longer side.

    `store` holds pictures that were handed in. What has no value yet shows the sample of its slot.
    """

    folder: Path
    store: Path
    template: str
    line: str
    committee: str
    campaign: Campaign
    day: datetime.date
    pixels: int

    @property
    def key(self) -> str:
        parts = (str(self.folder), self.template, self.line, self.committee, self.campaign.model_dump_json())
        return sha256("\n".join((*parts, str(self.pixels))).encode()).hexdigest()


@dataclass(frozen=True)
class Shown:
    """The pages as PNG, and the words on them; `complaint` where the line cannot be shown as it is.

    `ppi` gives the effective resolution of pictures, the lowest of each slot.
    """

    pages: tuple[bytes, ...]
    text: str
    complaint: PrintkitError | None = None
    ppi: Mapping[str, float] = field(default_factory=dict)


class Previews:
    """Have workers show lines. Of one form only the newest request is worked on, as people type on."""

    def __init__(self, pool: Pool | None, count: int = 2) -> None:
        self._pool, self._free = pool, asyncio.Semaphore(count)
        self._newest: dict[str, str] = {}
        self._making: dict[str, asyncio.Task[Shown | None]] = {}
        self._kept: OrderedDict[str, Shown] = OrderedDict()
        # The last good one of each form, shown while the next one cannot be
        self._last: OrderedDict[str, Shown] = OrderedDict()

    async def show(self, form: str, wanted: PreviewRequest) -> Shown | None:
        """Return pictures for a form; None where a newer request came meanwhile."""
        if (known := self._kept.get(wanted.key)) is not None:
            # What was asked for before it is not wanted any more.
            self._newest.pop(form, None)
            _keep(self._last, form, known)
            return known
        self._newest[form] = wanted.key
        if (making := self._making.get(wanted.key)) is None:
            making = self._making[wanted.key] = asyncio.create_task(self._show(form, wanted))
            making.add_done_callback(lambda _: self._making.pop(wanted.key, None))
        # Two who ask for the same wait for the same; one who leaves takes nothing from the other.
        return await asyncio.shield(making)

    def last(self, form: str, page: int, digest: str) -> bytes | None:
        """Return a page of what a form showed last, where it is the one that a digest names."""
        pages = self._last[form].pages if form in self._last else ()
        found = pages[page - 1] if 0 < page <= len(pages) else b""
        return found if digest and digest_of(found) == digest else None

    def ask(self, method: str, *arguments: Any) -> Any:
        """Have a worker do something else with a picture, and wait for it; raise OrderRefused, Lost."""
        assert self._pool is not None
        return self._pool.submit(method, *arguments).result()

    async def _show(self, form: str, wanted: PreviewRequest) -> Shown | None:
        async with self._free:
            # Whoever typed on meanwhile waits for another picture; this one is not begun.
            if self._newest.get(form) != wanted.key:
                return None
            shown = await self._made(wanted)
        if self._newest.get(form) == wanted.key:
            del self._newest[form]
        if shown.complaint:
            # A word too many must not take the picture away that she corrects it by.
            last = self._last.get(form)
            return Shown(last.pages if last else (), last.text if last else "", shown.complaint)
        _keep(self._kept, wanted.key, shown)
        _keep(self._last, form, shown)
        return shown

    async def _made(self, wanted: PreviewRequest) -> Shown:
        assert self._pool is not None
        try:
            made: Shown = await asyncio.wrap_future(self._pool.submit("show", wanted))
        except PrintkitError as error:
            return Shown((), "", error)
        # A worker that died of this line is replaced; the line is told as what cannot be shown.
        except Lost as lost:
            return Shown((), "", OrderRefused(sentence(lost)))
        return made


def _keep(kept: OrderedDict[str, Any], key: str, value: Any) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > KEPT:
        kept.popitem(last=False)


def digest_of(picture: bytes) -> str:
    """Return the name that a picture goes by in addresses and headers."""
    return sha256(picture).hexdigest()[:32]

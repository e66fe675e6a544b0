"""Hand out what is to be made, layout by layout, and put in place what comes back."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from functools import partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from printkit.batch.pictures import place_pictures
from printkit.batch.piece import Found, as_error, enter, hold
from printkit.batch.planned import Planned
from printkit.batch.session import Session
from printkit.errors import PrintkitError, RenderError, WriteError
from printkit.produce import Inputs
from printkit.words import Message, sentence
from printkit.work.pieces import unmade
from printkit.work.pool import AHEAD, Lost, Pool

if TYPE_CHECKING:
    from printkit.produce import Begun, Product

# Variants of one job: so many that opening the layout and the way there and back count little, and no more
# bytes than so many.
LEAST, MOST, MOST_BYTES = 10, 50, 100_000_000
# Seconds after which Ctrl-C is heard while all workers are at work
TICK = 0.2
CHANGED = Message("its templates, assets or profiles changed while the batch was at work; run it again")


@dataclass(frozen=True)
class Job:
    """Say which method is called, which pieces it costs if it fails, and what is done with the result.

    `arguments`, which may be large, are asked for when its turn has come. `alone` gives the job that tries a
    piece again by itself; a job without it was the second try, or none is needed.
    """

    method: str
    arguments: Callable[[], tuple[Any, ...]]
    pieces: tuple[Planned, ...]
    done: Callable[[Any], None]
    failed: Callable[[Sequence[Planned], PrintkitError], None]
    alone: Callable[[Planned], "Job"] | None


@dataclass(frozen=True)
class Group:
    """Pieces of one layout that are to be made, and whether the first is to be shown in pictures."""

    pieces: tuple[Planned, ...]
    pictures: bool


class Dispatcher:
    """Keep a pool at work; `found` holds the inputs of every piece that is handed out."""

    def __init__(self, session: Session, pool: Pool, found: Mapping[str, Found]) -> None:
        self.session, self.pool = session, pool
        self.inputs = {name: one for name, one in found.items() if isinstance(one, Inputs)}
        self._waiting: deque[Job] = deque()
        self._running: dict[Future[Any], Job] = {}
        self._left: dict[bytes | Path, int] = {}

    def make(self, groups: Iterable[Group], shown: Iterable[str] = ()) -> None:
        """Make pieces by layout, the first of each in whole and its other sites from its finished file.

        Who has nothing to do meanwhile makes small ones of the pictures that are shown on the contact sheet.
        """
        self._waiting += [self._begin(group) for group in groups]
        self._waiting += [self._shrink(file) for file in shown]
        self._work()

    def picture(self, pieces: Sequence[Planned]) -> None:
        """Make the pictures of layouts whose pieces stand already."""
        self._waiting += [self._picture(piece) for piece in pieces]
        self._work()

    def _work(self) -> None:
        while self._waiting or self._running:
            # No more are handed out than keep all workers busy: the arguments of a job may hold a master of
            # megabytes
            while self._waiting and len(self._running) < AHEAD * self.pool.workers:
                job = self._waiting.popleft()
                self._running[self.pool.submit(job.method, *job.arguments())] = job
            done, _ = wait(self._running, timeout=TICK, return_when=FIRST_COMPLETED)
            for future in done:
                self._take(self._running.pop(future), future)

    def _take(self, job: Job, future: Future[Any]) -> None:
        error = future.exception()
        if error is None:
            job.done(future.result())
        # No piece is to blame for a full disk.
        elif isinstance(error, WriteError):
            raise error
        # A lost worker had several pieces, one of which may be what killed it: each is tried alone, so that
        # only that one is held
        elif isinstance(error, Lost) and job.alone:
            self._waiting.extendleft(job.alone(piece) for piece in reversed(job.pieces))
        else:
            job.failed(job.pieces, _lost(job, error) if isinstance(error, Lost) else as_error(error))

    def _begin(self, group: Group, again: bool = False) -> Job:
        first, *rest = group.pieces

        def done(begun: "Begun") -> None:
            same = self._agrees(first, begun)
            if same:
                # Which files a page asks for is known now, for all sites of the layout
                seen = {piece.id: self.inputs[piece.id].seen(begun.read) for piece in group.pieces}
                self.inputs.update(seen)
            self._enter([(first, begun.product if same else RenderError(CHANGED))])
            if same and group.pictures:
                place_pictures(self.session, first, begun.pictures)
            master = (begun.kept or begun.master) if same else None
            if master is None and same and not self.inputs[first.id].names_site:
                self.session.alone[f"{first.template}/{first.format}"] += len(rest)
            self._spread(master, rest)

        def failed(_: Sequence[Planned], error: PrintkitError) -> None:
            self._fail((first,), error)
            if rest:
                # The next of its sites tries to be the first: what failed may have been this piece's own
                # address
                self._waiting.appendleft(self._begin(Group(tuple(rest), pictures=False)))

        alone = None if again else lambda _: self._begin(group, again=True)
        return Job("begin", lambda: (first, group.pictures), (first,), done, failed, alone)

    def _agrees(self, piece: Planned, begun: "Begun") -> bool:
        """Tell whether a layout was made from what the run has read, and take in what it read itself."""
        inputs = self.inputs[piece.id]
        # A worker binds anew: another key means that a file was saved between planning and making
        if begun.key != (inputs.asked or inputs.key):
            return False
        return self.session.run.workspace.agrees(begun.read)

    def _spread(self, master: bytes | Path | None, rest: Sequence[Planned]) -> None:
        """Hand out a layout's other sites before the next layout, so that few masters are held."""
        if master is None:
            self._waiting.extendleft(self._begin(Group((piece,), pictures=False)) for piece in reversed(rest))
            return
        # Where a single layout changed, all workers have some of its sites.
        count = min(MOST, max(LEAST, ceil(len(rest) / self.pool.workers)))
        # Where a master travels, so do the files that are made from it.
        if isinstance(master, bytes):
            count = max(1, min(count, MOST_BYTES // len(master)))
        chunks = [tuple(rest[at : at + count]) for at in range(0, len(rest), count)]
        self._left[master] = len(rest)
        self._done(master, ())
        self._waiting.extendleft(self._vary(master, chunk) for chunk in reversed(chunks))

    def _vary(self, master: bytes | Path, pieces: tuple[Planned, ...], again: bool = False) -> Job:
        def done(products: "Sequence[Product | PrintkitError]") -> None:
            self._enter(zip(pieces, products, strict=True))
            self._done(master, pieces)

        def failed(pieces: Sequence[Planned], error: PrintkitError) -> None:
            self._fail(pieces, error)
            self._done(master, pieces)

        variants = [self.inputs[piece.id].variant(piece.id) for piece in pieces]
        alone = None if again else lambda piece: self._vary(master, (piece,), again=True)
        return Job("vary", lambda: (master, variants), pieces, done, failed, alone)

    def _done(self, master: bytes | Path, pieces: Sequence[Planned]) -> None:
        """Count a layout's pieces down, and remove its file behind the last."""
        self._left[master] -= len(pieces)
        if not self._left[master]:
            del self._left[master]
            if isinstance(master, Path):
                master.unlink(missing_ok=True)

    def _picture(self, piece: Planned, again: bool = False) -> Job:
        def failed(_: Sequence[Planned], error: PrintkitError) -> None:
            self.session.progress.say(Message("%(id)s: no proof: %(error)s", id=piece.id, error=error))

        done = partial(place_pictures, self.session, piece)
        alone = None if again else lambda piece: self._picture(piece, again=True)
        return Job("pictures", lambda: (piece,), (piece,), done, failed, alone)

    def _shrink(self, file: str) -> Job:
        """Have the small picture of a page made, which is asked for again where this fails."""
        done = partial(self.session.thumbnails.__setitem__, file)
        return Job("thumbnail", lambda: (self.session.folder.read(file),), (), done, lambda *_: None, None)

    def _fail(self, pieces: Sequence[Planned], error: PrintkitError) -> None:
        for piece in pieces:
            hold(self.session, piece, self.inputs[piece.id], error)

    def _enter(self, made: "Iterable[tuple[Planned, Product | PrintkitError]]") -> None:
        whole = []
        for piece, product in made:
            if isinstance(product, PrintkitError):
                self._fail((piece,), product)
            else:
                whole.append((piece, self.inputs[piece.id], product))
        enter(self.session, whole)


def _lost(job: Job, error: Lost) -> PrintkitError:
    """Say which layout a worker was lost with."""
    return unmade(job.pieces[0], sentence(error)) if job.pieces else RenderError(sentence(error))

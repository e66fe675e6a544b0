"""Who does the work of a run: this process, worker processes of this machine, or those of a cluster."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol, Self

if TYPE_CHECKING:
    from printkit.batch.planning import Planned
    from printkit.errors import PrintkitError
    from printkit.papers.parts import Book, PagePicture, ProofFonts, Sheet
    from printkit.produce import Begun, Product, Variant


class Hand(Protocol):
    """Make pieces where the layout engine is; every method is a pure function of what it is given."""

    def begin(self, piece: "Planned", pictures: bool) -> "Begun":
        """Make a layout's first piece, with pictures of its pages where asked; raise PrintkitError."""

    def vary(self, master: Any, variants: "Sequence[Variant]") -> "list[Product | PrintkitError]":
        """Return each variant of a layout, which began with this master, or the error that costs it alone."""

    def pictures(self, piece: "Planned") -> "tuple[PagePicture, ...]":
        """Return pictures of each page; raise PrintkitError."""

    def draw(self, paper: "Book | Sheet", fonts: "ProofFonts") -> bytes:
        """Return a proof as PDF."""

    def thumbnail(self, png: bytes) -> bytes:
        """Return the small JPEG of a page's picture."""


# Jobs that are handed out for each worker: one at work and one at hand
AHEAD = 2
# Hires a hand in the process that is to work; it can be pickled.
Hire = Callable[[], Hand]


class Lost(Exception):
    """Say that the process which did a job died, hung or ran out of memory, in words for a report."""


class Crew(AbstractContextManager["Crew"], Protocol):
    """Do jobs, so many at a time; leaving the context ends every worker at once, whatever it does."""

    @property
    def workers(self) -> int:
        """How many jobs are done at the same time."""

    def submit(self, method: str, *arguments: Any) -> Future[Any]:
        """Have a hand's method called; the future fails with what that raises, or with Lost."""


class Here:
    """Do each job at once in this process: for a hand that needs no layout engine."""

    workers = 1

    def __init__(self, hire: Hire) -> None:
        self.hand = hire()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def submit(self, method: str, *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(getattr(self.hand, method)(*arguments))
        except Exception as error:  # noqa: BLE001
            future.set_exception(error)
        return future

"""Bind and make pieces in a copy of this process, within the limits of profiles/batch.toml."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from printkit.errors import GROWS, PrintkitError, RenderError, WorkspaceError, layout_ended
from printkit.produce import Maker, Piece
from printkit.profiles import BatchLimits
from printkit.words import Message, sentence
from printkit.work.copies import Died, Ended, each
from printkit.work.limits import binding, making

P = TypeVar("P", bound=Piece)
T = TypeVar("T")


def bind_each(
    ask: Callable[[P], T], pieces: Sequence[P], limits: BatchLimits
) -> Iterator[T | WorkspaceError]:
    """Yield what is asked of each piece, which fills in its template, or the error of what passes a limit."""
    for piece, made in zip(pieces, each(ask, pieces, [binding(limits)] * len(pieces)), strict=True):
        yield _unbound(piece, made) if isinstance(made, Ended) else made


def make_one(make: Callable[[Maker, Piece], T], maker: Maker, piece: Piece, limits: BatchLimits) -> T:
    """Return what is made of a piece; raise PrintkitError, also where it passes a limit."""

    def bind() -> None:
        maker.bind(piece)

    # One copy does both, so that what is bound need not travel.
    steps: tuple[Callable[[], T | None], ...] = bind, lambda: make(maker, piece)
    done = each(lambda step: step(), steps, (binding(limits), making(limits)), together=1)
    bound = next(done)
    if isinstance(bound, Ended):
        raise _unbound(piece, bound)
    made = next(done)
    if isinstance(made, Ended) and not isinstance(made, Died):
        # Mostly the layout ends itself by then and names its page; here no more of it was heard.
        raise layout_ended(*_place(piece), sentence(made))
    if made is None or isinstance(made, Ended):
        raise unmade(piece, sentence(made))
    return made


def unmade(piece: Piece, why: str) -> PrintkitError:
    """Say with which layout a process was lost, and why."""
    return RenderError(
        Message(
            "templates/%(template)s (%(format)s): %(why)s; %(todo)s",
            template=piece.template,
            format=piece.format,
            why=why,
            todo=GROWS,
        )
    )


def _unbound(piece: Piece, why: Ended) -> WorkspaceError:
    todo = Message("look for loops in loops and for texts that grow without end")
    return WorkspaceError(
        *_place(piece),
        Message("filling in its template was ended: %(why)s; %(todo)s", why=sentence(why), todo=todo),
    )


def _place(piece: Piece) -> tuple[str, str]:
    """Return the file and the key that say how a piece is laid out."""
    return f"templates/{piece.template}/template.toml", f"layouts.{piece.format}"

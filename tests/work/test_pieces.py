"""A piece is made in a copy of the process: its limits name the template, a death is no fault of it."""

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest

from printkit.errors import PrintkitError, RenderError, WorkspaceError
from printkit.produce import Piece
from printkit.work.pieces import make_one
from tests.work.methods import limits

PIECE = Piece("recruit", "recruit", "nu01", "flyer-a5", "flyer", "nb", None)
AGES = 10**12


class Binder:
    def bind(self, piece: Piece) -> None: ...


BINDER: Any = Binder()


def spin(_: object, piece: Piece) -> int:
    """Compute in C code, where nothing else is heard."""
    return sum(range(AGES))


def fill(_: object, piece: Piece) -> int:
    return len(bytearray(9_000_000_000))


def die(_: object, piece: Piece) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (spin, WorkspaceError, "layouts.flyer-a5: laying it out was ended: it took more than 0.5 s"),
        (fill, WorkspaceError, "layouts.flyer-a5: laying it out was ended: it needed more than 1000 MB"),
        (die, RenderError, "templates/recruit (flyer-a5): the process died of it (signal 9)"),
    ],
)
def test_what_ends_a_layout_is_told_by_its_template(
    make: Callable[[Any, Piece], Any], kind: type[PrintkitError], words: str
) -> None:
    with pytest.raises(kind) as told:
        make_one(make, BINDER, PIECE, limits(0.5))
    assert words in str(told.value)
    assert "templates/recruit" in str(told.value)

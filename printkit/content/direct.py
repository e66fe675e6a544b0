"""Operators that stand between others by the thousand, run straight from their figures as written.

They do as their like in `graphics`, `text` and `painting` do, in half the time: no operand becomes an object.
"""

from collections.abc import Callable

from printkit.content.machine import Machine
from printkit.content.matrix import IDENTITY, Matrix

# Returns whether it could be run so; what cannot is run in the usual way, which tells of faults
Direct = Callable[[Machine, bytes | None], bool]


def _keep(machine: Machine, _: bytes | None) -> bool:
    machine.kept.append(machine.state)
    return True


def _take_back(machine: Machine, _: bytes | None) -> bool:
    if machine.kept:
        machine.state = machine.kept.pop()
    return True


def _concatenate(machine: Machine, figures: bytes | None) -> bool:
    matrix = _matrix(figures)
    if matrix is None:
        return False
    machine.transform(matrix)
    return True


def _begin_text(machine: Machine, _: bytes | None) -> bool:
    machine.text_matrix = machine.line_matrix = IDENTITY
    return True


def _end_text(machine: Machine, _: bytes | None) -> bool:
    # Text that clips is looked at as a whole.
    return not machine.text_clip


def _text_matrix(machine: Machine, figures: bytes | None) -> bool:
    matrix = _matrix(figures)
    if matrix is None:
        return False
    machine.line_matrix = machine.text_matrix = matrix
    return True


def _next_line(machine: Machine, figures: bytes | None) -> bool:
    words = figures.split() if figures else ()
    if len(words) != 2:
        return False
    machine.line_matrix = machine.text_matrix = machine.line_matrix.moved(float(words[0]), float(words[1]))
    return True


def _move(machine: Machine, figures: bytes | None) -> bool:
    words = figures.split() if figures else ()
    if len(words) != 2:
        return False
    machine.path.move(machine.state.ctm.apply(float(words[0]), float(words[1])))
    return True


def _line(machine: Machine, figures: bytes | None) -> bool:
    words = figures.split() if figures else ()
    if len(words) != 2:
        return False
    machine.path.line(machine.state.ctm.apply(float(words[0]), float(words[1])))
    return True


def _curve(machine: Machine, figures: bytes | None) -> bool:
    words = figures.split() if figures else ()
    if len(words) != 6:
        return False
    apply, (a, b, c, d, e, f) = machine.state.ctm.apply, map(float, words)
    machine.path.curve(apply(a, b), apply(c, d), apply(e, f))
    return True


def _close(machine: Machine, _: bytes | None) -> bool:
    machine.path.close()
    return True


def _matrix(figures: bytes | None) -> Matrix | None:
    words = figures.split() if figures else ()
    return Matrix._make(map(float, words)) if len(words) == 6 else None


DIRECT: dict[bytes, Direct] = {
    b"q": _keep, b"Q": _take_back, b"cm": _concatenate, b"BT": _begin_text, b"ET": _end_text,
    b"Tm": _text_matrix, b"Td": _next_line, b"m": _move, b"l": _line, b"c": _curve, b"h": _close,
}  # fmt: skip

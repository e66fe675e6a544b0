"""Arcs of paths, parted into quarters so that the layout engine draws them round.

It draws up to half a circle as one curve, which lies up to a fiftieth of the radius beside it.
"""

import math
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

_Point: TypeAlias = tuple[float, float]

_COMMANDS = re.compile(r"([MLHVCSQTAZmlhvcsqtaz])([^A-Za-z]*)")
_NUMBERS = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
# How many numbers each command of a path takes at a time
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}
_QUARTER, _HAIR = math.pi / 2, 1e-9


def part_arcs(svg: Any) -> None:
    """Have the module `weasyprint.svg` draw paths with their arcs parted."""
    draw = svg.TAGS["path"]

    def draw_path(drawing: Any, node: Any, font_size: float) -> None:
        node.attrib["d"] = parted(node.get("d", ""))
        draw(drawing, node, font_size)

    svg.TAGS["path"] = draw_path


def parted(data: str) -> str:
    """Return the data of a plain path (see `svg_plain`) with no arc longer than a quarter of its ellipse."""
    if "a" not in data.lower():
        return data
    x = y = 0.0
    begun, written = (x, y), []
    for command, values in _COMMANDS.findall(data):
        kind, numbers = command.upper(), [float(one) for one in _NUMBERS.findall(values)]
        if kind != "A":
            written.append(command + values)
        if kind == "Z":
            x, y = begun
            continue
        for first in range(0, len(numbers), _TAKES[kind]):
            part = numbers[first : first + _TAKES[kind]]
            base = (x, y) if command.islower() else (0.0, 0.0)
            end = _end(kind, part, base, (x, y))
            if kind == "A":
                written += _quarters((x, y), part[:5], end)
            elif kind == "M" and not first:
                begun = end
            x, y = end
    return " ".join(written)


def _end(kind: str, part: list[float], base: _Point, at: _Point) -> _Point:
    """Return where a command leads, from `at`; its numbers count from `base`."""
    if kind == "H":
        return base[0] + part[0], at[1]
    if kind == "V":
        return at[0], base[1] + part[0]
    return base[0] + part[-2], base[1] + part[-1]


def _quarters(start: _Point, look: list[float], end: _Point) -> Iterator[str]:
    """Yield an arc in parts, by its middle (SVG 1.1, F.6.5 and F.6.6)."""
    (x1, y1), (x2, y2), (across, down, turn, large, sweep) = start, end, look
    across, down, angle = abs(across), abs(down), math.radians(turn)
    cos, sin = math.cos(angle), math.sin(angle)
    # Half the chord where the ellipse is a circle of radius 1 round its middle, upright
    half_x = (cos * (x1 - x2) + sin * (y1 - y2)) / 2 / (across or math.inf)
    half_y = (cos * (y1 - y2) - sin * (x1 - x2)) / 2 / (down or math.inf)
    length = math.hypot(half_x, half_y)
    if not (across and down and length):
        yield _arc(look, end)
        return
    if length > 1:
        # Radii too short are those of the smallest ellipse that reaches
        across, down, half_x, half_y, length = (
            across * length,
            down * length,
            half_x / length,
            half_y / length,
            1,
        )
    away = math.sqrt(1 / length**2 - 1) * (-1 if large == sweep else 1)
    x, y = away * half_y, -away * half_x
    first = math.atan2(half_y - y, half_x - x)
    whole = math.atan2(-half_y - y, -half_x - x) - first
    if sweep and whole < 0:
        whole += 2 * math.pi
    elif not sweep and whole > 0:
        whole -= 2 * math.pi
    count = math.ceil(abs(whole) / _QUARTER - _HAIR)
    for number in range(1, count):
        at = first + whole * number / count
        right, below = across * (math.cos(at) + x), down * (math.sin(at) + y)
        point = cos * right - sin * below + (x1 + x2) / 2, sin * right + cos * below + (y1 + y2) / 2
        yield _arc([across, down, turn, 0, sweep], point)
    yield _arc([across, down, turn, 0, sweep], end)


def _arc(look: list[float], end: _Point) -> str:
    across, down, turn, large, sweep = look
    return f"A{across:.6f} {down:.6f} {turn:g} {large:g} {sweep:g} {end[0]:.6f} {end[1]:.6f}"

"""What a Lab colour space says of itself: the white that it is counted from, and its range."""

from typing import NamedTuple

from printkit.content.colour import Space
from printkit.content.objects import BadOperand, entry, numbers

# ISO 32000-1, Table 65: the least and most of a* and b*
_RANGE = (-100.0, 100.0, -100.0, 100.0)


class LabFrame(NamedTuple):
    """A Lab space's white in XYZ, None where it names none, and the least and most of a* and of b*."""

    white: tuple[float, float, float] | None = None
    range: tuple[float, float, float, float] = _RANGE

    @property
    def decode(self) -> tuple[float, ...]:
        """What samples of 0 and 1 stand for in an image without Decode (ISO 32000-1, Table 90)."""
        return (0.0, 100.0, *self.range)


def lab_frame(space: Space) -> LabFrame:
    """Return what a Lab space says; what it leaves out, or says wrongly, is as the standard has it."""
    parts = list(space.source) if space.source is not None else []
    told = parts[1] if len(parts) > 1 else None
    white, limits = _told(told, "/WhitePoint", 3), _told(told, "/Range", 4)
    frame = LabFrame()
    if white and min(white) > 0:
        frame = frame._replace(white=(white[0], white[1], white[2]))
    if limits and limits[0] < limits[1] and limits[2] < limits[3]:
        frame = frame._replace(range=(limits[0], limits[1], limits[2], limits[3]))
    return frame


def _told(told: object, key: str, count: int) -> list[float]:
    try:
        return numbers(entry(told, key), count)
    except BadOperand:
        return []

"""Where two pictures of a page differ, the worker's side: boxes round what changed."""

from dataclasses import dataclass
from io import BytesIO

# Of 255: less is the grain of a photograph. A line and its letters grow together over gaps of so many cells.
SEEN, CELLS, GAP = 24, 100, 2
# More places than anybody looks at one by one are told as one
MOST = 12


@dataclass(frozen=True)
class Area:
    """A part of a page, in percent of its width and height from the upper left."""

    left: float
    top: float
    width: float
    height: float

    @property
    def row(self) -> int:
        """Return 0, 1 or 2: whether its middle is in the upper, middle or lower third."""
        return min(2, int((self.top + self.height / 2) * 3 / 100))

    @property
    def column(self) -> int:
        return min(2, int((self.left + self.width / 2) * 3 / 100))


def compared(before: bytes, now: bytes) -> tuple[Area, ...] | None:
    """Return where two pictures differ, from above; None where they are of different sizes."""
    import numpy as np
    from PIL import Image

    old, new = (np.asarray(Image.open(BytesIO(one)).convert("RGB"), np.int16) for one in (before, now))
    if old.shape != new.shape:
        return None
    changed = np.abs(old - new).max(axis=2) > SEEN
    height, width = changed.shape
    cell = max(1, -(-max(height, width) // CELLS))
    rows, columns = -(-height // cell), -(-width // cell)
    padded = np.zeros((rows * cell, columns * cell), bool)
    padded[:height, :width] = changed
    cells = np.asarray(padded.reshape(rows, cell, columns, cell).any(axis=(1, 3)))
    boxes = _boxes({(int(y), int(x)) for y, x in zip(*cells.nonzero(), strict=True)})
    if len(boxes) > MOST:
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        boxes = [(min(lefts), min(tops), max(rights), max(bottoms))]
    across, down = 100 * cell / width, 100 * cell / height
    return tuple(
        Area(
            x0 * across,
            y0 * down,
            min(100, x1 * across) - x0 * across,
            min(100, y1 * down) - y0 * down,
        )
        for x0, y0, x1, y1 in sorted(boxes, key=lambda box: (box[1], box[0]))
    )


def _boxes(left: set[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Return boxes (left, top, right, bottom; cells) round cells (row, column) that are near each other."""
    found = []
    while left:
        waiting, own = [left.pop()], []
        while waiting:
            y, x = waiting.pop()
            own.append((y, x))
            near = {(y + down, x + across) for down in _REACH for across in _REACH} & left
            left -= near
            waiting += near
        ys, xs = [y for y, _ in own], [x for _, x in own]
        found.append((min(xs), min(ys), max(xs) + 1, max(ys) + 1))
    return found


_REACH = range(-GAP, GAP + 1)

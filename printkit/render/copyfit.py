"""Copyfitting: reckon from a text as it was set how it would break at another size or width.

Only a layout tells; reckoning says which one to try. A word is as wide as its share of its line's letters.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from printkit.render.placed import HAIR, FitBox, Line

# A space is so wide, letters on average being 1.
SPACE = 0.45
# A line is broken for want of room where the next word would have filled so much of it.
BROKEN = 0.97


@dataclass
class _Paragraph:
    """Hold words that follow each other, in px, and how many lines they were set in."""

    words: list[float]
    space: float
    room: float
    lines: int = 1

    def set_in(self, room: float, scale: float = 1.0) -> tuple[int, float]:
        """Return the number of lines in a room and the widest of them."""
        count, at, widest = 1, 0.0, 0.0
        for word in self.words:
            wanted = at + (self.space + word if at else word) * scale
            if at and wanted > room + HAIR:
                count, wanted = count + 1, word * scale
            at = wanted
            widest = max(widest, at)
        return count, widest


class Copy:
    """Hold a fitted text as it was set, in a part `share` of its box's width."""

    def __init__(self, box: FitBox, share: float = 1.0) -> None:
        self.box, self._share = box, share
        self._paragraphs = list(self._read())
        rows = {round(line.frame.y0, 1) for line in box.lines}
        self._rows = len(rows)
        self._height = max((line.frame.height for line in box.lines), default=0.0)
        ends = [(line.frame.y0, line.frame.y1) for line in box.lines] or [(0.0, 0.0)]
        self._gaps = max(y1 for _, y1 in ends) - min(y0 for y0, _ in ends) - self._rows * self._height

    def rung(self, ladder: Sequence[float], size: float) -> int:
        """Return the highest rung at which a text set at `size` should fit, -1 for none."""
        return bisect_left(ladder, True, key=lambda one: not self._fits(one / size)) - 1

    def step(self, percent: int) -> int:
        """Return the most steps of `percent` by which the text should narrow and keep its lines."""
        wanted, step = sum(one.lines for one in self._paragraphs), 0
        while self._holds(wanted, 1 - (step + 1) * percent / 100):
            step += 1
        return step

    def _fits(self, scale: float) -> bool:
        set_in = [one.set_in(one.room, scale) for one in self._paragraphs]
        more = sum(count - one.lines for one, (count, _) in zip(self._paragraphs, set_in, strict=True))
        high = self._gaps + (self._rows + more) * self._height * scale
        narrow = all(wide <= one.room + HAIR for one, (_, wide) in zip(self._paragraphs, set_in, strict=True))
        return narrow and high <= self.box.content.height + HAIR

    def _holds(self, wanted: int, share: float) -> bool:
        room = self.box.content.width * share
        set_in = [one.set_in(room) for one in self._paragraphs]
        return sum(count for count, _ in set_in) == wanted and all(wide <= room for _, wide in set_in)

    def _read(self) -> Iterator[_Paragraph]:
        current: _Paragraph | None = None
        below = used = 0.0
        for line in self.box.lines:
            found = self._paragraph(line)
            if current and line.frame.y0 > below and self._broken(used, current, found):
                current.words += found.words
                current.lines += 1
            else:
                if current:
                    yield current
                current = found
            below, used = line.frame.y0, line.frame.width
        if current:
            yield current

    def _broken(self, used: float, above: _Paragraph, below: _Paragraph) -> bool:
        wanted = used + above.space + below.words[0]
        return used <= above.room + HAIR and wanted > above.room * BROKEN

    def _paragraph(self, line: Line) -> _Paragraph:
        content, words = self.box.content, line.text.split()
        right = content.x0 + content.width * self._share
        aligned = self.box.align in ("start", "left", "justify")
        room = right - line.frame.x0 if aligned else content.width * self._share
        letter = line.frame.width / max(1.0, sum(map(len, words)) + SPACE * (len(words) - 1))
        if len(words) < 2 or line.frame.width > room + HAIR:
            return _Paragraph([line.frame.width], SPACE * letter, room)
        return _Paragraph([len(word) * letter for word in words], SPACE * letter, room)

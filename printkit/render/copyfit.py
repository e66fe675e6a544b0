"""Copyfitting: reckon from a text as it was set how it would break at another size or width.

Only a layout tells; reckoning says which one to try.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from printkit.render.fonts import Faces
from printkit.render.placed import HAIR, FitBox, Line, Part

# In ems: what a letter is taken for whose font is not known.
LETTER = 0.5
# A line is broken for want of room where the next word would have filled so much of it.
BROKEN = 0.97


@dataclass
class _Paragraph:
    """Words that follow each other, in px, and how many lines they were set in."""

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
    """A fitted text as it was set in the whole width of its box."""

    def __init__(self, box: FitBox, faces: Faces) -> None:
        self.box, self._faces = box, faces
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
        above: Line | None = None
        for line in self.box.lines:
            found = self._paragraph(line)
            if current and above and self._broken(above, line, (current, found)):
                current.words += found.words
                current.lines += 1
            else:
                if current:
                    yield current
                current = found
            above = line
        if current:
            yield current

    def _broken(self, above: Line, below: Line, found: tuple[_Paragraph, _Paragraph]) -> bool:
        """Tell whether a line goes on in the next for want of room."""
        current, new = found
        used = above.frame.width
        full = used + current.space + new.words[0] > current.room * BROKEN
        stacked = below.frame.y0 > above.frame.y0
        return full and stacked and used <= current.room + HAIR and not (above.whole or below.whole)

    def _paragraph(self, line: Line) -> _Paragraph:
        content, frame = self.box.content, line.frame
        aligned = self.box.align in ("start", "left", "justify")
        room = content.x1 - frame.x0 if aligned else content.width
        # What is wider than its room and could have been broken must not be
        if line.whole or frame.width > room + HAIR:
            return _Paragraph([frame.width], 0.0, room)
        words = [0.0]
        for character, width in (pair for part in line.parts for pair in self._widths(part)):
            if character == " ":
                words.append(0.0)
            else:
                words[-1] += width
        return _Paragraph(words, self._space(line.parts[-1]), room)

    def _widths(self, part: Part) -> Iterator[tuple[str, float]]:
        """Yield characters and their widths; what kerning and spacing add is shared out evenly."""
        if not part.text:
            yield "", part.width
            return
        more = self._spacing(part)
        for character in part.text:
            yield character, (self._advance(part, character) + more) * part.size_px

    def _space(self, part: Part) -> float:
        spacing = self._spacing(part) if part.text else 0.0
        return (self._advance(part, " ") + spacing) * part.size_px

    def _spacing(self, part: Part) -> float:
        found = sum(self._advance(part, one) for one in part.text)
        return (part.width / part.size_px - found) / len(part.text)

    def _advance(self, part: Part, character: str) -> float:
        known = (face.advance(character) for face in self._faces.declared_for(part.font))
        return next((width for width in known if width is not None), LETTER)

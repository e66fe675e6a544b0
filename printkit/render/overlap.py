"""Texts that print over each other, found letter by letter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from printkit.render.fonts import Face, Faces
from printkit.render.placed import Clip, Matrix, Run
from printkit.units import Rect

# Part of the letters' size by which the boxes of two texts may meet: spacing, and letters that lean.
OVERLAP = 0.12

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]


@dataclass(frozen=True)
class Inked:
    """A run of text, its face, and where its ink stands, in px."""

    run: Run
    face: Face

    @cached_property
    def whole(self) -> Corners:
        """Return the corners of all its ink: as wide as its box, as high as its letters."""
        return turned(self._standing(self.run.frame.x0, self.run.frame.x1, self.run.text), self.run.turned)

    @cached_property
    def letters(self) -> tuple[Corners, ...]:
        """Return the corners of each letter; kerning and spacing are spread over all of them."""
        text = self.run.text
        ends = [0.0]
        for letter in text:
            ends.append(ends[-1] + (self.face.advance(letter) or 0.5))
        scale = self.run.frame.width / ends[-1]
        start = self.run.frame.x0
        return tuple(
            turned(
                self._standing(start + ends[number] * scale, start + ends[number + 1] * scale, letter),
                self.run.turned,
            )
            for number, letter in enumerate(text)
            if not letter.isspace()
        )

    @cached_property
    def box(self) -> Rect:
        """Return the upright box around all its ink."""
        return box_of(self.whole)

    def inside(self, clip: Clip, room: float) -> bool:
        """Tell whether a clip leaves all the ink; where one is turned against the other, by upright boxes."""
        frame = clip.frame
        # Under the same transformation both are upright to each other
        if clip.turned is self.run.turned:
            ink = self._standing(self.run.frame.x0, self.run.frame.x1, self.run.text)
            return frame.contains(box_of(ink), room)
        corners = (frame.x0, frame.y0), (frame.x1, frame.y0), (frame.x1, frame.y1), (frame.x0, frame.y1)
        return box_of(turned(corners, clip.turned)).contains(self.box, room)

    def _standing(self, left: float, right: float, text: str) -> Corners:
        """Return the corners of a part's ink before it is turned."""
        low, high = self.face.reach(text)
        line, size = self.run.frame.y0 + self.run.baseline, self.run.size_px
        top, bottom = line - high * size, line - low * size
        return (left, top), (right, top), (right, bottom), (left, bottom)


def turned(corners: Corners, matrix: Matrix | None) -> Corners:
    """Return corners after a transformation."""
    if matrix is None:
        return corners
    one, two, three, four = (matrix.transform_point(*corner) for corner in corners)
    return one, two, three, four


def box_of(corners: Corners) -> Rect:
    """Return the upright box around corners."""
    across, along = zip(*corners, strict=True)
    return Rect(min(across), min(along), max(across), max(along))


def overlaps(runs: Iterable[Run], faces: Faces, file: str) -> Iterator[tuple[Run, Run]]:
    """Yield runs that print over each other, each with an earlier one; one pair for two blocks of text.

    Lines of one block may touch as its line height wants it. Blocks of one slot count like any others.
    """
    inked = [Inked(run, faces.faces_for(run.font, file)[0]) for run in runs]
    told: set[tuple[int, int]] = set()
    for one, other in _near(inked):
        blocks = (one.run.block, other.run.block)
        if blocks not in told and not _of_one_text(one.run, other.run) and _meet(one, other):
            told.add(blocks)
            yield one.run, other.run


def _near(inked: Sequence[Inked]) -> Iterator[tuple[Inked, Inked]]:
    """Yield pairs whose boxes meet; swept from the top, as a page may have thousands of runs."""
    order = {id(one): number for number, one in enumerate(inked)}
    above: list[Inked] = []
    for one in sorted(inked, key=lambda each: (each.run.page, each.box.y0)):
        above = [each for each in above if each.run.page == one.run.page and each.box.y1 > one.box.y0]
        for other in above:
            if min(one.box.x1, other.box.x1) > max(one.box.x0, other.box.x0):
                first, second = sorted((one, other), key=lambda each: order[id(each)])
                yield second, first
        above.append(one)


def _of_one_text(one: Run, other: Run) -> bool:
    return one.block == other.block and one.line != other.line


def _meet(one: Inked, other: Inked) -> bool:
    room = OVERLAP * min(one.run.size_px, other.run.size_px)
    if not _deep(one.whole, other.whole, room):
        return False
    # Letter by letter, as boxes of whole lines would refuse tight headlines
    here = [letter for letter in one.letters if _deep(letter, other.whole, room)]
    return any(_deep(letter, that, room) for letter in here for that in other.letters)


def _deep(one: Corners, other: Corners, room: float) -> bool:
    """Tell whether two upright or turned boxes share more than `room` along each of their edges."""
    for corners in (one, other):
        for start, end in ((corners[0], corners[1]), (corners[1], corners[2])):
            axis = (end[0] - start[0], end[1] - start[1])
            length = (axis[0] ** 2 + axis[1] ** 2) ** 0.5
            if length == 0:
                return False
            low, high = _shadow(one, axis)
            least, most = _shadow(other, axis)
            if min(high, most) - max(low, least) <= room * length:
                return False
    return True


def _shadow(corners: Corners, axis: Point) -> tuple[float, float]:
    along = [x * axis[0] + y * axis[1] for x, y in corners]
    return min(along), max(along)

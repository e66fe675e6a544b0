"""A code that was read, looked at from near: where it stands, how large and how clean it is."""

from dataclasses import dataclass, field
from functools import cached_property

from PIL import Image

from printkit.preflight.codes.measures import Tones, edges, levelled, tones
from printkit.preflight.core.findings import BoxMm
from printkit.preflight.core.subject import PageView
from printkit.qr.reading import Reading
from printkit.units import Rect

NO_PAPER = 0


@dataclass(frozen=True)
class Near:
    """A code's picture: `image` shows `part` (points of the shown page), `pixels` a module."""

    view: PageView
    part: Rect
    pixels: int
    reading: Reading
    image: Image.Image = field(repr=False, compare=False)

    @property
    def modules(self) -> int:
        return self.reading.modules

    @cached_property
    def upright(self) -> Image.Image:
        """The picture turned so that the code stands upright; black beyond the trim, where no paper is."""
        image = self._on_paper()
        if self.reading.upright:
            return image
        margin = (self.part.width * self.scale / self.pixels - self.modules) / 2
        return levelled(image, self.reading, self.pixels, margin)

    @cached_property
    def tones(self) -> Tones:
        return tones(self.upright, self._rough, self.modules)

    @cached_property
    def frame(self) -> Rect:
        """The symbol's edges in the upright picture, in pixels from its upper left corner."""
        return edges(self.upright, self._rough, self.modules, self.tones)

    @property
    def module_mm(self) -> float:
        """The size of a module as measured."""
        return self.width_mm / self.modules

    @property
    def width_mm(self) -> float:
        """The symbol's width as measured, the mean of both directions."""
        return self.view.length((self.frame.width + self.frame.height) / 2 / self.scale)

    @property
    def box(self) -> Rect:
        """The symbol's place in points of the shown page."""
        frame = self.frame if self.reading.upright else bounds(self.reading)
        corner = self.part.x0, self.part.y1
        return Rect(frame.x0, -frame.y1, frame.x1, -frame.y0).scaled(1 / self.scale).moved(*corner)

    @property
    def box_mm(self) -> BoxMm:
        """The symbol's place in mm from the trim's lower left corner."""
        return self.view.shown_mm(self.box)

    @property
    def scale(self) -> float:
        """Pixels a point of the shown page."""
        return self.image.width / self.part.width

    @property
    def _rough(self) -> Rect:
        """The symbol's edges as the reader tells them, to whole pixels, in the upright picture."""
        if self.reading.upright:
            return bounds(self.reading)
        side = self.modules * self.pixels
        edge = (self.upright.width - side) / 2
        return Rect(edge, edge, edge + side, edge + side)

    def _on_paper(self) -> Image.Image:
        trim = self.view.shown(self.view.trim)
        if trim.contains(self.part):
            return self.image
        paper = trim.intersection(self.part).moved(-self.part.x0, -self.part.y0).scaled(self.scale)
        x0, y0, x1, y1 = (round(value) for value in paper.as_tuple())
        place = (x0, self.image.height - y1, x1, self.image.height - y0)
        # Dark, so that a quiet zone which the knife cuts off does not count as free
        picture = Image.new("L", self.image.size, NO_PAPER)
        picture.paste(self.image.crop(place), place)
        return picture


def bounds(reading: Reading) -> Rect:
    """Return the box round a code's corners, in pixels from the picture's upper left corner."""
    xs, ys = zip(*reading.corners, strict=True)
    return Rect(min(xs), min(ys), max(xs), max(ys))

"""What is read back from a layout: lines of text, fitted boxes, codes, pictures."""

from dataclasses import dataclass, field
from typing import Any

from printkit.render.fonts import FontQuestion
from printkit.units import Rect

# A part of a CSS pixel: less than the rounding of sizes.
HAIR = 0.05

Matrix = Any


@dataclass(frozen=True)
class Run:
    """One piece of text on one line; `frame` is its box in px from the page's upper left corner.

    `baseline` counts from the frame's upper edge; `turned` is the transformation that applies.
    `block` and `line` number the block of text and the line in which it stands; each of `clips` cuts it off.
    """

    page: int
    text: str
    frame: Rect
    baseline: float
    size_px: float
    font: FontQuestion
    slot: str | None
    clips: tuple["Clip", ...]
    turned: Matrix | None
    block: int
    line: int


@dataclass(frozen=True)
class Clip:
    """A box that cuts off what leaves it, in px under the transformation that applies to it."""

    frame: Rect
    turned: Matrix | None


@dataclass(frozen=True)
class Part:
    """What stands in a line in one font; a picture has no text."""

    text: str
    width: float
    size_px: float
    font: FontQuestion


@dataclass(frozen=True)
class Line:
    """One line of a fitted text: its box, as wide as its content, and what stands in it.

    `whole` lines break only where the template says so.
    """

    frame: Rect
    parts: tuple[Part, ...]
    whole: bool = False


@dataclass
class FitBox:
    """One fitted element: its content box and its lines, in px."""

    slot: str
    content: Rect
    balanced: bool
    align: str
    definite: bool
    lines: list[Line] = field(default_factory=list)
    page: int = 1

    @property
    def overflows(self) -> bool:
        return any(not self.content.contains(line.frame, HAIR) for line in self.lines)

    @property
    def line_count(self) -> int:
        # Rounded, as parts of a line in two fonts stand apart by less than can be seen
        return len({round(line.frame.y0, 1) for line in self.lines})

    @property
    def widest(self) -> float:
        return max((line.frame.width for line in self.lines), default=0.0)


@dataclass(frozen=True)
class PlacedCode:
    """One reserved box, in px from the page's upper left corner."""

    slot: str
    page: int
    frame: Rect
    turned: bool


@dataclass(frozen=True)
class PlacedImage:
    """One picture made of pixels and the size at which it is printed, in inches."""

    page: int
    pixels: tuple[int, int]
    inches: tuple[float, float]
    slot: str | None
    address: str

    @property
    def ppi(self) -> float:
        return min(count / size for count, size in zip(self.pixels, self.inches, strict=True) if size > 0)


@dataclass(frozen=True)
class Clamped:
    """Name a text of which line-clamp or max-lines drops the rest."""

    page: int
    text: str
    slot: str | None


@dataclass
class Reading:
    """All that was read from a layout."""

    pages: int
    size_px: tuple[float, float] = (0, 0)
    runs: list[Run] = field(default_factory=list)
    fits: list[FitBox] = field(default_factory=list)
    codes: list[PlacedCode] = field(default_factory=list)
    images: list[PlacedImage] = field(default_factory=list)
    clamped: list[Clamped] = field(default_factory=list)

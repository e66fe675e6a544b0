"""A page as rules see it: lines of text, shapes, codes; millimetres, right and down from what is seen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from PIL import Image

from printkit.profiles import Format
from printkit.profiles.design import Design, Grid

Rgb8 = tuple[int, int, int]
# Lengths in mm that differ by less are one: nobody sees it, and sums of floats do
EVEN = 0.05
# A shape this much wider than high, or less, is no disc.
ROUND = 0.01
# Letters whose upper edge is level: their ink ends at cap height, or at x-height
FLAT_CAPS = frozenset("BDEFHIKLMNPRTUVWXYZ\N{LATIN CAPITAL LETTER AE}\N{LATIN CAPITAL LIGATURE OE}")
FLAT_SMALL = frozenset("uvwxyzmnri\N{LATIN SMALL LETTER AE}\N{LATIN SMALL LIGATURE OE}")


@dataclass(frozen=True)
class Box:
    """A box in mm from the upper left corner of what is seen of a page; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def thickness(self) -> float:
        return min(self.width, self.height)

    @property
    def area(self) -> float:
        return max(self.width, 0.0) * max(self.height, 0.0)

    def around(self, other: "Box") -> "Box":
        """Return the box round both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def beyond(self, other: "Box") -> float:
        """Return how far it reaches out of another; negative where it lies inside."""
        return max(
            other.left - self.left,
            other.top - self.top,
            self.right - other.right,
            self.bottom - other.bottom,
        )

    def common(self, other: "Box") -> "Box":
        """Return what both share; without area where that is nothing."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def wider(self, by: float) -> "Box":
        """Return the box that reaches farther on all four sides."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def gap(self, other: "Box") -> float:
        """Return how far two boxes are from each other; 0 where they touch."""
        across = max(other.left - self.right, self.left - other.right, 0.0)
        down = max(other.top - self.bottom, self.top - other.bottom, 0.0)
        return float((across**2 + down**2) ** 0.5)


@dataclass(frozen=True)
class Line:
    """A line of text of one size and face: `ink` is the box round its ink, `base` where it stands, in mm.

    `cap_mm` and `x_mm` are the heights of its capitals and small letters, None where it has none that end
    level. The colour is that in print.
    """

    text: str
    font: str
    size_pt: float
    ink: Box
    base: float
    colour: Rgb8
    cap_mm: float | None = None
    x_mm: float | None = None

    @property
    def cap_top(self) -> float | None:
        return None if self.cap_mm is None else self.base - self.cap_mm


@dataclass(frozen=True)
class Shape:
    """A painted path: its box as far as it is not clipped, its fill, its place in the order of paint.

    `whole` is its box without the clip, `clip` that of what it is cut to, None where nothing cuts it.
    """

    box: Box
    fill: Rgb8 | None
    order: int
    whole: Box | None = None
    clip: Box | None = None

    @property
    def is_whole(self) -> bool:
        return self.whole is None or self.whole.beyond(self.box) <= EVEN

    @property
    def is_framed(self) -> bool:
        """Tell whether it stands in a disc: in a clip that is as wide as high."""
        return self.clip is not None and abs(self.clip.width - self.clip.height) <= ROUND * self.clip.width


@dataclass(frozen=True)
class CodeBox:
    """A code's modules, without the quiet zone; `picture` shows both in grey, from near by."""

    slot: str
    modules: Box
    module_mm: float
    picture: Image.Image = field(repr=False, compare=False)


@dataclass(frozen=True)
class Page:
    """One page as it was read; `bare` shows it as pressed, without text, in `ppmm` pixels a mm.

    `shown` is the same with text and codes, of a front with its drawings.
    """

    number: int
    lines: tuple[Line, ...]
    shapes: tuple[Shape, ...]
    codes: tuple[CodeBox, ...]
    bare: Image.Image = field(repr=False)
    ppmm: float = 1.0
    shown: Image.Image | None = field(default=None, repr=False)

    def under(self, box: Box) -> Image.Image:
        """Return what stands behind a box, without text."""
        return self.bare.crop(self._pixels(box))

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        edges = (box.left, box.top, box.right, box.bottom)
        left, top, right, bottom = (round(edge * self.ppmm) for edge in edges)
        # One pixel at least, as an empty picture has no colour.
        return left, top, max(right, left + 1), max(bottom, top + 1)


@dataclass(frozen=True)
class Reviewed:
    """A piece and what was read of it: what all rules are asked about.

    `texts` are the words of its slots; `names` those of place and sender, which its design cannot shorten;
    `skins` the colours by which people are known, each as pressed; `is_drawn`: drawings stand in it;
    `before_hour` the abbreviation that its language puts before an hour, empty where it has none.
    """

    committee: str
    format: Format
    language: str
    filling: str
    design: Design
    pages: tuple[Page, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    skins: Mapping[Rgb8, Rgb8] = field(default_factory=dict)
    is_drawn: bool = True
    before_hour: str = ""

    @property
    def grid(self) -> Grid:
        """Return the format's grid; rules are not asked where there is none."""
        return self.design.formats[self.format.id]

    @property
    def width(self) -> float:
        """Return the visible width in mm, which shares are parts of."""
        return self.grid.width(self.format)

    @property
    def height(self) -> float:
        return self.format.visible.height

    @property
    def front(self) -> Page:
        return self.pages[0]

    @cached_property
    def cover(self) -> Box:
        """Return the part of the front that is seen first: the page, or the panel of the headline."""
        panels = self.panels(1)
        first = self.headline[0].ink.left if self.headline else 0.0
        return next((panel for panel in panels if first < panel.right), panels[-1])

    def panels(self, page: int) -> list[Box]:
        """Return the parts of a page between its folds, from the left."""
        # Pages without a list of their own have no folds.
        folds = self.format.folds_mm[page - 1] if page <= len(self.format.folds_mm) else ()
        edges = [0.0, *(fold - self.format.visible.x0 for fold in folds), self._right]
        return [Box(left, 0, right, self.height) for left, right in pairwise(edges)]

    @property
    def _right(self) -> float:
        return self.format.visible.width

    @property
    def codes(self) -> list[CodeBox]:
        """Return the codes that are seen with the headline."""
        return [code for code in self.front.codes if self.cover.left <= code.modules.left < self.cover.right]

    def lines_of(self, size: str, page: Page | None = None) -> list[Line]:
        """Return the lines of one of the grid's sizes, from top to bottom."""
        wanted = self.grid.sizes_pt[size]  # type: ignore[index]
        found = (line for line in (page or self.front).lines if abs(line.size_pt - wanted) <= SAME_SIZE_PT)
        return sorted(found, key=lambda line: line.base)

    @cached_property
    def headline(self) -> list[Line]:
        return self.lines_of("headline")

    @cached_property
    def call(self) -> list[Line]:
        """Return the lines of the size of place and call that stand in the act row."""
        # Half a line above the row: capitals begin there, their base stands lower.
        top = self.grid.act_mm[0] - self.grid.sizes_pt["place"] * MM_PER_PT / 2
        return [line for line in self.lines_of("place") if line.base > top]

    @cached_property
    def place(self) -> list[Line]:
        """Return those that stand above it on the cover: the committee's name, and no other panel's title."""
        seen = (line for line in self.lines_of("place") if line not in self.call)
        return [line for line in seen if self.cover.left <= line.ink.left < self.cover.right]


# Two sizes that are nearer than this are one, as PDF writes them with few digits.
SAME_SIZE_PT = 0.25
MM_PER_PT = 25.4 / 72


def in_columns(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Yield each line with the next one below it that shares some of its width."""
    ordered = sorted(lines, key=lambda line: line.base)
    for number, line in enumerate(ordered):
        for lower in ordered[number + 1 :]:
            # Parts of one line may stand a fraction of a point apart.
            beneath = lower.base > line.base + MM_PER_PT
            if beneath and lower.ink.left < line.ink.right and line.ink.left < lower.ink.right:
                yield line, lower
                break

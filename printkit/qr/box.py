"""The place of a code on a page."""

from dataclasses import dataclass
from typing import Protocol, Self

from printkit.qr.capacity import LARGEST_VERSION
from printkit.qr.matrix import Symbol, modules_of
from printkit.units import Rect, mm, pt

# Height of the print id's line in sizes of its text: room above and below the capitals.
ID_LINE = 1.6
# In sizes too: no font's capitals are higher, and no tail of a J reaches further under the baseline
MOST_CAPITALS, MOST_TAIL = 0.8, 0.25


class ModuleFigures(Protocol):
    """Name the module sizes in mm under which a code gets a warning or an error."""

    @property
    def warning(self) -> float: ...
    @property
    def error(self) -> float: ...


class CodeFigures(Protocol):
    """Name the figures that a code's size follows from; `profiles/preflight/codes.toml` holds them."""

    @property
    def smallest_version(self) -> int: ...
    @property
    def largest_version(self) -> int: ...
    @property
    def quiet_zone_modules(self) -> int: ...
    @property
    def module_mm(self) -> ModuleFigures: ...
    @property
    def least_width_mm(self) -> float: ...
    @property
    def distance_ratio(self) -> float: ...
    @property
    def id_size_pt(self) -> float: ...
    @property
    def id_ratio(self) -> float: ...
    @property
    def id_largest_pt(self) -> float: ...


@dataclass(frozen=True)
class CodeGeometry:
    """The sizes of a format's codes: lengths in mm, the print id's size in points."""

    width_mm: float
    quiet_mm: float
    id_size_pt: float
    versions: tuple[int, int]

    @classmethod
    def of(cls, figures: CodeFigures, distance_mm: float, version: int) -> Self:
        """Return the sizes for a scanning distance and the version that a layout's longest address takes.

        All sites of a layout get that version, so that their modules and quiet zones are of one size.
        """
        # A version too large for the figures is refused where the symbol is made; the box has a size all the
        # same.
        first = min(max(version, figures.smallest_version), figures.largest_version)
        # As wide as its modules need: a longer address makes the code larger and not finer.
        widest = modules_of(first) * figures.module_mm.warning
        width = max(distance_mm / figures.distance_ratio, figures.least_width_mm, widest)
        quiet = width * figures.quiet_zone_modules / modules_of(first)
        last = max(first, version_within(width / figures.module_mm.error))
        size = min(max(figures.id_size_pt, pt(width) / figures.id_ratio), figures.id_largest_pt)
        return cls(width, quiet, size, (first, last))

    @property
    def id_line_mm(self) -> float:
        return mm(self.id_size_pt) * ID_LINE

    @property
    def id_room_mm(self) -> float:
        """Room under the print id that none of its signs reaches into: capitals stand in the middle."""
        return mm(self.id_size_pt) * (ID_LINE / 2 - MOST_CAPITALS / 2 - MOST_TAIL)

    @property
    def box_width_mm(self) -> float:
        return self.width_mm + 2 * self.quiet_mm

    @property
    def box_height_mm(self) -> float:
        return self.box_width_mm + self.id_line_mm

    def symbol_box(self, box: Rect) -> Rect:
        """Return where the symbol stands in a reserved box (points): centred, above the id's line."""
        left = (box.x0 + box.x1 - pt(self.width_mm)) / 2
        bottom = (box.y0 + box.y1 + pt(self.id_line_mm) - pt(self.width_mm)) / 2
        return Rect(left, bottom, left + pt(self.width_mm), bottom + pt(self.width_mm))

    def id_box(self, box: Rect) -> Rect:
        """Return the print id's line (points), under the quiet zone, from the first module on."""
        top = self.symbol_box(box).y0 - pt(self.quiet_mm)
        return Rect(self.symbol_box(box).x0, top - pt(self.id_line_mm), box.x1, top)


@dataclass(frozen=True)
class CodeBox:
    """A reserved box: `page` from 1, `box` in points from the trim's lower left corner.

    The box takes in code, quiet zone and print id.
    """

    slot: str
    page: int
    box: Rect


@dataclass(frozen=True)
class Code:
    """All that is drawn in one reserved box."""

    box: CodeBox
    symbol: Symbol
    print_id: str
    geometry: CodeGeometry

    @property
    def url(self) -> str:
        return self.symbol.text

    @property
    def module_mm(self) -> float:
        return self.geometry.width_mm / self.symbol.modules

    @property
    def symbol_box(self) -> Rect:
        """The symbol without quiet zone, in points from the trim's lower left corner."""
        return self.geometry.symbol_box(self.box.box)


def version_within(modules: float) -> int:
    """Return the largest version of at most so many modules."""
    # A little over, as a width that is just enough may come out a hair under it.
    return max(1, min(LARGEST_VERSION, int((modules - modules_of(0)) / 4 + 1e-9)))

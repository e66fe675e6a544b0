"""What the page asks for and what it is given; light, as the server loads no layout engine."""

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from printkit.errors import PrintkitError
from printkit.profiles import LanguageTag
from printkit.template.fillings import Filling

# The plates of a process, as the page names them, and the sum of all
INKS, TOTAL = "cmyk", "total"


@dataclass(frozen=True, order=True)
class Cell:
    """Name one piece of the grid."""

    committee: str
    format: str
    language: LanguageTag
    filling: Filling

    @property
    def id(self) -> str:
        return f"{self.committee}.{self.format}.{self.language}.{self.filling}"


@dataclass(frozen=True)
class Previewed:
    """What one preview is of: a template, and the campaign whose values its pieces have."""

    root: Path
    template: str
    campaign: str | None
    date: datetime.datetime
    first: Cell


@dataclass(frozen=True)
class Ask:
    """Ask for pictures of a piece: pixels of the longer side, which inks, slot values of the form.

    `inks` are letters of INKS, or TOTAL.
    """

    cell: Cell
    pixels: int
    inks: str = INKS
    values: tuple[tuple[str, str], ...] = ()

    @property
    def piece(self) -> tuple[Cell, tuple[tuple[str, str], ...]]:
        return self.cell, self.values

    @property
    def alike(self) -> tuple[object, ...]:
        """Return what is the same for pictures that differ in their size alone."""
        return self.cell, self.values, self.inks


@dataclass(frozen=True)
class Picture:
    """A page's bleed as PNG, known by its SHA-256; `most_ink` is the fullest pixel's, in percent."""

    digest: str
    data: bytes = field(repr=False)
    size: tuple[int, int]
    most_ink: int


@dataclass(frozen=True)
class PlacedSlot:
    """A slot's box in mm from the trim's lower left corner; see `printkit.render.SlotBox`."""

    slot: str
    page: int
    box_mm: tuple[float, float, float, float]
    size_pt: float | None
    room: float | None


@dataclass(frozen=True)
class Shown:
    """A piece's pictures, where its slots stand, and the files that it was made from.

    A page is None whose picture is still to be drawn. `settled`: its text was fitted anew, and not only laid
    out at the sizes that it had before. `complaint` is what would print wrong. `spent` are milliseconds by
    step, `computing_ms` those of the processor for all.
    """

    pictures: tuple[Picture | None, ...]
    slots: tuple[PlacedSlot, ...]
    texts: tuple[tuple[str, str], ...]
    bleed_mm: float
    ink_limit: float
    read: tuple[str, ...]
    settled: bool
    complaint: PrintkitError | None
    spent: tuple[tuple[str, float], ...] = ()
    computing_ms: float = 0.0

    @property
    def whole(self) -> bool:
        """Tell whether every page was drawn."""
        return None not in self.pictures


@dataclass(frozen=True)
class Mark:
    """A finding of the checks; the box in mm from the trim's lower left corner."""

    rule: str
    severity: str
    words: str
    page: int | None
    box_mm: tuple[float, float, float, float] | None


@dataclass(frozen=True)
class CheckProgress:
    """What the checks of a file say; None as verdict where they are still at work."""

    verdict: str | None
    marks: tuple[Mark, ...] = ()

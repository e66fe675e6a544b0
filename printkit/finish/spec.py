"""What `finish` is told."""

from dataclasses import dataclass

from printkit.finish.codes import CodeStyle
from printkit.marks import Marks
from printkit.pdfx.identity import Identity
from printkit.pdfx.intent import OutputIntent
from printkit.qr import Code
from printkit.units import PageBoxes


@dataclass(frozen=True)
class FinishSpec:
    """All that makes a separated file a press file.

    `folds_mm` has one row a page, counted from the trim's left edge.
    """

    trim_mm: tuple[float, float]
    bleed_mm: float
    intent: OutputIntent
    identity: Identity
    code_style: CodeStyle
    codes: tuple[Code, ...] = ()
    marks: Marks | None = None
    folds_mm: tuple[tuple[float, ...], ...] = ()

    @property
    def slug_mm(self) -> float:
        return self.marks.slug_mm if self.marks else 0.0

    @property
    def boxes(self) -> PageBoxes:
        """The finished page's boxes in points."""
        return PageBoxes.around(self.trim_mm, self.bleed_mm, self.slug_mm)

    def page_folds(self, index: int) -> tuple[float, ...]:
        return self.folds_mm[index] if index < len(self.folds_mm) else ()

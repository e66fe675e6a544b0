"""What `finish` is told."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from printkit.finish.codes import CodeStyle
from printkit.marks import Marks
from printkit.qr import Code
from printkit.units import PageBoxes


@dataclass(frozen=True)
class Intent:
    """Name a printing condition and hold its ICC profile."""

    profile: bytes
    identifier: str
    info: str
    registry: str | None = None


@dataclass(frozen=True)
class Identity:
    """Hold what tells one file from another; `document_id` is any string that no other file has."""

    title: str
    document_id: str
    date: datetime
    producer: str

    @property
    def uuid(self) -> str:
        return str(uuid5(NAMESPACE_URL, self.document_id))

    @property
    def file_id(self) -> str:
        """The trailer's identifier, 16 bytes in hexadecimal."""
        return sha256(self.document_id.encode()).hexdigest()[:32]

    @property
    def utc(self) -> datetime:
        """The date in UTC; one without a zone is taken as UTC."""
        return self.date.replace(tzinfo=self.date.tzinfo or UTC).astimezone(UTC)


@dataclass(frozen=True)
class FinishSpec:
    """Hold all that makes a separated file a press file.

    `folds_mm` has one row a page, counted from the trim's left edge.
    """

    trim_mm: tuple[float, float]
    bleed_mm: float
    intent: Intent
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

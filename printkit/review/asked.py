"""What a review asks of a worker and what it is told; light, as the caller loads no layout engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from printkit.profiles import LanguageTag
from printkit.review.page import Rgb8
from printkit.template.fillings import Filling

# Rules that are no functions of the registry: a layout that cannot be made, and preflight's own
FIT, PREFLIGHT = "fit", "preflight/"


@dataclass(frozen=True, order=True)
class Ask:
    """Name one piece of a design, filled with values of a kind."""

    template: str
    format: str
    committee: str
    language: LanguageTag
    filling: Filling

    @property
    def id(self) -> str:
        return f"{self.committee}_{self.template}_{self.format}_{self.language}_{self.filling}"


@dataclass(frozen=True)
class Finding:
    """One place of a piece that breaks a rule; the box in mm from the upper left of what is seen."""

    piece: str
    rule: str
    message: str
    cure: str = ""
    page: int | None = None
    box_mm: tuple[float, float, float, float] | None = None
    measured: float | None = None
    limit: float | None = None
    is_warning: bool = False

    def as_json(self) -> Mapping[str, Any]:
        told = {name: getattr(self, name) for name in ("piece", "rule", "message", "cure", "page", "box_mm")}
        rest = {"measured": self.measured, "limit": self.limit}
        return told | rest | {"severity": "warning" if self.is_warning else "error"}


@dataclass(frozen=True)
class Outline:
    """What rules about a series need of a piece: the headline's field, its lines in mm, its people."""

    ask: Ask
    field: Rgb8 | None
    bases: Mapping[str, float]
    skins: frozenset[Rgb8] = frozenset()


@dataclass(frozen=True)
class Judged:
    """What was found of one piece; `room` is the part of each fitted slot's box that its text leaves."""

    ask: Ask
    findings: tuple[Finding, ...]
    room: tuple[tuple[str, float], ...] = ()
    outline: Outline | None = None
    pictures: tuple[bytes, ...] = field(default=(), repr=False)

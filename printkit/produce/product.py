"""What goes into a piece and what comes out; light, so that planning needs no layout engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from printkit.profiles import Language

Verdict = Literal["pass", "warn", "fail"]


@dataclass(frozen=True, order=True)
class Piece:
    """Name one printable item; `id` is its file's stem."""

    id: str
    template: str
    committee: str
    format: str
    press: str
    language: Language
    site: str | None


@dataclass(frozen=True)
class Inputs:
    """Hold the hash of all that can change a piece's bytes, whole and by part, and what people are told."""

    key: str
    layout: str
    parts: Mapping[str, str]
    texts: tuple[tuple[str, str], ...] = ()
    unconfirmed: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlacedCode:
    """Describe a code in the finished file: box in mm from the trim's lower left corner, as read back."""

    slot: str
    url: str
    print_id: str
    page: int
    box_mm: tuple[float, float, float, float]
    module_mm: float
    decoded: bool


@dataclass(frozen=True)
class Product:
    """Hold a finished file and what the checks say; lengths in mm.

    `waived` findings do not count, somebody answers for them; `expired` are waivers that no longer hold.
    `variant` tells that another site's separated layout was used again.
    """

    pdf: bytes
    pages: int
    trim_mm: tuple[float, float]
    bleed_mm: float
    codes: tuple[PlacedCode, ...]
    verdict: Verdict
    findings: tuple[Mapping[str, Any], ...] = ()
    waived: tuple[Mapping[str, Any], ...] = ()
    expired: tuple[Mapping[str, Any], ...] = ()
    variant: bool = False

    def count(self, severity: str) -> int:
        """Count the findings of a severity, `error` or `warning`."""
        return sum(one["severity"] == severity for one in self.findings)

"""One file checked: the report, the inventory, pictures of its pages; several make a report to read."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from printkit.preflight.core.findings import Report
from printkit.preflight.core.subject import Expected
from printkit.preflight.report.inventory import Inventory
from printkit.profiles import Waiver


@dataclass(frozen=True)
class Brief:
    """Say how files are judged: what is expected, whose waivers hold on which day, whether to show pages."""

    expected: Expected
    gwg: str
    day: datetime.date
    waivers: tuple[Waiver, ...] = ()
    pictures: bool = False


@dataclass(frozen=True)
class Shot:
    """The picture of a page as a data address; the part shown is its CropBox."""

    page: int
    width: int
    height: int
    address: str = field(repr=False)


@dataclass(frozen=True)
class Checked:
    """One file and all that is said of it; `sha256` is None where it could not be read at all."""

    file: str
    sha256: str | None
    gwg: str
    report: Report
    inventory: Inventory | None
    shots: tuple[Shot, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the file as JSON has it."""
        told = self.report.as_dict()
        return {
            "file": self.file,
            "sha256": self.sha256,
            "verdict": told.pop("verdict"),
            "gwg": self.gwg,
            **told,
            "inventory": self.inventory.as_dict() if self.inventory else {},
        }

"""What the doctor finds."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["missing", "unconfirmed", "advice"]


@dataclass(frozen=True)
class Concern:
    """Say what is wrong, where, and what to do; `missing` stops the work, the rest does not."""

    level: Level
    area: str
    what: str
    todo: str

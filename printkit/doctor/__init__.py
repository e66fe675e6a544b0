"""Say what is missing or not confirmed yet, and what to do about it."""

from typing import TYPE_CHECKING, Any

from printkit.doctor.campaigns import concerns
from printkit.doctor.finding import Finding

if TYPE_CHECKING:
    from printkit.doctor.examination import examine

__all__ = ["Finding", "concerns", "examine"]


def __getattr__(name: str) -> Any:
    # Opens fonts and colours; what a batch asks of its campaign needs neither.
    if name == "examine":
        from printkit.doctor.examination import examine

        return examine
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

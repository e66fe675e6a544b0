"""How a worker of a preview is set up; the layout engine is loaded there, not by whoever imports this."""

from typing import TYPE_CHECKING

from printkit.preview.asked import Previewed
from printkit.preview.binding import BoundFirst
from printkit.preview.known import Known

if TYPE_CHECKING:
    from printkit.preview.soft_proofs import SoftProofs


def set_up(begun: Previewed, known: Known, first: BoundFirst | None) -> "SoftProofs":
    """Return what shows pieces, in the process that is to work."""
    from printkit.preview.soft_proofs import SoftProofs

    return SoftProofs(begun, known, first)

"""What makes the pieces of a run, in whatever process."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from printkit.batch.planned import Planned
    from printkit.errors import PrintkitError
    from printkit.papers.parts import ContactSheet, PagePicture, ProofBook, ProofFonts
    from printkit.produce import Begun, Product, Variant


class PieceMaker(Protocol):
    """Make pieces where the layout engine is; every method is a pure function of what it is given."""

    def begin(self, piece: "Planned", pictures: bool) -> "Begun":
        """Make a layout's first piece, with pictures of its pages where asked; raise PrintkitError."""

    def vary(self, master: Any, variants: "Sequence[Variant]") -> "list[Product | PrintkitError]":
        """Return each variant of a layout, which began with this master, or the error that costs it alone."""

    def pictures(self, piece: "Planned") -> "tuple[PagePicture, ...]":
        """Return pictures of each page; raise PrintkitError."""

    def draw(self, paper: "ProofBook | ContactSheet", fonts: "ProofFonts") -> bytes:
        """Return a proof as PDF."""

    def thumbnail(self, png: bytes) -> bytes:
        """Return the small JPEG of a page's picture."""

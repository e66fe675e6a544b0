"""Write finished files aside where they are made: their bytes need not travel to the caller."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from printkit.batch.crew import Hand, Hire
from printkit.batch.folder import Folder
from printkit.batch.plan import Planned
from printkit.errors import PrintkitError

if TYPE_CHECKING:
    from printkit.produce import Begun, Master, Product, Variant
    from printkit.proof import Book, ProofFonts, Sheet


@dataclass(frozen=True)
class Scribe:
    """Hire hands that write below the folder of a run, which the caller holds locked."""

    hire: Hire
    root: Path

    def __call__(self) -> Hand:
        return Writing(self.hire(), Folder(self.root))


@dataclass(frozen=True)
class Writing:
    """Do as another hand does, and write its files down; WriteError where that fails costs the whole job."""

    hand: Hand
    folder: Folder

    def begin(self, piece: Planned, pictures: bool) -> "Begun":
        begun = self.hand.begin(piece, pictures)
        (product,) = self._stored({piece.id: begun.product})
        return replace(begun, product=product)

    def vary(self, master: "Master", variants: "Sequence[Variant]") -> "list[Product | PrintkitError]":
        made = dict(zip([one.piece for one in variants], self.hand.vary(master, variants), strict=True))
        whole = {name: one for name, one in made.items() if not isinstance(one, PrintkitError)}
        made.update(zip(whole, self._stored(whole), strict=True))
        return list(made.values())

    def pictures(self, piece: Planned) -> tuple[bytes, ...]:
        return self.hand.pictures(piece)

    def draw(self, paper: "Book | Sheet", fonts: "ProofFonts") -> bytes:
        return self.hand.draw(paper, fonts)

    def _stored(self, products: "dict[str, Product]") -> "list[Product]":
        # A worker of a killed run may still be at work on the same piece.
        files = {f"made/{os.getpid()}/{name}": product.pdf for name, product in products.items()}
        written = self.folder.store_all(files)
        return [
            replace(product, pdf=b"", stored=one)
            for product, one in zip(products.values(), written, strict=True)
        ]

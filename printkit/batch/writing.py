"""Write finished files aside where they are made: their bytes need not travel to the caller."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from printkit.batch.folder import Folder
from printkit.batch.maker import PieceMaker
from printkit.batch.planned import Planned
from printkit.errors import PrintkitError
from printkit.work.pool import Setup

if TYPE_CHECKING:
    from printkit.papers.parts import ContactSheet, PagePicture, ProofBook, ProofFonts
    from printkit.produce import Begun, Product, Variant


@dataclass(frozen=True)
class WritingSetup:
    """Set up makers that write below the folder of a run, which the caller holds locked."""

    setup: Setup
    root: Path

    def __call__(self) -> PieceMaker:
        return WritingMaker(self.setup(), Folder(self.root))


@dataclass
class WritingMaker:
    """Do as another maker does, and write its files down; WriteError where that fails costs the whole job.

    `at_hand` is the layout that was at work last, and the file that holds it for other workers.
    """

    maker: PieceMaker
    folder: Folder
    at_hand: tuple[Path, bytes] = Path(), b""

    def prepare(self) -> None:
        """Load what only proofs need, for which a worker that waits for its first piece has the time."""
        import printkit.papers.drawing  # noqa: F401

    def begin(self, piece: Planned, pictures: bool) -> "Begun":
        begun = self.maker.begin(piece, pictures)
        begun = replace(begun, product=self._stored(piece.id, begun.product))
        return self._kept(begun, begun.master) if begun.master else begun

    def vary(self, master: Any, variants: "Sequence[Variant]") -> "list[Product | PrintkitError]":
        taken = self._taken(master)
        with ThreadPoolExecutor(1) as writer:
            # One is flushed while the next is made.
            stored = [
                writer.submit(self._vary, one.piece, *self.maker.vary(taken, [one])) for one in variants
            ]
        return [one.result() for one in stored]

    def pictures(self, piece: Planned) -> "tuple[PagePicture, ...]":
        return self.maker.pictures(piece)

    def draw(self, paper: "ProofBook | ContactSheet", fonts: "ProofFonts") -> bytes:
        return self.maker.draw(paper, fonts)

    def thumbnail(self, png: bytes) -> bytes:
        return self.maker.thumbnail(png)

    def _kept(self, begun: "Begun", master: bytes) -> "Begun":
        """Write a layout down among the workers' temporary files; where there is no room, it travels."""
        try:
            with NamedTemporaryFile(prefix="layout-", delete=False) as file:
                file.write(master)
        # Temporary space is small on some machines
        except OSError:
            return begun
        self.at_hand = Path(file.name), master
        return replace(begun, master=None, kept=self.at_hand[0])

    def _taken(self, master: bytes | Path) -> bytes:
        if isinstance(master, bytes):
            return master
        # Chunks of a layout come one after the other, so one at hand serves most of them
        if self.at_hand[0] != master:
            self.at_hand = master, master.read_bytes()
        return self.at_hand[1]

    def _vary(self, piece: str, made: "Product | PrintkitError") -> "Product | PrintkitError":
        return made if isinstance(made, PrintkitError) else self._stored(piece, made)

    def _stored(self, piece: str, product: "Product") -> "Product":
        # A worker of a killed run may still be at work on the same piece.
        written = self.folder.store(f"made/{os.getpid()}/{piece}", product.pdf, product.sha256)
        return replace(product, pdf=b"", stored=written)

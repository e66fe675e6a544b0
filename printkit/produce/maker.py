"""Make pieces: each layout once, then a finished file for every site that takes it."""

import pickle
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from printkit.errors import MissingError, PrintkitError
from printkit.papers.parts import Stamp
from printkit.produce.binder import Binder
from printkit.produce.product import Begun, Inputs, Piece, Product, Variant
from printkit.produce.production import Production
from printkit.template import Artwork
from printkit.words import Message, translate

if TYPE_CHECKING:
    from printkit.papers.parts import ContactSheet, PagePicture, ProofBook, ProofFonts
    from printkit.produce.layouts import Layouts, Materials
    from printkit.produce.master import Master
    from printkit.produce.steps import LayoutCache
    from printkit.render import LaidOut


class Maker:
    """Make pieces of one production. Planning needs only `inputs`, which loads no layout engine."""

    def __init__(self, production: Production) -> None:
        self.production = production
        self._binder = Binder(production)
        self._opened: tuple[bytes, Master] | None = None

    @cached_property
    def _layouts(self) -> "Layouts":
        try:
            # Imports within methods: whoever binds and hashes only, as planning does, must not load Pango
            from printkit.produce.layouts import Layouts
        # The layout engine loads Pango when it is imported.
        except OSError as error:
            reason = Message(
                "a native library is missing: %(error)s; 'printkit doctor' says what to install", error=error
            )
            raise MissingError(reason) from error
        return Layouts()

    @cached_property
    def _cache(self) -> "LayoutCache":
        layouts = self._layouts
        from printkit.produce.steps import LayoutCache

        return LayoutCache(layouts)

    def bind(self, piece: Piece) -> Artwork:
        """Bind a piece's values; raise SlotErrors with all problems, or WorkspaceError."""
        return self._binder.bind(piece)

    def inputs(self, piece: Piece) -> Inputs:
        """Return the hash of the piece's inputs and what people are told of them."""
        return self._binder.inputs(piece)

    def make(self, piece: Piece) -> Product:
        """Return the finished and checked press file; raise PrintkitError."""
        return self.begin(piece).product

    def begin(self, piece: Piece, pictures: bool = False) -> Begun:
        """Return a layout's first piece and what its other sites are made from; raise PrintkitError."""
        cache = self._cache
        from printkit.produce.steps import complete

        inputs, artwork = self.inputs(piece), self.bind(piece)

        def variant(layout: "LaidOut") -> Variant:
            return inputs.seen(layout.read).variant(piece.id)

        product, master = complete(artwork, variant, self._materials(artwork), cache)
        # Packed here, once: the caller passes it on to other workers and need not load what its classes need
        packed = pickle.dumps(master) if master else None
        if master and packed:
            self._opened = packed, master
        read = self._layouts.layout(artwork).read
        return Begun(product, inputs.key, packed, self.pictures(piece) if pictures else (), read=read)

    def vary(self, master: bytes, variants: Sequence[Variant]) -> list[Product | PrintkitError]:
        """Return each variant of a layout, or the error that costs it alone."""
        # Chunks of a layout come one after the other, each with a copy of it.
        if self._opened is None or self._opened[0] != master:
            self._opened = master, pickle.loads(master)
        return self._opened[1].vary(variants)

    def pictures(self, piece: Piece) -> "tuple[PagePicture, ...]":
        """Return pictures of each trimmed page, with codes; a word across where a value is not confirmed."""
        layouts = self._layouts
        from printkit.produce.layouts import show

        artwork = self.bind(piece)
        stamp = self._stamp() if artwork.unconfirmed else None
        return show(artwork, self._materials(artwork), layouts, stamp)

    def _stamp(self) -> Stamp:
        profiles = self.production.profiles
        word = translate(profiles.municipality.language).gettext("DRAFT")
        return Stamp(word, self._binder.font(profiles.brand.fonts.strong))

    def draw(self, paper: "ProofBook | ContactSheet", fonts: "ProofFonts") -> bytes:
        """Return a proof as PDF, for workers that are at hand."""
        from printkit.papers.drawing import draw

        return draw(paper, fonts)

    def thumbnail(self, png: bytes) -> bytes:
        """Return the small JPEG of a page's picture, for workers that are at hand."""
        from printkit.papers.picture import thumbnail

        return thumbnail(png)

    def layout(self, piece: Piece) -> bytes:
        """Return the sRGB layout with codes, as `render --rgb` writes it."""
        layouts = self._layouts
        from printkit.produce.layouts import draw

        artwork = self.bind(piece)
        return draw(artwork, self._materials(artwork), layouts)

    def _materials(self, artwork: Artwork) -> "Materials":
        from printkit.produce.layouts import Materials

        profiles = self.production.profiles
        icc, font = self._binder.file(artwork.press.profile), self._binder.font(profiles.code_font)
        return Materials(profiles, self.production.date, icc, font)

"""Make pieces: each layout once, then a finished file for every site that takes it."""

import datetime
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from printkit.errors import MissingError, PrintkitError
from printkit.produce.inputs import hash_all, hash_parts, hash_piece, shortened
from printkit.produce.product import Begun, Inputs, Piece, Product, Variant
from printkit.produce.waivers import refuse_unknown_rules
from printkit.profiles import Campaign, Profiles, SlotValue, Waiver, waivers_for
from printkit.template import Artwork, BindRequest, Template, at_site, bind, load_template
from printkit.workspace import Workspace

if TYPE_CHECKING:
    from printkit.papers.parts import Book, ContactSheet, PagePicture, ProofFonts
    from printkit.produce.layouts import Layouts, Materials
    from printkit.produce.master import Master
    from printkit.produce.steps import LayoutCache
    from printkit.render import LaidOut


@dataclass(frozen=True)
class Production:
    """Hold what all pieces of a run have in common."""

    workspace: Workspace
    profiles: Profiles
    campaign: Campaign | None
    date: datetime.datetime
    values: Mapping[str, SlotValue] = field(default_factory=dict)
    sample: bool = False


@dataclass(frozen=True)
class Bound:
    """Hold an artwork, the hash of what does not depend on the site, its parts as told, and its texts."""

    artwork: Artwork
    shared: str
    told: Mapping[str, str]
    texts: tuple[tuple[str, str], ...]


class Maker:
    """Make pieces of one production. Planning needs only `inputs`, which loads no layout engine."""

    def __init__(self, production: Production) -> None:
        self.production = production
        refuse_unknown_rules(production)
        self._templates: dict[str, Template] = {}
        self._files: dict[str, bytes] = {}
        self._bound: dict[tuple[str, ...], Bound] = {}
        self._row: tuple[Piece, Bound] | None = None
        self._opened: tuple[bytes, Master] | None = None

    @cached_property
    def _layouts(self) -> "Layouts":
        try:
            from printkit.produce.layouts import Layouts
        # The layout engine loads Pango when it is imported.
        except OSError as error:
            reason = f"a native library is missing: {error}; 'printkit doctor' says what to install"
            raise MissingError(reason) from error
        return Layouts()

    @cached_property
    def _cache(self) -> "LayoutCache":
        layouts = self._layouts
        from printkit.produce.steps import LayoutCache

        return LayoutCache(layouts)

    def bind(self, piece: Piece) -> Artwork:
        """Bind a piece's values; raise SlotErrors with all problems, or WorkspaceError."""
        return self._bind(piece).artwork

    def inputs(self, piece: Piece) -> Inputs:
        """Return the hash of the piece's inputs and what people are told of them."""
        bound = self._bind(piece)
        artwork, waivers = bound.artwork, self._waivers(piece)
        key, own = hash_piece(piece.id, artwork.codes, waivers, bound.shared)
        return Inputs(
            key=key,
            layout=artwork.layout_key,
            parts=bound.told,
            own=own,
            texts=bound.texts,
            unconfirmed=artwork.unconfirmed,
            links=artwork.codes,
            waivers=waivers,
            names_site=artwork.names_site,
        )

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
        """Return pictures of each trimmed page, with codes; DRAFT across where a value is not confirmed."""
        layouts = self._layouts
        from printkit.produce.layouts import show

        artwork = self.bind(piece)
        stamp = self._font(self.production.profiles.brand.fonts.strong) if artwork.unconfirmed else None
        return show(artwork, self._materials(artwork), layouts, stamp)

    def draw(self, paper: "Book | ContactSheet", fonts: "ProofFonts") -> bytes:
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

    def _bind(self, piece: Piece) -> Bound:
        """Bind a piece, or put its site into what was bound for another where no text names the site."""
        if piece.values:
            return self._bind_row(piece)
        design = (piece.template, piece.committee, piece.format, piece.press, piece.language)
        request = self._request(piece)
        known = self._bound.get(design)
        if known is None:
            known = self._hashed(bind(request))
            if known.artwork.names_site:
                return known
            self._bound[design] = known
        return replace(known, artwork=at_site(known.artwork, request))

    def _bind_row(self, piece: Piece) -> Bound:
        """Bind a row of a table; the last one is kept, as others seldom say the same."""
        if self._row is None or self._row[0] is not piece:
            self._row = piece, self._hashed(bind(self._request(piece)))
        return self._row[1]

    def _request(self, piece: Piece) -> BindRequest:
        production, profiles = self.production, self.production.profiles
        return BindRequest(
            workspace=production.workspace,
            profiles=profiles,
            template=piece.template,
            committee=profiles.committees[piece.committee],
            format=profiles.formats[piece.format],
            press=profiles.presses[piece.press],
            language=piece.language,
            site=profiles.sites[piece.site] if piece.site else None,
            campaign=production.campaign,
            values={**dict(piece.values), **production.values},
            sample=production.sample,
            row=piece.row,
            loaded=self._template(piece.template),
        )

    def _materials(self, artwork: Artwork) -> "Materials":
        from printkit.produce.layouts import Materials

        profiles = self.production.profiles
        icc, font = self._file(artwork.press.profile), self._font(profiles.codes.font)
        return Materials(profiles, self.production.date, icc, font)

    def _waivers(self, piece: Piece) -> tuple[Waiver, ...]:
        """Return the waivers of the piece's press and of the campaign that are meant for it."""
        campaign, press = self.production.campaign, self.production.profiles.presses[piece.press]
        return waivers_for((*press.waivers, *(campaign.waivers if campaign else ())), piece.id)

    def _hashed(self, artwork: Artwork) -> Bound:
        profiles = self.production.profiles
        beside = {
            "date": sha256(self.production.date.isoformat().encode()).hexdigest(),
            "ICC profile": sha256(self._file(artwork.press.profile)).hexdigest(),
            "code font": sha256(self._file(profiles.codes.font)).hexdigest(),
        }
        slots = self._template(artwork.template).slots
        texts = tuple((slots[name].label, text.text) for name, text in artwork.texts.items() if text.text)
        parts = hash_parts(artwork, profiles, beside)
        return Bound(artwork, hash_all(parts), shortened(parts), texts)

    def _file(self, file: str) -> bytes:
        if file not in self._files:
            if not self.production.workspace.has(file):
                raise MissingError(f"{file}: not in the workspace; 'printkit doctor' says what is missing")
            self._files[file] = self.production.workspace.read_bytes(file)
        return self._files[file]

    def _font(self, file: str) -> bytes:
        """Return a font that was looked at; raise MissingError for one that cannot be used."""
        from printkit.typeface import TypefaceProblem, check_typeface

        try:
            check_typeface(self._file(file))
        except TypefaceProblem as problem:
            raise MissingError(f"font {file}: {problem}") from problem
        return self._file(file)

    def _template(self, identifier: str) -> Template:
        if identifier not in self._templates:
            self._templates[identifier] = load_template(self.production.workspace, identifier)
        return self._templates[identifier]

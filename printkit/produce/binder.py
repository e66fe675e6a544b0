"""Binding and hashing: what a piece is made from and the key it is known by. Loads no layout engine."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from printkit.errors import MissingError
from printkit.produce.inputs import hash_all, hash_parts, hash_piece, shortened
from printkit.produce.product import Inputs, Piece
from printkit.produce.production import Production
from printkit.produce.waivers import refuse_unknown_rules
from printkit.profiles import Waiver, waivers_for
from printkit.template import Artwork, BindRequest, CodeLink, Template, bind, codes_at_site, load_template
from printkit.words import Message


@dataclass(frozen=True)
class Bound:
    """An artwork, the hash of what does not depend on the site, its parts as told, and its texts."""

    artwork: Artwork
    shared: str
    told: Mapping[str, str]
    texts: tuple[tuple[str, str], ...]


class Binder:
    """Bind the pieces of one production and hash what they are made from."""

    def __init__(self, production: Production) -> None:
        self.production = production
        refuse_unknown_rules(production)
        self._templates: dict[str, Template] = {}
        # Profile and code font are asked for by every piece
        self._files: dict[str, bytes] = {}
        self._bound: dict[tuple[str, ...], Bound] = {}
        self._row: tuple[Piece, Bound] | None = None

    def bind(self, piece: Piece) -> Artwork:
        """Bind a piece's values; raise SlotErrors with all problems, or WorkspaceError."""
        bound, codes = self._bind(piece)
        return bound.artwork if codes is bound.artwork.codes else replace(bound.artwork, codes=codes)

    def inputs(self, piece: Piece) -> Inputs:
        """Return the hash of the piece's inputs and what people are told of them."""
        bound, codes = self._bind(piece)
        artwork, waivers = bound.artwork, self._waivers(piece)
        key, own = hash_piece(piece.id, codes, waivers, bound.shared)
        return Inputs(
            key=key,
            layout=artwork.layout_key,
            parts=bound.told,
            own=own,
            texts=bound.texts,
            unconfirmed=artwork.unconfirmed,
            links=codes,
            waivers=waivers,
            names_site=artwork.names_site,
        )

    def file(self, file: str) -> bytes:
        """Return a file that every piece needs; raise MissingError where the workspace has it not."""
        if file not in self._files:
            if not self.production.workspace.has(file):
                raise MissingError(
                    Message(
                        "%(file)s: not in the workspace; 'printkit doctor' says what is missing", file=file
                    )
                )
            self._files[file] = self.production.workspace.read_bytes(file)
        return self._files[file]

    def font(self, file: str) -> bytes:
        """Return a font that was looked at; raise MissingError for one that cannot be used."""
        # Loads fontTools, which planning a run in which nothing changed must not pay for
        from printkit.typeface import TypefaceProblem, check_typeface

        try:
            check_typeface(self.file(file))
        except TypefaceProblem as problem:
            raise MissingError(Message("font %(file)s: %(problem)s", file=file, problem=problem)) from problem
        return self.file(file)

    def _bind(self, piece: Piece) -> tuple[Bound, tuple[CodeLink, ...]]:
        """Return the binding of a piece, another site's where no text names the site, and its codes."""
        if piece.values:
            row = self._bind_row(piece)
            return row, row.artwork.codes
        design = (piece.template, piece.committee, piece.format, piece.press, piece.language)
        request = self._request(piece)
        known = self._bound.get(design)
        if known is None:
            known = self._hashed(bind(request))
            # Its texts say the site, so nobody else's binding is like it
            if known.artwork.names_site:
                return known, known.artwork.codes
            self._bound[design] = known
        return known, codes_at_site(known.artwork, request)

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
            # Given on the command line for this run, so the last word
            values={**dict(piece.values), **production.values},
            sample=production.sample,
            row=piece.row,
            loaded=self._template(piece.template),
        )

    def _waivers(self, piece: Piece) -> tuple[Waiver, ...]:
        """Return the waivers of the piece's press and of the campaign that are meant for it."""
        campaign, press = self.production.campaign, self.production.profiles.presses[piece.press]
        return waivers_for((*press.waivers, *(campaign.waivers if campaign else ())), piece.id)

    def _hashed(self, artwork: Artwork) -> Bound:
        profiles = self.production.profiles
        beside = {
            "date": sha256(self.production.date.isoformat().encode()).hexdigest(),
            "ICC profile": sha256(self.file(artwork.press.profile)).hexdigest(),
            "code font": sha256(self.file(profiles.code_font)).hexdigest(),
        }
        slots = self._template(artwork.template).slots
        texts = tuple((slots[name].label, text.text) for name, text in artwork.texts.items() if text.text)
        parts = hash_parts(artwork, profiles, beside)
        return Bound(artwork, hash_all(parts), shortened(parts), texts)

    def _template(self, identifier: str) -> Template:
        if identifier not in self._templates:
            self._templates[identifier] = load_template(self.production.workspace, identifier)
        return self._templates[identifier]

"""Make pieces: each layout once, then a finished file for every site that takes it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING

from printkit.errors import MissingError
from printkit.produce.inputs import hash_inputs
from printkit.produce.product import Inputs, Piece, Product
from printkit.produce.waivers import refuse_unknown_rules
from printkit.profiles import Campaign, Profiles, SlotValue, Waiver, waivers_for
from printkit.template import Artwork, BindRequest, Template, bind, load_template
from printkit.workspace import Workspace

if TYPE_CHECKING:
    from printkit.produce.steps import Materials, Shelf, Waivers


@dataclass(frozen=True)
class Order:
    """Hold what all pieces of a run have in common."""

    workspace: Workspace
    profiles: Profiles
    campaign: Campaign | None
    date: datetime.datetime
    values: Mapping[str, SlotValue] = field(default_factory=dict)
    sample: bool = False


class Maker:
    """Make pieces of one order. Planning needs only `inputs`, which loads no layout engine."""

    def __init__(self, order: Order) -> None:
        self.order = order
        refuse_unknown_rules(order)
        self._templates: dict[str, Template] = {}
        self._files: dict[str, bytes] = {}

    @cached_property
    def _shelf(self) -> "Shelf":
        try:
            from printkit.produce.steps import Shelf
        # The layout engine loads Pango when it is imported.
        except OSError as error:
            reason = f"a native library is missing: {error}; 'printkit doctor' says what to install"
            raise MissingError(reason) from error
        return Shelf()

    def bind(self, piece: Piece) -> Artwork:
        """Bind a piece's values; raise SlotErrors with all problems, or WorkspaceError."""
        order, profiles = self.order, self.order.profiles
        return bind(
            BindRequest(
                workspace=order.workspace,
                profiles=profiles,
                template=piece.template,
                committee=profiles.committees[piece.committee],
                format=profiles.formats[piece.format],
                press=profiles.presses[piece.press],
                language=piece.language,
                site=profiles.sites[piece.site] if piece.site else None,
                campaign=order.campaign,
                values=order.values,
                sample=order.sample,
            )
        )

    def inputs(self, piece: Piece) -> Inputs:
        """Return the hash of the piece's inputs and what people are told of them."""
        artwork = self.bind(piece)
        key, parts = self._hash(piece, artwork)
        slots = self._template(piece.template).slots
        texts = tuple((slots[name].label, text.text) for name, text in artwork.texts.items() if text.text)
        return Inputs(key, artwork.layout_key, parts, texts, artwork.unconfirmed)

    def make(self, piece: Piece) -> Product:
        """Return the finished and checked press file; raise PrintkitError."""
        shelf = self._shelf
        from printkit.finish import Identity
        from printkit.produce.steps import Waivers, complete

        artwork = self.bind(piece)
        key, _ = self._hash(piece, artwork)
        waivers = Waivers(piece.id, self.order.date.date(), self._waivers(piece))
        identity = Identity(
            title=artwork.title,
            document_id=f"{piece.id} {key}",
            date=self.order.date,
            producer=f"printkit {version('printkit')}",
        )
        return complete(artwork, self._materials(artwork, waivers), shelf, identity)

    def pictures(self, piece: Piece) -> tuple[bytes, ...]:
        """Return each trimmed page as PNG, with codes; DRAFT across where a value is not confirmed."""
        shelf = self._shelf
        from printkit.produce.steps import show

        artwork = self.bind(piece)
        stamp = self._file(self.order.profiles.brand.fonts.strong) if artwork.unconfirmed else None
        return show(artwork, self._materials(artwork), shelf, stamp)

    def layout(self, piece: Piece) -> bytes:
        """Return the sRGB layout with codes, as `render --rgb` writes it."""
        shelf = self._shelf
        from printkit.produce.steps import draw

        artwork = self.bind(piece)
        return draw(artwork, self._materials(artwork), shelf)

    def _materials(self, artwork: Artwork, waivers: "Waivers | None" = None) -> "Materials":
        from printkit.produce.steps import Materials

        profiles = self.order.profiles
        icc, font = self._file(artwork.press.profile), self._file(profiles.codes.font)
        return Materials(profiles, icc, font, waivers)

    def _waivers(self, piece: Piece) -> tuple[Waiver, ...]:
        """Return the waivers of the piece's press and of the campaign that are meant for it."""
        campaign, press = self.order.campaign, self.order.profiles.presses[piece.press]
        return waivers_for((*press.waivers, *(campaign.waivers if campaign else ())), piece.id)

    def _hash(self, piece: Piece, artwork: Artwork) -> tuple[str, dict[str, str]]:
        profiles = self.order.profiles
        beside = {
            "date": sha256(self.order.date.isoformat().encode()).hexdigest(),
            "ICC profile": sha256(self._file(artwork.press.profile)).hexdigest(),
            "code font": sha256(self._file(profiles.codes.font)).hexdigest(),
            "waivers": sha256("".join(map(repr, self._waivers(piece))).encode()).hexdigest(),
        }
        return hash_inputs(piece, artwork, profiles, beside)

    def _file(self, file: str) -> bytes:
        if file not in self._files:
            if not self.order.workspace.path(file).is_file():
                raise MissingError(f"{file}: not in the workspace; 'printkit doctor' says what is missing")
            self._files[file] = self.order.workspace.read_bytes(file)
        return self._files[file]

    def _template(self, identifier: str) -> Template:
        if identifier not in self._templates:
            self._templates[identifier] = load_template(self.order.workspace, identifier)
        return self._templates[identifier]

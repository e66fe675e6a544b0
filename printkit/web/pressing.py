"""Pictures of what is being ordered, the worker's side: laid out, separated, shown as the press prints it."""

import datetime
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from printkit.orders.content import Line
from printkit.orders.store import Store, View
from printkit.web.comparing import Area, compared
from printkit.web.cropping import Handed, framed, handed
from printkit.web.previewing import PreviewRequest, Shown

if TYPE_CHECKING:
    from printkit.profiles import PreviewFigures, Profiles
    from printkit.render.placed import PlacedImage
    from printkit.template import Artwork, Template
    from printkit.workspace import Workspace


# Where two cores have all to do, whoever saves is answered before a picture is drawn.
LESS_URGENT = 10


def set_up() -> "Pressing":
    """Return what shows lines, in the process that is to work."""
    return Pressing()


def set_up_behind() -> "Pressing":
    """Return the same in a process of its own, which lets those that answer go first."""
    os.nice(LESS_URGENT)
    return set_up()


class Pressing:
    """Show lines of orders by the releases that they name; a release's files never change."""

    def __init__(self) -> None:
        from printkit.produce.layouts import Layouts
        from printkit.produce.steps import LayoutCache
        from printkit.web.drawing import Pages

        self._pages = Pages()
        self._cache = LayoutCache(Layouts())
        self._loaded: dict[str, tuple[Workspace, Profiles, PreviewFigures]] = {}
        self._templates: dict[tuple[str, str], Template] = {}

    def show(self, wanted: PreviewRequest) -> Shown:
        """Return pictures of a line's trimmed pages; raise PrintkitError for values that do not fit."""
        from printkit.color import PressProfile
        from printkit.produce import Variant
        from printkit.produce.layouts import Materials
        from printkit.produce.steps import finished
        from printkit.web.drawing import Asked

        workspace, profiles, figures = self._workspace(wanted)
        artwork = self._artwork(wanted, workspace, profiles)
        icc, font = workspace.read_bytes(artwork.press.profile), workspace.read_bytes(profiles.code_font)
        date = datetime.datetime.combine(wanted.day, datetime.time(), datetime.UTC)
        materials = Materials(profiles, date, icc, font)
        variant = Variant("preview", artwork.layout_key, artwork.codes)
        made = finished(artwork, lambda _: variant, materials, self._cache)
        # Its folder is a release's own; a template's name is that of all its releases.
        release = f"{wanted.folder} {wanted.template}"
        asked = Asked(release, wanted.pixels, figures.photograph_pixels, PressProfile(icc))
        pages = self._pages.show(made, artwork, asked)
        texts = (text.text for text in artwork.texts.values() if text.text)
        return Shown(pages, "\n".join(texts), ppi=_ppi(artwork, made.layout.images))

    def hand_in(self, data: bytes, most_pixels: int, longest_px: int) -> Handed:
        """Look at a picture that nobody vouches for; raise OrderRefused."""
        return handed(data, most_pixels, longest_px)

    def frame(self, data: bytes, ratio: float | None, focus: tuple[float, float], side: int) -> bytes:
        """Show a picture with what a layout keeps of it."""
        return framed(data, ratio, focus, side)

    def compare(self, before: bytes, now: bytes) -> tuple[Area, ...] | None:
        """Return where two pictures of a page differ, None where they are of different sizes."""
        return compared(before, now)

    def _workspace(self, wanted: PreviewRequest) -> "tuple[Workspace, Profiles, PreviewFigures]":
        from printkit.profiles import load_preview, load_profiles

        key = str(wanted.folder)
        if key not in self._loaded:
            workspace = View(wanted.folder, store=Store(wanted.store))
            self._loaded[key] = workspace, load_profiles(workspace), load_preview(workspace)
        return self._loaded[key]

    def _artwork(self, wanted: PreviewRequest, workspace: "Workspace", profiles: "Profiles") -> "Artwork":
        from printkit.template import BindRequest, load_template
        from printkit.template.fillings import fill

        key = str(wanted.folder), wanted.template
        if key not in self._templates:
            self._templates[key] = load_template(workspace, wanted.template)
        line = Line.model_validate_json(wanted.line)
        request = BindRequest(
            workspace=workspace,
            profiles=profiles,
            template=wanted.template,
            committee=profiles.committees[wanted.committee],
            format=profiles.formats[line.format],
            press=profiles.presses[line.press],
            language=line.language,
            campaign=wanted.campaign,
            values=line.slots,
            loaded=self._templates[key],
        )
        # A form that is begun shows what it will look like, not what is still missing.
        return fill(request, "sample")


def _ppi(artwork: "Artwork", images: "Iterable[PlacedImage]") -> dict[str, float]:
    """Return the effective resolution of each slot's picture, where it is printed largest."""
    slots = {"/" + file: slot for slot, file in artwork.images.items()}
    found: dict[str, float] = {}
    for image in images:
        named = image.slot if image.slot in artwork.images else None
        if slot := named or slots.get(image.address):
            # Where a slot is printed in two sizes, the larger shows first that a picture is coarse.
            found[slot] = min(image.ppi, found.get(slot, image.ppi))
    return found

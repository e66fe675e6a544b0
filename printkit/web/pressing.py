"""Pictures of what is being ordered, the worker's side: laid out, separated, shown as the press prints it."""

import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from printkit.orders.content import Line
from printkit.web.previewing import PreviewRequest, Shown

if TYPE_CHECKING:
    from PIL import Image

    from printkit.preflight.ink.planes import Planes
    from printkit.profiles import PreviewFigures, Profiles
    from printkit.template import Artwork, Template
    from printkit.workspace import Snapshot


def set_up() -> "Pressing":
    """Return what shows lines, in the process that is to work."""
    return Pressing()


class Pressing:
    """Show lines of orders by the releases that they name; a release's files never change."""

    def __init__(self) -> None:
        from printkit.produce.layouts import Layouts
        from printkit.produce.steps import LayoutCache

        self._cache = LayoutCache(Layouts())
        self._houses: dict[str, tuple[Snapshot, Profiles, PreviewFigures]] = {}
        self._templates: dict[tuple[str, str], Template] = {}

    def show(self, wanted: PreviewRequest) -> Shown:
        """Return pictures of a line's trimmed pages; raise PrintkitError for values that do not fit."""
        from printkit.color import PressProfile
        from printkit.preview.planes import picture_of, planes_of
        from printkit.produce import Variant
        from printkit.produce.layouts import Materials
        from printkit.produce.steps import finished

        workspace, profiles, figures = self._house(wanted)
        artwork = self._artwork(wanted, workspace, profiles)
        icc, font = workspace.read_bytes(artwork.press.profile), workspace.read_bytes(profiles.code_font)
        date = datetime.datetime.combine(wanted.day, datetime.time(), datetime.UTC)
        materials = Materials(profiles, date, icc, font)
        variant = Variant("preview", artwork.layout_key, artwork.codes)
        made = finished(artwork, lambda _: variant, materials, self._cache)
        profile = PressProfile(icc)
        planes = planes_of(made.pdf, made.expected, wanted.pixels, figures.photograph_pixels)
        pages = tuple(
            _png(picture_of(_trimmed(one, artwork), "cmyk", profile, artwork.press.ink_limit))
            for one in planes
        )
        texts = (text.text for text in artwork.texts.values() if text.text)
        return Shown(pages, "\n".join(texts))

    def _house(self, wanted: PreviewRequest) -> "tuple[Snapshot, Profiles, PreviewFigures]":
        from printkit.profiles import load_preview, load_profiles
        from printkit.workspace import Snapshot

        key = str(wanted.folder)
        if key not in self._houses:
            workspace = Snapshot(wanted.folder)
            self._houses[key] = workspace, load_profiles(workspace), load_preview(workspace)
        return self._houses[key]

    def _artwork(self, wanted: PreviewRequest, workspace: "Snapshot", profiles: "Profiles") -> "Artwork":
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


def _trimmed(planes: "Planes", artwork: "Artwork") -> "Planes":
    """Cut the bleed off: who orders sees the paper that she will hold."""
    width, height = artwork.format.trim_mm
    bleed = artwork.bleed_mm
    rows, columns = planes.shape[:2]
    x, y = round(columns * bleed / (width + 2 * bleed)), round(rows * bleed / (height + 2 * bleed))
    return planes[y : rows - y, x : columns - x]


def _png(image: "Image.Image") -> bytes:
    out = BytesIO()
    # Level 1 takes a third of the time for a tenth more bytes.
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()

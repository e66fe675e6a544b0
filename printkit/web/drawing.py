"""Pages of finished files as pictures, in the process that works. Whoever imports this loads the renderer."""

from collections import OrderedDict
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
from PIL import Image

from printkit.color import PressProfile
from printkit.preflight.ink.planes import Planes
from printkit.preflight.ink.plate_copy import PlateForms
from printkit.preview.asked import INKS
from printkit.preview.drawn import drawn
from printkit.preview.planes import picture_of, planes_of
from printkit.produce.steps import Finished
from printkit.template import Artwork

# Pages of some forms, a few hundred kB each; drawings of a press that are kept as plates
KEPT_PAGES, KEPT_FORMS = 64, 128


@dataclass(frozen=True)
class Asked:
    """Say how pages are to be shown, and what release's they are: pages of others are not compared."""

    release: str
    pixels: int
    photograph_pixels: int
    profile: PressProfile


@dataclass
class Pages:
    """Show pages as the press prints them; one that draws what it drew before is not drawn again.

    Who writes on one side of a flyer changes that side only.
    """

    kept: OrderedDict[tuple[object, ...], bytes] = field(default_factory=OrderedDict)
    # Drawings as the plates of a press show them
    forms: dict[PressProfile, PlateForms] = field(default_factory=dict)

    def show(self, made: Finished, artwork: Artwork, asked: Asked) -> tuple[bytes, ...]:
        """Return the trimmed pages of a file as PNG."""
        press = artwork.press
        # Pages are told apart by what they draw; what else decides how they look stands before that.
        alike = asked.release, asked.pixels, artwork.format.id, press.id
        with pikepdf.open(BytesIO(made.pdf)) as opened:
            keys = [(*alike, one) for one in drawn(opened)]
        missing = {key: number for number, key in enumerate(keys, 1) if key not in self.kept}
        planes = planes_of(
            made.pdf,
            made.expected,
            asked.pixels,
            asked.photograph_pixels,
            forms=self._forms_of(asked.profile),
            pages=sorted(missing.values()),
        )
        for key, one in zip(missing, planes, strict=True):
            picture = picture_of(_trimmed(one, artwork), INKS, asked.profile, press.ink_limit)
            self.kept[key] = _png(picture)
        found = tuple(self.kept[key] for key in keys)
        # After the new ones were put in: what is shown now is the newest, whether it was drawn now or before.
        for key in keys:
            self.kept.move_to_end(key)
        while len(self.kept) > KEPT_PAGES:
            self.kept.popitem(last=False)
        return found

    def _forms_of(self, press: PressProfile) -> PlateForms:
        forms = self.forms.setdefault(press, {})
        while len(forms) > KEPT_FORMS:
            del forms[next(iter(forms))]
        return forms


def _trimmed(planes: Planes, artwork: Artwork) -> Planes:
    """Cut the bleed off: who orders sees the paper that she will hold."""
    width, height = artwork.format.trim_mm
    bleed = artwork.bleed_mm
    rows, columns = planes.shape[:2]
    x, y = round(columns * bleed / (width + 2 * bleed)), round(rows * bleed / (height + 2 * bleed))
    return planes[y : rows - y, x : columns - x]


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    # Level 1 takes a third of the time for a tenth more bytes.
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()

"""The name of a layout: equal where all that can change it is equal."""

from dataclasses import asdict

from printkit.digest import digest_of
from printkit.template.request import Artwork


def layout_key(artwork: Artwork) -> str:
    """Return the hash of everything that can change an artwork's layout: all but the codes' addresses."""
    parts = {
        "html": artwork.html,
        "inputs": dict(artwork.inputs),
        "sheets": artwork.stylesheets,
        "format": artwork.format.model_dump(mode="json"),
        # A waiver changes what a finding counts for, not the page
        "press": artwork.press.model_dump(mode="json", exclude={"waivers"}),
        "language": artwork.language,
        "bleed": artwork.bleed_mm,
        "code": asdict(artwork.code_geometry),
        "colors": dict(artwork.colors),
        # Grids of other formats do not reach this layout
        "design": artwork.design.model_dump(mode="json", exclude={"formats"}),
        "grid": dict(artwork.design.lengths(artwork.format)),
        "fits": {name: fit.model_dump() for name, fit in artwork.fits.items()},
        "codes": [code.slot for code in artwork.codes],
        "specimen": artwork.specimen,
        "title": artwork.title,
        "fonts": {role: dict(families) for role, families in artwork.fonts.items()},
    }
    return digest_of(parts)

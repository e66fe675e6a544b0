"""What a starter's design is set in: fonts of a workspace's styles of type, and how long texts may be."""

from collections.abc import Iterable, Mapping
from typing import Any

from printkit.profiles import Design
from printkit.profiles.print import Format

# The styles that it uses, each with the brand's font where the design of the workspace has no such style
STYLES = {"headline": "head", "place": "strong", "text": "text"}
# Rules of `template check` that ask for the sizes of the grid alone
SIZES = frozenset({"type-sizes", "headline-size"})
# Letters and blanks of a bold grotesque in ems, one with another
LETTER_EM = 0.5
MM_PER_PT = 25.4 / 72


def style_fonts(styles: Mapping[str, str], brand: Mapping[str, str]) -> dict[str, Any]:
    """Return the families by style, as CSS, and the files of those that the brand does not name.

    `styles` are the fonts of profiles/design.toml, `brand` those of the brand by what they are for.
    """
    known = {file: key for key, file in brand.items()} | {key: key for key in brand}
    told: dict[str, Any] = {"files": {}}
    for style, other in STYLES.items():
        font = styles.get(style, other)
        if font in known:
            told[style] = f"var(--font-{known[font]})"
        else:
            family = style.capitalize()
            told["files"][family] = font
            # Behind a font of its own stand those of scripts that it has not.
            told[style] = f'"{family}", var(--font-{other})'
    return told


def longest(design: Design, formats: Iterable[Format]) -> dict[str, int]:
    """Return how many characters of headline and call stand in the grid's sizes, on each of the formats."""
    columns = []
    for page in formats:
        grid = design.formats[page.id]
        code_mm = grid.act_mm[1] - grid.act_mm[0]
        column_mm = grid.width(page) - 2 * grid.margin_mm - code_mm
        columns.append(column_mm / (grid.sizes_pt["place"] * MM_PER_PT * LETTER_EM))
    return {"headline": int(2 * design.measure.headline / LETTER_EM), "call": int(min(columns))}


def asks_sizes(design: Design) -> bool:
    """Tell whether `template check` takes no size but the grid's in this workspace."""
    return bool(SIZES & design.rules.keys())

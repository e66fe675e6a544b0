"""The style sheets that printkit adds: sizes and colours as variables before a layout's own, rules after."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from printkit.profiles import Edges
from printkit.render.fetch import address_of
from printkit.render.fonts import Faces
from printkit.render.optics import hanging_sheet, type_variables
from printkit.template import Artwork
from printkit.units import short

# A word is never broken to make a text fit; print has no outline.
RULES = """
[data-fit], [data-fit] * { overflow-wrap: normal !important; word-break: normal !important; }
h1, h2, h3, h4, h5, h6 { bookmark-level: none !important; }
.printkit-balance { display: block !important; }
.printkit-specimen { position: fixed; top: 0; left: 0; z-index: 2147483647; margin: 0; padding: 0; }
.printkit-specimen svg { display: block; }
"""


@dataclass(frozen=True)
class Setting:
    """What is tried in one layout: sizes in points, widths of balanced texts in percent and where
    they stand, and how many characters are kept of a text.
    """

    sizes: Mapping[str, float]
    widths: Mapping[str, int] = field(default_factory=dict)
    aligned: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, int] = field(default_factory=dict)


def variables(artwork: Artwork) -> dict[str, str]:
    """Return the CSS variables of an artwork; lengths count from the page's edge, bleed included."""
    page, bleed, code = artwork.format, artwork.bleed_mm, artwork.code_geometry
    width, height = page.trim_mm
    found = {
        "bleed": _mm(bleed),
        "trim-width": _mm(width),
        "trim-height": _mm(height),
        "page-width": _mm(width + 2 * bleed),
        "page-height": _mm(height + 2 * bleed),
        "code-width": _mm(code.box_width_mm),
        "code-height": _mm(code.box_height_mm),
        "code-size": _mm(code.width_mm),
        "code-quiet": _mm(code.quiet_mm),
        "visible-width": _mm(page.visible.width),
        "visible-height": _mm(page.visible.height),
    }
    hidden = page.hidden_mm or Edges(top=0, right=0, bottom=0, left=0)
    for edge in ("top", "right", "bottom", "left"):
        depth = bleed + getattr(hidden, edge)
        found[f"hidden-{edge}"] = _mm(depth)
        found[f"safe-{edge}"] = _mm(depth + getattr(page.safe_mm, edge))
    found |= {name: _mm(length) for name, length in artwork.design.lengths(page)}
    found |= {f"font-{role}": _stack(families) for role, families in artwork.fonts.items()}
    return found | {f"brand-{name}": color for name, color in artwork.colors.items()}


def page_sheet(artwork: Artwork, faces: Faces) -> str:
    """Return what stands before a layout's own sheets and is the same for all its settings."""
    # Before a layout's own sheets, which may say otherwise
    found = {**variables(artwork), **dict(type_variables(artwork, faces))}
    size = f"size: {found['page-width']} {found['page-height']}"
    return f"{_root(found)}@page {{ {size}; margin: 0 }}\n{hanging_sheet(artwork, faces)}"


def font_sheet(artwork: Artwork) -> str:
    """Return the rules that declare the brand's fonts which a design asks for; see `Brand.families`."""
    declared = {family: file for families in artwork.fonts.values() for family, file in families.items()}
    return "".join(
        f'@font-face {{ font-family: "{family}"; src: url("{address_of(file)}") }}\n'
        for family, file in declared.items()
    )


def size_sheet(setting: Setting) -> str:
    """Return the sizes that are tried, as a sheet before a layout's own."""
    return _root({f"fit-{slot}": f"{size:g}pt" for slot, size in setting.sizes.items()})


def balance_sheet(setting: Setting) -> str:
    """Return the widths that are tried, as a sheet after a layout's own."""
    return "".join(_balanced(setting))


def _stack(families: Iterable[str]) -> str:
    return ", ".join(f'"{family}"' for family in families)


def _root(found: Mapping[str, str]) -> str:
    lines = "".join(f"--{name}: {value}; " for name, value in found.items())
    return f":root {{ {lines}}}\n"


def _balanced(setting: Setting) -> Iterator[str]:
    for slot, percent in setting.widths.items():
        align = setting.aligned.get(slot, "start")
        # A narrowed block has to be moved by its margins: text-align moves only what is in it
        left = "auto" if align in ("center", "right", "end") else "0"
        right = "auto" if align == "center" else "0"
        yield (
            f'[data-fit="{slot}"] > .printkit-balance '
            f"{{ width: {percent}%; margin-left: {left}; margin-right: {right} }}\n"
        )


def _mm(length: float) -> str:
    return f"{short(length)}mm"

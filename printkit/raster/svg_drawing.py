"""A drawing that passed: its tree, and the file that a renderer is given."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from printkit.raster.svg import check_svg
from printkit.raster.svg_cost import check_cost
from printkit.raster.svg_differences import check_differences
from printkit.raster.svg_look import check_look
from printkit.raster.svg_plain import is_plain
from printkit.raster.svg_servers import complete_servers
from printkit.raster.svg_strokes import part_strokes
from printkit.raster.svg_tree import SvgTree, read_svg, tree_of, written

# A campaign has a few dozen drawings
_MOST_KNOWN = 64


@dataclass(frozen=True, eq=False)
class Drawing:
    """A drawing of whose look no renderer has another opinion.

    `plain` ones the layout engine draws rightly by itself; `inline` ones stand in a page and take its colour.
    `drawn` is for whoever draws it, by size, so that it is not drawn again.
    """

    tree: SvgTree
    plain: bool
    inline: bool
    drawn: dict[tuple[float, float], Any] = field(default_factory=dict, repr=False)

    def file(self, size: tuple[float, float], intrinsic: tuple[float, float] | None, colour: str) -> bytes:
        """Write it as an SVG of a size in px, `colour` being what currentColor means in it.

        `intrinsic` is the size that the drawing gives itself, None where it gives none.
        """
        root = Element(self.tree.root.tag, self.tree.root.attrib)
        root.extend(self.tree.root)
        if not self.inline and intrinsic and "viewBox" not in root.attrib:
            # A picture without a viewBox is stretched from its own size, as browsers do
            root.set("viewBox", f"0 0 {intrinsic[0]:.6f} {intrinsic[1]:.6f}")
            root.set("preserveAspectRatio", "none")
        root.set("width", f"{size[0]:.6f}")
        root.set("height", f"{size[1]:.6f}")
        root.attrib.setdefault("color", colour)
        return written(root)


@lru_cache(maxsize=_MOST_KNOWN)
def open_drawing(data: bytes) -> Drawing:
    """Open an SVG file that `check_svg` found harmless; PictureProblem for what renderers draw otherwise."""
    return _opened(read_svg(data), inline=False)


def checked_drawing(data: bytes, most_bytes: int, most_pixels: int) -> Drawing:
    """Open an SVG file that nobody looked at yet; PictureProblem for what no layout takes."""
    check_svg(data, most_bytes, most_pixels)
    return open_drawing(data)


def inline_drawing(root: Element) -> Drawing:
    """Open a drawing that stands in a page (see `open_drawing`)."""
    return _opened(tree_of(root), inline=True)


def _opened(tree: SvgTree, inline: bool) -> Drawing:
    check_look(tree)
    check_cost(tree)
    check_differences(tree)
    complete_servers(tree)
    plain = is_plain(tree)
    part_strokes(tree)
    return Drawing(tree, plain, inline)

"""Texts that something painted after them hides: a box with a ground of its own, or a photograph.

What is painted when is what WeasyPrint's stacking contexts say (CSS 2.1, appendix E).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from printkit.render.engine import engine
from printkit.render.placed import Matrix
from printkit.units import Rect

# A rounded corner leaves this part of its radius free beside the largest box that fits into it.
_CORNER = 1 - 0.5**0.5
_CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")


@dataclass(frozen=True)
class Painted:
    """A text, or the frame of a ground that hides what is under it, in px from the page's upper left."""

    page: int
    frame: Rect
    text: str | None = None


@dataclass(frozen=True)
class _Way:
    """What applies to a box where it is painted."""

    page: int
    matrix: Matrix | None = None
    clip: Rect | None = None
    solid: bool = True

    def entered(self, box: Any) -> "_Way":
        """Return the way into a stacking context."""
        way = self
        if getattr(box, "transformation_matrix", None):
            matrix = box.transformation_matrix
            way = replace(way, matrix=matrix @ way.matrix if way.matrix else matrix)
        return replace(way, solid=way.solid and box.style["opacity"] == 1)

    def inside(self, box: Any) -> "_Way":
        """Return the way to a box's content, which it may cut off."""
        frame = self.placed(_frame(box)) if box.style["overflow"] != "visible" else None
        return replace(self, clip=frame) if frame else self

    def placed(self, frame: Rect) -> Rect | None:
        """Return where a frame stands on the page; None where it is turned or cut off whole."""
        if self.matrix is not None:
            a, b, c, d, e, f = self.matrix.values
            # A turned box hides what nobody can say in upright boxes; then it counts as hiding nothing
            if b or c:
                return None
            left, right = sorted((a * frame.x0 + e, a * frame.x1 + e))
            top, bottom = sorted((d * frame.y0 + f, d * frame.y1 + f))
            frame = Rect(left, top, right, bottom)
        frame = frame if self.clip is None else frame.intersection(self.clip)
        return None if frame.empty else frame


def painted(document: Any) -> Iterator[Painted]:
    """Yield the texts of a layout and the grounds that hide what is under them, in the order of painting.

    A text's frame is its box before any transformation, as a `Run` has it.
    """
    for number, page in enumerate(document.pages, 1):
        yield from _context(engine().stacking.from_page(page._page_box), _Way(number))


def _context(context: Any, way: _Way) -> Iterator[Painted]:
    box, way = context.box, way.entered(context.box)
    yield from _ground(box, way)
    way = way.inside(box)
    # CSS 2.1, appendix E: own ground, z below nothing, blocks, floats, text, z of nothing and above
    for one in context.negative_z_contexts:
        yield from _context(one, way)
    for block in context.block_level_boxes:
        yield from _ground(block, way)
    for one in context.float_contexts:
        yield from _context(one, way)
    if type(box).__name__ == "InlineBox":
        yield from _inline(box, way)
    yield from _blocks({box: context.blocks_and_cells}, way)
    for one in (*context.zero_z_contexts, *context.positive_z_contexts):
        yield from _context(one, way)


def _blocks(blocks: Any, way: _Way) -> Iterator[Painted]:
    for block, within in blocks.items():
        yield from _picture(block, way)
        children = getattr(block, "children", ())
        if children and type(children[-1]).__name__ == "LineBox":
            for line in children:
                yield from _inline(line, way)
        yield from _blocks(within, way)


def _inline(box: Any, way: _Way) -> Iterator[Painted]:
    if isinstance(box, engine().stacking):
        yield from _context(box, way)
        return
    if type(box).__name__ == "TextBox":
        frame = Rect(box.position_x, box.position_y, box.position_x + box.width, box.position_y + box.height)
        yield Painted(way.page, frame, box.text)
        return
    yield from _ground(box, way)
    yield from _picture(box, way)
    for child in getattr(box, "children", ()):
        yield from _inline(child, way)


def _ground(box: Any, way: _Way) -> Iterator[Painted]:
    background = getattr(box, "background", None)
    # Half clear grounds let read what is under them
    if background is not None and background.color.alpha == 1 and box.style["visibility"] == "visible":
        yield from _hiding(_frame(box), way)


def _picture(box: Any, way: _Way) -> Iterator[Painted]:
    """Yield a photograph's frame; other pictures may be clear in parts."""
    image = getattr(box, "replacement", None)
    # JPEG has no transparency; PNG and SVG may let show what is under them
    if getattr(image, "format", "") == "JPEG" and box.style["object_fit"] in ("fill", "cover"):
        left, top = box.content_box_x(), box.content_box_y()
        yield from _hiding(Rect(left, top, left + box.width, top + box.height), way)


def _hiding(frame: Rect, way: _Way) -> Iterator[Painted]:
    placed = way.placed(frame) if way.solid else None
    if placed is not None:
        yield Painted(way.page, placed)


def _frame(box: Any) -> Rect:
    """Return what a box's ground fills for certain: without its rounded corners."""
    left, top = box.border_box_x(), box.border_box_y()
    corners = (getattr(box, f"border_{corner}_radius", (0, 0)) for corner in _CORNERS)
    less = max((max(corner) for corner in corners), default=0) * _CORNER
    return Rect(left + less, top + less, left + box.border_width() - less, top + box.border_height() - less)

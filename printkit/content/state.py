"""The graphics state, as immutable values: q keeps one, Q takes it back."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

import pikepdf

from printkit.content.colour import BLACK, Colour
from printkit.content.fonts import Font
from printkit.content.matrix import IDENTITY, Matrix
from printkit.content.objects import EVERYWHERE, Key
from printkit.units import Rect

# ISO 32000-1, Table 106: the mode of text that leaves no mark and does not clip
INVISIBLE = 3


class TextState(NamedTuple):
    """The text state parameters (ISO 32000-1, Table 104); lengths in unscaled text space."""

    font: Font | None = None
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


class State(NamedTuple):
    """The graphics state (ISO 32000-1, Table 52); `clip` is the clip path's box in page space."""

    ctm: Matrix = IDENTITY
    clip: Rect = EVERYWHERE
    fill: Colour = BLACK
    stroke: Colour = BLACK
    line_width: float = 1.0
    line_cap: int = 0
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blend: str = "Normal"
    soft_mask: pikepdf.Object | None = None
    overprint_fill: bool = False
    overprint_stroke: bool = False
    overprint_mode: int = 0
    text: TextState = TextState()


@dataclass(frozen=True, slots=True)
class Context:
    """Tell where an element stands: `base` maps its stream's own space to the page, before any `cm`.

    `group_alpha` is the product of the constant alphas of the groups round it; `group_blends` names their
    blend modes but Normal; `in_masked_group` says that one of them has a soft mask; `isolated_group` is the
    outermost in which what lies beneath is not seen. Where it is `uncoloured` (the cell of a pattern
    or a glyph that is given its colour), operators of colour do nothing. `resources` are what names in its
    stream stand for.
    """

    base: Matrix = IDENTITY
    in_form: bool = False
    in_mask: bool = False
    in_pattern: bool = False
    in_glyph: bool = False
    in_masked_group: bool = False
    isolated_group: Key | None = None
    uncoloured: bool = False
    group_alpha: float = 1.0
    group_blends: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    hidden: bool = False
    # on a layer of a processing step (ISO 19593-1)
    step: bool = False
    ancestors: frozenset[Key] = frozenset()
    resources: object = field(default=None, compare=False, repr=False)

    @property
    def depth(self) -> int:
        return len(self.ancestors)


class Kind(StrEnum):
    """Name what an element is."""

    TEXT = "text"
    PATH = "path"
    IMAGE = "image"
    INLINE_IMAGE = "inline-image"
    SHADING = "shading"


IMAGES = (Kind.IMAGE, Kind.INLINE_IMAGE)


class Element(NamedTuple):
    """One painted element; boxes in points of page space, y upwards, before Rotate and UserUnit.

    `box` is not cut to the clip (see `visible`). Text boxes run from descent to ascent over the glyphs'
    advance; a stroke's box includes half its width, but not the points of sharp mitres, nor anything
    beyond the ends of level or upright lines with butt caps.
    """

    kind: Kind
    box: Rect
    state: State
    context: Context
    # which of the two colours the element uses
    fills: bool = True
    strokes: bool = False
    # points on the page: Tf through text matrix and CTM
    font_size: float | None = None
    # points on the page: the stroke's width through the CTM, at its narrowest
    line_width: float | None = None
    # points on the page: width of the widest bar, where the path is only filled rectangles or one frame
    bar_width: float | None = None
    # pixels an inch: the smaller of x and y through the CTM
    ppi: float | None = None
    # image XObject, inline image or shading dictionary
    source: object = None
    # character codes of a text run, as written
    codes: bytes = b""

    @property
    def fill(self) -> Colour | None:
        return self.state.fill if self.fills else None

    @property
    def stroke(self) -> Colour | None:
        return self.state.stroke if self.strokes else None

    @property
    def visible(self) -> Rect:
        """The box cut to the clip; `empty` where nothing is left."""
        return self.box.intersection(self.state.clip)

    @property
    def alpha(self) -> float:
        """The least constant alpha that the element is painted with, groups round it included."""
        own = [self.state.fill_alpha] * self.fills + [self.state.stroke_alpha] * self.strokes
        return min(own, default=1.0) * self.context.group_alpha

    @property
    def as_line(self) -> float | None:
        """The width that makes it a line: of the stroke, or of a thin filled rectangle."""
        return self.line_width if self.strokes else self.bar_width


@dataclass(frozen=True, slots=True)
class Nested:
    """Name content inside content: a form, a soft mask's group, a tiling pattern or a Type 3 glyph."""

    role: str
    stream: pikepdf.Object
    state: State
    context: Context
    # what the content is to use where it has no resources of its own
    resources: pikepdf.Object | None = None

    def inside(self) -> Context:
        """Return the context of the content itself."""
        return replace(
            self.context, base=self.state.ctm, ancestors=self.context.ancestors | {self.stream.objgen}
        )


FORM, MASK, TILE, GLYPH = "form", "mask", "pattern", "glyph"

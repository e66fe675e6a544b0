"""Content inside content: forms, groups, tiling patterns."""

from dataclasses import replace
from typing import Any

import pikepdf

from printkit.content.colour import BLACK, Colour
from printkit.content.machine import Event, Shared
from printkit.content.objects import BadOperand, Key, entry, key_of, matrix_of, number, rect_of
from printkit.content.state import TILE, Context, Element, Nested, State
from printkit.units import Rect

# Far above what writers nest (WeasyPrint stays under ten), far below where Python's own stack would end
DEEPEST = 48
# So often may a pattern's cell stand on what it fills, as renderers paint each: a hatch of 3 pt on 5 m x 2 m
# has nine million cells
MOST_CELLS = 20_000_000


def visit(nested: Nested, shared: Shared | None = None) -> list[Event]:
    """Return the nested content, or nothing where it stands inside itself, as is noted, or too deep."""
    context = nested.context
    if nested.stream.objgen in context.ancestors:
        if shared is not None:
            shared.loops = True
        return []
    return [] if context.depth >= DEEPEST else [nested]


def group_of(stream: Any, role: str, state: State, context: Context) -> Nested:
    """Return a form XObject as called with `state`: its matrix and box applied, its group begun."""
    if entry(stream, "/Group", "/S") == "/Transparency":
        isolated = key_of(stream) if entry(stream, "/Group", "/I") is True else None
        context = _group(state, context, isolated)
        state = state._replace(fill_alpha=1.0, stroke_alpha=1.0, blend="Normal", soft_mask=None)
    return Nested(role, stream, _inside(stream, state), context)


def tile_of(pattern: pikepdf.Stream, colour: Colour, clip: Rect, context: Context) -> Nested:
    """Return one cell, in the space of the stream that uses it; an uncoloured one in the colour given."""
    ink, uncoloured = BLACK, pattern.get("/PaintType") == 2
    if uncoloured and colour.space.base is not None:
        ink = Colour(colour.space.base, colour.components)
    state = State(ctm=context.base, clip=clip, fill=ink, stroke=ink)
    return Nested(
        TILE, pattern, _inside(pattern, state), replace(context, in_pattern=True, uncoloured=uncoloured)
    )


def tiles(element: Element, shared: Shared) -> list[Event]:
    """Return the cells of the tiling patterns that an element is painted with."""
    if element.state.fill.pattern is None and element.state.stroke.pattern is None:
        return []
    found: list[Event] = []
    for colour in (element.fill, element.stroke):
        if colour is not None and isinstance(colour.pattern, pikepdf.Stream):
            shared.crowded = shared.crowded or _cells(colour.pattern, element) > MOST_CELLS
            found += visit(tile_of(colour.pattern, colour, element.visible, element.context), shared)
    return found


def _cells(pattern: pikepdf.Stream, element: Element) -> float:
    """Return how many cells of a pattern stand on an element; none where it has no steps."""
    matrix = matrix_of(pattern).then(element.context.base)
    try:
        across, upwards = (number(pattern.get(key)) for key in ("/XStep", "/YStep"))
    except BadOperand:
        return 0.0
    cell = abs(across * upwards * (matrix.a * matrix.d - matrix.b * matrix.c))
    return element.visible.width * element.visible.height / cell if cell else 0.0


def _group(state: State, context: Context, isolated: Key | None) -> Context:
    """Add a group's own alpha, blend mode and mask to what its elements stand under (11.4.7, 11.6.6)."""
    blends = () if state.blend in ("Normal", "Compatible") else (state.blend,)
    return replace(
        context,
        isolated_group=context.isolated_group or isolated,
        group_alpha=context.group_alpha * state.fill_alpha,
        group_blends=context.group_blends + blends,
        in_masked_group=context.in_masked_group or state.soft_mask is not None,
    )


def _inside(stream: Any, state: State) -> State:
    ctm = matrix_of(stream).then(state.ctm)
    box = rect_of(stream)
    clip = state.clip if box is None else state.clip.intersection(ctm.box(box))
    return state._replace(ctm=ctm, clip=clip)

"""Frames of backgrounds as CSS says: what shadows go by, and where tiles that are made to fit begin."""

from typing import Any

_RIGHT, _BOTTOM = "right", "bottom"


class Frames(list[Any]):
    """The boxes that a background is cut to; `outer` and `inner` are those that shadows go by.

    WeasyPrint lets a shadow go by what its background is cut to (CSS Backgrounds 3, section 6: by the border
    box, and an inset one by the padding box).
    """

    outer: list[Any]
    inner: list[Any]


def frame_backgrounds(background: Any, draw: Any) -> None:
    """Put the repairs into WeasyPrint's modules `layout.background` and `draw`."""
    lay_out, draw_box_shadows = background.layout_background_layer, draw.draw_box_shadows

    def layout_background_layer(box: Any, page: Any, resolution: Any, image: Any, *given: Any) -> Any:
        layer = lay_out(box, page, resolution, image, *given)
        if box is page or not hasattr(box, "rounded_padding_box"):
            return layer
        frames = Frames(layer.clipped_boxes)
        frames.outer, frames.inner = [box.rounded_border_box()], [box.rounded_padding_box()]
        layer = layer._replace(clipped_boxes=frames)
        return layer if layer.image is None else _begun(layer, box.style, given[4], background.percentage)

    def shadows(stream: Any, boxes: Any, style: Any, inset: bool) -> None:
        if isinstance(boxes, Frames):
            boxes = boxes.inner if inset else boxes.outer
        draw_box_shadows(stream, boxes, style, inset)

    background.layout_background_layer, draw.draw_box_shadows = layout_background_layer, shadows


def _begun(layer: Any, style: Any, place: Any, percentage: Any) -> Any:
    """Begin tiles of `round` at their background-position, which WeasyPrint leaves out."""
    from_x, x, from_y, y = place
    starts = list(layer.position)
    for axis, (side, offset) in enumerate(((from_x, x), (from_y, y))):
        if layer.repeat[axis] == "round":
            free = layer.positioning_area[2 + axis] - layer.size[axis]
            start = percentage(offset, style, free)
            starts[axis] = free - start if side in (_RIGHT, _BOTTOM) else start
    return layer._replace(position=tuple(starts))

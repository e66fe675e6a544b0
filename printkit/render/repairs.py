"""Where the layout engine paints otherwise than CSS says: what takes the place of its own functions.

They are put in once, when the engine is loaded. tests/render/look holds each against Chromium's pixels.
"""

import logging
import math
from contextlib import nullcontext
from functools import partial
from typing import Any

from printkit.render.gradients import CURRENT, Bounded, coloured, placed_stops
from printkit.render.refusals import is_dashed_round, is_refused, is_round
from printkit.render.round_borders import draw_round_border, rounded_box
from printkit.render.shadow import REACH, SIGMAS, Shape, shadow_pdf
from printkit.render.vector import place

LOG = logging.getLogger("weasyprint")
# Length of a dash and distance of dots, in widths of the border, as the engine has them on sharp corners
_DASH, _DOT = 3, 2
_HAIR = 1e-6
# What a picture of its own may be, as a page is: 14,400 units
_LARGEST_PICTURE = 14_400


def put_in(draw: Any, border: Any, images: Any, tokens: Any, *, boxes: Any) -> None:
    """Put the repairs into WeasyPrint's modules `draw`, `draw.border`, `images`, `css.tokens` and `boxes`."""
    background, plain_border = draw.draw_background_image, draw.draw_border
    plain_replaced, plain_decoration = draw.draw_replacedbox, draw.text.draw_text_decoration

    def draw_background_image(stream: Any, layer: Any, style: Any) -> None:
        background(stream, _once_or_tiled(stream, layer, images.Gradient), style)

    def draw_border(stream: Any, box: Any) -> None:
        if not (
            is_refused(box) or _draw_dashes(stream, box, border) or draw_round_border(stream, box, border)
        ):
            plain_border(stream, box)

    def draw_replacedbox(stream: Any, box: Any) -> None:
        with stream.stacked() if _is_inset_round(box) else nullcontext():
            if _is_inset_round(box):
                border.rounded_box(stream, box.rounded_content_box())
                stream.clip()
                stream.end()
            plain_replaced(stream, box)

    def draw_text_decoration(stream: Any, textbox: Any, x: float, y: float, *look: Any) -> None:
        thickness, colour = look
        style, written = textbox.style, textbox.style["text_decoration_thickness"]
        through = y == textbox.baseline - textbox.pango_layout.strikethrough_position
        if through and written not in ("auto", "from-font"):
            # WeasyPrint draws this line, other than those above and below, as thick as the font says
            thickness = images.percentage(written, computed=style, refer_to=style["font_size"])
        plain_decoration(stream, textbox, x, y, thickness, colour)

    def process_color_stops(length: float, positions: Any, hints: Any, style: Any) -> Any:
        # The parser's own value where a style sheet has none
        given = [None if hint is tokens.FIFTY_PERCENT else hint for hint in hints]
        resolve = partial(images.percentage, computed=style, refer_to=length)
        return placed_stops(resolve, positions, given, length)

    plain_gradient, parse_color_stop = images.Gradient.draw, tokens.parse_color_stop

    def draw_gradient(gradient: Any, stream: Any, *size_and_style: Any) -> None:
        plain_gradient(coloured(gradient, size_and_style[-1]), stream, *size_and_style)

    def read_stop(written: Any) -> Any:
        # The colour of the element, which it has once it is drawn; WeasyPrint takes black
        alone = len(written) == 1 and tokens.parse_color(written[0]) == CURRENT
        return (CURRENT, None) if alone else parse_color_stop(written)

    def placed(gradient: Any, length: float, style: Any) -> Any:
        return process_color_stops(length, gradient.stop_positions, gradient.color_hints, style)

    images.Gradient.placed = staticmethod(placed)
    images.Gradient.draw, tokens.parse_color_stop = draw_gradient, read_stop
    images.process_color_stops = process_color_stops
    # A value that its variable makes invalid is told once for a style sheet, which serves many pieces.
    tokens.Pending._reported_error = property(lambda pending: False, lambda pending, told: None)
    draw.draw_background_image = draw_background_image
    draw.draw_border = draw_border
    draw.draw_replacedbox, draw.text.draw_text_decoration = draw_replacedbox, draw_text_decoration
    boxes.Box.rounded_box = rounded_box
    draw._draw_box_shadow = partial(_draw_shadow, border.rounded_box)


def _once_or_tiled(stream: Any, layer: Any, gradient: Any) -> Any:
    """Cut a gradient to its size, and take a picture that covers the whole area for no tile.

    WeasyPrint lets a gradient that is not repeated run over the whole box. Between tiles rounding shows the
    first row of the next, a white line at the foot of a panel.
    """
    if layer.image is None:
        return layer
    x, y, width, height = layer.painting_area
    if layer.unbounded:
        x, y, right, below = stream.page_rectangle
        width, height = right - x, below - y
    spans = ((x, width), (y, height))
    repeat = tuple(_repeat(layer, axis, span) for axis, span in enumerate(spans))
    image = Bounded(layer.image) if isinstance(layer.image, gradient) else layer.image
    return layer._replace(image=image, repeat=repeat)


def _repeat(layer: Any, axis: int, span: tuple[float, float]) -> str:
    """Return how a layer repeats along an axis: not where its first tile covers all that is painted."""
    start, length = layer.positioning_area[axis] + layer.position[axis], layer.size[axis]
    covers = start <= span[0] + _HAIR and start + length >= span[0] + span[1] - _HAIR
    return "no-repeat" if covers else str(layer.repeat[axis])


def _is_inset_round(box: Any) -> bool:
    """Tell whether a picture lies inside a padding with round corners: its own corners are round then too."""
    padded = any((box.padding_top, box.padding_right, box.padding_bottom, box.padding_left))
    return padded and box.style["overflow"] != "visible" and is_round(box.rounded_content_box())


def _draw_dashes(stream: Any, box: Any, border: Any) -> bool:
    """Draw dashes or dots as one stroke along the middle of the border; tell whether that was due."""
    if box.style["visibility"] != "visible" or not is_dashed_round(box):
        return False
    middle, width = box.rounded_box_ratio(1 / 2), box.border_top_width
    dotted, length = box.style["border_top_style"] == "dotted", _perimeter(middle)
    # A whole number of dashes, so that none is cut where the line closes
    count = max(1, round(length / (width * (_DOT if dotted else 2 * _DASH))))
    step = length / count
    with stream.artifact(), stream.stacked():
        stream.set_color(border.get_color(box.style, "border_top_color"), stroke=True)
        stream.set_line_width(width)
        stream.set_line_cap(1 if dotted else 0)
        stream.set_dash([0, step] if dotted else [step / 2, step / 2], 0)
        border.rounded_box(stream, middle)
        stream.close()
        stream.stroke()
    return True


def _perimeter(box: Any) -> float:
    """Return the length of a rounded box's outline; that of a quarter of an ellipse by Ramanujan, 1914."""
    _, _, width, height, *radii = box
    quarters = (3 * (a + b) - math.sqrt((3 * a + b) * (a + 3 * b)) for a, b in radii)
    straight = 2 * (width + height) - sum(a + b for a, b in radii)
    return float(straight + sum(quarters) * math.pi / 4)


def _draw_shadow(rounded_box: Any, stream: Any, box: Any, style: Any, *shadow: Any) -> None:
    """Draw a box's shadow: outside of the box, or inside where it is inset."""
    across, along, blur, spread, color, inset = shadow
    x, y, width, height, *radii = box
    frame = Shape(x, y, x + width, y + height, tuple((float(a), float(b)) for a, b in radii))
    shape, sigma = frame.grown(spread).moved(across, along), blur / SIGMAS
    region = frame if inset else shape.grown(REACH * sigma)
    if not inset and min(shape.x1 - shape.x0, shape.y1 - shape.y0) <= 0:
        return
    if blur and max(region.x1 - region.x0, region.y1 - region.y0) > _LARGEST_PICTURE:
        LOG.error("a box-shadow is blurred beyond any page; write a smaller length")
        return
    around = _around(frame, region, shape)
    if not inset:
        # Clipped to outside the box by even-odd: a clear box must not show its shadow through
        stream.rectangle(*around)
    rounded_box(stream, box)
    stream.clip(even_odd=not inset)
    stream.end()
    if blur:
        paint = (*color.to("srgb").coordinates, color.alpha)
        stream.transform(e=region.x0, f=region.y0)
        pdf = shadow_pdf(shape, region, -sigma if inset else sigma, paint)
        place(stream, pdf, (region.x1 - region.x0, region.y1 - region.y0))
        return
    stream.set_color(color)
    if inset:
        stream.rectangle(*around)
    rounded_box(stream, (shape.x0, shape.y0, shape.x1 - shape.x0, shape.y1 - shape.y0, *shape.radii))
    stream.fill(even_odd=True)


def _around(*shapes: Shape) -> tuple[float, float, float, float]:
    """Return x, y, width and height of what holds all the shapes."""
    x0, y0 = min(one.x0 for one in shapes), min(one.y0 for one in shapes)
    return x0, y0, max(one.x1 for one in shapes) - x0, max(one.y1 for one in shapes) - y0

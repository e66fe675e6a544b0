"""Borders with round corners whose sides differ, by CSS Backgrounds 3, section 5.3.

A side tapers along the corner where the one beside it is narrower or missing. WeasyPrint cuts it off there.
"""

from typing import Any, TypeAlias

from printkit.render.refusals import is_round

_SIDES = ("top", "right", "bottom", "left")
_CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")
# Radii that are written as calc(infinity * 1px)
_LONGEST = 1e9

_Radii: TypeAlias = list[tuple[float, float]]


def rounded_box(box: Any, *insets: float) -> tuple[Any, ...]:
    """Return place, size and radii (px) of the box so far inside another's border: top, right, bottom, left.

    Radii that are too long for the border box are shortened first, and then less by the border ("Overlapping
    Curves"). WeasyPrint takes the border off what is written: a pill with one thick side was a pill inside.
    """
    top, right, bottom, left = insets
    given = [getattr(box, f"border_{corner}_radius") for corner in _CORNERS]
    outer = [(min(across, _LONGEST), min(down, _LONGEST)) for across, down in given]
    outer = _fitting(outer, box.border_width(), box.border_height())
    sides = ((left, top), (right, top), (right, bottom), (left, bottom))
    inner = [
        (max(0.0, across - beside), max(0.0, down - above))
        for (across, down), (beside, above) in zip(outer, sides, strict=True)
    ]
    width, height = box.border_width() - left - right, box.border_height() - top - bottom
    place = box.border_box_x() + left, box.border_box_y() + top
    return (*place, width, height, *_fitting(inner, width, height))


def _fitting(radii: _Radii, width: float, height: float) -> _Radii:
    """Return radii, all shortened by one factor where two of them are longer than a side."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = radii
    sums = ((width, x0 + x1), (width, x2 + x3), (height, y0 + y3), (height, y1 + y2))
    factor = min([1.0, *(side / both for side, both in sums if both > 0)])
    return [(across * factor, down * factor) for across, down in radii]


def draw_round_border(stream: Any, box: Any, border: Any) -> bool:
    """Draw solid sides as parts of one ring; tell whether that was due."""
    style = box.style
    drawn = [side for side in _SIDES if getattr(box, f"border_{side}_width")]
    colours = {side: border.get_color(style, f"border_{side}_color") for side in drawn}
    plain = len(drawn) == len(_SIDES) and len(set(colours.values())) == 1
    if plain or not _is_due(box, drawn):
        return False
    for colour in dict.fromkeys(colours.values()):
        sides = [side for side in drawn if colours[side] == colour]
        if colour.alpha:
            with stream.artifact(), stream.stacked():
                # Where a side is missing the ring is a line without width, drawn a pixel wide
                if len(sides) < len(_SIDES):
                    for side in sides:
                        _part(stream, box, side)
                    stream.clip()
                    stream.end()
                stream.set_color(colour)
                border.rounded_box(stream, box.rounded_border_box())
                border.rounded_box(stream, box.rounded_padding_box())
                stream.fill(even_odd=True)
    return True


def _is_due(box: Any, drawn: list[str]) -> bool:
    style = box.style
    solid = bool(drawn) and all(style[f"border_{side}_style"] == "solid" for side in drawn)
    shown = style["visibility"] == "visible" and style["border_image_source"][0] == "none"
    # Lines between columns are drawn with the border
    columns = style["column_width"] != "auto" or style["column_count"] != "auto"
    return solid and shown and not columns and is_round(box.rounded_border_box())


def _part(stream: Any, box: Any, side: str) -> None:
    """Add the outline of a side's part of the box: cut at its corners by lines from corner to corner."""
    x, y, width, height, *radii = box.rounded_border_box()
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    inwards = ((1, 1), (-1, 1), (-1, -1), (1, -1))
    first = _SIDES.index(side)
    ends = []
    for number in (first, (first + 1) % 4):
        # The sides that meet here, upright and level
        across = getattr(box, f"border_{'left' if number in (0, 3) else 'right'}_width")
        along = getattr(box, f"border_{'top' if number < 2 else 'bottom'}_width")
        (x0, y0), (right, down) = corners[number], inwards[number]
        if across and along:
            step = min(width / 2 / across, height / 2 / along)
            inner = across * step, along * step
        else:
            # Alone at this corner the side goes on to the round's end
            inner = across and max(across, radii[number][0]), along and max(along, radii[number][1])
        ends.append(((x0, y0), (x0 + right * inner[0], y0 + down * inner[1])))
    (start, deep_start), (end, deep_end) = ends
    stream.move_to(*start)
    for point in (end, deep_end, deep_start):
        stream.line_to(*point)
    stream.close()

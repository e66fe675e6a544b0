"""Boxes that the layout engine lays out or draws otherwise than CSS says and that are not worth a repair.

They are seen when the page is drawn, as only then is it known how large they are and what they hold.
"""

import logging
from collections.abc import Iterator
from typing import Any

from printkit.words import Message

LOG = logging.getLogger("weasyprint")
# px; ten times the largest page of PDF. Of much more readers paint nothing, as they count in 32 bits
_LARGEST = 192_000
# px; what rounding leaves
_HAIR = 0.1
_SIDES = ("top", "right", "bottom", "left")
_IN_FLEX = Message("what is absolute inside flex needs a place of its own; write left and top, or inset")
_IN_GRID = Message("what is absolute inside grid is placed otherwise; put it in a box that is no grid")
_IN_MARKER = Message("::marker has content inside the text only; write list-style-type: '...'")
_AT_START = ("normal", "start", "flex-start", "self-start", "stretch", "auto", "left")


def is_refused(box: Any) -> bool:
    """Complain of what is drawn otherwise than CSS says and is not worth a repair."""
    for reason in _reasons(box):
        _complain(box, reason)
        return True
    return False


def _is_alone(box: Any) -> bool:
    """Tell whether a box lays its text out by itself, for which the engine knows no columns."""
    style = box.style
    taken_out = style["position"] in ("absolute", "fixed") or style["float"] in ("left", "right")
    return taken_out or type(box).__name__ in ("InlineBlockBox", "TableCellBox", "TableCaptionBox")


def _is_flex(box: Any) -> bool:
    return type(box).__name__ in ("FlexBox", "InlineFlexBox")


def _complain(box: Any, reason: Message) -> None:
    LOG.error("<%s>: %s", box.element_tag, reason)


def _reasons(box: Any) -> Iterator[Message]:
    style = box.style
    outlined = style["outline_style"] != "none" and style["outline_width"] > 0
    if style["mask_border_source"][0] != "none":
        yield Message("mask-border is not drawn as CSS says; cut the picture out in the drawing program")
    if max(box.border_width(), box.border_height()) > _LARGEST:
        yield Message("a box of more than 50 m is on no page; write a smaller length")
    if outlined and is_round(box.rounded_border_box()):
        yield Message("an outline does not follow rounded corners; use a border or a box-shadow")
    if is_dashed_round(box) and not _is_even(box):
        yield Message("dashes round a corner need one width, style and colour on all four sides")
    if box.is_grid_item and _is_placed(style, "row") and not _is_placed(style, "column"):
        yield Message("a row of the grid without a column is placed otherwise; write grid-column too")
    if "::" not in (box.element_tag or "") and _shows_picture(style["content"]):
        yield Message("content: url() shows a picture in ::before and ::after only; write <img>")
    if style["flex_wrap"] != "nowrap" and style["flex_direction"].startswith("column") and _is_flex(box):
        yield Message(
            "a column of flex items that wraps is placed otherwise; use grid, or a box for each column"
        )
    if _is_alone(box) and (style["column_count"], style["column_width"]) != ("auto", "auto"):
        yield Message("columns are made in the flow of text only; put a <div> inside and give it columns")
    if type(box).__name__.endswith("TableBox") and _is_stretched(box):
        yield Message("rows do not grow with the height of their table; write the height of the rows")


def refuse_children(build: Any) -> None:
    """Have the engine's `formatting_structure.build` complain of children that it places otherwise."""
    flex_children, grid_children, marker_to_box = (
        build.flex_children,
        build.grid_children,
        build.marker_to_box,
    )

    def in_flex(box: Any, children: list[Any]) -> Any:
        if isinstance(box, build.boxes.FlexContainerBox):
            for child in _taken_out(children):
                if _is_adrift(box.style, child.style):
                    _complain(child, _IN_FLEX)
        return flex_children(box, children)

    def in_grid(box: Any, children: list[Any]) -> Any:
        if isinstance(box, build.boxes.GridContainerBox):
            for child in _taken_out(children):
                _complain(child, _IN_GRID)
        return grid_children(box, children)

    def of_marker(element: Any, state: Any, around: Any, style_for: Any, *more: Any) -> Any:
        style = style_for(element, "marker")
        written = style is not None and style["content"] not in ("normal", "inhibit")
        if written and around["list_style_position"] == "outside":
            LOG.error("<%s>: %s", element.tag, _IN_MARKER)
            return iter(())
        return marker_to_box(element, state, around, style_for, *more)

    build.flex_children, build.grid_children, build.marker_to_box = in_flex, in_grid, of_marker


def _taken_out(children: list[Any]) -> Iterator[Any]:
    return (child for child in children if child.style["position"] in ("absolute", "fixed"))


def _is_adrift(around: Any, style: Any) -> bool:
    """Tell whether a place comes from how a flex box aligns its items, which the engine does not heed."""
    own = style["align_self"]
    align = around["align_items"] if own in ("auto", ("auto",)) else own
    main, cross = ("horizontal", "vertical")
    if around["flex_direction"].startswith("column"):
        main, cross = cross, main
    turned = around["flex_direction"].endswith("-reverse")
    return (_is_open(style, main) and (turned or not _is_at_start(around["justify_content"]))) or (
        _is_open(style, cross) and not _is_at_start(align)
    )


def _is_at_start(words: Any) -> bool:
    return all(word in _AT_START for word in (words if isinstance(words, tuple) else (words,)))


def _is_open(style: Any, axis: str) -> bool:
    sides = ("left", "right") if axis == "horizontal" else ("top", "bottom")
    return all(style[side] == "auto" for side in sides)


def _is_stretched(table: Any) -> bool:
    """Tell whether a table is higher than its rows: browsers share the rest out, the engine leaves it."""
    groups = [child for child in table.children if hasattr(child, "is_header")]
    if not groups or table.style["height"] == "auto":
        return False
    below = max(group.position_y + group.height for group in groups)
    spacing = 0 if table.style["border_collapse"] == "collapse" else table.style["border_spacing"][1]
    return bool(table.content_box_y() + table.height - below > spacing + _HAIR)


def _shows_picture(content: Any) -> bool:
    return isinstance(content, tuple) and any(part[0] == "url" for part in content if isinstance(part, tuple))


def _is_placed(style: Any, axis: str) -> bool:
    """Tell whether a grid item names a line on an axis; a span alone is none."""
    lines = (style[f"grid_{axis}_start"], style[f"grid_{axis}_end"])
    return any(line != "auto" and line[0] != "span" for line in lines)


def is_round(box: Any) -> bool:
    """Tell whether a box has a rounded corner."""
    return any(across and along for across, along in box[4:])


def is_dashed_round(box: Any) -> bool:
    """Tell whether dashes or dots go round a rounded corner, which WeasyPrint draws as splinters."""
    style = box.style
    drawn = [side for side in _SIDES if getattr(box, f"border_{side}_width")]
    dashed = any(style[f"border_{side}_style"] in ("dashed", "dotted") for side in drawn)
    return dashed and style["border_image_source"][0] == "none" and is_round(box.rounded_border_box())


def _is_even(box: Any) -> bool:
    style = box.style
    sides = {
        (getattr(box, f"border_{side}_width"), style[f"border_{side}_style"], style[f"border_{side}_color"])
        for side in _SIDES
    }
    return len(sides) == 1

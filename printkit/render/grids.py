"""Items of a grid stand and stretch as CSS says: WeasyPrint stretches them whatever their own size is."""

from collections.abc import Callable
from typing import Any

# How an item is aligned across and along, its size there, and the margins that push it
_AXES = (
    ("justify", "width", ("margin_left", "margin_right")),
    ("align", "height", ("margin_top", "margin_bottom")),
)
# CSS Grid 2, section 10.2: where margins that take what is free leave an item
_PUSHED = {(True, True): "center", (True, False): "end", (False, True): "start"}
_STRETCHED = {"normal", "stretch"}


def align_items(build: Any, css: Any, modules: tuple[Any, ...]) -> None:
    """Put the repairs into WeasyPrint's `formatting_structure.build` and the modules that lay grids out."""
    grid_children, nothing = build.grid_children, css.INITIAL_VALUES["margin_top"]

    def found(box: Any, children: list[Any]) -> Any:
        items = grid_children(box, children)
        if isinstance(box, build.boxes.GridContainerBox):
            for item in items:
                _align(item, box.style, nothing, isinstance(item, build.boxes.ReplacedBox))
        return items

    build.grid_children = found
    plain = modules[0].grid_layout
    for module in modules:
        module.grid_layout = _held_small(plain)


def _align(item: Any, around: Any, nothing: Any, picture: bool) -> None:
    """Align an item by a word that leaves it its own size, where it has one (sections 10.2 and 6.2)."""
    for axis, size, margins in _AXES:
        style = item.style
        own = set(style[f"{axis}_self"])
        words = set(around[f"{axis}_items"]) if "auto" in own else own
        pushed = tuple(style[margin] == "auto" for margin in margins)
        sized = style[size] != "auto" or (picture and "stretch" not in words)
        word = _PUSHED.get(pushed) or ("start" if sized and words & _STRETCHED else "")
        if word:
            item.style = style.copy()
            item.style[f"{axis}_self"] = (word,)
        # What pushes is not added once more
        for margin, free in zip(margins, pushed, strict=True):
            if free:
                item.style[margin] = nothing


def _held_small(grid_layout: Callable[..., Any]) -> Callable[..., Any]:
    """Stretch no item beyond its max-width and max-height."""

    def found(*given: Any, **named: Any) -> Any:
        made = grid_layout(*given, **named)
        for item in made[0].children if made[0] is not None else ():
            item.width, item.height = min(item.width, item.max_width), min(item.height, item.max_height)
        return made

    return found

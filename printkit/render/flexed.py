"""Items of a flex line that a largest or smallest size holds leave the rest to the others, as CSS says."""

from collections.abc import Callable
from typing import Any


class _Beyond(float):
    """A size above the largest that an item may have.

    WeasyPrint holds items by both limits before it looks which of them are held, so it finds none and shares
    nothing out anew (CSS Flexbox 1, section 9.7, steps 4c to 4e). It then asks only whether a size is less
    than what it is held to: for one that is more the answer has to be yes too.
    """

    def __lt__(self, held: float) -> bool:
        return True


def share_out(flex: Any, modules: tuple[Any, ...]) -> None:
    """Put the repair into WeasyPrint's `layout.flex` and the modules that lay out by it."""
    # Whether lines run across, of each flex box that is being laid out, the innermost last
    sizes: list[str] = []

    def unheld(item: Any, size: float) -> float:
        return _Beyond(size) if size > getattr(item, f"max_{sizes[-1]}") else size

    flex.min_max, flex.log10 = unheld, _thousandths
    plain = _noted(flex.flex_layout, sizes)
    for module in modules:
        module.flex_layout = plain


def _thousandths(size: float) -> float:
    """Return a size by which two that are free are compared (step 4b): WeasyPrint compares powers of ten."""
    return size * 1000


def _noted(flex_layout: Callable[..., Any], sizes: list[str]) -> Callable[..., Any]:
    def found(context: Any, box: Any, *given: Any, **named: Any) -> Any:
        sizes.append("height" if box.style["flex_direction"].startswith("column") else "width")
        try:
            return flex_layout(context, box, *given, **named)
        finally:
            sizes.pop()

    return found

"""Text that no ink makes: the file holds it, and the print has it not."""

from collections.abc import Iterator

from printkit.content import Element, Kind
from printkit.preflight.core.registry import Hit, rule
from printkit.preflight.core.subject import PageView, Subject
from printkit.preflight.seen.visible import Paint, VisibleElements, each_visible
from printkit.words import Message

PRACTICE = "common print practice"


@rule("product/text-ink", "error", PRACTICE, needs="process_only")
def text_ink(subject: Subject) -> Iterator[Hit]:
    """Every text is made by ink, its own or that round white letters: give it a colour that prints."""
    seen = subject.once(each_visible)
    for number, one in enumerate(seen):
        if one.is_text and not _drawn_by_itself(one.element):
            why = _inkless(seen, number)
            if why:
                yield Hit(Message("text %(why)s", why=why), one.view.number, one.view.in_mm(one.box))
    texts = ((view, text) for view, marks in subject.marks for text in marks.of_kind(Kind.TEXT))
    for view, element in texts:
        # Rendering mode 3 or no alpha: searched and copied, never printed
        if _is_unpainted(view, element):
            box = element.visible.intersection(view.trim)
            yield Hit(
                Message("text is painted with nothing, so it is not printed"), view.number, view.in_mm(box)
            )


def _inkless(seen: tuple[VisibleElements, ...], number: int) -> str:
    """Say why no ink makes a text; nothing where some does."""
    one = seen[number]
    if not all(paint.tint.white for paint in one.paints):
        return ""
    if all(_leaves_all(paint) for paint in one.paints):
        return Message("is white and overprints, so no ink makes it")
    return "" if _has_ink_beneath(seen, number) else Message("is white on white, so no ink makes it")


def _leaves_all(paint: Paint) -> bool:
    """Tell whether white leaves every ink beneath as it is; grey never does (ISO 32000-1, Table 149)."""
    return paint.overprints and paint.keeps and not paint.tint.grey


def _has_ink_beneath(seen: tuple[VisibleElements, ...], number: int) -> bool:
    """Tell whether white letters stand in ink: from what was painted last down to a white ground."""
    one = seen[number]
    # Backwards, so that the first that covers it decides
    for other in reversed(seen[:number]):
        if other.view is not one.view:
            return False
        if other.is_text or other.box.intersection(one.box).empty:
            continue
        if not other.paints or not all(paint.tint.white for paint in other.paints):
            return True
        if _covers(other, one):
            return False
    return False


def _covers(ground: VisibleElements, one: VisibleElements) -> bool:
    """Tell whether a rectangle is laid under all of a text."""
    fill = ground.fill
    plain = ground.element.bar_width is not None and fill is not None and fill.solid and not fill.overprints
    return plain and ground.box.contains(one.box)


def _is_unpainted(view: PageView, element: Element) -> bool:
    context = element.context
    if element.kind is not Kind.TEXT or context.hidden or context.in_mask or context.in_pattern:
        return False
    painted = (element.fills or element.strokes) and element.alpha > 0
    return not painted and not element.visible.intersection(view.trim).empty


def _drawn_by_itself(element: Element) -> bool:
    """Tell whether letters are drawn by content of their own, which may set colours (Type 3)."""
    font = element.state.text.font
    return font is not None and font.drawn

"""Walk a page: every painted element in painting order."""

from collections.abc import Iterator
from typing import Any

import pikepdf

from printkit.content.faults import UNFINISHED
from printkit.content.layers import read_layers
from printkit.content.machine import Event, Faults, Machine, Shared
from printkit.content.objects import EVERYWHERE, TooMuch, entry, rect_of
from printkit.content.parsing import MOST_OPERATORS, ends_early, operator_of, parse
from printkit.content.state import FORM, GLYPH, Context, Element, Nested, State
from printkit.units import Rect

DEEPEST_TREE = 64
Instructions = Iterator[tuple[str, list[Any]]]


def walk(
    page: pikepdf.Page,
    pdf: pikepdf.Pdf | None = None,
    most_operators: int = MOST_OPERATORS,
    faults: Faults | None = None,
) -> Iterator[Element]:
    """Yield the painted elements of a page, also of forms, tiling patterns, Type 3 glyphs and mask groups.

    A pattern's cell and a mask's group come once for each place and colour, after what uses them. With `pdf`
    its layers are known, and into `faults` goes what cannot be made out. Content that calls itself is
    entered once. ContentError: it cannot be parsed, or has more than `most_operators` operators.
    """
    shared = Shared(None if pdf is None else read_layers(pdf), faults)
    machine = Machine(resources_of(page), State(clip=page_box(page)), Context(), shared)
    return _Walk(most_operators).through(machine, page)


def instructions(stream: Any, most_operators: int = MOST_OPERATORS) -> Instructions:
    """Yield operator and operands of a page or a content stream; ContentError where it cannot be read."""
    for found in parse(stream, most_operators):
        yield operator_of(found), list(found.operands)


def resources_of(page: pikepdf.Page) -> Any:
    """Return a page's resources, its own or inherited; an empty dictionary where it has none."""
    resources = _inherited(page.obj, "/Resources")
    return resources if isinstance(resources, pikepdf.Dictionary) else pikepdf.Dictionary()


def page_box(page: pikepdf.Page) -> Rect:
    """Return the page's MediaBox, its own or inherited; EVERYWHERE where it has none."""
    return rect_of({"/MediaBox": _inherited(page.obj, "/MediaBox")}, "/MediaBox") or EVERYWHERE


def _inherited(node: Any, key: str) -> Any:
    """Look a key up through the page tree; a tree that bites its tail ends the search."""
    for _ in range(DEEPEST_TREE):
        value = entry(node, key)
        if value is not None:
            return value
        node = entry(node, "/Parent")
    return None


class _Walk:
    """Hold one walk's budget and the cells and masks that it has been through."""

    def __init__(self, most_operators: int) -> None:
        self.left = self.most = most_operators
        self.seen: set[tuple[Any, ...]] = set()

    def through(self, machine: Machine, stream: Any) -> Iterator[Element]:
        """Run the stream and, at once where they are called, the streams in it, on a stack of our own."""
        stack: list[tuple[Machine, Iterator[Event]]] = [(machine, self._events(machine, stream))]
        while stack:
            machine, events = stack[-1]
            event = next(events, None)
            if event is None:
                stack.pop()
            elif isinstance(event, Element):
                yield event
            elif self._first_time(event):
                inner = machine.enter(event)
                stack.append((inner, self._events(inner, event.stream)))

    def _events(self, machine: Machine, stream: Any) -> Iterator[Event]:
        name: str | None = None
        for name, operands in instructions(stream, self.most):
            self.left -= 1
            if self.left < 0:
                raise TooMuch(f"the page has more than {self.most} operators, forms included")
            yield from machine.step(name, operands)
        if ends_early(stream, name):
            machine.shared.note(UNFINISHED)

    def _first_time(self, nested: Nested) -> bool:
        """Tell whether to go in: forms and glyphs always, cells and masks once for each place and colour."""
        if nested.role in (FORM, GLYPH):
            return True
        key = (nested.stream.objgen, nested.state.ctm, nested.state.fill.components)
        new = key not in self.seen
        self.seen.add(key)
        return new

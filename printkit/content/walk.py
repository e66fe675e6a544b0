"""Walk a page: every painted element in painting order."""

from collections.abc import Iterator
from typing import Any

import pikepdf

from printkit.content.elements import PageElements
from printkit.content.layers import read_layers
from printkit.content.machine import Faults, Machine, Shared
from printkit.content.objects import EVERYWHERE, entry, rect_of
from printkit.content.parsing import MOST_OPERATORS, operator_of, parse
from printkit.content.printed import printed_annotations
from printkit.content.reading import Reader
from printkit.content.state import Context, Element, State
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
    yield from read_page(page, shared, Reader(PageElements(), most_operators)).elements()


def read_page(page: pikepdf.Page, shared: Shared, reader: Reader) -> PageElements:
    """Return the marks of a page; `shared` is what all pages of a file share."""
    reader.marks.page = page_box(page)
    machine = Machine(resources_of(page), State(clip=reader.marks.page), Context(), shared)
    reader.run(machine, page)
    for mark in printed_annotations(page.obj, State(clip=reader.marks.page), shared.layers):
        reader.run(machine.enter(mark), mark.stream)
    return reader.marks


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

"""Pages built with pikepdf, from the bytes of their content."""

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from printkit.content import Element, walk

Walked = Callable[..., list[Element]]


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.new() as made:
        yield made


@pytest.fixture
def walked(pdf: pikepdf.Pdf) -> Walked:
    """Return a function: content and resources of a page of 200 x 100 points -> its elements."""

    def build(content: bytes, **resources: Any) -> list[Element]:
        page = pdf.add_blank_page(page_size=(200, 100))
        page.Contents = pdf.make_stream(content)
        page.Resources = Dictionary(**resources)
        return list(walk(page, pdf))

    return build


@pytest.fixture
def form(pdf: pikepdf.Pdf) -> Callable[..., pikepdf.Stream]:
    """Return a function: content and entries -> a form XObject of 100 x 100 units."""

    def build(content: bytes, **entries: Any) -> pikepdf.Stream:
        made = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 100])
        for key, value in entries.items():
            made["/" + key] = value
        return made

    return build

"""Compressed streams and page resources."""

from collections.abc import Mapping
from typing import cast

import deflate
import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

# Content is packed for each variant anew: higher levels gain a hundredth and take longer.
LEVEL = 5


def packed(data: bytes) -> bytes:
    """Return data as a Flate stream holds it."""
    return bytes(deflate.zlib_compress(data, LEVEL))


def compressed(pdf: Pdf, data: bytes, **keys: object) -> pikepdf.Object:
    """Return a new indirect Flate stream."""
    stream = pikepdf.Stream(pdf, packed(data), Filter=Name.FlateDecode, **keys)
    return pdf.make_indirect(stream)


def own_resources(page: pikepdf.Page) -> Dictionary:
    """Give the page a resource dictionary that it shares with nobody and return it."""
    # Pages inherit resources or share them, and an entry added for one would show up in all
    page.obj.Resources = Dictionary(dict(page.resources.items()))
    return cast(Dictionary, page.obj.Resources)


def add_resources(resources: Dictionary, category: str, entries: Mapping[str, pikepdf.Object]) -> None:
    """Add entries to one category, without touching a dictionary that others share."""
    category_name = Name("/" + category)
    shared = resources[category_name].items() if category_name in resources else ()
    added = {"/" + name: value for name, value in entries.items()}
    resources[category_name] = Dictionary(dict(shared) | added)


def content_list(page: pikepdf.Page) -> list[pikepdf.Object]:
    """Return the page's content streams in order."""
    contents = page.obj.get(Name.Contents)
    if contents is None:
        return []
    return list(contents) if isinstance(contents, Array) else [contents]

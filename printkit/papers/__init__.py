"""Proofs for people: pictures for the screen, a contact sheet, a file to approve."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from printkit.papers.parts import Book, Leaf, PagePicture, Place, ProofFonts, Sheet, Tile

if TYPE_CHECKING:
    from printkit.papers.book import committee_book
    from printkit.papers.drawing import draw
    from printkit.papers.picture import page_pictures, thumbnail
    from printkit.papers.contact_sheet import contact_sheet

__all__ = [
    "Book",
    "Leaf",
    "PagePicture",
    "Place",
    "ProofFonts",
    "Sheet",
    "Tile",
    "committee_book",
    "contact_sheet",
    "draw",
    "page_pictures",
    "thumbnail",
]

# Modules and what they give, loaded once one of these names is asked for: most load ReportLab, and a press
# file is made without
_LATER = {
    "book": ("committee_book",),
    "drawing": ("draw",),
    "picture": ("page_pictures", "thumbnail"),
    "contact_sheet": ("contact_sheet",),
}


def __getattr__(name: str) -> Any:
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

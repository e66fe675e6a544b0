"""Proofs for people: pictures for the screen, a contact sheet, a file to approve."""

from printkit.proof.book import Book, Leaf, Place, committee_book
from printkit.proof.fonts import ProofFonts
from printkit.proof.picture import page_pictures
from printkit.proof.sheet import Sheet, Tile, contact_sheet

__all__ = [
    "Book",
    "Leaf",
    "Place",
    "ProofFonts",
    "Sheet",
    "Tile",
    "committee_book",
    "contact_sheet",
    "page_pictures",
]

"""Either paper, by what it is to show."""

from printkit.proof.book import Book, committee_book
from printkit.proof.fonts import ProofFonts
from printkit.proof.sheet import Sheet, contact_sheet


def draw(paper: Book | Sheet, fonts: ProofFonts) -> bytes:
    """Return a committee's proof or the contact sheet as PDF."""
    return committee_book(paper, fonts) if isinstance(paper, Book) else contact_sheet(paper, fonts)

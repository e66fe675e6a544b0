"""Either paper, by what it is to show."""

from printkit.papers.book import committee_book
from printkit.papers.contact_sheet import contact_sheet
from printkit.papers.parts import ContactSheet, ProofBook, ProofFonts


def draw(paper: ProofBook | ContactSheet, fonts: ProofFonts) -> bytes:
    """Return a committee's proof or the contact sheet as PDF."""
    return committee_book(paper, fonts) if isinstance(paper, ProofBook) else contact_sheet(paper, fonts)

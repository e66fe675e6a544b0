"""The contact sheet and a committee's proof, read back as a reader would."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from printkit.papers.book import committee_book
from printkit.papers.contact_sheet import contact_sheet
from printkit.papers.parts import Afar, ContactSheet, Delivery, Leaf, ProofBook, ProofFonts, Tile
from printkit.papers.picture import thumbnail


@pytest.fixture
def fonts(repository: Path) -> ProofFonts:
    folder = repository / "assets" / "fonts"
    names = ("BricolageGrotesque-Bold.ttf", "SourceSans3-Regular.ttf", "SourceSans3-SemiBold.ttf")
    return ProofFonts(*((folder / name).read_bytes() for name in names))


def png(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), (20, 90, 120)).save(out, "PNG")
    return out.getvalue()


def text(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def tile(number: int) -> Tile:
    pages = (thumbnail(png(148, 210)),) * 2
    return Tile("Flyer A5", pages, f"Nærutvalg {number}", "5 steder", held=number == 3)


def leaf(texts: int = 3) -> Leaf:
    rows = tuple((f"Felt {number}", "Åtte innbyggere og tre politikere " * 4) for number in range(texts))
    places = (
        Delivery("Mjøndalen stasjon", 100, ("ABC-DEFG",)),
        Delivery("Svelvik bibliotek", 50, ("HJK-LMNP",)),
    )
    address = "https://www.drammen.kommune.no/" + "x" * 120
    return Leaf("Flyer A5", "148 × 210 mm", (png(148, 210), png(148, 210)), rows, (address,), places)


def test_every_layout_stands_on_the_contact_sheet(fonts: ProofFonts) -> None:
    pdf = contact_sheet(ContactSheet("Rekruttering", "40 oppsett", tuple(map(tile, range(1, 31)))), fonts)
    said = text(pdf)
    assert all(f"Nærutvalg {number}" in said for number in range(1, 31))
    assert len(pypdfium2.PdfDocument(pdf)) > 1


def test_a_group_is_named_once(fonts: ProofFonts) -> None:
    pdf = contact_sheet(ContactSheet("Rekruttering", "", tuple(map(tile, range(1, 13)))), fonts)
    assert text(pdf).count("Flyer A5 (12)") == 1


def test_a_long_name_has_room_above_the_next_row(fonts: ProofFonts) -> None:
    name = "Strømsø nedenfor Vestfoldbanen: Grønland, Marienlyst, Brandengen og Tangen"
    tiles = tuple(replace(tile(number), pages=tile(number).pages[:1], caption=name) for number in range(16))
    pages = list(pypdfium2.PdfDocument(contact_sheet(ContactSheet("R", "", tiles), fonts)))
    assert text(contact_sheet(ContactSheet("R", "", tiles), fonts)).count("Vestfoldbanen") == 16
    for page in pages:
        words = page.get_textpage()
        letters = [words.get_charbox(index) for index in range(words.count_chars())]
        shown = [one.get_bounds() for one in page.get_objects() if one.type == 3]
        crossed = [
            letter
            for letter in letters
            for left, bottom, right, top in shown
            if left < letter[0] < right and bottom < letter[3] and letter[1] < top
        ]
        assert crossed == []


def test_rows_are_filled_evenly(fonts: ProofFonts) -> None:
    pdf = contact_sheet(ContactSheet("Rekruttering", "", tuple(map(tile, range(1, 7)))), fonts)
    shown = [one.get_bounds() for one in pypdfium2.PdfDocument(pdf)[0].get_objects() if one.type == 3]
    rows = [round(bottom) for _, bottom, _, _ in shown]
    assert sorted(rows.count(row) for row in set(rows)) == [6, 6]


def test_a_proof_has_a_cover_and_a_sheet_a_layout(fonts: ProofFonts) -> None:
    book = ProofBook("Korrektur", "Strømsø nedenfor Vestfoldbanen", ("Les alt.",), (leaf(), leaf()), "nb")
    pdf = committee_book(book, fonts)
    assert len(pypdfium2.PdfDocument(pdf)) == 3
    said = text(pdf)
    for words in (book.subtitle, "Les alt.", "Godkjent", "Mjøndalen stasjon: 100", "ABC-DEFG"):
        assert words in said


def test_a_sheet_shows_its_piece_from_the_nearest_distance_that_fits(fonts: ProofFonts) -> None:
    far = replace(leaf(), pages=(png(148, 210),), afar=(Afar(3, 66), Afar(5, 40), Afar(10, 20)))
    page = pypdfium2.PdfDocument(committee_book(ProofBook("Korrektur", "N", (), (far,), "nb"), fonts))[1]
    widths = sorted(
        (one.get_bounds()[2] - one.get_bounds()[0]) * 25.4 / 72 for one in page.get_objects() if one.type == 3
    )
    assert widths[0] == pytest.approx(40, abs=0.1)
    assert "Sett fra 5 m" in page.get_textpage().get_text_bounded()


def test_many_texts_stay_on_the_sheet(fonts: ProofFonts) -> None:
    pdf = committee_book(ProofBook("Korrektur", "Nærutvalg", (), (leaf(texts=9),), "nb"), fonts)
    page = pypdfium2.PdfDocument(pdf)[1].get_textpage()
    bottoms = [page.get_charbox(index)[1] for index in range(page.count_chars())]
    assert min(bottoms) > 10
    assert "Svelvik bibliotek: 50" in text(pdf)


def test_a_thousand_places_leave_room_to_sign(fonts: ProofFonts) -> None:
    places = tuple(Delivery(f"Sted {number}", 10, ("ABC-DEFG",)) for number in range(1000))
    pdf = committee_book(
        ProofBook("Korrektur", "Nærutvalg", (), (replace(leaf(), places=places),), "nb"), fonts
    )
    page = pypdfium2.PdfDocument(pdf)[1].get_textpage()
    assert min(page.get_charbox(index)[1] for index in range(page.count_chars())) > 10
    assert "og 980 steder til med 9800 eksemplarer, se distribution.csv" in text(pdf)


def wider(font: bytes, times: float) -> bytes:
    """Return a font whose letters take `times` the room."""
    with TTFont(BytesIO(font)) as opened:
        metrics = opened["hmtx"].metrics
        opened["hmtx"].metrics = {
            name: (round(advance * times), left) for name, (advance, left) in metrics.items()
        }
        out = BytesIO()
        opened.save(out)
    return out.getvalue()


@pytest.mark.parametrize("times", [1, 1.3, 2.5])
def test_no_line_to_sign_crosses_an_answer(fonts: ProofFonts, times: float) -> None:
    wide = replace(fonts, text=wider(fonts.text, times))
    page = pypdfium2.PdfDocument(committee_book(ProofBook("Proof", "N", (), (leaf(),), "en"), wide))[1]
    words = page.get_textpage()
    index, count = words.search("To be changed, see the marks on the sheet").get_next()
    end = words.get_charbox(index + count - 1)[2]
    boxes = [one.get_bounds() for one in page.get_objects() if one.type == 2]
    # Only the lines to sign lie at the foot and are as flat as their stroke.
    lines = sorted(
        (left, right) for left, bottom, right, top in boxes if top < 60 and top - bottom < 4 < right - left
    )
    (name, name_end), (date, date_end) = lines
    assert end < name < name_end < date < date_end < page.get_width() - 39
    # A name can still be written.
    assert name_end - name > 50 * 72 / 25.4


def test_equal_books_have_equal_bytes(fonts: ProofFonts) -> None:
    book = ProofBook("Korrektur", "Nærutvalg", ("Les alt.",), (leaf(),), "nb")
    assert committee_book(book, fonts) == committee_book(book, fonts)
    sheet = ContactSheet("Rekruttering", "", (tile(1),))
    assert contact_sheet(sheet, fonts) == contact_sheet(sheet, fonts)

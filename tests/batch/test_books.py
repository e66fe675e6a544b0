"""The contact sheet and the committees' proofs follow what they show, and stay while that stays."""

from dataclasses import replace

import pypdfium2
import pytest

from printkit.batch import session
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn

BOOKS = ("contact-sheet.pdf", "nu01.pdf")


def words(batch: Batch, book: str) -> str:
    document = pypdfium2.PdfDocument((batch.root / "proofs" / book).read_bytes())
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def times(batch: Batch) -> list[int]:
    return [(batch.root / "proofs" / book).stat().st_mtime_ns for book in BOOKS]


def test_books_stay_as_they_are_while_nothing_changes(batch: Batch) -> None:
    batch(StandIn())
    before = times(batch)
    batch(StandIn())
    assert times(batch) == before


def test_a_site_that_is_not_pictured_changes_the_books_too(batch: Batch) -> None:
    batch(StandIn())
    before = [words(batch, book) for book in BOOKS]
    flyers = [piece for piece in batch.pieces if piece.format == "flyer-a5"]
    more = replace(flyers[-1], quantity=777)
    batch(StandIn(), tuple(more if piece.id == more.id else piece for piece in batch.pieces))
    sheet, book = (words(batch, name) for name in BOOKS)
    assert "777" in book
    assert [sheet == before[0], book == before[1]] == [False, False]
    assert f"{sum(piece.quantity for piece in flyers) - flyers[-1].quantity + 777} stk." in sheet


def test_a_rebuilt_page_changes_the_books(batch: Batch) -> None:
    batch(StandIn())
    before = [(batch.root / "proofs" / book).read_bytes() for book in BOOKS]
    batch(StandIn("new"))
    assert all(
        (batch.root / "proofs" / book).read_bytes() != one for book, one in zip(BOOKS, before, strict=True)
    )


def test_only_pictures_that_a_run_did_not_make_are_shrunk_for_the_contact_sheet(batch: Batch) -> None:
    first, again, drawn = StandIn(), StandIn(), StandIn()
    batch(first)
    sheet = batch.root / "proofs" / BOOKS[0]
    before = sheet.read_bytes()
    for file in (batch.root / "press/nu01").glob("*flyer-a5*"):
        file.unlink()
    batch(again)
    assert sheet.read_bytes() == before
    sheet.unlink()
    batch(drawn)
    assert sheet.read_bytes() == before
    layouts = len({inputs.layout for inputs in map(first.inputs, batch.pieces)})
    assert (first.shrunk, again.shrunk, drawn.made) == (0, layouts - 1, [])


@pytest.mark.parametrize("room", [0, 64_000_000])
def test_a_book_is_the_same_from_pictures_just_made_and_from_those_that_stand(
    batch: Batch, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr(session, "MOST_JPEGS", room)
    batch(StandIn())
    book = batch.root / "proofs" / BOOKS[1]
    before = book.read_bytes()
    book.unlink()
    batch(StandIn())
    assert book.read_bytes() == before

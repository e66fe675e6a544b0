"""The contact sheet and the committees' proofs follow what they show, and stay while that stays."""

from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2
import pytest

from printkit.batch import execution, session
from printkit.batch.planned import Planned
from printkit.batch.proofs import drawn
from printkit.papers.parts import PagePicture
from printkit.work.pool import InProcess
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn, jpeg, page_png

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


def test_languages_are_told_apart_where_a_run_has_several(batch: Batch) -> None:
    batch(StandIn())
    assert not any("Norsk bokmål" in words(batch, book) for book in BOOKS)
    batch(StandIn(), (*batch.pieces, replace(batch.pieces[0], id="nu01_english", language="en", site=None)))
    for book in BOOKS:
        said = words(batch, book)
        assert "Norsk bokmål" in said
        assert "English" in said


def test_the_contact_sheet_calls_a_committee_by_its_name(batch: Batch) -> None:
    batch(StandIn())
    committee = batch.base.profiles.committees["nu01"]
    said = " ".join(words(batch, BOOKS[0]).split())
    assert f"{committee.number} {committee.name}" in said


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


class Tinted(StandIn):
    """Make the JPEG of a page unlike its PNG, so that a book tells which of them it was drawn from."""

    jpeg = jpeg(page_png(200))

    def pictures(self, piece: Planned) -> tuple[PagePicture, ...]:
        return tuple(replace(picture, jpeg=self.jpeg) for picture in super().pictures(piece))


@pytest.mark.parametrize(("room", "kept"), [(0, 0), (1, 1), (4, 4)])
def test_books_are_drawn_from_the_pictures_just_made_as_many_as_there_is_room_for(
    batch: Batch, monkeypatch: pytest.MonkeyPatch, room: int, kept: int
) -> None:
    monkeypatch.setattr(session, "MOST_JPEGS", room * len(Tinted.jpeg))
    batch(Tinted())
    book = pikepdf.open(batch.root / "proofs" / BOOKS[1])
    raw = [image.read_raw_bytes() for page in book.pages[1:] for image in page.get_images().values()]
    assert (len(raw), raw.count(Tinted.jpeg)) == (4, kept)


def test_a_book_frees_its_pictures(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    sessions: list[session.Session] = []

    def noted(*given: Any, **more: Any) -> session.Session:
        sessions.append(session.Session(*given, **more))
        return sessions[-1]

    monkeypatch.setattr(execution, "Session", noted)
    batch(StandIn())
    assert [(one.jpegs, len(one.thumbnails)) for one in sessions] == [({}, 4)]


def test_a_book_is_the_same_from_pictures_that_stand(batch: Batch) -> None:
    batch(StandIn())
    book = batch.root / "proofs" / BOOKS[1]
    before = book.read_bytes()
    book.unlink()
    batch(StandIn())
    assert book.read_bytes() == before


def test_a_few_things_are_asked_for_at_a_time_and_come_in_their_order() -> None:
    class Later(Future[bytes]):
        out, most = 0, 0

        def __init__(self, made: bytes) -> None:
            super().__init__()
            self.set_result(made)
            Later.out += 1
            Later.most = max(Later.out, Later.most)

        def result(self, timeout: float | None = None) -> bytes:
            Later.out -= 1
            return super().result(timeout)

    class Two(InProcess):
        workers = 2

        def submit(self, method: str, *arguments: Any) -> Future[Any]:
            return Later(b"".join(arguments))

    made = drawn(Two(StandIn), "draw", ((bytes([number]),) for number in range(20)))
    assert (list(made), Later.most, Later.out) == ([bytes([number]) for number in range(20)], 4, 0)

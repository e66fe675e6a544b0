"""The journal takes whole lines of its own and nothing else."""

import json
from dataclasses import replace

import pytest

from printkit.batch.folder import Folder
from printkit.batch.journal import read_journal
from printkit.batch.paths import JOURNAL
from printkit.batch.planned import Planned
from printkit.produce import Product
from printkit.words import Message
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn


@pytest.fixture
def folder(batch: Batch) -> Folder:
    batch(StandIn())
    return Folder(batch.root)


def lines(folder: Folder) -> list[bytes]:
    return folder.path(JOURNAL).read_bytes().splitlines(keepends=True)


def test_a_line_cut_off_anywhere_counts_as_not_written(folder: Folder) -> None:
    whole, found = lines(folder), read_journal(folder)
    for end in (1, 9, len(whole[0]) // 2, len(whole[0]) - 2):
        folder.path(JOURNAL).write_bytes(whole[0][:end] + b"\n" + b"".join(whole[1:]))
        journal = read_journal(folder)
        assert len(journal.records) == len(found.records) - 1
        assert journal.extras == found.extras


def test_a_line_with_an_unknown_key_counts_as_not_written(folder: Folder) -> None:
    whole, found = lines(folder), read_journal(folder)
    for number in (0, -1):
        strange = json.dumps({**json.loads(whole[number]), "colour": "red"}, separators=(",", ":")).encode()
        folder.path(JOURNAL).write_bytes(strange + b"\n")
        assert not read_journal(folder).files()
    assert found.files()
    told = json.loads(whole[0])
    told["qr"][0]["colour"] = "red"
    folder.path(JOURNAL).write_bytes(json.dumps(told, separators=(",", ":")).encode() + b"\n")
    assert not read_journal(folder).files()


@pytest.mark.parametrize(
    "line", [b"", b"null", b"[]", b"{}", b'{"extra": 1}', b"\xff\xfe", b'{"id": "\xff"}']
)
def test_a_line_that_is_none_costs_the_others_nothing(folder: Folder, line: bytes) -> None:
    whole, found = lines(folder), read_journal(folder)
    folder.path(JOURNAL).write_bytes(line + b"\n" + b"".join(whole))
    assert read_journal(folder).files() == found.files()


def test_the_last_line_of_a_piece_counts(folder: Folder) -> None:
    whole = lines(folder)
    later = {**json.loads(whole[0]), "quantity": 7}
    folder.path(JOURNAL).write_bytes(b"".join(whole) + json.dumps(later).encode() + b"\n")
    assert read_journal(folder).records[later["id"]].quantity == 7


def test_pieces_of_a_layout_share_what_is_equal(folder: Folder) -> None:
    one, other = [one for one in read_journal(folder).records.values() if one.format == "flyer-a5"][:2]
    assert one.id != other.id
    assert one.texts is other.texts
    assert one.layout is other.layout
    assert one.model_fields_set is other.model_fields_set


class Telling(StandIn):
    """Find what is wrong in a sentence of the catalogues."""

    def make(self, piece: Planned) -> Product:
        fault = Message("font %(get)s is not embedded", get="Courier")
        finding = {"id": "x4/fonts", "severity": "error", "page": 1, "pages": (1, 2), "message": fault}
        return replace(super().make(piece), verdict="fail", findings=(finding,))


def test_what_a_later_run_reads_back_is_said_in_the_workspaces_language(batch: Batch) -> None:
    batch(Telling(), batch.pieces[:1])
    said = (batch.root / "report.html").read_text("utf-8")
    assert "x4/fonts, side 1 og 1 til: skriften Courier er ikke bygd inn" in said
    outcome = batch(Telling(), batch.pieces[:1])
    assert outcome.records[0].reasons == ("x4/fonts, page 1 and 1 more: font Courier is not embedded",)
    again = (batch.root / "report.html").read_text("utf-8")
    assert "x4/fonts, side 1 og 1 til: skriften Courier er ikke bygd inn" in again
    assert "font Courier is not embedded" in (batch.root / "report.json").read_text("utf-8")


def test_a_journal_from_before_is_read_and_stays_english(batch: Batch) -> None:
    batch(Telling(), batch.pieces[:1])
    folder = Folder(batch.root)
    kept = [json.loads(line) for line in lines(folder)]
    for one in kept:
        if "reasons" in one:
            one["reasons"] = ["x4/fonts, page 1: font Courier is not embedded"]
            one["findings"][0]["message"] = "font Courier is not embedded"
    text = "".join(json.dumps(one, separators=(",", ":")) + "\n" for one in kept)
    folder.path(JOURNAL).write_text(text, "utf-8")
    (record,) = read_journal(folder).records.values()
    assert record.findings[0]["message"] == "font Courier is not embedded"
    assert record.reasons == ("x4/fonts, page 1: font Courier is not embedded",)


@pytest.mark.parametrize(
    "kept", [7, {"text": "%(a)s"}, {"text": "%(a)s", "fields": {}}, {"text": 1, "fields": 2}]
)
def test_a_line_whose_text_cannot_be_said_counts_as_not_written(batch: Batch, kept: object) -> None:
    batch(Telling(), batch.pieces[:1])
    folder = Folder(batch.root)
    found = [json.loads(line) for line in lines(folder)]
    spoilt = [{**one, "reasons": [kept]} if "reasons" in one else one for one in found]
    folder.path(JOURNAL).write_text("".join(json.dumps(one) + "\n" for one in spoilt), "utf-8")
    assert read_journal(folder).records == {}

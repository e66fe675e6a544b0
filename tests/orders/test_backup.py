"""A backup is restored in whole or not at all, whatever is in it."""

import json
import os
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from threading import Thread
from zipfile import ZipFile

import pytest

from printkit.errors import OrderRefused, WriteError
from printkit.orders.backup import back_up, restore
from printkit.orders.book import open_book
from printkit.orders.changing import new_order
from printkit.orders.producing import release
from printkit.orders.reading import get
from printkit.orders.stepping import On
from printkit.orders.store import Store
from printkit.orders.verifying import verify
from tests.orders.stage import PEOPLE, Stage


def test_a_backup_is_restored_into_each_kind_of_database(lite: Stage, url: str, tmp_path: Path) -> None:
    order = lite.approved()
    file = tmp_path / "backup.zip"
    assert back_up(lite.book, file)["orders"] == 1
    book = open_book(lite.book.workspace, url, clock=lite.clock)
    book = replace(book, store=Store(tmp_path / "restored"), batches=tmp_path / "restored-batches")
    assert restore(book, file)["orders"] == 1
    assert get(book, lite.leader, order.id) == get(lite.book, lite.leader, order.id)
    # Numbers go on where they were.
    assert new_order(book, lite.leader, "nu03", lite.content()).id == order.id + 1
    assert release(book, lite.coordinator, On(order.id)).state == "released"
    assert verify(book) == []
    with pytest.raises(OrderRefused, match="not empty"):
        restore(book, file)
    book.database.dispose()


def test_a_pipe_gets_the_backup_and_stays_a_pipe(lite: Stage, tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    counts = back_up(lite.book, pipe)
    reader.join(60)
    assert pipe.is_fifo()
    with ZipFile(BytesIO(read[0])) as archive:
        assert archive.testzip() is None
        assert archive.read("rows/persons.jsonl").count(b"\n") == counts["persons"] > 0


def test_a_backup_that_cannot_be_written_leaves_nothing(lite: Stage, tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="No space left on device"):
        back_up(lite.book, Path("/dev/full"))
    with pytest.raises(WriteError, match="backup.zip: cannot be written"):
        back_up(lite.book, tmp_path / "none" / "backup.zip")
    assert list(tmp_path.glob(".printkit-*")) == []


def test_half_a_backup_is_refused(lite: Stage, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    back_up(lite.book, file)
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(OrderRefused, match="no whole backup"):
        restore(lite.book, file)


@pytest.mark.parametrize(
    ("part", "data", "told"),
    [
        ("schema.json", b"[]", "the backup has schema None"),
        ("rows/persons.jsonl", b"\xff", "is no whole backup"),
        ("rows/persons.jsonl", b"[" * 100_000, "is no whole backup"),
        ("rows/persons.jsonl", b"5", "a row of persons has other columns"),
        ("rows/seats.jsonl", b'{"more": 1}', "a row of seats has other columns"),
        ("rows/persons.jsonl", b'"language": []', "a row of persons has a list for a value"),
        ("rows/persons.jsonl", b'"name": null', r"rows/persons\.jsonl holds what no order book has"),
        ("rows/persons.jsonl", b'"id": %d' % 10**30, r"rows/persons\.jsonl holds what no order book has"),
    ],
)
def test_a_backup_of_other_rows_is_refused_in_words(
    lite: Stage, tmp_path: Path, part: str, data: bytes, told: str
) -> None:
    back_up(lite.book, tmp_path / "whole.zip")
    with ZipFile(tmp_path / "whole.zip") as whole, ZipFile(tmp_path / "other.zip", "w") as other:
        for name in whole.namelist():
            written = whole.read(name)
            if name == part and data.startswith(b'"'):
                # Another value under one key of a whole row
                first, _, rest = written.partition(b"\n")
                written = (
                    json.dumps({**json.loads(first), **json.loads(b"{%s}" % data)}).encode() + b"\n" + rest
                )
            other.writestr(name, data if name == part and not data.startswith(b'"') else written)
    book = open_book(lite.book.workspace, f"sqlite:///{tmp_path / 'new.sqlite3'}", clock=lite.clock)
    with pytest.raises(OrderRefused, match=told):
        restore(book, tmp_path / "other.zip")
    book.database.dispose()


def test_a_backup_comes_by_a_pipe_too(lite: Stage, tmp_path: Path) -> None:
    back_up(lite.book, tmp_path / "whole.zip")
    for name, data in (("whole", (tmp_path / "whole.zip").read_bytes()), ("none", b"x" * 100_000)):
        os.mkfifo(tmp_path / name)
        writing = Thread(target=pour, args=(tmp_path / name, data))
        writing.start()
        book = open_book(lite.book.workspace, f"sqlite:///{tmp_path / name}.sqlite3", clock=lite.clock)
        if name == "whole":
            assert restore(book, tmp_path / name)["persons"] == len(PEOPLE)
        else:
            with pytest.raises(OrderRefused, match="it is no ZIP file, or one that was cut short or changed"):
                restore(book, tmp_path / name)
        book.database.dispose()
        writing.join()


def pour(pipe: Path, data: bytes) -> None:
    # Who reads may go before all is read
    with suppress(BrokenPipeError), pipe.open("wb") as opened:
        opened.write(data)

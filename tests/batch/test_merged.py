"""Merged files hold what lies in press/, in the order of delivery, and never anything else."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
import pypdfium2
import pytest
from click.testing import CliRunner

from printkit.batch.merged_file import check_form, compare
from printkit.batch.planned import Planned
from printkit.batch.run import MERGE_KEYS, Outcome
from printkit.cli.app import main
from printkit.cli.batch import batch as command
from printkit.errors import RenderError
from printkit.finish import finish, merge
from printkit.preflight.checks import check
from printkit.produce import PlacedCode, Product
from printkit.qr import ID_SIGNS
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn
from tests.batch.test_tables import rows
from tests.finish.pages import SPEC, code, layout, spec


@cache
def press_file(layout_key: str, print_id: str, pages: int) -> bytes:
    """Return a real press file: a layout's paint and a site's code."""
    shade = int(layout_key[:2], 16) / 255
    source = layout(f"0 {shade:.3f} 0 0 k 0 0 400 60 re f".encode(), pages=pages)
    identity = replace(SPEC.identity, document_id=print_id, date=datetime(2027, 9, 1, tzinfo=UTC))
    return finish(source, spec(identity=identity, codes=(code((5, 5), print_id=print_id),)))


class Finisher(StandIn):
    """Make press files with codes; flyers have two pages."""

    def make(self, piece: Planned) -> Product:
        product, found = super().make(piece), self.inputs(piece)
        pages = 2 if piece.format.startswith("flyer") else 1
        signs = "".join(ID_SIGNS[byte % len(ID_SIGNS)] for byte in sha256(piece.id.encode()).digest()[:7])
        name = f"{signs[:3]}-{signs[3:]}"
        placed = PlacedCode("qr", "https://example.org/", name, 1, (10, 10, 40, 40), 0.6, True)
        data = press_file(found.layout, name, pages)
        return replace(product, pdf=data, pages=pages, codes=(placed,))


def run(
    batch: Batch, maker: Finisher | None = None, pieces: tuple[Planned, ...] | None = None, **options: Any
) -> Outcome:
    return batch(maker or Finisher(), pieces, proofs=False, **options)


@pytest.fixture
def merged(batch: Batch) -> Batch:
    run(batch, merge="site")
    return batch


def names(batch: Batch) -> list[str]:
    return sorted(path.name for path in (batch.root / "merged").glob("*"))


def bytes_of(batch: Batch) -> dict[str, tuple[bytes, int]]:
    paths = (batch.root / "merged").glob("*")
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


def spans(batch: Batch) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows(batch.root / "merged/index.csv"):
        found.setdefault(row["Samlefil"], []).append(row)
    return found


def test_each_place_has_a_file_for_each_press(merged: Batch) -> None:
    wanted = {f"{piece.site or 'without-site'}_{piece.press}.pdf" for piece in merged.pieces}
    assert len({piece.press for piece in merged.pieces}) > 1
    assert names(merged) == sorted({"index.csv", *wanted})


@pytest.mark.parametrize("key", MERGE_KEYS)
def test_the_index_says_which_pages_are_a_pieces(batch: Batch, key: str) -> None:
    outcome = run(batch, merge=key)
    records = {record.id: record for record in outcome.records}
    for file, found in spans(batch).items():
        whole = pypdfium2.PdfDocument(batch.root / file)
        assert [int(row["Til side"]) for row in found][-1] == len(whole)
        for row in found:
            record, first = records[row["Trykksak"]], int(row["Fra side"])
            assert int(row["Til side"]) == first + (record.pages or 0) - 1
            text = whole[first - 1 + record.qr[0].page - 1].get_textpage().get_text_range()
            assert record.qr[0].print_id in text


def test_every_piece_stands_in_one_merged_file(merged: Batch) -> None:
    listed = [row["Trykksak"] for found in spans(merged).values() for row in found]
    assert sorted(listed) == sorted(piece.id for piece in merged.pieces)
    assert list(rows(merged.root / "merged/index.csv")[0]) == [
        *("Samlefil", "Fra side", "Til side", "Trykksak", "Sted"),
        *("Adresse", "Nærutvalg", "Format", "Format (mm)", "Antall"),
    ]


@pytest.mark.parametrize("key", ["committee", "format"])
def test_pages_stand_in_the_order_of_the_drivers_list(batch: Batch, key: str) -> None:
    run(batch, merge=key)
    driven = [Path(row["Fil"]).stem for row in rows(batch.root / "distribution.csv")]
    for found in spans(batch).values():
        listed = [row["Trykksak"] for row in found]
        placed = [row["Trykksak"] for row in found if row["Sted"]]
        assert placed == [name for name in driven if name in listed]
        assert listed[: len(placed)] == placed


def test_a_merged_file_shows_what_its_press_files_show(merged: Batch) -> None:
    for file, found in spans(merged).items():
        whole, number = pypdfium2.PdfDocument(merged.root / file), 0
        for row in found:
            for page in pypdfium2.PdfDocument(merged.root / "press/nu01" / f"{row['Trykksak']}.pdf"):
                assert whole[number].render().to_numpy().tobytes() == page.render().to_numpy().tobytes()
                number += 1


def test_merged_files_are_pdf_x_4(merged: Batch) -> None:
    for path in (merged.root / "merged").glob("*.pdf"):
        assert check(path.read_bytes()).findings == ()


def test_nothing_is_merged_again_where_nothing_changed(merged: Batch) -> None:
    before = bytes_of(merged)
    assert run(merged, merge="site").removed == ()
    assert bytes_of(merged) == before


def test_what_is_still_right_stays_when_nobody_asks(merged: Batch) -> None:
    before = bytes_of(merged)
    run(merged)
    assert bytes_of(merged) == before


def test_another_key_takes_the_place_of_the_first(merged: Batch) -> None:
    first = set(names(merged))
    outcome = run(merged, merge="format")
    assert not first - {"index.csv"} & set(names(merged))
    assert len(outcome.removed) == len(first) - 1


def test_what_holds_other_pages_goes_even_when_nobody_asks(merged: Batch) -> None:
    pieces = tuple(piece for piece in merged.pieces if piece.site)
    run(merged, pieces=pieces[1:])
    assert f"{pieces[0].site}_{pieces[0].press}.pdf" not in names(merged)
    assert {row["Trykksak"] for found in spans(merged).values() for row in found} < {one.id for one in pieces}
    run(merged, Finisher("new"), pieces)
    assert names(merged) == []


def test_held_pieces_are_left_out(batch: Batch) -> None:
    held = batch.pieces[0]
    outcome = run(batch, Finisher(bad={held.id: "check"}), merge="committee")
    assert outcome.exit_code == 1
    listed = {row["Trykksak"] for found in spans(batch).values() for row in found}
    assert listed == {piece.id for piece in batch.pieces[1:]}


def test_two_folders_hold_equal_merged_files(merged: Batch, tmp_path: Path) -> None:
    other = Batch(replace(merged.base, root=tmp_path / "other"), merged.pieces)
    run(other, pieces=merged.pieces[::-1], merge="site")
    assert {name: data for name, (data, _) in bytes_of(other).items()} == {
        name: data for name, (data, _) in bytes_of(merged).items()
    }


def test_a_new_quantity_is_told_without_merging_again(merged: Batch) -> None:
    before = bytes_of(merged)
    run(merged, pieces=tuple(replace(piece, quantity=7) for piece in merged.pieces))
    after = bytes_of(merged)
    assert {name for name in after if after[name] != before[name]} == {"index.csv"}
    assert {row["Antall"] for row in rows(merged.root / "merged/index.csv")} == {"7"}


def spoil(path: Path) -> None:
    """Change a file so that neither size nor time tells."""
    stat = path.stat()
    path.write_bytes(b"x" * stat.st_size)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def test_a_press_file_that_was_changed_is_never_merged(batch: Batch) -> None:
    run(batch)
    piece = batch.pieces[0]
    spoil(batch.root / "press/nu01" / f"{piece.id}.pdf")
    file = f"merged/{piece.site}_{piece.press}.pdf"
    outcome = run(batch, merge="site")
    assert (outcome.exit_code, list(outcome.unmerged)) == (1, [file])
    assert "run again with --verify" in str(outcome.unmerged[file])
    assert not (batch.root / file).exists()
    assert run(batch, merge="site", verify=True).exit_code == 0


def test_verify_reads_merged_files_too(merged: Batch) -> None:
    before = {name: data for name, (data, _) in bytes_of(merged).items()}
    spoil(next((merged.root / "merged").glob("*.pdf")))
    run(merged, merge="site", verify=True)
    assert {name: data for name, (data, _) in bytes_of(merged).items()} == before


def test_a_page_that_is_not_the_press_files_is_noticed() -> None:
    one, other, longer = (press_file(shade, "K7M-4RFX", 1) for shade in ("10", "90", "91"))
    whole = merge([one, other], SPEC.identity)
    compare(whole, [one, other])
    for files in ([other, one], [one], [one, other, longer]):
        with pytest.raises(RenderError, match="is not that of its press file"):
            compare(whole, files)
    with pytest.raises(RenderError, match="page 2"):
        compare(whole, [one, press_file("90", "AAM-J7FN", 1)])


def test_a_file_that_breaks_pdf_x_4_is_noticed() -> None:
    whole = merge([press_file("10", "K7M-4RFX", 1)], SPEC.identity)
    bad = whole.replace(b"/Trapped /False", b"/Trapped (Fals)")
    with pytest.raises(RenderError, match="breaks x4/trapped"):
        check_form(bad, set())
    check_form(bad, {"x4/trapped"})


def test_the_command_takes_the_keys_there_are() -> None:
    (option,) = (one for one in command.params if one.name == "merge")
    assert isinstance(option.type, click.Choice)
    assert tuple(option.type.choices) == MERGE_KEYS
    # Through the group: a command that is called by itself keeps its own names of help for all later calls
    assert CliRunner().invoke(main, ["batch", "recruitment", "--merge", "town"]).exit_code == 2

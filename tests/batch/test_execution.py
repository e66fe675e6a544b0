"""A run fills its folder with whole files, makes only what changed, and holds what is not right."""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from printkit.errors import WriteError
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn


def manifest(batch: Batch) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((batch.root / "manifest.json").read_bytes())
    return found


def entries(batch: Batch) -> dict[str, Any]:
    return {piece["id"]: piece for piece in manifest(batch)["pieces"]}


def bytes_of(batch: Batch) -> dict[str, bytes]:
    """Return every file that must be equal after equal runs; of the manifest without state and seconds."""
    found = {file: (batch.root / file).read_bytes() for file in batch.files()}
    proofs = (batch.root / "proofs").rglob("*")
    found |= {path.name: path.read_bytes() for path in proofs if path.is_file()}
    found |= {name: (batch.root / name).read_bytes() for name in ("order.csv", "distribution.csv")}
    data = manifest(batch)
    for piece in data["pieces"]:
        del piece["state"], piece["seconds"]
    return found | {"manifest.json": json.dumps(data).encode()}


def test_every_piece_is_a_file_that_the_manifest_lists(batch: Batch) -> None:
    outcome = batch(StandIn())
    assert outcome.exit_code == 0
    assert batch.files() == sorted(piece["file"] for piece in manifest(batch)["pieces"])
    for piece in manifest(batch)["pieces"]:
        data = (batch.root / piece["file"]).read_bytes()
        assert (sha256(data).hexdigest(), len(data)) == (piece["sha256"], piece["bytes"])
        assert len(pypdfium2.PdfDocument(data)) == piece["pages"]


def test_the_manifest_has_the_fields_of_the_contract(batch: Batch) -> None:
    batch(StandIn())
    data = manifest(batch)
    assert {"schema", "campaign", "date", "versions", "pieces", "totals"} == set(data)
    assert (data["schema"], data["campaign"]) == (1, "recruitment")
    names = "id template committee format press lang site file sha256 bytes pages trim_mm bleed_mm quantity"
    assert {*names.split(), "qr", "preflight", "key", "state", "seconds"} == set(data["pieces"][0])
    assert data["pieces"] == sorted(data["pieces"], key=lambda piece: piece["id"])


def test_the_second_site_of_a_layout_is_a_variant(batch: Batch) -> None:
    batch(StandIn())
    states = [piece["state"] for piece in manifest(batch)["pieces"]]
    assert (states.count("rendered"), states.count("variant")) == (4, len(states) - 4)


def test_a_second_run_makes_nothing(batch: Batch) -> None:
    batch(StandIn())
    before = bytes_of(batch)
    again = StandIn()
    outcome = batch(again)
    assert again.made == []
    assert {record.state for record in outcome.records} == {"unchanged"}
    assert bytes_of(batch) == before


def test_what_changed_is_made_anew_and_says_why(batch: Batch) -> None:
    batch(StandIn())
    outcome = batch(StandIn("new"))
    assert set(outcome.why.values()) == {"changed: texts"}


@pytest.mark.parametrize("thorough", [False, True])
def test_a_lost_or_changed_file_is_made_again(batch: Batch, thorough: bool) -> None:
    batch(StandIn())
    before = bytes_of(batch)
    lost, changed = (batch.root / file for file in batch.files()[:2])
    lost.unlink()
    changed.write_bytes(b"x" * changed.stat().st_size)
    maker = StandIn()
    batch(maker, verify=thorough)
    assert maker.made == [lost.stem, changed.stem]
    assert bytes_of(batch) == before


def test_verify_reads_what_size_and_time_do_not_show(batch: Batch) -> None:
    batch(StandIn())
    path = batch.root / batch.files()[0]
    stat = path.stat()
    path.write_bytes(b"x" * stat.st_size)
    import os

    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    blind, thorough = StandIn(), StandIn()
    batch(blind)
    batch(thorough, verify=True)
    assert (blind.made, thorough.made) == ([], [path.stem])


def test_a_copied_folder_is_still_known(make_batch: Callable[[Path], Batch], tmp_path: Path) -> None:
    import shutil

    make_batch(tmp_path / "one")(StandIn())
    shutil.copytree(tmp_path / "one", tmp_path / "two", copy_function=shutil.copyfile)
    maker = StandIn()
    make_batch(tmp_path / "two")(maker)
    assert maker.made == []


def test_force_makes_all_again_with_equal_bytes(batch: Batch) -> None:
    batch(StandIn())
    before = bytes_of(batch)
    maker = StandIn()
    batch(maker, force=True)
    assert len(maker.made) == len(batch.pieces)
    assert bytes_of(batch) == before


def test_superseded_files_go_and_foreign_ones_stay(batch: Batch) -> None:
    batch(StandIn())
    foreign = batch.root / "press" / "nu01" / "notes.txt"
    foreign.write_text("mine")
    outcome = batch(StandIn(), batch.pieces[1:])
    gone = f"press/nu01/{batch.pieces[0].id}.pdf"
    assert gone in outcome.removed
    assert not (batch.root / gone).exists()
    assert foreign.read_text() == "mine"
    assert outcome.strange == ("press/nu01/notes.txt",)


def test_a_changed_file_that_is_no_longer_ordered_stays_and_is_told(batch: Batch) -> None:
    batch(StandIn())
    changed = f"press/nu01/{batch.pieces[0].id}.pdf"
    (batch.root / changed).write_bytes(b"mine")
    (batch.root / "press/.DS_Store").write_bytes(b"hidden")
    outcome = batch(StandIn(), batch.pieces[1:])
    assert (changed in outcome.removed, outcome.strange) == (False, (changed,))
    assert (batch.root / changed).read_bytes() == b"mine"


@pytest.mark.parametrize("options", [{}, {"proofs": False}, {"final": True}, {"partial": True}])
def test_nothing_of_a_run_is_strange_to_the_next(batch: Batch, options: dict[str, bool]) -> None:
    maker = StandIn(bad={batch.pieces[0].id: "check", batch.pieces[1].id: "slot"})
    maker.unconfirmed = ("brand.logo",)
    chosen = batch.pieces[:3] if options.get("partial") else batch.pieces
    assert [batch(maker).strange, batch(maker, chosen, **options).strange, batch(maker).strange] == [()] * 3


def test_a_superseded_file_that_someone_changed_stays(batch: Batch) -> None:
    batch(StandIn())
    path = batch.root / "press" / "nu01" / f"{batch.pieces[0].id}.pdf"
    path.write_bytes(b"edited by hand")
    batch(StandIn(), batch.pieces[1:])
    assert path.read_bytes() == b"edited by hand"


def test_a_partial_run_keeps_all_other_pieces(batch: Batch) -> None:
    batch(StandIn())
    before, maker = entries(batch), StandIn("new")
    batch(maker, batch.pieces[:2], partial=True)
    after = entries(batch)
    assert maker.made == [piece.id for piece in batch.pieces[:2]]
    assert after.keys() == before.keys()
    for name in [piece.id for piece in batch.pieces[2:]]:
        assert after[name]["sha256"] == before[name]["sha256"]


def test_a_partial_run_drops_what_is_no_longer_there(batch: Batch) -> None:
    batch(StandIn())
    (batch.root / "press" / "nu01" / f"{batch.pieces[5].id}.pdf").unlink()
    batch(StandIn(), batch.pieces[:1], partial=True)
    assert batch.pieces[5].id not in entries(batch)
    assert batch.files() == sorted(piece["file"] for piece in manifest(batch)["pieces"])


@pytest.mark.parametrize("fault", ["slot", "render", "bug"])
def test_a_bad_piece_is_held_and_stops_no_other(batch: Batch, fault: str) -> None:
    bad = batch.pieces[3].id
    outcome = batch(StandIn(bad={bad: fault}))
    assert outcome.exit_code == 1
    assert [record.id for record in outcome.held] == [bad]
    entry = entries(batch)[bad]
    assert [entry[name] for name in ("file", "sha256", "bytes", "pages")] == [None] * 4
    assert f"held/nu01/{bad}.json" in batch.files()
    assert len(batch.files()) == len(batch.pieces)


def test_a_held_piece_says_which_slot_is_wrong(batch: Batch) -> None:
    bad = batch.pieces[3].id
    batch(StandIn(bad={bad: "slot"}))
    told = json.loads((batch.root / "held" / "nu01" / f"{bad}.json").read_bytes())
    assert told["error"] == {"kind": "SlotErrors", "code": 3}
    assert told["problems"][0]["slot"] == "title"


def test_a_piece_that_fails_its_checks_lies_in_held(batch: Batch) -> None:
    bad = batch.pieces[0].id
    outcome = batch(StandIn(bad={bad: "check"}))
    assert outcome.exit_code == 1
    assert entries(batch)[bad]["file"] == f"held/nu01/{bad}.pdf"
    told = json.loads((batch.root / "held" / "nu01" / f"{bad}.json").read_bytes())
    assert told["why"] == ["product/trim-size, page 1: 1 mm too wide"]


def test_a_mended_piece_leaves_held(batch: Batch) -> None:
    bad = batch.pieces[0].id
    batch(StandIn(bad={bad: "check"}))
    assert batch(StandIn("mended")).exit_code == 0
    assert [file for file in batch.files() if file.startswith("held/")] == []


def test_a_final_run_moves_unconfirmed_pieces_to_held(batch: Batch) -> None:
    maker = StandIn()
    maker.unconfirmed = ("brand.logo",)
    assert batch(maker).exit_code == 0
    made = len(maker.made)
    outcome = batch(maker, final=True)
    assert (outcome.exit_code, len(maker.made)) == (1, made)
    assert {file.split("/")[0] for file in batch.files()} == {"held"}
    assert batch(maker).exit_code == 0
    assert {file.split("/")[0] for file in batch.files()} == {"press"}


def test_the_lowest_code_wins_where_nothing_could_be_made(batch: Batch) -> None:
    bad = {piece.id: "render" for piece in batch.pieces} | {batch.pieces[0].id: "slot"}
    assert batch(StandIn(bad=bad)).exit_code == 3


def test_two_folders_are_equal_to_the_byte(make_batch: Callable[[Path], Batch], tmp_path: Path) -> None:
    one, two = make_batch(tmp_path / "one"), make_batch(tmp_path / "deep" / "er" / "two")
    one(StandIn())
    two(StandIn(), tuple(reversed(two.pieces)))
    assert bytes_of(one) == bytes_of(two)


def test_pieces_made_apart_equal_those_made_at_once(
    make_batch: Callable[[Path], Batch], tmp_path: Path
) -> None:
    apart, whole = make_batch(tmp_path / "apart"), make_batch(tmp_path / "whole")
    for piece in apart.pieces[::-1]:
        apart(StandIn(), (piece,), partial=True)
    apart(StandIn())
    whole(StandIn())
    assert bytes_of(apart) == bytes_of(whole)


def test_no_proofs_leaves_them_out_and_a_later_run_adds_them(batch: Batch) -> None:
    batch(StandIn(), proofs=False)
    assert not (batch.root / "proofs").exists()
    maker = StandIn()
    batch(maker)
    assert maker.made == []
    assert len(list((batch.root / "proofs").glob("*.png"))) == 4


def test_stale_proofs_are_not_left_behind(batch: Batch) -> None:
    batch(StandIn())
    batch(StandIn("new"), proofs=False)
    assert list((batch.root / "proofs").glob("*")) == []


def test_quantities_change_without_making_anything(batch: Batch) -> None:
    batch(StandIn())
    maker = StandIn()
    batch(maker, tuple(replace(piece, quantity=7) for piece in batch.pieces))
    assert maker.made == []
    assert {piece["quantity"] for piece in manifest(batch)["pieces"]} == {7}


@pytest.mark.parametrize("name", ["manifest.json", "order.csv", "report.html"])
def test_a_folder_with_such_files_of_others_is_refused(batch: Batch, name: str) -> None:
    batch.root.mkdir()
    (batch.root / name).write_text("{}")
    with pytest.raises(WriteError, match="not printkit's"):
        batch(StandIn())
    assert (batch.root / name).read_text() == "{}"


def test_a_piece_that_was_not_checked_is_held_until_it_is(batch: Batch) -> None:
    chosen = batch.pieces[0].id
    outcome = batch(StandIn(bad={chosen: "stop"}))
    entry = entries(batch)[chosen]
    assert (outcome.exit_code, entry["state"], entry["preflight"]["verdict"]) == (1, "held", "not-checked")
    told = json.loads((batch.root / entry["file"]).with_suffix(".json").read_bytes())
    assert told["why"] == ["not checked: rule R0009, because it took 12 s"]
    again = batch(StandIn())
    assert (again.exit_code, again.why[chosen]) == (0, "tried again")
    assert entries(batch)[chosen]["file"].startswith("press/")

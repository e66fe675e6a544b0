"""Cases of a batch's folder: what lies there, what stays, what is refused."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from printkit.batch.origin import campaign_origin
from printkit.batch.planning import plan
from printkit.batch.run import Run
from printkit.errors import WriteError
from printkit.profiles import load_profiles, output_date
from printkit.workspace import Snapshot, bundled_workspace
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn
from tests.cases.registry import case


def batch_of(root: Path, *committees: str) -> Batch:
    """Return a batch of the reference campaign with tiny files in place of its pages."""
    workspace = Snapshot(bundled_workspace().root)
    profiles = load_profiles(workspace)
    campaign = profiles.campaigns["recruitment"]
    origin = campaign_origin(workspace, profiles, campaign)
    run = Run(root, workspace, profiles, origin, output_date(campaign), {"stand-in": "1"})
    return Batch(run, plan(workspace, profiles, campaign, [{"committee": frozenset(committees)}]))


def proofs(batch: Batch) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (batch.root / "proofs").iterdir()}


@case("use/only-deletes-proofs")
def only_keeps_proofs(folder: Path) -> None:
    """A run for one committee after a run for two leaves the other's proofs, pictures and report as they are:
    nobody asked for anything else."""
    batch = batch_of(folder, "nu03", "nu04")
    batch(StandIn())
    before = proofs(batch)
    batch(StandIn(), tuple(piece for piece in batch.pieces if piece.committee == "nu03"), partial=True)
    assert proofs(batch) == before
    assert "no picture" not in (folder / "report.html").read_text("utf-8")


@case("attack/output-links")
def links_are_not_followed(folder: Path) -> None:
    """Links below the output folder lead to somebody's files: the run is refused by path before any work, as
    it would delete, empty or replace what lies there."""
    for number, name in enumerate(
        (".printkit/aside", ".printkit/lock", ".printkit/journal.jsonl", "press/nu03", "proofs", "merged")
    ):
        theirs, root = folder / f"theirs-{number}", folder / f"out-{number}"
        theirs.mkdir()
        (theirs / "keep").write_bytes(b"theirs")
        link = root / name
        link.parent.mkdir(parents=True)
        link.symlink_to(theirs / "keep" if name.endswith(("lock", ".jsonl")) else theirs)
        with pytest.raises(WriteError, match=f"{link}: a link"):
            batch_of(root, "nu03")(StandIn(), merge="site")
        assert (theirs / "keep").read_bytes() == b"theirs"


@case("attack/foreign-folder")
def foreign_folders_are_refused(folder: Path) -> None:
    """A file of somebody's own under a piece's name, and a folder with another campaign's run: refused with
    the cure, nothing replaced or removed."""
    batch = batch_of(folder / "own", "nu03")
    mine = batch.root / f"press/nu03/{batch.pieces[0].id}.pdf"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    with pytest.raises(WriteError, match="not printkit's; move it away"):
        batch(StandIn())
    assert mine.read_bytes() == b"mine"
    batch = batch_of(folder / "other", "nu03")
    batch(StandIn())
    other = replace(batch.base.origin, id="autumn")
    before = batch.files()
    with pytest.raises(WriteError, match="campaign 'recruitment'; choose another folder"):
        Batch(replace(batch.base, origin=other), batch.pieces)(StandIn())
    assert batch.files() == before


@case("attack/only-after-a-profile-went")
def pieces_without_profiles_go(folder: Path) -> None:
    """After a committee's profile is deleted, a run for another committee takes its pieces out of press/ and
    the lists: what has no profile can be neither listed nor delivered."""
    batch = batch_of(folder, "nu01", "nu02")
    batch(StandIn())
    profiles = batch.base.profiles
    left = {name: one for name, one in profiles.committees.items() if name != "nu02"}
    known = replace(profiles, committees=left)
    origin = campaign_origin(batch.base.workspace, known, known.campaigns["recruitment"])
    now = Batch(replace(batch.base, profiles=known, origin=origin), batch.pieces)
    chosen = tuple(piece for piece in batch.pieces if piece.committee == "nu01")
    assert now(StandIn(), chosen, partial=True).exit_code == 0
    listed = [piece["file"] for piece in json.loads((folder / "manifest.json").read_bytes())["pieces"]]
    assert sorted(listed) == batch.files()
    assert {name.split("/")[1] for name in batch.files()} == {"nu01"}


@case("attack/name-no-utf8")
def names_without_utf8_are_told(folder: Path) -> None:
    """A file in press/ whose name is no UTF-8 is named with its odd bytes escaped, and left alone."""
    batch = batch_of(folder, "nu03")
    (folder / "press").mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/press/\xe5.pdf")).write_bytes(b"mine")
    assert batch(StandIn()).strange == ("press/\\xe5.pdf",)
    assert len(list((folder / "press").iterdir())) == 2

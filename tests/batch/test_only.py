"""A run for some pieces leaves all others as they are, and a look ahead says what would go."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from printkit.batch.forecast import forecast
from printkit.batch.origin import campaign_origin
from printkit.batch.planned import Planned
from printkit.batch.planning import plan
from printkit.batch.run import MergeKey, Options, Outcome
from tests.batch.conftest import Batch
from tests.batch.contents import contents
from tests.batch.stand_in import StandIn
from tests.batch.test_merged import Finisher

LISTS = ("manifest.json", "order.csv", "distribution.csv", "report.html", "report.json")


def two_committees(batch: Batch) -> tuple[Planned, ...]:
    run, chosen = batch.base, {"committee": frozenset({"nu01", "nu02"})}
    return plan(run.workspace, run.profiles, run.profiles.campaigns["recruitment"], [chosen])


def own(pieces: tuple[Planned, ...], committee: str) -> tuple[Planned, ...]:
    return tuple(piece for piece in pieces if piece.committee == committee)


def proofs(batch: Batch, word: str) -> dict[str, tuple[int, bytes]]:
    found = (path for path in (batch.root / "proofs").iterdir() if word in path.name)
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in found}


def test_the_other_committees_proofs_pictures_and_report_stay(batch: Batch) -> None:
    pieces = two_committees(batch)
    batch(StandIn(), pieces)
    before, whole = proofs(batch, ""), contents(batch.root)
    batch(StandIn(), own(pieces, "nu01"), partial=True)
    assert proofs(batch, "") == before
    assert contents(batch.root) == whole
    assert "no picture" not in (batch.root / "report.html").read_text("utf-8")


def test_what_changed_is_drawn_anew_and_the_sheet_shows_all(batch: Batch) -> None:
    pieces = two_committees(batch)
    batch(StandIn(), pieces)
    before = proofs(batch, "")
    batch(StandIn("other texts"), own(pieces, "nu01"), partial=True)
    after = proofs(batch, "")
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} == {
        *(name for name in after if "nu01" in name),
        "contact-sheet.pdf",
    }
    outcome = batch(StandIn("other texts"), pieces)
    assert {record.committee for record in outcome.records if record.state != "unchanged"} == {"nu02"}


def test_a_proof_stays_though_the_names_it_shows_have_changed(batch: Batch) -> None:
    pieces = two_committees(batch)
    batch(StandIn(), pieces)
    before = proofs(batch, "nu02.pdf")
    later = replace(batch.base, versions={"stand-in": "2"})
    Batch(later, pieces)(StandIn(), own(pieces, "nu01"), partial=True)
    assert proofs(batch, "nu02.pdf") == before


def test_a_proof_goes_with_a_piece_that_was_lost(batch: Batch) -> None:
    pieces = two_committees(batch)
    outcome = batch(StandIn(), pieces)
    before = proofs(batch, "nu02.pdf")
    lost = next(record for record in outcome.records if record.committee == "nu02")
    (batch.root / str(lost.file)).unlink()
    batch(StandIn(), own(pieces, "nu01"), partial=True)
    assert proofs(batch, "nu02.pdf") != before


def without(batch: Batch, kind: str, identifier: str) -> Batch:
    """Return the batch of a workspace in which a profile and what named it were deleted."""
    profiles, campaign = batch.base.profiles, batch.base.profiles.campaigns["recruitment"]
    kept = {name: one for name, one in getattr(profiles, kind).items() if name != identifier}
    if kind == "formats":
        left = tuple(entry for entry in campaign.pieces if entry.format != identifier)
        campaign = campaign.model_copy(update={"pieces": left})
    less: dict[str, Any] = {kind: kept}
    profiles = replace(profiles, **less)
    origin = campaign_origin(batch.base.workspace, profiles, campaign)
    run = replace(batch.base, profiles=profiles, origin=origin)
    return Batch(run, batch.pieces)


def test_pieces_of_a_profile_that_went_leave_folder_and_lists(batch: Batch) -> None:
    pieces = two_committees(batch)
    for kind, identifier in (("committees", "nu02"), ("sites", "st-drammen"), ("formats", "poster-a3")):
        batch(StandIn(), pieces)
        now = without(batch, kind, identifier)
        chosen = tuple(one for one in own(pieces, "nu01") if "flyer" in one.id and one.site != "st-drammen")
        outcome: Outcome = now(StandIn(), chosen, partial=True)
        assert outcome.exit_code == 0
        gone = [file for file in outcome.removed if file.startswith("press/")]
        assert gone == [file for file in gone if identifier in file]
        assert gone
        told = [(batch.root / name).read_text("utf-8-sig") for name in LISTS[:3]]
        assert [text for text in told if f"_{identifier}" in text or f"press/{identifier}" in text] == []
        assert sorted(record.file or "" for record in outcome.records) == batch.files()


def test_a_look_ahead_names_what_the_run_then_removes(batch: Batch) -> None:
    pieces = two_committees(batch)
    batch(StandIn(), pieces)

    def both(chosen: tuple[Planned, ...], **options: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
        told = forecast(replace(batch.base, options=Options(**options)), chosen, StandIn(), 1)
        return told.removed, batch(StandIn(), chosen, **options).removed

    foreseen, removed = both(own(pieces, "nu01"), partial=True)
    assert foreseen == removed == ()
    foreseen, removed = both(own(pieces, "nu01"))
    assert foreseen == removed
    assert {"press", "proofs"} == {name.partition("/")[0] for name in removed}
    assert "proofs/nu02.pdf" in removed


@pytest.mark.parametrize("merge", [None, "format"])
def test_merged_files_that_would_go_are_named_too(batch: Batch, merge: MergeKey | None) -> None:
    batch(Finisher(), merge="site", proofs=False)
    fewer = batch.pieces[1:]
    run = replace(batch.base, options=Options(merge=merge, proofs=False))
    told = forecast(run, fewer, Finisher(), 1).removed
    assert told == batch(Finisher(), fewer, merge=merge, proofs=False).removed
    assert any(name.startswith("merged/") for name in told)


def test_a_run_that_is_stopped_leaves_no_report_of_the_run_before(batch: Batch) -> None:
    batch(StandIn())

    class Stopping(StandIn):
        def make(self, piece: Planned) -> Any:
            if len(self.made) == 2:
                raise KeyboardInterrupt
            return super().make(piece)

    with suppress(KeyboardInterrupt):
        batch(Stopping("other texts"))
    assert [name for name in LISTS if (batch.root / name).exists()] == []
    assert batch(StandIn("other texts")).exit_code == 0
    assert [name for name in LISTS if (batch.root / name).exists()] == list(LISTS)


def test_a_run_with_nothing_to_do_leaves_the_lists_alone(batch: Batch) -> None:
    batch(StandIn())
    batch(StandIn())
    before = [(batch.root / name).stat().st_ino for name in LISTS[:3]]
    batch(StandIn())
    assert [(batch.root / name).stat().st_ino for name in LISTS[:3]] == before

"""What is waived stands in manifest and report, and holds nothing back."""

import json
from dataclasses import replace

from printkit.batch.planned import Planned
from printkit.produce import Product
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn

WAIVER = {"rule": "R0009", "piece": "nu01_*", "who": "Kari", "why": "Avtalt <i>", "until": "2027-08-31"}
FOUND = {
    "id": "R0009",
    "severity": "error",
    "page": 1,
    "message": "text does not overprint",
    "waiver": WAIVER,
}
OLD = {**WAIVER, "rule": "R0010", "until": "2027-01-31"}


class Waiving(StandIn):
    """Make pieces with a waived error and an expired waiver."""

    def make(self, piece: Planned) -> Product:
        return replace(super().make(piece), waived=(FOUND,), expired=(OLD,))


def test_a_waived_error_holds_nothing_back_and_is_counted(batch: Batch) -> None:
    assert batch(Waiving()).exit_code == 0
    manifest = json.loads((batch.root / "manifest.json").read_bytes())
    judged = {"verdict": "pass", "errors": 0, "warnings": 0, "waived": 1}
    assert {json.dumps(piece["preflight"]) for piece in manifest["pieces"]} == {json.dumps(judged)}


def test_the_report_says_who_and_why_and_what_ran_out(batch: Batch) -> None:
    batch(Waiving())
    report = json.loads((batch.root / "report.json").read_bytes())
    (waived,), (expired,) = report["waived"], report["waivers_expired"]
    assert (waived["id"], waived["who"], len(waived["pieces"])) == ("R0009", "Kari", len(batch.pieces))
    assert expired == OLD
    text = (batch.root / "report.html").read_text(encoding="utf-8")
    assert "Kari: Avtalt &lt;i&gt;" in text
    assert "gjelder ikke etter 2027-01-31. Kari hadde sagt: Avtalt &lt;i&gt;" in text


def test_a_second_run_still_knows_what_is_waived(batch: Batch) -> None:
    batch(Waiving())
    first = json.loads((batch.root / "report.json").read_bytes())
    batch(Waiving())
    second = json.loads((batch.root / "report.json").read_bytes())
    assert second["states"] == {"unchanged": len(batch.pieces)}
    assert (second["waived"], second["waivers_expired"]) == (first["waived"], first["waivers_expired"])

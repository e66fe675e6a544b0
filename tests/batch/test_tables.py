"""The lists open in a Norwegian Excel and hold what print shop and driver need."""

import csv
import io
from pathlib import Path

from printkit.batch.planning import KEYS, plan
from printkit.batch.tables import cell
from printkit.produce.chosen import parse_only
from printkit.profiles import Profiles
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn


def rows(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_the_print_shops_list_has_a_row_for_each_file(batch: Batch) -> None:
    batch(StandIn())
    found = rows(batch.root / "order.csv")
    assert [row["Fil"] for row in found] == batch.files()
    assert found[0]["Format (mm)"] == "148 × 210"
    first = ["Fil", "Format (mm)", "Sider", "Farger", "Papir", "Etterbehandling", "Antall"]
    assert list(found[0]) == [*first, "Trykk-ID", "Språk", "Utgave", "Kampanje"]
    known_by = [found[0][name] for name in ("Språk", "Utgave", "Kampanje")]
    assert known_by == ["nb", "r27", "Rekruttering til nærutvalgene 2027"]


def test_a_lists_row_names_the_print_id_under_its_code(batch: Batch) -> None:
    made = batch(StandIn())
    ids = {record.file: " ".join(code.print_id for code in record.qr) for record in made.records}
    for name in ("order.csv", "distribution.csv"):
        assert {row["Fil"]: row["Trykk-ID"] for row in rows(batch.root / name)} == ids


def test_the_drivers_list_names_places_in_order(batch: Batch) -> None:
    batch(StandIn())
    found = rows(batch.root / "distribution.csv")
    places = [row["Sted"] for row in found if row["Sted"]]
    assert places == sorted(places)
    assert "Drammensbiblioteket" in places
    assert {row["Adresse"] for row in found if row["Sted"] == "Drammensbiblioteket"} == {
        "Grønland 58, 3045 Drammen"
    }


def test_pieces_without_a_place_end_the_drivers_list(batch: Batch, profiles: Profiles) -> None:
    run = batch.base
    campaign = profiles.campaigns["recruitment"]
    pieces = plan(
        run.workspace, profiles, campaign, [parse_only("committee=nu03,format=rollup-85x200", KEYS)]
    )
    batch(StandIn(), (*batch.pieces, *pieces))
    assert [piece.site for piece in pieces] == [None]
    found = rows(batch.root / "distribution.csv")
    assert (found[-1]["Sted"], found[-1]["Trykksak"]) == ("", "Roll-up 85 × 200 cm, nærutvalg 3")
    assert [row["Fil"] for row in found if not row["Sted"]] == [found[-1]["Fil"]]


def test_held_pieces_are_ordered_and_driven_nowhere(batch: Batch) -> None:
    batch(StandIn(bad={piece.id: "check" for piece in batch.pieces}))
    assert rows(batch.root / "order.csv") == rows(batch.root / "distribution.csv") == []


def test_a_cell_is_never_a_formula() -> None:
    assert cell("=1+1") == "'=1+1"
    assert cell("@x") == "'@x"
    assert cell("+47 32 04 00 00") == "+47 32 04 00 00"
    assert cell(None) == ""

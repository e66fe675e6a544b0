"""The lists open in a Norwegian Excel and hold what print shop and driver need."""

import csv
import io
from pathlib import Path

from printkit.batch.tables import cell
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
    assert list(found[0]) == ["Fil", "Format (mm)", "Sider", "Farger", "Papir", "Etterbehandling", "Antall"]


def test_the_drivers_list_names_places_in_order(batch: Batch) -> None:
    batch(StandIn())
    found = rows(batch.root / "distribution.csv")
    places = [row["Sted"] for row in found]
    assert places == sorted(places)
    assert "Drammensbiblioteket" in places
    assert {row["Adresse"] for row in found if row["Sted"] == "Drammensbiblioteket"} == {
        "Grønland 58, 3045 Drammen"
    }


def test_held_pieces_are_ordered_and_driven_nowhere(batch: Batch) -> None:
    batch(StandIn(bad={piece.id: "check" for piece in batch.pieces}))
    assert rows(batch.root / "order.csv") == rows(batch.root / "distribution.csv") == []


def test_a_cell_is_never_a_formula() -> None:
    assert cell("=1+1") == "'=1+1"
    assert cell("@x") == "'@x"
    assert cell("+47 32 04 00 00") == "+47 32 04 00 00"
    assert cell(None) == ""

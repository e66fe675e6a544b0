"""The workbooks say what the CSV files say, with sums, on pages of one width."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn
from tests.batch.test_tables import rows


def cells(sheet: Worksheet) -> Iterator[dict[str, Any]]:
    """Yield the lines under the heads, which stand in the fourth row."""
    heads = [str(cell.value) for cell in sheet[4]]
    for row in sheet.iter_rows(min_row=5, values_only=True):
        if any(row):
            yield dict(zip(heads, row, strict=True))


def sheets(path: Path) -> list[Worksheet]:
    return list(load_workbook(path).worksheets)


def test_the_print_shop_sees_sums_by_format_and_paper(batch: Batch) -> None:
    batch(StandIn())
    sums, files = sheets(batch.root / "order.xlsx")
    *kinds, total = cells(sums)
    printed = rows(batch.root / "order.csv")
    copies = {row["Format"]: row["Antall"] for row in kinds}
    assert set(copies) == {"Flyer A5", "Plakat A3", "Plakat 50 × 70 cm", "Roll-up 85 × 200 cm"}
    assert sum(copies.values()) == sum(int(row["Antall"]) for row in printed)
    assert (total["Filer"], total["Antall"]) == (len(printed), sum(row["Antall"] for row in kinds))
    assert [row["Fil"] for row in cells(files)] == [Path(row["Fil"]).name for row in printed]


def test_the_driver_ticks_off_places_and_sees_what_has_none(batch: Batch) -> None:
    loose = replace(batch.pieces[0], id="nu01_loose", site=None)
    batch(StandIn(), (*batch.pieces, loose))
    places, pieces = sheets(batch.root / "distribution.xlsx")
    *driven, without, total = cells(places)
    assert [row["Levert"] for row in driven] == ["☐"] * len(driven)
    assert (without["Sted"], without["Trykksaker"]) == ("Uten sted", 1)
    assert total["Antall"] == sum(row["Antall"] for row in [*driven, without])
    assert total["Antall"] == sum(int(row["Antall"]) for row in rows(batch.root / "distribution.csv"))
    *_, last = cells(pieces)
    assert (last["Sted"], last["Antall"]) == ("Uten sted", loose.quantity)


def test_each_sheet_prints_across_one_page_with_its_heads(batch: Batch) -> None:
    batch(StandIn())
    for sheet in sheets(batch.root / "order.xlsx") + sheets(batch.root / "distribution.xlsx"):
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # ECMA-376: a width that is not given is one page
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.print_title_rows == "$4:$4"


def test_the_date_has_the_form_that_the_workspace_gives_it(batch: Batch) -> None:
    profiles = batch.base.profiles
    municipality = profiles.municipality.model_copy(update={"language": "en"})
    english = replace(profiles, municipality=municipality)
    batch.base = replace(batch.base, profiles=english)
    batch(StandIn())
    date = f"{batch.base.date.day}\u00a0{batch.base.date:%B %Y}"
    for name in ("order.xlsx", "distribution.xlsx"):
        assert date in str(sheets(batch.root / name)[0]["A2"].value)


def test_a_text_that_begins_like_a_formula_stays_a_text(batch: Batch) -> None:
    batch(StandIn(), (replace(batch.pieces[0], note="=1+1"),))
    sheet = sheets(batch.root / "distribution.xlsx")[1]
    assert [(cell.value, cell.data_type) for cell in sheet["D"][4:5]] == [("=1+1", "s")]


def test_workbooks_whose_lines_stay_are_left_as_they_are(batch: Batch) -> None:
    batch(StandIn())
    before = {name: (batch.root / name).stat().st_mtime_ns for name in ("order.xlsx", "distribution.xlsx")}
    for producer in (StandIn(), StandIn("new")):
        batch(producer)
        assert {name: (batch.root / name).stat().st_mtime_ns for name in before} == before

"""Tables as an office keeps them become committees and places; what they leave out is proposed."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from printkit.profiles.limits import TableLimits
from printkit.starter.office import OfficeTable, read_office_table
from printkit.starter.tables import (
    COMMITTEE,
    PLACE,
    Place,
    printed_address,
    read_committees,
    read_places,
    slug,
)

COLORS = ["jezioro", "bursztyn"]
LIMITS = TableLimits(file_mb=1, unpacked_mb=9, rows=99, columns=20, cell_characters=999)
TWO = [{"id": "c01", "name": "Łąki Dolne"}, {"id": "c02", "name": "Stary Port, Grobla"}]


def committees(file: Path) -> tuple[OfficeTable, list[dict[str, Any]]]:
    table = read_office_table(file, COMMITTEE, ("name", "page"), LIMITS)
    return table, read_committees(table, COLORS)


def places(file: Path) -> tuple[OfficeTable, list[Place]]:
    table = read_office_table(file, PLACE, ("name", "kind"), LIMITS)
    return table, read_places(table, TWO)


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / "t.csv").write_text(text, encoding=encoding)
    return folder / "t.csv"


def told(table: OfficeTable) -> list[str]:
    return [str(one).partition("t.csv: ")[2] for one in table.problems]


def test_a_name_and_a_page_are_enough_for_a_committee(tables: Path) -> None:
    first, second, *_ = committees(tables / "committees.csv")[1]
    assert (first["id"], first["number"], first["color"]) == ("c01", 1, "jezioro")
    assert first["areas"] == ["Łąki Dolne", "Młynówka"]
    assert (second["areas"], second["color"]) == (["Stary Port"], "bursztyn")
    assert second["short_address"] == "jezioro-ciche.example/rady/stary-port"


def test_a_place_has_an_id_of_its_name_and_a_kind_of_any_word(tmp_path: Path) -> None:
    table = "name;kind\nBiblioteka Główna;biblioteka\nGrobla;Świetlica\nPort;świetlica "
    library, club, other = places(written(tmp_path, table))[1]
    assert (library.cells["id"], library.cells["committees"]) == ("biblioteka-glowna", "all")
    assert (club.cells["kind"], club.word) == ("swietlica", "Świetlica")
    # One kind has one word, as it was written first.
    assert (other.cells["kind"], other.word) == ("swietlica", "Świetlica")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("", "all"),
        ("All", "all"),
        ("C01 c02", "c01 c02"),
        ("c02, c01", "c02 c01"),
        ("łąki dolne", "c01"),
        ("Stary Port, Grobla", "c02"),
        ("Łąki Dolne; c02", "c01 c02"),
    ],
)
def test_a_place_names_committees_by_id_or_name(tmp_path: Path, cell: str, shown: str) -> None:
    table, found = places(written(tmp_path, f"name|kind|committees\nA|b|{cell}\n"))
    assert (told(table), found[0].cells["committees"]) == ([], shown)


def test_a_workbook_is_a_table_too(tmp_path: Path) -> None:
    book: Any = Workbook()
    for row in (["Name", "Page", "Number"], ["Stary Port", "https://a.example/port", 4.0]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    table, found = committees(tmp_path / "t.xlsx")
    assert (table.problems, found[0]["name"], found[0]["number"]) == ([], "Stary Port", "4")


def test_what_a_spreadsheet_leaves_in_cells_is_cleared(tmp_path: Path) -> None:
    text = 'Name;Kind;Address;Phone\n"Stary\u00a0 Port ";kiosk;"Rybacka 1\n10 Ciche";123\n;;;9\n'
    table, (place,) = places(written(tmp_path, text, "cp1250"))
    assert (place.cells["name"], place.cells["address"]) == ("Stary Port", "Rybacka 1, 10 Ciche")
    unread, encoding = table.remarks
    assert "columns that are not read: Phone; read are: id, name," in unread
    assert "was read as windows-1252" in encoding


def test_a_place_that_is_there_twice_is_told_and_stays(tmp_path: Path) -> None:
    table, found = places(written(tmp_path, "name;kind;address\nA;b;c\nB;b;c\nA;d;C\nA;b;e\n"))
    assert [place.cells["id"] for place in found] == ["a", "b", "a-2", "a-3"]
    assert [one.partition("t.csv: ")[2] for one in table.remarks] == ["row 4 is the same place as row 2"]


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        ("name;pages\nA;https://a.example", ["column 'pages': no such column; call it 'page', or remove it"]),
        ("nome;www\nA;x", ["no column 'name'; there are 'nome', 'www'", "no column 'page'; there are"]),
        ("Rady 2027;\n\nname;page\nA;https://a.example", ["row 1: the heads stand in row 3; delete"]),
        ("name;page\nA;", ["row 2, column 'page': this is empty"]),
        ("Name;Page\nA;www.a.example\n;x y", [
            "row 2, column 'Page': 'www.a.example' is not an address that begins",
            "row 3, column 'Name': this is empty",
            "row 3, column 'Page': 'x y' is not an address",
        ]),
        ("name;page;id\nA;https://a.example;../x", ["row 2, column 'id': '../x' is not small letters"]),
        ("name;page;id\nA;https://a.example;a\nB;https://b.example;A", ["row 3, column 'id': 'a' is there"]),
        ("name;page;number\nA;https://a.example;one", ["row 2, column 'number': "]),
        ("name;page;color\nA;https://a.example;red", ["row 2, column 'color': unknown 'red'; known: "]),
        ("name;page\n", ["no committee"]),
        ("", ["the table is empty"]),
    ],
)  # fmt: skip
def test_all_that_is_wrong_with_a_table_is_named_by_its_row(
    tmp_path: Path, text: str, complaints: list[str]
) -> None:
    table, _ = committees(written(tmp_path, text))
    found = sorted(told(table))
    assert len(found) >= len(complaints)
    assert [one for one in complaints if not any(line.startswith(one) for line in found)] == []
    if "www.a" in text:
        assert len(found) == len(complaints)


def test_a_committee_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    table, _ = places(written(tmp_path, "name;kind;committees\nA;b;c1 c02\nSum;;12\n"))
    known = "there are: c01 (Łąki Dolne), c02 (Stary Port, Grobla); or 'all'"
    assert sorted(told(table)) == [
        f"row 2, column 'committees': unknown 'c1'; {known}",
        f"row 3, column 'committees': unknown '12'; {known}",
        "row 3, column 'kind': this is empty; a value is required",
    ]


@pytest.mark.parametrize(
    ("page", "printed"),
    [
        ("https://www.a.example/b/", "a.example/b"),
        ("https://a.example/" + "long-" * 9, "a.example"),
        ("https://a.example/b?c=1", "a.example/b"),
        ("https://a.example/B_c", "a.example"),
    ],
)
def test_an_address_that_can_be_printed_is_proposed(page: str, printed: str) -> None:
    assert printed_address(page) == printed


def test_an_id_is_made_of_any_script() -> None:
    assert [slug(name) for name in ("Łódź", "Øvre Ål", "Київ", "  ")] == ["lodz", "ovre-al", "kiiv", ""]


def test_pages_that_no_code_can_lead_to_and_names_that_are_there_twice_are_told(tmp_path: Path) -> None:
    lines = (
        "1;A;https://[",
        "2;B;https://b.example/\u00f8",
        "3;C\x01;https://c.example",
        "1;a;https://d.example",
    )
    table, _ = committees(written(tmp_path, "\n".join(("number;name;page", *lines))))
    assert told(table) == [
        "row 2, column 'page': 'https://[' is not a web address; write it as https://www.example.org",
        "row 3, column 'page': the address holds '\u00f8' at place 19, which a code's address cannot hold; "
        "write it as %C3%B8",
        "row 4, column 'name': holds the control character U+0001; remove it, or type the text anew",
        "row 5, column 'name': 'a' is in row 2 too; give each its own",
        "row 5, column 'number': '1' is in row 2 too; give each its own",
    ]


def test_a_table_may_come_through_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "t.csv")
    with ThreadPoolExecutor() as pool:
        pool.submit((tmp_path / "t.csv").write_text, "name;page\nA;https://a.example\n")
        table, (first,) = committees(tmp_path / "t.csv")
    assert (told(table), first["name"]) == ([], "A")


def test_a_table_without_end_is_refused(tmp_path: Path) -> None:
    table, _ = committees(Path("/dev/zero"))
    assert any("over 1 MB" in str(one) for one in table.problems)

"""Tables of any making give the same rows; what is wrong with one is told with its place."""

import codecs
import datetime
import io
import json
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from printkit.workspace.tables import Figure, Row, Table, open_table

TEXT = 'Tittel;Sted\n"Ås ""midt i""";Øya & <b>\n\n"To\nlinjer";\n'
ROWS = [(2, ('Ås "midt i"', "Øya & <b>")), (4, ("To\nlinjer", None))]
DAY, TIME = datetime.date(2027, 10, 3), datetime.time(18, 30)


@dataclass
class Limits:
    file_mb: int = 1
    unpacked_mb: int = 2
    rows: int = 50
    columns: int = 10
    cell_characters: int = 100


def read(data: bytes, name: str = "t.csv", sheet: str | None = None) -> tuple[Table, list[Row]]:
    table = open_table(data, name, Limits(), sheet)
    return table, list(table.rows)


def found(data: bytes, name: str = "t.csv") -> list[tuple[int, tuple[Any, ...]]]:
    table, rows = read(data, name)
    assert (table.faults, table.columns) == ([], ("Tittel", "Sted"))
    return [(row.number, row.values) for row in rows]


def workbook(fill: Callable[[Worksheet], Any], **changed: Any) -> bytes:
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = "Rader"
    fill(page)
    for name, value in changed.items():
        setattr(book, name, value)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def written(*rows: tuple[Any, ...]) -> bytes:
    def fill(page: Worksheet) -> None:
        for row in rows:
            page.append(row)

    return workbook(fill)


def edited(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return a workbook with other words in one of its parts."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in source.namelist():
            text = source.read(name).decode()
            assert name != part or old in text
            changed.writestr(name, text.replace(old, new) if name == part else text)
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
WAYS = ["plain", "bom", "utf16", "utf16be", "crlf", "comma", "unicode-text", "sep", "sep-other"]
WAYS += ["empty-ends", "decomposed", "blanks", "bom-twice", "utf16-unmarked", "utf16be-unmarked", "bar"]
WAYS += ["sep-quoted", "sep-large", "unseen-signs", "mac-lines"]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").replace("To\r\n", "To\n").encode(),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode("utf-16"),
        b"sep=;\n" + TEXT.encode(),
        b"sep=|\r\n" + TEXT.replace(";", "|").encode(),
        TEXT.replace("\n\n", "\n;;;\n").replace("Sted", "Sted;;").encode() + b";;;\n;\n\n\n",
        unicodedata.normalize("NFD", TEXT).encode(),
        TEXT.replace("Tittel", " \u00a0Tittel ").replace(";Øya", ";\u00a0Øya").encode(),
        codecs.BOM_UTF8 * 2 + TEXT.encode(),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace(";", "|").encode(),
        b'"sep=;"\r\n' + TEXT.encode(),
        b"SEP=,\n" + TEXT.replace(";", ",").encode(),
        TEXT.replace("Tittel", "\u200bTittel\ufeff").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
    ids=WAYS,
)
def test_what_spreadsheets_save_as_text_is_the_same_table(data: bytes) -> None:
    assert found(data) == ROWS


def test_windows_letters_are_read_and_told() -> None:
    table, rows = read(TEXT.encode("windows-1252"))
    assert [(row.number, row.values) for row in rows] == ROWS
    assert table.remarks == [
        "is not UTF-8 and was read as windows-1252: 'Ås' in line 2; save it as 'CSV UTF-8'"
    ]


def test_json_and_json_lines_are_tables_too() -> None:
    objects = [{"Tittel": 'Ås "midt i"', "Sted": "Øya & <b>"}, {}, {"Tittel": "To\nlinjer", "Sted": None}]
    lines = "\n".join(map(json.dumps, objects)).encode()
    expected = [(1, ROWS[0][1]), (3, ROWS[1][1])]
    assert found(json.dumps(objects).encode("utf-8-sig"), "t.json") == expected
    assert found(lines, "t.jsonl") == found(lines, "stdin") == expected
    assert found(json.dumps(objects).encode(), "stdin") == expected


def test_a_workbook_is_a_table_whatever_its_name() -> None:
    data = written(("Tittel", "Sted"), *[ROWS[0][1]], (), ROWS[1][1], (None, None))
    assert found(data, "t.xlsx") == found(data, "stdin") == ROWS


def test_cells_keep_their_types_and_what_their_format_shows() -> None:
    def fill(page: Worksheet) -> None:
        page.append(("day", "time", "whole", "half", "code", "share", "price", "kroner", "yes", "moment"))
        page.append((DAY, TIME, 5, 0.5, 42, 0.25, 99.5, 100, True, datetime.datetime(2027, 10, 3, 18, 30)))
        for cell, form in {"E2": "0000", "F2": "0%", "G2": "#,##0.00", "H2": '"kr" #,##0'}.items():
            page[cell].number_format = form

    table, rows = read(workbook(fill), "t.xlsx")
    assert table.faults == []
    assert rows[0].values == (
        DAY,
        TIME,
        5,
        0.5,
        "0042",
        Figure(0.25, 0, percent=True),
        Figure(99.5, 2),
        Figure(100, known=False),
        True,
        datetime.datetime(2027, 10, 3, 18, 30),
    )


def test_days_of_a_mac_count_from_1904() -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    def fill(page: Worksheet) -> None:
        page.append(("day",))
        page.append((DAY,))

    data = workbook(fill, epoch=CALENDAR_MAC_1904)
    assert read(data, "t.xlsx")[1][0].values == (DAY,)


def test_what_is_hidden_is_read_and_told() -> None:
    def fill(page: Worksheet) -> None:
        for row in (("a", "b"), (1, 2), (3, 4)):
            page.append(row)
        page.row_dimensions[3].hidden = page.column_dimensions["B"].hidden = True
        for name, state in (("Notat", "visible"), ("Lister", "hidden")):
            assert page.parent is not None
            page.parent.create_sheet(name).sheet_state = state

    table, rows = read(workbook(fill), "t.xlsx")
    assert [row.values for row in rows] == [(1, 2), (3, 4)]
    assert table.remarks == [
        "sheet 'Rader' is read; not read: 'Notat'",
        "hidden and not read: sheet 'Lister'",
        "hidden, and read as all others: row 3; delete what is not to be made",
        "hidden, and read as all others: column B",
    ]


def merged(page: Worksheet) -> None:
    for row in (("a", "b"), (1, 2), (None, 3)):
        page.append(row)
    page.merge_cells("A2:A3")


ENTITY = '<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
FORMULA = edited(written(("a",), (1,)), SHEET, "<v>1</v>", "<f>B2</f>")
# As programs write it that do not reckon themselves
EMPTY_FORMULA = edited(written(("a",), (1,)), SHEET, "<v>1</v>", "<f>B2</f><v></v>")
# A formula's empty text, as Excel writes it
EMPTY_TEXT = edited(written(("a", "b"), (1, 2)), SHEET, '"n"><v>1</v>', '"str"><f>C2</f><v></v>')
SIMPLE = written(("a",), (1,))
STYLES = "xl/styles.xml"
# What packs well: a bomb in small
LARGE = edited(SIMPLE, SHEET, "</sheetData>", " " * 2_000_000 + "</sheetData>")


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "t.csv", "the table is empty"),
        (b";;\n", "t.csv", "the table is empty"),
        (b"[]", "t.json", "the table is empty"),
        (b"a;A\n1;2\n", "t.csv", "two columns have the name 'a' and 'A'"),
        (b"a;;b\n1;2;3\n", "t.csv", "2 None column 2 has no name, but here stands '2'"),
        (b"a;b\n1;2;3\n", "t.csv", "2 None column 3 has no name"),
        (b'a;b\n1;2\n3;"x\n', "t.csv", "3 None cannot be read from here on: a quotation mark"),
        (b'a;b\n1;"x"y\n', "t.csv", "2 None cannot be read from here on"),
        (b"a\n" + b"x" * 101, "t.csv", "2 a 101 characters, 100 are read"),
        (b"a\n" + b"x" * 140_000, "t.csv", "2 None cannot be read from here on"),
        (b"a;b\n" + b"1;2\n" * 51, "t.csv", "52 None more than 50 rows"),
        (b";".join(b"c%d" % one for one in range(11)), "t.csv", "11 columns, 10 are read"),
        (b"x" * 1_000_001, "t.csv", "over 1 MB"),
        (b"sep=||\na\n", "t.csv", "declares no separator"),
        (b"a\n\x81\n", "t.csv", "line 2: byte 0x81 is neither UTF-8 nor windows-1252"),
        ("a\nÅse\n".encode() + b"P\xe5l\n", "t.csv", "line 3: byte 0xe5 is not UTF-8, though other letters"),
        ("a\nBlåbær\n".encode("mac-roman"), "t.csv", "the letters are a Mac's or DOS's"),
        ("a\nBlåbær\n".encode("cp865"), "t.csv", "the letters are a Mac's or DOS's"),
        ("a\nHei på deg\n".encode("mac-roman"), "t.csv", "the letters are a Mac's or DOS's"),
        ("a\nHei på deg\n".encode("cp865"), "t.csv", "the letters are a Mac's or DOS's"),
        ("a\nPål".encode().decode("cp1252").encode(), "t.csv", "line 2: letters were encoded twice: 'PÃ¥l'"),
        ("a\nP\ufffdl".encode(), "t.csv", "line 2: a letter was lost: 'P\ufffdl'"),
        (b"a\nx\0y", "t.csv", "line 2: holds U+0000"),
        (codecs.BOM_UTF16_LE + b"a\0\n", "t.csv", "begins as UTF-16 and is broken"),
        (b'[{"a": 1},]', "t.json", "not valid JSON"),
        (b'{"a": 1}', "t.json", "a list of objects is due"),
        (b'[{"a": NaN}]', "t.json", "NaN is no number"),
        (b'[{"a": 1e999}]', "t.json", "is too large a number"),
        (b'[{"a": ' + b"9" * 5000 + b"}]", "t.json", "a number of 5000 digits"),
        (b'[{"a": 1, "a": 2}]', "t.json", "has the key 'a' twice"),
        (b"[" * 100_000, "t.json", "stand in each other too deeply"),
        (b'[{"a": 1}, 5]', "t.json", "2 None a number, where an object"),
        (b'[null, {"a": 1}, true]', "t.json", "3 None true, where an object"),
        (b'["b", [{"a": 1}]]', "t.json", "2 None a list, where an object"),
        (b'{"a": 1}\n{"a": \n{"a": 3}\n', "t.jsonl", "2 None character 7: not valid JSON"),
        (b'{"a": 1}\n\n' + b'{"a":' * 90_000, "t.jsonl", "3 None lists or objects stand in each other"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "t.xlsx", "an old .xls, or locked by a password"),
        (b"PK\x03\x04garbage", "t.xlsx", "cannot be read as .xlsx"),
        (edited(SIMPLE, SHEET, 'r="A2"', 'r="ZZZZ2"'), "t.xlsx", "2 None cannot be read as .xlsx; open it"),
        (edited(SIMPLE, "xl/workbook.xml", "<workbook", "<work book"), "t.xlsx", "broken XML"),
        (LARGE, "t.xlsx", "unpacks to 2 MB"),
        (edited(SIMPLE, SHEET, "<worksheet", ENTITY + "<worksheet"), "t.xlsx", "declares a document type"),
        (edited(SIMPLE, STYLES, "<styleSheet", ENTITY + "<styleSheet"), "t.xlsx", "document type"),
        (b"a;b\n1;2\nA; B \n", "t.csv", "3 None repeats the heads; delete it"),
        (b"\xef\xbb\xbf <table><tr>", "t.xls", "this is a web page or other XML"),
        (b'<?xml version="1.0"?><Workbook/>', "t.csv", "this is a web page or other XML"),
        (b"%PDF-1.4\n\xe5", "t.csv", "this is a PDF"),
        (EMPTY_FORMULA, "t.xlsx", "2 a a formula whose value the file does not hold"),
        (FORMULA, "t.xlsx", "2 a a formula whose value the file does not hold"),
        (written(("a",), ("#N/A",)), "t.xlsx", "2 a the formula's value is #N/A"),
        (b"a;b\n1;#I/T\n", "t.csv", "2 b the formula's value is #I/T; mend it"),
        (b"a;b\n1;2\nErr:502;x\n", "t.csv", "3 a the formula's value is Err:502"),
        (b"a;b\n######;x\n", "t.csv", "2 a the formula's value is ######"),
        (workbook(merged), "t.xlsx", "2 None A2:A3 is one merged cell"),
        (written(), "t.xlsx", "the table is empty"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_table_is_told_with_its_place(data: bytes, name: str, told: str) -> None:
    faults = [f"{one.row} {one.column} {one.problem}" for one in read(data, name)[0].faults]
    assert any(told in one for one in faults), faults


def test_a_formula_may_come_to_an_empty_text() -> None:
    table, rows = read(EMPTY_TEXT, "t.xlsx")
    assert ([row.values for row in rows], table.faults) == ([(None, 2)], [])


def test_a_broken_line_costs_itself_alone() -> None:
    table, rows = read(b'{"a": 1}\n{"a": \n{"a": 3}\n', "t.jsonl")
    assert [(row.number, row.values) for row in rows] == [(1, (1,)), (3, (3,))]
    assert [one.row for one in table.faults] == [2]


def test_a_sheet_is_chosen_by_name() -> None:
    book = Workbook()
    book.create_sheet("To").append(("a", "b"))
    data = io.BytesIO()
    book.save(data)
    assert read(data.getvalue(), sheet="To")[0].columns == ("a", "b")
    assert (
        "there is no sheet 'X'; there are: 'Sheet', 'To'"
        in read(data.getvalue(), sheet="X")[0].faults[0].problem
    )


def test_a_wrong_size_in_a_workbook_hides_no_row() -> None:
    data = written(("a", "b"), (1, 2), (3, 4))
    told = edited(data, SHEET, 'dimension ref="A1:B3"', 'dimension ref="A1"')
    assert [row.values for row in read(told, "t.xlsx")[1]] == [(1, 2), (3, 4)]


# Saved once by LibreOffice 7.4 from a workbook of openpyxl's: with its filters for CSV (semicolon and UTF-8,
# comma and windows-1252 with all texts quoted, tab and UTF-16; cells as shown, in bokmål) and for XLSX.
MADE = Path(__file__).parent / "tables"
SHOWN = ("001", 'Åpent & <b> "møte"', "01.10.2027", "18:30", "03045", "25%", "99.50", "6")
LATER = [(3, "To\nlinjer; med, skille"), (6, "Hard\u00a0blank")]


@pytest.mark.parametrize("name", ["calc-utf8-semicolon.csv", "calc-windows-comma.csv", "calc-utf16-tab.csv"])
def test_what_libreoffice_saves_as_text_is_read(name: str) -> None:
    table, rows = read((MADE / name).read_bytes(), name)
    assert table.columns == ("id", "Tittel", "Dag", "Klokka", "Postnr", "Andel", "Pris", "Sum")
    assert rows[0] == Row(2, SHOWN)
    assert [(row.number, row.values[1]) for row in rows[1:]] == LATER
    assert (table.faults, len(table.remarks)) == ([], name.startswith("calc-windows"))


def test_what_libreoffice_saves_as_a_workbook_is_read() -> None:
    table, rows = read((MADE / "calc.xlsx").read_bytes())
    share, price = Figure(0.25, 0, percent=True), Figure(99.5, 2)
    day = datetime.date(2027, 10, 1)
    assert rows[0].values == ("001", SHOWN[1], day, TIME, "03045", share, price, 6)
    assert [(row.number, row.values[1]) for row in rows[1:]] == LATER
    assert table.remarks == [
        "sheet 'Rader' is read; not read: 'Notat'",
        "hidden, and read as all others: row 3; delete what is not to be made",
    ]

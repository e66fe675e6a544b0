"""Tables are read as spreadsheets save them, and a row is told by the number that they show."""

import unicodedata
from pathlib import Path

import pytest

from printkit.errors import WorkspaceError
from printkit.workspace import Workspace
from printkit.workspace.table import parse_table

COMMAS = 'id,name\na,"Ås, sentrum"\nb,Øya\n'
SEMICOLONS = "id;name\na;Ås, sentrum\nb;Øya\n\n"
ROWS = [(2, {"id": "a", "name": "Ås, sentrum"}), (3, {"id": "b", "name": "Øya"})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("text", [COMMAS, SEMICOLONS], ids=["comma", "semicolon"])
def test_tables_are_read_as_excel_saves_them(tmp_path: Path, text: str, newline: str, encoding: str) -> None:
    (tmp_path / "t.csv").write_bytes(text.replace("\n", newline).encode(encoding))
    assert Workspace(tmp_path).read_csv("t.csv") == ROWS


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\nid;name\na;Ås, sentrum\nb;Øya\n",
        'sep=,\r\nid,name\r\na,"Ås, sentrum"\r\nb,Øya\r\n',
        "id;name;\na;Ås, sentrum;\nb;Øya;\n",
        "id;name;;\na;Ås, sentrum;;\nb;Øya;;\n;;;\n",
        '"id";"name"\n"a";"Ås, sentrum"\n"b";"Øya"\n',
        "Id ; NAME\n a ; Ås, sentrum \nb;Øya",
        unicodedata.normalize("NFD", SEMICOLONS),
    ],
    ids=["sep", "sep-comma", "empty column", "two", "quoted", "capitals and blanks", "decomposed"],
)
def test_what_a_spreadsheet_adds_changes_nothing(text: str) -> None:
    assert parse_table(text, "t.csv") == ROWS


def test_cells_that_a_spreadsheet_left_out_are_empty() -> None:
    assert parse_table("id;name;note\na;A\n", "t.csv") == [(2, {"id": "a", "name": "A", "note": ""})]


def test_rows_count_as_a_spreadsheet_counts() -> None:
    text = 'sep=;\nid;name\na;"two\nlines"\n\n;\nb;B\n'
    assert [(number, row["id"]) for number, row in parse_table(text, "t.csv")] == [(2, "a"), (5, "b")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the table is empty"),
        (";;\n", "the table is empty"),
        ("id;id\n1;2\n", "row 1: two columns have the name 'id'"),
        ("id;;;name\n1;2;3;4\n", "row 1: two columns have no name"),
        ('id;name\n1;"x\n', "row 2: a quotation mark is not closed"),
        ('id;name\n1;"x"y\n', "row 2: a quotation mark is not closed"),
        ("id;name;\n\n1;2;3\n", "row 3: column 3 has no name, but here '3'"),
        ("id;name\n1;2;3\n", "row 2: column 3 has no name"),
        ("id\tname\n1\t2\n", "separate them with semicolons"),
        ("sep=\t\nid\tname\n1\t2\n", "separate them with semicolons"),
        ("sep=|\nid|name\n1|2\n", "separate them with semicolons"),
    ],
)
def test_a_broken_table_names_the_row(text: str, reason: str) -> None:
    with pytest.raises(WorkspaceError) as refused:
        parse_table(text, "t.csv")
    assert reason in str(refused.value)

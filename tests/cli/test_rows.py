"""`render --rows` and complaints: one row shown, all faults told, the table itself left alone."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from printkit.cli import main

HEAD = "committee;id;Overskrift;lead\n"
GOOD = HEAD + "nu03;a;Åpent møte;Kom & si fra\nnu10;b;Møt opp;\n"
BAD = HEAD + "nu03;a;Åpent møte;\nnu99;b;En altfor lang overskrift som ikke går;\n"
ASKED = ("recruit", "--format", "flyer-a5", "--campaign", "recruitment")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "t.csv"


def render(*words: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["render", *ASKED, *map(str, words)], input=stdin)


def test_one_row_is_shown_whole(tmp_path: Path) -> None:
    import pypdfium2

    out = tmp_path / "a.pdf"
    assert render("--rows", "-", "--row", 3, "-o", out, stdin=GOOD).exit_code == 0
    words = pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()
    assert "Møt opp" in words.replace("\r\n", " ")


def test_everything_is_told_at_once_and_written_behind_the_rows(tmp_path: Path, table: Path) -> None:
    table.write_text(BAD, encoding="utf-8")
    out = tmp_path / "c.xlsx"
    done = render("--rows", table, "-o", tmp_path / "a.pdf", "--complaints", out, "--json")
    told = json.loads(done.stdout)["error"]
    assert (done.exit_code, told["code"], told["kind"]) == (3, 3, "TableErrors")
    assert [(one["row"], one["column"]) for one in told["problems"]] == [(3, "committee"), (3, "Overskrift")]
    assert load_workbook(out).worksheets[0]["E3"].value.startswith("committee: unknown 'nu99'")
    assert table.read_text(encoding="utf-8") == BAD


def test_another_rows_complaints_do_not_stop_one(tmp_path: Path, table: Path) -> None:
    table.write_text(BAD, encoding="utf-8")
    done = render("--rows", table, "--row", 2, "--rgb", "-o", tmp_path / "a.pdf")
    assert done.exit_code == 0
    assert "1 other rows" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--row", 9), 2, "row 9 is empty; rows 2 to 3 say something"),
        (("--complaints", "c.csv"), 2, "a workbook is written; name it .xlsx"),
        (("--data", "-", "--rows", "-"), 2, "both want stdin"),
        (("--committee", "nu05"), 3, "row 2, column 'committee': unknown 'nu03'; there are: nu05"),
    ],
)
def test_what_cannot_be_is_refused(table: Path, words: tuple[object, ...], code: int, told: str) -> None:
    table.write_text(GOOD, encoding="utf-8")
    done = render("--rows", table, *words, "-o", table.with_suffix(".pdf"))
    assert (done.exit_code, told in done.stderr) == (code, True)


def test_a_table_that_is_wrong_itself_is_a_fault_of_the_workspace(table: Path) -> None:
    table.write_text("committee;committee\n", encoding="utf-8")
    done = render("--rows", table, "-o", table.with_suffix(".pdf"))
    assert (done.exit_code, "two columns have the name 'committee'" in done.stderr) == (4, True)


def test_complaints_never_go_into_the_table_itself(table: Path) -> None:
    book = table.with_suffix(".xlsx")
    book.write_text(BAD, encoding="utf-8")
    done = render("--rows", book, "-o", table.with_suffix(".pdf"), "--complaints", book)
    assert (done.exit_code, "is the table itself" in done.stderr) == (2, True)
    assert book.read_text(encoding="utf-8") == BAD


@pytest.mark.parametrize("option", [("--row", "2"), ("--complaints", "x.xlsx")])
def test_options_about_a_table_want_one(option: tuple[str, str]) -> None:
    done = render("--committee", "nu03", *option, "-o", "a.pdf")
    assert (done.exit_code, "--rows names" in done.stderr) == (2, True)

"""Rows become pieces: which column is what, what each slot takes, and every complaint at once."""

import datetime
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from printkit.errors import TableErrors
from printkit.profiles import Profiles, load_profiles
from printkit.rows import RowsRead, RowsRequest, Source, read_rows
from printkit.rows.complaints import write_complaints
from printkit.rows.values import slot_value
from printkit.template import Slot, SlotCheck, Template, ValueProblem
from printkit.template.language import Language
from printkit.words import translate
from printkit.workspace import Workspace
from printkit.workspace.tables import Figure

SLOTS: dict[str, Any] = {
    "headline": {
        "kind": "text",
        "label": "Overskrift",
        "max_characters": 12,
        "required": True,
        "sample": "x",
    },
    "points": {"kind": "list", "label": "Punkter", "max_items": 2},
    "day": {"kind": "date", "label": "Dag"},
    "hour": {"kind": "time", "label": "Klokka"},
    "seats": {"kind": "integer", "label": "Plasser"},
    "kind_of": {"kind": "choice", "label": "Slag", "choices": ["møte", "tur"]},
    "page": {"kind": "url", "label": "Side"},
    "photo": {"kind": "image", "label": "Bilde"},
    "note": {"kind": "rich", "label": "Merknad"},
}
Read = Callable[..., RowsRead]


@pytest.fixture(scope="module")
def profiles(repository: Path) -> Profiles:
    return load_profiles(Workspace(repository))


@pytest.fixture
def read(repository: Path, profiles: Profiles) -> Read:
    """Return what reads rows of CSV for a template with a slot of each kind."""
    layouts = {"flyer-a5": {"html": "a.html", "css": "a.css"}}
    template = Template.model_validate(
        {"id": "t", "name": "T", "slots": SLOTS, "layouts": layouts, "languages": ["nb", "en"]}
    )
    page, press = profiles.formats["flyer-a5"], profiles.presses["digital"]

    def check(language: Any) -> SlotCheck:
        made = SlotCheck(Workspace(repository), profiles, template, page, press, language)
        vars(made)["printed"] = frozenset(SLOTS)
        return made

    def run(
        *lines: str, committees: tuple[str, ...] = ("nu03",), encoding: str = "utf-8", **more: Any
    ) -> RowsRead:
        request = {"languages": ("nb",), "committees": committees, **more}
        checks = {one: check(one) for one in template.languages}
        text = "\n".join(lines)
        return read_rows(text.encode(encoding), "t.csv", RowsRequest(profiles, template, checks, **request))

    return run


def test_columns_are_known_by_id_label_or_mapping(read: Read) -> None:
    heads = "HEADLINE;Kind-of;Klokka;Tid;Notat;Antall"
    columns = {"tid": "day", "Notat": "", "Antall": "quantity"}
    found = read(heads, "Møte;tur;18.30;3.10.2027;til oss selv;1 200", columns=columns).pieces[0]
    assert (found.quantity, found.committee, found.language) == (1200, "nu03", "nb")
    assert dict(found.values) == {
        "headline": "Møte",
        "kind_of": "tur",
        "hour": "18.30",
        "day": datetime.date(2027, 10, 3),
    }


def test_a_row_says_for_whom_where_in_which_language_and_by_which_id(read: Read) -> None:
    lines = ("id;committee;site;lang;headline", "Ev-1;NU10;bib-svelvik;en;A", ";nu03;;;B")
    one, two = read(*lines, committees=("nu03", "nu10")).pieces
    assert (one.id, one.committee, one.site, one.language) == ("ev-1", "nu10", "bib-svelvik", "en")
    assert (two.id, two.committee, two.site, two.language) == ("00003", "nu03", None, "nb")


def test_a_row_without_a_language_is_a_piece_in_each(read: Read) -> None:
    found = read("headline;note", "A;b", languages=("nb", "en")).pieces
    assert [(one.language, one.id) for one in found] == [("nb", "00002"), ("en", "00002")]


@pytest.mark.parametrize("below", [(), ("", ";", " ; ")])
def test_heads_without_a_row_are_told(read: Read, below: tuple[str, ...]) -> None:
    (problem,) = read("headline;note", *below).problems
    assert (problem.row, problem.column, problem.value) == (1, None, False)
    assert problem.problem == "no row beneath the heads says anything"


SILENT: dict[str, Any] = {"languages": (), "is_counted": False}


def test_rows_say_language_and_number_where_the_campaign_says_neither(read: Read) -> None:
    (found,) = read("headline;note;lang;quantity", "A;b;en;30", **SILENT).pieces
    assert (found.language, found.quantity) == ("en", 30)


def test_a_language_or_number_that_nobody_says_is_told(read: Read) -> None:
    empty = read("headline;note;lang;quantity", "A;b;;30", "C;d;nb;", **SILENT).problems
    assert [(one.row, one.column) for one in empty] == [(2, "lang"), (3, "quantity")]
    missing = [one.problem for one in read("headline;note", "A;b", **SILENT).problems]
    assert missing == [
        "no column 'lang'; add one, or languages to the campaign's pieces",
        "no column 'quantity'; add one, or quantity to the campaign's pieces",
    ]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["headline;colour", "A;b"], "column 'colour': is no slot of template 't'; there are: committee"),
        (["headline;Overskrift", "A;B"], "t.csv: column 'Overskrift': says 'headline', as column 'headline'"),
        (["note", "A"], "t.csv: no column is for slot 'headline', which needs a value; add one"),
        (["headline;note", ";A"], "t.csv: row 2, column 'headline': empty; a value is required"),
        (["Overskrift", "Et altfor langt ord"], "t.csv: row 2, column 'Overskrift': 19 characters, 12 fit"),
        (["headline;committee", "A;nu99"], "row 2, column 'committee': unknown 'nu99'; there are: nu03"),
        (["headline;site", "A;nowhere"], "column 'site': unknown 'nowhere'"),
        (["headline;site", "A;bib-svelvik"], "column 'site': 'bib-svelvik' does not show nu03, but nu10"),
        (["headline;lang", "A;se"], "column 'lang': the template has no texts in 'se'; it has nb, en"),
        (["headline;quantity", "A;0"], "column 'quantity': '0' is no number of copies; write 1 or more"),
        (["headline;quantity", "A;ti"], "column 'quantity': 'ti' is no number of copies"),
        (["Plan 2027", ";", "headline;note", "A;b"], "row 1: the heads stand in row 3; delete"),
        (["headline;id", "A;å/../b"], "column 'id': 'å/../b' cannot stand in a file's name"),
        (["headline;id", "A;" + "a" * 41], "cannot stand in a file's name; write up to 40 letters"),
        (["headline;id", "A;x", "B;X"], "t.csv: row 3, column 'id': 'x' is the id of row 2, too"),
        (["headline;id", "A;00003", "B;"], "t.csv: row 3, column 'id': '00003' is the id of row 2, too"),
        (["headline;day", "A;31.2.2027"], "column 'day': '31.2.2027' is no day of the calendar"),
        (["headline;day", "A;10/3/2027"], "column 'day': '10/3/2027' is no date"),
        (["headline;hour", "A;25:00"], "column 'hour': '25:00' is no time of day"),
        (["headline;seats", "A;mange"], "column 'seats': 'mange' is no whole number"),
        (["headline;kind_of", "A;fest"], "column 'kind_of': 'fest' is no choice; choose møte, tur"),
        (["headline;points", "A;a;b"], "t.csv: row 2: column 3 has no name"),
        (["headline;photo", "A;../x.png"], "column 'photo': '../x.png' leaves the workspace"),
        (["headline;page", "A;javascript:x"], "column 'page': "),
        (["headline;note", "A;**b"], "column 'note': line 1 has an odd number of **"),
        (["headline", "A\u200bB"], "column 'headline': holds the control character U+200B"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_row_and_column(read: Read, lines: list[str], told: str) -> None:
    assert any(told in str(one) for one in read(*lines).problems)


def test_everything_is_told_at_once_and_the_code_says_whose_fault_it_is(read: Read) -> None:
    lines = ["headline;day;x", "A;1;", "Altfor mange tegn;2;"]
    with pytest.raises(TableErrors) as refused:
        read(*lines).refuse()
    assert [one.row for one in refused.value.problems] == [None, 2, 3, 3]
    assert refused.value.exit_code == 3
    with pytest.raises(TableErrors) as refused:
        read("headline;x", "A;1").refuse()
    assert refused.value.exit_code == 4


def test_a_table_for_several_committees_names_them(read: Read) -> None:
    told = read("headline", "A", committees=("nu01", "nu03")).problems
    assert "no column 'committee' says for whom each row is" in str(told[0])


def test_a_last_row_that_is_a_sum_is_told(read: Read) -> None:
    lines = ["headline;quantity", "A;10", "B;1\u202f020", "Sum;1030"]
    assert "row 4 has as many copies as all others together" in read(*lines).remarks[0]
    assert not read(*lines[:3], "C;5").remarks


def test_signs_of_markup_are_letters(read: Read) -> None:
    assert dict(read("headline", '"<b>&""\'{{x}}"').pieces[0].values) == {"headline": "<b>&\"'{{x}}"}


DAY, TIME = datetime.date(2027, 10, 3), datetime.time(18, 30)
MOMENT = datetime.datetime.combine(DAY, TIME)


def slot(kind: Any) -> Slot:
    return Slot(kind=kind, label="x", choices=("a",) if kind == "choice" else ())


@pytest.mark.parametrize(
    ("kind", "value", "made"),
    [
        ("text", 5, "5"),
        ("text", 12000, "12\u00a0000"),
        ("text", 0.5, "0,5"),
        ("text", Figure(99.5, 2), "99,50"),
        ("text", Figure(0.25, 0, percent=True), "25\u00a0%"),
        ("text", Figure(0.125, 1, percent=True), "12,5\u00a0%"),
        ("text", DAY, "3.\u00a0oktober"),
        ("text", TIME, "18.30"),
        ("text", MOMENT, "3.\u00a0oktober kl.\u00a018.30"),
        ("text", "007", "007"),
        ("list", ["a", 2], ["a", "2"]),
        ("list", "a;b", "a;b"),
        ("date", DAY, DAY),
        ("date", "03.10.2027", DAY),
        ("date", "2027-10-03", "2027-10-03"),
        ("time", TIME, TIME),
        ("time", datetime.timedelta(hours=18, minutes=30), TIME),
        ("integer", 5, 5),
        ("integer", 5.0, 5),
        ("integer", Figure(5.0, known=False), 5),
        ("image", {"file": "a.jpg", "x": 0.5}, {"file": "a.jpg", "x": 0.5}),
        ("url", "https://a.no", "https://a.no"),
    ],
)
def test_a_cell_becomes_what_its_slot_takes(profiles: Profiles, kind: Any, value: Any, made: Any) -> None:
    found = slot_value(value, slot(kind), Language.of(profiles, "nb"))
    assert (found, type(found)) == (made, type(made))


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("text", True, "TRUE is a truth value"),
        ("text", Figure(100, known=False), "a number format with words or signs of its own"),
        ("text", {"a": 1}, "an object where text is due"),
        ("text", ["a"], "a list where text is due"),
        ("text", datetime.timedelta(hours=30), "a duration where text is due"),
        ("list", [["a"]], "an item is a list"),
        ("date", MOMENT, "is a date with a time"),
        ("date", 46298, "give the cell the format of a date"),
        ("time", MOMENT, "is a time with a date"),
        ("time", 0.75, "give the cell the format of a time"),
        ("integer", 5.5, "5.5 is no whole number"),
        ("integer", Figure(0.05, percent=True), "a percentage where a whole number is due"),
        ("integer", DAY, "a date where a whole number is due"),
        ("url", 5.5, "a number where text is due"),
        ("choice", DAY, "a date where text is due"),
    ],
)
def test_a_cell_of_another_kind_is_told(profiles: Profiles, kind: Any, value: Any, told: str) -> None:
    with pytest.raises(ValueProblem, match=told):
        slot_value(value, slot(kind), Language.of(profiles, "nb"))


def complaints(profiles: Profiles, read: RowsRead, source: Source) -> list[tuple[Any, ...]]:
    data = write_complaints([source], read.problems, profiles.batch.table)
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    assert not any(cell.data_type == "f" for row in page.iter_rows() for cell in row)
    return list(page.iter_rows(values_only=True))


def test_complaints_stand_behind_the_rows_of_a_copy(read: Read, profiles: Profiles) -> None:
    lines = ["id;headline;quantity", "007;=1+1;0", "008;Fint;", ""]
    source = Source("t.csv", "\n".join(lines).encode())
    assert complaints(profiles, read(*lines), source) == [
        ("id", "headline", "quantity", "printkit"),
        ("007", "=1+1", "0", "quantity: '0' is no number of copies; write 1 or more"),
        ("008", "Fint", None, None),
    ]


def test_a_workbook_gets_its_complaints_and_keeps_what_it_has(read: Read, profiles: Profiles) -> None:
    book, data = Workbook(), io.BytesIO()
    page = book.worksheets[0]
    for row in (("headline", "day"), ("A", DAY), ("Altfor mange tegn", 5)):
        page.append(row)
    page["A1"].comment, page.column_dimensions["A"].width = None, 33
    book.save(data)
    problems = read("headline;day", "A;2027-10-03", "Altfor mange tegn;tull")
    found = write_complaints([Source("t.csv", data.getvalue())], problems.problems, profiles.batch.table)
    copied = load_workbook(io.BytesIO(found)).worksheets[0]
    assert copied.column_dimensions["A"].width == 33
    assert copied["B2"].is_date
    assert copied["C3"].value.splitlines() == [
        "headline: 17 characters, 12 fit; shorten it",
        "day: 'tull' is no date; write it as 2026-03-14",
    ]


def test_rows_of_json_stand_beneath_their_heads(read: Read, profiles: Profiles) -> None:
    told = [replace(one, file="t.json") for one in read("headline", "Altfor mange tegn").problems]
    source = Source("t.json", json.dumps([{"headline": "A"}, {"headline": "B"}]).encode())
    data = write_complaints([source], told, profiles.batch.table)
    rows = list(load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["headline", "A", "B"]
    assert rows[2][1] == "headline: 17 characters, 12 fit; shorten it"


def test_what_is_told_of_a_table_quotes_it_and_can_be_said_in_another_language(read: Read) -> None:
    found = read("headline;committee", "A;Nes og Vågen")
    assert "unknown 'Nes og Vågen'" in str(found.problems[0])
    nn = translate("nn", "command").say
    assert "«Nes og Vågen» er ukjend" in nn(found.problems[0].problem)
    foreign = read("headline", "Møte", encoding="windows-1252")
    assert "er ikkje UTF-8 og vart lesen" in nn(foreign.remarks[0])

"""What breaks TOML and JSON is told by its place, in words that every language of the program has."""

import json

import pytest

from printkit.errors import WorkspaceError
from printkit.words import Message
from printkit.workspace import parse_toml
from printkit.workspace.syntax import json_fault


def told(text: str) -> WorkspaceError:
    with pytest.raises(WorkspaceError) as caught:
        parse_toml(text.encode(), "a.toml")
    return caught.value


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ("a = b", "line 1, column 5", "no value begins so"),
        ("a = 1\nå = 1", "line 2, column 1", "no line begins so"),
        ("a.å = 1", "line 1, column 3", "no name begins so"),
        ("a 1", "line 1, column 3", "after a name come ="),
        ('a = "x\nb = 2', "line 1, column 7", "not closed on its line"),
        ("a = 'x\nb = 2\n\n", "line 2, column 6", "a quotation mark is not closed"),
        ('a = """x', "line 1, column 9", "a quotation mark is not closed"),
        ("a = '''x", "line 1, column 9", "a quotation mark is not closed"),
        ('a = "\\q"', "line 1, column 8", "a backslash begins no sign"),
        ('a = "\\u12"', "line 1, column 8", "a backslash begins no sign"),
        ('a = "\\ud800"', "line 1, column 12", "a backslash begins no sign"),
        ("a = 2027-02-30", "line 1, column 5", "no such day or time"),
        ("a = 18:00 # at six", "line 1, column 7", "write a time of day as 18:00:00"),
        ("a = 1 2", "line 1, column 7", "the value has ended"),
        ("a = 1\na = 2", "line 2, column 6", "stands twice"),
        ("[a]\n[a]", "line 2, column 3", "stands twice"),
        ("a = {b = 1, b = 2}", "line 1, column 18", "stands twice"),
        ("a = {b = 1}\na.c = 2", "line 2, column 8", "stands twice"),
        ("[a", "line 1, column 3", "the name of a table is not closed"),
        ("[[a]", "line 1, column 4", "the name of a table is not closed"),
        ("a = [1 2]", "line 1, column 8", "a list is not closed"),
        ("a = {b = 1", "line 1, column 11", "a table is not closed"),
        ("# \x07", "line 1, column 3", "a control character"),
        ('a = "\x07"', "line 1, column 6", "a control character"),
    ],
)
def test_toml_that_breaks_is_told_by_its_place_in_our_words(text: str, where: str, reason: str) -> None:
    error = told(text)
    assert (error.where, error.reason.partition(": ")[0]) == (where, "not valid TOML")
    assert reason in error.reason
    # In another language the parser's words would stand there in English.
    assert isinstance(error.reason, Message)
    assert isinstance(error.reason.fields["what"], Message)


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [("a = nan", "a", "nan"), ("[t]\nb = [1.5, -inf]", "t.b.1", "-inf"), ("a.b = 1e999", "a.b", "inf")],
)
def test_what_is_no_number_is_told_so_wherever_it_stands(text: str, key: str, value: str) -> None:
    error = told(text)
    assert (error.where, error.reason) == (key, f"'{value}' is no number")


def test_a_number_of_more_digits_than_python_reads_is_told() -> None:
    assert "more digits than can be read" in told("a = " + "9" * 5000).reason


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ('{"a": x}', "line 1, column 7", "no value begins so"),
        ('{"a": 1,\n b: 2}', "line 2, column 2", "a name in double quotes is due"),
        ('{"a" 1}', "line 1, column 6", "after a name come :"),
        ("[1 2]", "line 1, column 4", "a comma, or the end"),
        ('["a', "line 1, column 2", "a quotation mark is not closed"),
        ('["a\nb"]', "line 1, column 4", "not closed on its line"),
        ('["\\q"]', "line 1, column 3", "a backslash begins no sign"),
        ("[1]]", "line 1, column 4", "more stands behind the end"),
    ],
)
def test_json_that_breaks_is_told_by_its_place_in_our_words(text: str, where: str, reason: str) -> None:
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(text)
    place, said = json_fault(caught.value)
    assert place == where
    assert isinstance(said, Message)
    assert reason in said
    assert isinstance(said.fields["what"], Message)

"""Values by kind, from text and from TOML's own types."""

import contextlib
import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.template import SLOT_KINDS, Slot
from printkit.template.values import _READERS, ImageValue, Limits, ValueProblem, read_value

LIMITS = Limits(address_characters=300)


def read(value: Any, kind: str, **keys: Any) -> Any:
    return read_value(value, Slot(kind=kind, label="x", **keys), LIMITS)


def test_every_kind_has_a_reader() -> None:
    assert set(_READERS) == set(SLOT_KINDS)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  Hei  ", "Hei"),
        ("date", "2026-03-14", datetime.date(2026, 3, 14)),
        ("time", "18.00", datetime.time(18)),
        ("time", "8:30", datetime.time(8, 30)),
        ("integer", "50 000", 50000),
        ("list", "a; b", ["a", "b"]),
        ("list", "a; b\nc", ["a; b", "c"]),
        ("image", "assets/x.jpg@0.2,1", ImageValue("assets/x.jpg", 0.2, 1, cropped=True)),
        ("url", "https://example.org/a", "https://example.org/a"),
    ],
)
def test_text_is_read_by_kind(kind: str, text: str, value: Any) -> None:
    assert read(text, kind) == value


def test_own_types_pass() -> None:
    assert read(datetime.date(2026, 3, 14), "date") == datetime.date(2026, 3, 14)
    assert read(["a", " "], "list") == ["a"]
    assert read({"file": "a.png", "x": 0, "y": 0.25}, "image") == ImageValue("a.png", 0, 0.25, cropped=True)


def test_blank_counts_as_none() -> None:
    assert read(" ", "text") is None
    assert read([], "list") is None


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("date", "14.3.2026", "2026-03-14"),
        ("date", datetime.datetime(2026, 3, 14), "no date"),
        ("time", "25:00", "18:00"),
        ("integer", "1,5", "no whole number"),
        ("integer", True, "true or false where a whole number is due"),
        ("text", 5, "quotes"),
        ("text", "a\x07b", "U.0007"),
        ("text", "a\nb", "2 lines, 1 fit"),
        ("rich", "**a", "odd number"),
        ("url", "javascript:alert(1)", "https://"),
        ("qr", "https://example.org/" + "a" * 3000, "3020 characters, 300 fit"),
        ("image", "a.jpg@2,0", "0 to 1"),
        ("image", {"file": "a.jpg", "z": 1}, "file, x and y"),
    ],
)
def test_what_cannot_stand_is_refused(kind: str, value: Any, words: str) -> None:
    keys: dict[str, Any] = {"target": "committee"} if kind == "qr" else {}
    with pytest.raises(ValueProblem, match=words):
        read(value, kind, **keys)


def test_limits_are_told_together() -> None:
    with pytest.raises(ValueProblem, match=r"6 characters, 3 fit; shorten it; '.*' does not match"):
        read("abcdef", "text", max_characters=3, pattern="[0-9]+")


def test_layout_limit_comes_before_the_slots_own() -> None:
    slot = Slot(kind="text", label="x", max_characters=3)
    assert read_value("abcdef", slot, Limits(300, max_characters=6)) == "abcdef"


def test_list_problems_name_the_item() -> None:
    with pytest.raises(ValueProblem, match=r"3 items, 2 fit.*item 2: 5 characters, 3 fit"):
        read(["a", "abcde", "c"], "list", max_items=2, max_characters=3)


def test_choice_names_the_choices() -> None:
    with pytest.raises(ValueProblem, match="rød, blå"):
        read("grønn", "choice", choices=("rød", "blå"))


@given(st.text(max_size=60), st.sampled_from(SLOT_KINDS))
def test_any_text_is_a_value_or_a_problem(text: str, kind: str) -> None:
    needed: dict[str, dict[str, Any]] = {"qr": {"target": "committee"}, "choice": {"choices": ("a",)}}
    with contextlib.suppress(ValueProblem):
        read(text, kind, **needed.get(kind, {}))

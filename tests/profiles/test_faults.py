"""What is wrong with a value is said in our own words, whatever model refuses it."""

import math
from typing import Any

import pytest

from printkit.errors import OrderRefused, WorkspaceErrors
from printkit.orders.content import read_content
from printkit.profiles import parse
from printkit.profiles.people import Campaign
from printkit.profiles.print import Format
from printkit.profiles.schema import KINDS
from printkit.words import Message, translate

ODD: tuple[Any, ...] = (
    *(None, True, -1, 10**9, 0.5, math.inf, math.nan, "", "x", "Å" * 999, b"x"),
    *([], [1], ["x"] * 3, [[1]], {}, {"x": 1}, {"value": "x", "confirmed": "x"}),
)


def reasons(model: Any, data: dict[str, Any]) -> list[str]:
    try:
        parse(model, "x.toml", data)
    except WorkspaceErrors as errors:
        return [one.reason for one in errors.errors]
    return []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_said_in_a_librarys_words(kind: str) -> None:
    model = KINDS[kind]
    told = [why for value in ODD for why in reasons(model, dict.fromkeys(model.model_fields, value))]
    assert told
    assert [str(why) for why in told if not isinstance(why, Message)] == []


def test_what_is_too_long_is_shown_in_short() -> None:
    (why,) = [one for one in reasons(Format, {"pages": "9" * 500 + "x"}) if "…" in one]
    assert len(why) < 100


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"trim_mm": [148]}, "trim_mm.1: her mangler en verdi"),
        ({"pages": 0}, "pages: 0 er mindre enn 1"),
        ({"pages": "to"}, "pages: «to» er ikke noe helt tall"),
        ({"folds_mm": "x"}, "folds_mm: dette er ingen liste; skriv den i hakeparenteser"),
        ({"name": 3}, "name: «3» er ikke tekst; skriv det i anførselstegn"),
    ],
)
def test_a_complaint_is_said_in_another_language(data: dict[str, Any], said: str) -> None:
    with pytest.raises(WorkspaceErrors) as caught:
        parse(Format, "a.toml", data)
    assert f"a.toml: {said}" in caught.value.told(translate("nb", "command").say).splitlines()


def test_a_campaign_that_makes_nothing_is_told_what_to_name() -> None:
    assert any("nothing is made" in why for why in reasons(Campaign, {"pieces": []}))


def test_an_order_says_it_too() -> None:
    with pytest.raises(OrderRefused) as caught:
        read_content({"title": 3, "strange": 1})
    assert "strange: unknown key" in caught.value.problems
    assert all(isinstance(one, Message) for one in caught.value.problems)


@pytest.mark.parametrize("pieces", [[{"template": "T"}], [3]])
def test_a_list_of_one_wrong_value_is_not_told_as_empty(pieces: list[Any]) -> None:
    assert not any("is empty" in why for why in reasons(Campaign, {"pieces": pieces}))
    assert "this is empty; a value is required" in reasons(Format, {"name": ""})


def test_places_of_which_one_is_wrong_are_not_told_as_missing() -> None:
    place = {"address": "x" * 401, "copies": 1}
    with pytest.raises(OrderRefused) as caught:
        read_content({"lines": [{"template": "t", "format": "f", "quantity": 1, "places": [place]}]})
    (why,) = caught.value.problems
    assert why == "lines.0.places.0.address: 401 characters, at most 400 are allowed"

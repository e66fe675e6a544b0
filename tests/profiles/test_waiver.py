"""Waivers in press and campaign profiles."""

import datetime
from typing import Any

import pytest

from printkit.errors import WorkspaceErrors
from printkit.profiles import Campaign, Model, Press, Waiver, parse, waivers_for
from printkit.profiles.schema import schema

GIVEN: dict[str, Any] = {
    "rule": "R0009",
    "piece": "nu07_*_flyer-a5_*",
    "who": "Kari Nordmann",
    "why": "Trykkeriet har godtatt det",
    "until": datetime.date(2027, 8, 31),
}


def test_a_waiver_is_meant_for_the_pieces_its_pattern_matches() -> None:
    waiver = Waiver(**GIVEN)
    assert waivers_for([waiver], "nu07_recruit_flyer-a5_nb_gp-fredholt") == (waiver,)
    assert waivers_for([waiver], "nu08_recruit_flyer-a5_nb") == ()
    assert waivers_for([waiver], "NU07_recruit_flyer-a5_nb") == ()


@pytest.mark.parametrize("key", list(GIVEN))
def test_a_waiver_says_all_five_things(key: str) -> None:
    less = {name: value for name, value in GIVEN.items() if name != key}
    with pytest.raises(WorkspaceErrors, match=f"{key}: this key is required"):
        parse(Waiver, "press.toml", less)


@pytest.mark.parametrize("change", [{"rule": "fonts"}, {"until": "soon"}, {"why": ""}, {"reason": "x"}])
def test_what_is_no_waiver_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(WorkspaceErrors, match=next(iter(change))):
        parse(Waiver, "press.toml", GIVEN | change)


@pytest.mark.parametrize(("kind", "model"), [("press", Press), ("campaign", Campaign)])
def test_profiles_take_waivers_and_their_schemas_say_so(kind: str, model: type[Model]) -> None:
    assert model.model_fields["waivers"].default == ()
    waiver = schema(kind)["$defs"]["Waiver"]
    assert set(waiver["required"]) == set(GIVEN)

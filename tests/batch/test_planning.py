"""Plans are pure: what a campaign names, for whom, where."""

import subprocess
import sys
from typing import Any

import pytest

from printkit.batch.planned import Planned
from printkit.batch.planning import KEYS, plan
from printkit.errors import WorkspaceErrors
from printkit.produce.chosen import NoSuchPiece, parse_only
from printkit.profiles import Campaign, Profiles
from printkit.workspace import Workspace


def changed(profiles: Profiles, **values: Any) -> Campaign:
    campaign = profiles.campaigns["recruitment"]
    return Campaign.model_validate(campaign.model_dump() | values)


def entry(**values: Any) -> dict[str, Any]:
    return {"template": "recruit", "format": "flyer-a5", "languages": ["nb"], "quantity": 5} | values


def test_the_reference_campaign_has_no_more_than_150_pieces(workspace: Workspace, profiles: Profiles) -> None:
    found = plan(workspace, profiles, profiles.campaigns["recruitment"])
    assert 100 < len(found) <= 150
    assert [piece.id for piece in found] == sorted({piece.id for piece in found})


def test_an_id_names_committee_template_format_language_and_site(pieces: tuple[Planned, ...]) -> None:
    assert "nu01_recruit_flyer-a5_nb_st-mjondalen" in {piece.id for piece in pieces}
    assert {piece.press for piece in pieces} == {"digital", "offset-coated", "large-format"}


def test_every_committee_has_one_rollup(workspace: Workspace, profiles: Profiles) -> None:
    found = plan(
        workspace, profiles, profiles.campaigns["recruitment"], [parse_only("format=rollup-85x200", KEYS)]
    )
    assert [piece.committee for piece in found] == sorted(profiles.committees)
    assert {piece.committee for piece in found if piece.site is None} == {"nu03", "nu04", "nu05"}


def test_a_site_takes_pieces_of_its_own_committees_only(workspace: Workspace, profiles: Profiles) -> None:
    for piece in plan(workspace, profiles, profiles.campaigns["recruitment"]):
        if piece.site:
            assert piece.committee in profiles.sites[piece.site].committees


def test_only_joins_keys_and_adds_options_up(workspace: Workspace, profiles: Profiles) -> None:
    only = [parse_only("committee=nu03,format=flyer-a5", KEYS), parse_only("site=kp-svelvik", KEYS)]
    found = plan(workspace, profiles, profiles.campaigns["recruitment"], only)
    assert {(piece.committee, piece.format) for piece in found if piece.site != "kp-svelvik"} == {
        ("nu03", "flyer-a5")
    }
    assert {piece.committee for piece in found if piece.site == "kp-svelvik"} == {"nu10"}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["committee=nu99"], "has no committee 'nu99'; it has nu01, nu02"),
        (["committee=nu01", "committee=nu01,committee=nu98"], "has no committee 'nu98'"),
        (["format=rollup"], "has no format 'rollup'; it has flyer-a5"),
        (["site=kp-fjell,committee=nu03"], "is site=kp-fjell,committee=nu03 at once"),
        (["piece=x"], r"has no piece 'x'; it has .*, \.\.\."),
    ],
)
def test_what_no_piece_has_is_refused(
    workspace: Workspace, profiles: Profiles, asked: list[str], told: str
) -> None:
    with pytest.raises(NoSuchPiece, match=told):
        plan(workspace, profiles, profiles.campaigns["recruitment"], [parse_only(one, KEYS) for one in asked])


def test_values_of_one_key_are_alternatives() -> None:
    assert parse_only("committee=nu01,committee=nu02", KEYS) == {"committee": {"nu01", "nu02"}}


@pytest.mark.parametrize("text", ["committee", "town=nu01", "", "committee=nu01,,"])
def test_only_refuses_what_is_no_key(text: str) -> None:
    with pytest.raises(ValueError, match="KEY=VALUE"):
        parse_only(text, KEYS)


def test_two_entries_of_one_piece_are_refused(workspace: Workspace, profiles: Profiles) -> None:
    campaign = changed(profiles, pieces=[entry(), entry(press="offset-coated")])
    with pytest.raises(WorkspaceErrors, match="nu01_recruit_flyer-a5_nb"):
        plan(workspace, profiles, campaign)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"template": "nothing"}, "unknown .nothing"),
        ({"format": "flyer-a6"}, "no layout for"),
        ({"languages": ["se"]}, "no texts in 'se'"),
        ({"rows": "no.csv", "sites": []}, r"pieces\.0\.rows: there is no file 'no\.csv'"),
        ({"rows": "../no.csv", "sites": []}, r"pieces\.0\.rows: \.\./no\.csv: the path leaves"),
    ],
)
def test_impossible_pieces_are_refused_before_any_work(
    workspace: Workspace, profiles: Profiles, values: dict[str, Any], reason: str
) -> None:
    with pytest.raises(WorkspaceErrors, match=reason):
        plan(workspace, profiles, changed(profiles, pieces=[entry(**values)]))


def test_a_committee_gets_as_many_as_it_needs_or_none(workspace: Workspace, profiles: Profiles) -> None:
    campaign = changed(profiles, pieces=[entry(quantities={"nu03": 250, "nu07": 0})])
    copies = {piece.committee: piece.quantity for piece in plan(workspace, profiles, campaign)}
    assert copies["nu03"] == 250
    assert copies["nu01"] == 5
    assert "nu07" not in copies


def test_planning_loads_no_layout_engine() -> None:
    code = "import sys, printkit.batch; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

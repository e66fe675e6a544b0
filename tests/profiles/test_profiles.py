"""Profiles: strict, checked against each other, every complaint with file and key."""

import datetime
import json
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.profiles import (
    Color,
    Edges,
    Format,
    PressMarks,
    Stated,
    Tracking,
    list_unconfirmed,
    load_campaign,
    load_listed,
    load_profiles,
    output_date,
    parse,
)
from printkit.profiles.schema import KINDS, schema
from printkit.workspace import Workspace

Break = Callable[[str, str, str], str]


@pytest.fixture
def workspace(repository: Path, tmp_path: Path) -> Workspace:
    for part in ("assets", "profiles", "templates"):
        shutil.copytree(repository / part, tmp_path / part)
    return Workspace(tmp_path)


@pytest.fixture
def complaint(workspace: Workspace) -> Break:
    """Return a function that changes a file and gives the complaint."""

    def change(file: str, old: str, new: str) -> str:
        path = workspace.path(file)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises((WorkspaceError, WorkspaceErrors)) as caught:
            load_profiles(workspace)
        return str(caught.value)

    return change


def test_the_reference_workspace_has_what_the_contract_names(repository: Path) -> None:
    profiles = load_profiles(Workspace(repository))
    assert sorted(profiles.committees) == [f"nu{number:02}" for number in range(1, 11)]
    assert len(profiles.formats) == 10
    assert sorted(profiles.presses) == ["digital", "large-format", "offset-coated", "offset-uncoated"]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("formats/flyer-a5.toml", "pages = 2", "pages = 2\ncolour = 1", "colour: unknown key"),
        ("formats/flyer-a5.toml", "pages = 2", "", "pages: this key is required"),
        ("formats/flyer-a5.toml", "safe_mm = 5", "safe_mm = 90", "leave nothing of the page"),
        ("formats/flyer-a5.toml", '"digital"', '"stone"', "default_press: unknown 'stone'"),
        ("formats/flyer-a6.toml", 'short = "a6"', 'short = "a5"', "short: a5 is that of flyer-a5"),
        ("committees/nu02.toml", "number = 2", "number = 1", "number: 1 is that of nu01"),
        ("committees/nu02.toml", '"https://', '"javascript:', "page"),
        (
            "brand.toml",
            "coated = [95, 45, 35, 55]",
            "coated = [95, 95, 95, 55]",
            "lower the recipe",
        ),
        ("brand.toml", "#0f4252", "blue", "colors.fjord.srgb"),
        (
            "brand.toml",
            "coated = [95, 45, 35, 55]",
            "",
            "press 'digital' prints on coated paper; give percent",
        ),
        ("sites.csv", "nu01 nu02 nu03", "nu01 nu99", "unknown 'nu99'"),
        ("sites.csv", "bib-mjondalen;", "bib-drammen;", "'bib-drammen' is there twice"),
        (
            "sites.csv",
            ";library;",
            ";shop;",
            "row 2, kind: 'shop' is none of library, gp, hub, knutepunkt; profiles/municipality.toml",
        ),
        ("campaigns/recruitment.toml", "nu01]", "nu99]", "committee_slots: unknown 'nu99'"),
        ("campaigns/recruitment.toml", '"flyer-a5"', '"flyer-a9"', "format: unknown 'flyer-a9'"),
        ("campaigns/recruitment.toml", '"knutepunkt"]', '"kiosk"]', "pieces.0.sites: unknown 'kiosk'"),
        ("campaigns/recruitment.toml", '["nb"]', '["xx"]', "pieces.0.languages: CLDR has no language 'xx'"),
        (
            "campaigns/recruitment.toml",
            '["nb"]',
            '["sma"]',
            "give months and weekdays in profiles/languages/sma",
        ),
        ("campaigns/recruitment.toml", '["nb"]', '["NB"]', "is not a language's tag"),
        (
            "campaigns/recruitment.toml",
            'languages = ["nb"]\n',
            "",
            "pieces.0: languages is required; only rows of a table may say it instead",
        ),
        (
            "campaigns/recruitment.toml",
            'languages = ["nb"]\n',
            'rows = "data/a.csv"\n',
            "pieces.0: rows and sites exclude each other",
        ),
        ("municipality.toml", 'nn = "nærutval"', 'tlh = "x"', "committee.tlh: CLDR has no language 'tlh'"),
        (
            "municipality.toml",
            'nb = "nærutvalg"',
            "",
            "committee has no word in the workspace's own language, 'nb'",
        ),
        ("languages/nb.toml", "nb-no", "xx", "locale: CLDR has no language 'nb'"),
        ("languages/nb.toml", "{date} kl.", "kl.", "date_time needs {date} and {time}"),
        ("campaigns/recruitment.toml", "name = ", "name = [", "not valid TOML"),
        (
            "campaigns/recruitment.toml",
            "[committee_slots.nu01]\n",
            '[committee_slots.nu01]\nheadline = {nb = "x"}\n',
            "committee_slots.nu01.headline: a value in one language stands under that",
        ),
        (
            "campaigns/recruitment.toml",
            'name = "',
            'name = "\\u0007',
            "name: holds the control character U+0007",
        ),
    ],
)
def test_a_mistake_is_named_with_file_and_key(
    complaint: Break, file: str, old: str, new: str, said: str
) -> None:
    message = complaint(f"profiles/{file}", old, new)
    assert f"profiles/{file}" in message
    assert said in message


def test_all_complaints_come_at_once(workspace: Workspace) -> None:
    for name in ("flyer-a5", "flyer-a6"):
        path = workspace.path(f"profiles/formats/{name}.toml")
        path.write_text(path.read_text(encoding="utf-8") + "\ncolour = 1\n", encoding="utf-8")
    with pytest.raises(WorkspaceErrors) as caught:
        load_profiles(workspace)
    assert [error.file for error in caught.value.errors] == [
        "profiles/formats/flyer-a5.toml",
        "profiles/formats/flyer-a6.toml",
    ]


def test_models_are_frozen(repository: Path) -> None:
    page = load_profiles(Workspace(repository)).formats["flyer-a5"]
    with pytest.raises(ValidationError, match="frozen"):
        page.pages = 3  # type: ignore[misc]


def test_hidden_and_safe_zones_count_from_each_edge_in_turn() -> None:
    page = Format.model_validate(
        {
            "id": "x",
            "name": "x",
            "short": "x",
            "trim_mm": [100, 200],
            "pages": 1,
            "bleed_mm": 3,
            "hidden_mm": {"top": 1, "right": 2, "bottom": 3, "left": 4},
            "safe_mm": {"top": 10, "right": 20, "bottom": 30, "left": 40},
            "viewing_distance_m": 1,
            "default_press": "x",
            "paper": "x",
            "finishing": "x",
        }
    )
    assert page.visible.as_tuple() == (4, 3, 98, 199)
    assert page.safe.as_tuple() == (44, 33, 78, 189)


def test_one_number_serves_all_four_edges() -> None:
    assert Edges.model_validate(5) == Edges(top=5, right=5, bottom=5, left=5)


def test_a_bare_value_is_confirmed() -> None:
    assert Stated.model_validate(3) == Stated(value=3, confirmed=True)


def test_marks_need_a_style() -> None:
    with pytest.raises(ValidationError, match="marks need a style"):
        PressMarks(crop=True, registration=False, fold=False)


def test_unconfirmed_values_are_listed_with_their_file(repository: Path) -> None:
    found = {(one.file, one.key) for one in list_unconfirmed(load_profiles(Workspace(repository)))}
    assert ("profiles/brand.toml", "logo") in found
    assert ("profiles/committees/nu04.toml", "short_address") in found
    assert ("profiles/campaigns/recruitment.toml", "values.deadline") in found


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_schema_refuses_unknown_keys_and_asks_for_no_id(kind: str) -> None:
    found = schema(kind)
    json.dumps(found)
    # Kits stand in their file by their ids.
    assert kind == "kits" or found["additionalProperties"] is False
    assert ("id" in found.get("properties", {})) == (kind == "site")


def test_a_campaign_from_elsewhere_is_checked_too(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    text = workspace.read_text("profiles/campaigns/recruitment.toml")
    file.write_text(text.replace('"flyer-a5"', '"flyer-a9"'), encoding="utf-8")
    with pytest.raises(WorkspaceErrors, match="unknown 'flyer-a9'"):
        load_campaign(load_profiles(workspace), file)


def test_the_date_is_the_environments_then_the_campaigns_then_the_chosen_one(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = load_profiles(Workspace(repository)).campaigns["recruitment"]
    chosen = datetime.date(2001, 2, 3)
    assert output_date(campaign, chosen).isoformat() == "2027-08-16T00:00:00+00:00"
    assert output_date(None, chosen).isoformat() == "2001-02-03T00:00:00+00:00"
    assert output_date(None).time() == datetime.time()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86399")
    assert output_date(campaign, chosen).isoformat() == "1970-01-01T23:59:59+00:00"


@pytest.mark.parametrize("text", ["yesterday", "1.5", "99999999999999999999"])
def test_a_senseless_epoch_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    with pytest.raises(WorkspaceError, match="SOURCE_DATE_EPOCH"):
        output_date(None)


def test_profiles_can_be_sent_to_another_process(repository: Path) -> None:
    profiles = load_profiles(Workspace(repository))
    assert pickle.loads(pickle.dumps(profiles)) == profiles


def test_what_a_job_of_a_batch_may_cost_is_asked_for(workspace: Workspace) -> None:
    limits = load_profiles(workspace).batch
    assert (limits.piece_seconds, limits.worker_mb) == (120, 2000)
    workspace.path("profiles/batch.toml").write_text("piece_seconds = 0", encoding="utf-8")
    with pytest.raises(WorkspaceErrors, match=r"(?s)profiles/batch.toml: piece_seconds.*worker_mb: this key"):
        load_profiles(workspace)


def test_a_colour_may_be_written_in_capitals() -> None:
    color = {"name": "Fjord", "srgb": "#12355B", "coated": [1, 2, 3, 4], "uncoated": [1, 2, 3, 4]}
    assert parse(Color, "brand.toml", color).srgb == "#12355b"


def test_tracking_that_is_off_needs_no_names() -> None:
    assert not parse(Tracking, "campaign.toml", {"enabled": False}).enabled
    with pytest.raises(WorkspaceErrors, match="committee is required: the name of a parameter"):
        parse(Tracking, "campaign.toml", {"enabled": True, "campaign": "k", "site": "s", "format": "f"})


def test_a_date_that_is_none_is_told_in_plain_words(complaint: Break) -> None:
    told = complaint("profiles/campaigns/recruitment.toml", "date = 2027-08-16", 'date = "next week"')
    assert "recruitment.toml: date: 'next week' is no date; write year-month-day, as 2027-08-16" in told


def test_what_people_list_is_read_without_the_figures_of_checks(workspace: Workspace) -> None:
    shutil.rmtree(workspace.root / "profiles/preflight")
    assert load_listed(workspace).committees["nu03"].number == 3
    (workspace.root / "profiles/campaigns/recruitment.toml").write_text("name = 1\n", encoding="utf-8")
    with pytest.raises(WorkspaceErrors, match=r"recruitment\.toml"):
        load_listed(workspace)

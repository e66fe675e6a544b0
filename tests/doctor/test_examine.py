"""The doctor names what is missing, what is not confirmed, what is out of date."""

import datetime
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from printkit.doctor import Finding, examine
from printkit.profiles import load_profiles
from printkit.workspace import Workspace

TODAY = datetime.date(2027, 8, 1)


@pytest.fixture
def workspace(repository: Path, tmp_path: Path) -> Workspace:
    for part in ("assets", "profiles", "templates"):
        shutil.copytree(repository / part, tmp_path / part)
    return Workspace(tmp_path)


def look(workspace: Workspace, today: datetime.date = TODAY) -> list[Finding]:
    return list(examine(workspace, load_profiles(workspace), today))


def test_the_reference_workspace_misses_nothing(workspace: Workspace) -> None:
    assert [finding for finding in look(workspace) if finding.level == "missing"] == []


@pytest.mark.parametrize(
    "file",
    [
        "assets/fonts/SourceSans3-SemiBold.ttf",
        "assets/icc/FOGRA39L_coated.icc",
        "assets/brand/mark.svg",
        "assets/fonts/BricolageGrotesque-ExtraBold.ttf",
    ],
)
def test_a_file_that_is_needed_is_missed(workspace: Workspace, file: str) -> None:
    workspace.path(file).unlink()
    assert file in {finding.what for finding in look(workspace) if finding.level == "missing"}


def test_a_damaged_profile_counts_as_missing(workspace: Workspace) -> None:
    path = workspace.path("assets/icc/FOGRA39L_coated.icc")
    path.write_bytes(path.read_bytes()[:5000])
    (finding,) = [one for one in look(workspace) if one.level == "missing"]
    assert "cut off" in finding.todo


def test_a_past_date_is_worth_a_look(workspace: Workspace) -> None:
    past = [one.what for one in look(workspace, datetime.date(2030, 1, 1)) if one.area == "date"]
    assert past == ["campaign recruitment: deadline = 2027-10-03 is past"]
    assert [one for one in look(workspace) if one.area == "date"] == []


def test_every_finding_says_what_to_do(workspace: Workspace) -> None:
    assert all(finding.todo and finding.what for finding in look(workspace))
    levels = [finding.level for finding in look(workspace)]
    assert levels == sorted(levels, key=["missing", "unconfirmed", "advice"].index)


def test_a_campaign_without_a_date_is_worth_a_look(workspace: Workspace) -> None:
    profiles = load_profiles(workspace)
    undated = profiles.campaigns["recruitment"].model_copy(update={"date": None})
    found = examine(workspace, replace(profiles, campaigns={"recruitment": undated}), TODAY)
    assert "campaign recruitment has no date" in {finding.what for finding in found}

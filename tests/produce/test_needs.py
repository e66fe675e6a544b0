"""The files that another machine needs to make the same pieces."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from printkit.produce import Production
from printkit.produce.needs import files_needed
from printkit.profiles import load_profiles, output_date
from printkit.workspace import Workspace


@pytest.fixture
def production(repository: Path, tmp_path: Path) -> Production:
    for part in ("assets", "profiles", "templates"):
        shutil.copytree(repository / part, tmp_path / part)
    (tmp_path / "photos").mkdir()
    for name in ("hall.jpg", "river.jpg", "spare.jpg"):
        (tmp_path / "photos" / name).write_bytes(b"")
    workspace = Workspace(tmp_path)
    profiles = load_profiles(workspace)
    campaign = profiles.campaigns["recruitment"]
    return Production(workspace, profiles, campaign, output_date(campaign))


def test_templates_and_assets_are_needed_and_profiles_are_not(production: Production) -> None:
    needed = files_needed(production)
    assert set(needed) == {
        *production.workspace.files("templates/**/*"),
        *production.workspace.files("assets/**/*"),
    }
    assert {"templates/recruit/template.toml", production.profiles.code_font} < set(needed)


def test_pictures_elsewhere_are_needed_where_a_slot_names_them(production: Production) -> None:
    assert production.campaign
    slots = {"one": {"file": "photos/hall.jpg", "x": 0.2}, "two": "photos/river.jpg@0.5,0.3", "far": "../x"}
    campaign = production.campaign.model_copy(update={"committee_slots": {"nu01": slots}})
    found = files_needed(replace(production, campaign=campaign))
    assert [file for file in found if file.startswith("photos/")] == ["photos/hall.jpg", "photos/river.jpg"]
    assert files_needed(replace(production, values={"one": "photos/hall.jpg"})).count("photos/hall.jpg") == 1

"""Languages: what nothing divides words in, and what the program does not speak itself."""

from pathlib import Path

import pytest

from printkit.doctor.languages import languages
from printkit.profiles import load_profiles
from printkit.workspace import Workspace
from tests.template.stage import Stage


@pytest.mark.parametrize(("tag", "told"), [("nb", 0), ("se", 1)])
def test_a_language_without_patterns_is_named(tmp_path: Path, repository: Path, tag: str, told: int) -> None:
    stage = Stage.at(tmp_path, repository)
    stage.write(f"templates/try/texts.{tag}.toml", 'name = "x"\n')
    stage.css("p { hyphens: auto; }")
    found = [one.what for one in languages(stage.workspace, load_profiles(stage.workspace))]
    assert len([what for what in found if f"divides no words in '{tag}'" in what]) == told


def test_a_language_without_a_catalogue_is_named(tmp_path: Path, repository: Path) -> None:
    stage = Stage.at(tmp_path, repository)
    file = stage.root / "profiles/municipality.toml"
    words = file.read_text(encoding="utf-8").replace('language = "nb"', 'language = "pl"')
    file.write_text(words.replace("nn = ", "pl = "), encoding="utf-8")
    found = languages(stage.workspace, load_profiles(stage.workspace))
    (concern,) = [one for one in found if "no catalogue" in one.what]
    assert concern.todo == "translate one, or take one of en, nb, nn"


CAMPAIGN = """
name = "Tur"
edition = "t1"
date = 2027-03-01
tracking = { enabled = false }

[[pieces]]
template = "try"
format = "flyer-a5"
languages = ["nb", "se"]
quantity = 10
"""


def test_each_place_that_a_new_language_has_to_be_added_to_is_named(tmp_path: Path, repository: Path) -> None:
    """By file and key, so that one can go through the list."""
    stage = Stage.at(tmp_path, repository)
    for file in stage.workspace.files("profiles/campaigns/*.toml"):
        stage.workspace.path(file).unlink()
    stage.write("profiles/campaigns/tour.toml", CAMPAIGN)
    told = {one.what: one.todo for one in languages(stage.workspace, load_profiles(stage.workspace))}
    own = load_profiles(stage.workspace).municipality
    for key, _ in own.tables():
        assert f"profiles/municipality.toml: {key}.se is missing" in told
    assert own.committee["nb"] in told["profiles/municipality.toml: committee.se is missing"]
    assert "campaign tour prints it" in told["templates/try/texts.se.toml is missing"]
    # What is there is not asked for.
    assert not any(".nb is missing" in what or "texts.nb" in what for what in told)


def test_a_form_that_one_template_has_and_another_lacks_is_named(tmp_path: Path, repository: Path) -> None:
    stage = Stage.at(tmp_path, repository)
    stage.write("templates/try/form.en.toml", 'name = "Attempt"\n')
    stage.write("templates/other/template.toml", stage.workspace.read_text("templates/try/template.toml"))
    found = [one.what for one in languages(stage.workspace, load_profiles(stage.workspace))]
    assert [what for what in found if "form." in what] == ["templates/other/form.en.toml is missing"]


def test_the_reference_workspace_lacks_no_word(repository: Path) -> None:
    workspace = Workspace(repository)
    found = languages(workspace, load_profiles(workspace))
    assert [one.what for one in found if one.what.endswith(" is missing")] == []

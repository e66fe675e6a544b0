"""Languages: what nothing divides words in, and what the program does not speak itself."""

from pathlib import Path

import pytest

from printkit.doctor.languages import languages
from printkit.profiles import load_profiles
from tests.template.stage import Stage


@pytest.mark.parametrize(("tag", "told"), [("nb", 0), ("se", 1)])
def test_a_language_without_patterns_is_named(tmp_path: Path, repository: Path, tag: str, told: int) -> None:
    stage = Stage.at(tmp_path, repository)
    stage.write(f"templates/try/texts.{tag}.toml", 'name = "x"\n')
    stage.css("p { hyphens: auto; }")
    found = [one.what for one in languages(stage.workspace, load_profiles(stage.workspace))]
    assert [f"divides no words in '{tag}'" in what for what in found] == [True] * told


def test_a_language_without_a_catalogue_is_named(tmp_path: Path, repository: Path) -> None:
    stage = Stage.at(tmp_path, repository)
    file = stage.root / "profiles/municipality.toml"
    words = file.read_text(encoding="utf-8").replace('language = "nb"', 'language = "pl"')
    file.write_text(words.replace("nn = ", "pl = "), encoding="utf-8")
    (concern,) = languages(stage.workspace, load_profiles(stage.workspace))
    assert concern.todo == "translate one, or take one of en, nb, nn"

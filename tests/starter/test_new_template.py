"""A new design is small and sound, or a copy of one that is there; never half-written, never over another."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from printkit.cli import main
from printkit.template import load_template
from printkit.workspace import Workspace, start_workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    start_workspace(tmp_path / "w")
    return tmp_path / "w"


def template(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-w", str(root), "template", *words])


def test_a_new_design_makes_a_press_file(root: Path, tmp_path: Path) -> None:
    done = template(root, "new", "bulletin")
    assert (done.exit_code, "templates/bulletin: 1" in done.stdout) == (0, True)
    # The hint works as it stands, from wherever it was called.
    assert f"'printkit -w {root} preview bulletin'" in done.stdout
    words = [
        "render",
        "bulletin",
        "--committee",
        "nu03",
        "--format",
        "flyer-a5",
        "-o",
        str(tmp_path / "b.pdf"),
    ]
    assert CliRunner().invoke(main, ["-w", str(root), "-q", *words]).exit_code == 0
    made = load_template(Workspace(root), "bulletin")
    assert (set(made.layouts), "nb" in made.languages) == ({"poster-a3", "flyer-a5"}, True)


def judged(root: Path, *words: str) -> Any:
    done = CliRunner().invoke(main, ["-w", str(root), "template", "check", *words, "--json"])
    return json.loads(done.stdout)


# The palest ground there is, with the shortest and the longest texts
def test_a_new_design_keeps_the_rules_of_the_reference_workspace(root: Path) -> None:
    assert template(root, "new", "bulletin").exit_code == 0
    found = judged(root, "bulletin", "--only", "committee=nu05,lang=nb")
    assert (found["ok"], found["findings"]) == (True, [])
    made = load_template(Workspace(root), "bulletin")
    assert made.layouts["poster-a3"].fit["headline"] == "headline"


def test_a_new_design_and_the_first_one_keep_the_rules_of_an_empty_workspace(
    own: Workspace, tmp_path: Path
) -> None:
    shutil.copytree(own.root, tmp_path / "own")
    assert template(tmp_path / "own", "new", "bulletin").exit_code == 0
    for name in ("notice", "bulletin"):
        found = judged(tmp_path / "own", name, "--only", "committee=c04,lang=en")
        assert (found["ok"], found["findings"]) == (True, []), name
    fit = load_template(Workspace(tmp_path / "own"), "bulletin").layouts["flyer-a5"].fit["headline"]
    assert not isinstance(fit, str)


def test_formats_that_are_not_there_have_no_layout(root: Path) -> None:
    for folder in ("templates", "profiles/campaigns"):
        shutil.rmtree(root / folder)
    for file in ("formats/poster-a3.toml", "kits.toml"):
        (root / "profiles" / file).unlink()
    design = root / "profiles/design.toml"
    text = design.read_text("utf-8").replace("[formats.poster-a3]", "[formats.poster-a2]")
    design.write_text(text, "utf-8")
    assert template(root, "new", "bulletin").exit_code == 0
    assert set(load_template(Workspace(root), "bulletin").layouts) == {"flyer-a5"}


def test_a_copy_names_its_own_folder(root: Path) -> None:
    assert template(root, "new", "second", "--like", "recruit").exit_code == 0
    texts = [path.read_text("utf-8") for path in (root / "templates/second").iterdir()]
    assert not any('"recruit/' in text for text in texts)
    first, second = (load_template(Workspace(root), name) for name in ("recruit", "second"))
    assert (first.slots, first.languages) == (second.slots, second.languages)


def test_nothing_is_written_where_no_workspace_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["template", "new", "bulletin"])
    assert (done.exit_code, "'printkit init DIR' starts a workspace" in done.stderr) == (4, True)
    assert not (Path(__file__).parents[2] / "templates/bulletin").exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["Rekrutt"], 2, "small letters from a to z"),
        (["../up"], 2, "small letters from a to z"),
        (["recruit"], 7, "is there already"),
        (["x", "--like", "nothing"], 2, "no 'nothing'; there are: "),
    ],
)
def test_a_name_that_cannot_be_leaves_nothing(root: Path, words: list[str], code: int, told: str) -> None:
    before = sorted(path.name for path in (root / "templates").iterdir())
    done = template(root, "new", *words)
    assert (done.exit_code, told in done.stderr) == (code, True)
    assert sorted(path.name for path in (root / "templates").iterdir()) == before

"""An invented municipality of two languages, with its own words and its own kinds of places."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from printkit.starter import Founded, found_workspace, read_answers
from printkit.workspace import Workspace
from tests.starter.answers import ANSWERS, COMMITTEES, PLACES, TODAY

Found = Callable[..., tuple[Founded, Workspace]]


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    (folder / "committees.csv").write_text(COMMITTEES, encoding="utf-8")
    (folder / "places.csv").write_text(PLACES, encoding="utf-8-sig")
    return folder


@pytest.fixture
def found(tables: Path, tmp_path: Path) -> Found:
    """Return a function that founds a workspace from the answers, some of them changed."""

    def make(**changed: Any) -> tuple[Founded, Workspace]:
        answers = read_answers(ANSWERS | changed, "answers.toml", tables)
        return found_workspace(tmp_path / "own", answers, TODAY), Workspace(tmp_path / "own")

    return make


@pytest.fixture(scope="session")
def own(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("ciche") / "own"
    found_workspace(root, read_answers(ANSWERS, "answers.toml", tables), TODAY)
    return Workspace(root)

"""What a cluster's worker has of a run: ready once, in a folder of its own, by equal engines only."""

import gc
import pickle
from pathlib import Path
from typing import Any

import pytest

from printkit.cluster.scheduler import shaping
from printkit.cluster.worker import Installation
from printkit.errors import MissingError
from printkit.workspace import Workspace, pack
from tests.cluster.farm import ROOT, Readers

HERE = "tcp://192.0.2.1:8786"


def installation(**other: str) -> Any:
    setup: Any = Readers
    return Installation(pack(Workspace(ROOT), ["setup.cfg"]), setup, {**shaping(), **other})


def test_a_maker_is_set_up_once_and_its_folder_goes_with_the_installation(tmp_path: Path) -> None:
    installed = installation()
    maker = installed.maker(HERE, tmp_path)
    assert installed.maker(HERE, tmp_path) is maker
    assert [folder.name for folder in tmp_path.iterdir()] == [maker.folder().name]
    assert maker.folder().stat().st_mode & 0o777 == 0o700
    del installed
    gc.collect()
    assert not list(tmp_path.iterdir())


def test_an_installation_that_travels_is_set_up_anew(tmp_path: Path) -> None:
    first = installation()
    second = pickle.loads(pickle.dumps(first))
    folders = {installed.maker(HERE, tmp_path).folder() for installed in (first, second)}
    assert len(folders) == 2
    assert second.maker(HERE, tmp_path).files() == {"setup.cfg": (ROOT / "setup.cfg").read_bytes()}


def test_no_hand_is_hired_where_other_engines_are(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match=f"worker {HERE} has weasyprint .*, here is weasyprint 1.0"):
        installation(weasyprint="1.0").maker(HERE, tmp_path)
    assert not list(tmp_path.iterdir())

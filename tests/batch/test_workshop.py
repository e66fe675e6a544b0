"""What a cluster's worker has of a run: hired once, in a folder of its own, by equal engines only."""

import gc
import pickle
from pathlib import Path
from typing import Any

import pytest

from printkit.batch.roster import shaping
from printkit.batch.workshop import Workshop
from printkit.errors import MissingError
from printkit.workspace import Workspace, pack
from tests.batch.farm import ROOT, Readers

HERE = "tcp://192.0.2.1:8786"


def workshop(**other: str) -> Any:
    hire: Any = Readers
    return Workshop(pack(Workspace(ROOT), ["setup.cfg"]), hire, {**shaping(), **other})


def test_a_hand_is_hired_once_and_its_folder_goes_with_the_workshop(tmp_path: Path) -> None:
    shop = workshop()
    hand = shop.hand(HERE, tmp_path)
    assert shop.hand(HERE, tmp_path) is hand
    assert [folder.name for folder in tmp_path.iterdir()] == [hand.folder().name]
    assert hand.folder().stat().st_mode & 0o777 == 0o700
    del shop
    gc.collect()
    assert not list(tmp_path.iterdir())


def test_a_workshop_that_travels_is_hired_anew(tmp_path: Path) -> None:
    first = workshop()
    second = pickle.loads(pickle.dumps(first))
    folders = {shop.hand(HERE, tmp_path).folder() for shop in (first, second)}
    assert len(folders) == 2
    assert second.hand(HERE, tmp_path).files() == {"setup.cfg": (ROOT / "setup.cfg").read_bytes()}


def test_no_hand_is_hired_where_other_engines_are(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match=f"worker {HERE} has weasyprint .*, here is weasyprint 1.0"):
        workshop(weasyprint="1.0").hand(HERE, tmp_path)
    assert not list(tmp_path.iterdir())

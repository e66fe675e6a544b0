"""Whether a run will make anything, told by times alone; and that this needs next to nothing."""

import os
import subprocess
import sys
import time
from pathlib import Path

from printkit.batch.early import expects_work
from printkit.workspace import Workspace
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn


def test_workers_load_early_where_something_is_newer_than_the_folder(batch: Batch, tmp_path: Path) -> None:
    file, workspace = tmp_path / "templates" / "one" / "page.css", Workspace(tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text("body { margin: 0 }")
    assert expects_work(workspace, batch.root)
    batch(StandIn())
    assert not expects_work(workspace, batch.root)
    os.utime(file, ns=(time.time_ns() + 10**9,) * 2)
    assert expects_work(workspace, batch.root)


def test_workers_are_called_before_any_profile_is_loaded() -> None:
    code = "import sys, printkit.batch.early, printkit.work.workers\nprint(*sys.modules)"
    loaded = set(subprocess.check_output([sys.executable, "-c", code], text=True).split())
    assert not {"pydantic", "jinja2", "printkit.profiles", "printkit.template"} & loaded

"""A run with nothing to do, as the command line makes it: what it loads and what it leaves alone."""

import subprocess
import sys
from pathlib import Path

from tests.engines import ENGINES

ONE = "piece=nu08_recruit_flyer-a5_nb_st-drammen"


RUN = """
import sys
from printkit.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    print(*sys.modules)
"""


def loaded_by(repository: Path, root: Path) -> set[str]:
    """Run a batch of one piece and return the packages that its own process loaded."""
    command = [sys.executable, "-c", RUN, "batch", "recruitment", "-q", "-o", str(root), "--only", ONE]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_the_caller_loads_no_engine_whatever_its_workers_make(repository: Path, tmp_path: Path) -> None:
    for made in (True, False):
        loaded = loaded_by(repository, tmp_path / "out")
        assert {"printkit", "pydantic"} < loaded
        assert not ENGINES & loaded
        assert ("multiprocessing" in loaded) is made

"""A run with nothing to do, as the command line makes it: what it loads and what it leaves alone."""

import subprocess
import sys
from pathlib import Path

# What lays out, draws, reads or writes: loaded once something is made.
ENGINES = {
    "PIL",
    "fontTools",
    "numpy",
    "pikepdf",
    "pypdfium2",
    "qrcode",
    "reportlab",
    "weasyprint",
    "zxingcpp",
}
ONE = "piece=nu08_recruit_flyer-a5_nb_st-drammen"


def loaded_by(repository: Path, root: Path) -> set[str]:
    """Run a batch of one piece and return the packages it loaded."""
    command = [sys.executable, "-X", "importtime", "-m", "printkit", "batch", "recruitment", "-q"]
    done = subprocess.run(
        [*command, "-o", str(root), "--only", ONE], cwd=repository, capture_output=True, text=True, check=True
    )
    names = (line.rpartition("|")[2].strip() for line in done.stderr.splitlines())
    return {name.partition(".")[0] for name in names}


def test_a_run_with_nothing_to_do_loads_no_engine(repository: Path, tmp_path: Path) -> None:
    assert {"numpy", "reportlab"} < loaded_by(repository, tmp_path / "out")
    again = loaded_by(repository, tmp_path / "out")
    assert {"printkit", "pydantic"} < again
    assert not ENGINES & again

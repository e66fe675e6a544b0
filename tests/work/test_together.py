"""A server's process: checks and batches in its threads, each within its own limits, and no engine."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from printkit.preflight import Specification, expected_of
from printkit.preflight.checks import Brief
from printkit.profiles import load_profiles, output_date
from printkit.work.checks import examine
from printkit.workspace import Snapshot
from tests.batch.small import small
from tests.engines import ENGINES
from tests.preflight.files import press_file
from tests.work.batched import batched

# One of two committees has a page that is never filled in.
LOOPS = "{%% set s = 'x' * %s %%}{%% for a in s %%}{%% for b in s %%}{%% endfor %%}{%% endfor %%}"
PAGE = f"{{% if committee.id == 'nu04' %}}{LOOPS % 10**6}{{% endif %}}"
# Some seconds of computing, more than one batch allows and less than the other
LONG = LOOPS % 14_000
ALONE = "import sys; from tests.work.batched import alone; alone(sys.argv[1]); print(*sys.modules)"


def checked(root: Path, **limits: Any) -> str:
    profiles = load_profiles(Snapshot(root))
    own = profiles.limits.model_copy(update=limits)
    expected = replace(expected_of(profiles, Specification()), limits=own)
    day = output_date(profiles.campaigns["k"]).date()
    return examine("a.pdf", press_file(), Brief(expected, "sheetcmyk-cmyk", day)).report.verdict


def test_checks_and_batches_at_once_are_held_each_to_its_own_limits(tmp_path: Path) -> None:
    made, patient = small(tmp_path, "nu03", "nu04"), small(tmp_path / "patient", "nu03")
    made.design.page(PAGE)
    patient.design.page(LONG)
    with ThreadPoolExecutor(4) as threads:
        batch = threads.submit(batched, made, 2)
        other = threads.submit(batched, patient, 60)
        sound = threads.submit(checked, tmp_path)
        stopped = threads.submit(checked, tmp_path, last_seconds=0.001)
        held = {record.committee: record.reasons for record in batch.result().held}
    assert list(held) == ["nu04"]
    assert "more than 2 s of computing" in held["nu04"][0]
    assert list(other.result().held) == []
    assert (sound.result(), stopped.result()) == ("pass", "not-checked")


def test_a_process_that_has_a_batch_made_loads_no_engine(tmp_path: Path, repository: Path) -> None:
    command = [sys.executable, "-c", ALONE, str(tmp_path)]
    loaded = set(subprocess.check_output(command, cwd=repository, text=True).split())
    assert "printkit.batch.execution" in loaded
    assert loaded & ENGINES == set()
    assert (tmp_path / "out/manifest.json").is_file()

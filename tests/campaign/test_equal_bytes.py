"""Real pieces made twice: other folder, time zone and number of jobs."""

from pathlib import Path

from tests.batch.contents import contents
from tests.campaign.conftest import PART, printkit


def test_another_folder_zone_and_number_of_jobs_give_equal_bytes(
    undisturbed: dict[str, object], tmp_path: Path
) -> None:
    root = tmp_path / "another folder"
    again = printkit([*PART, "-o", str(root), "--jobs", "2"], TZ="America/St_Johns")
    assert again.returncode == 0
    other = contents(root)
    assert other.keys() == undisturbed.keys()
    assert [name for name in other if other[name] != undisturbed[name]] == []

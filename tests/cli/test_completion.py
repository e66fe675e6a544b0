"""A shell asks the program itself what may follow."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def offered(line: str, folder: Path = ROOT) -> list[str]:
    """Return what bash is offered for the last word of a line, which may be empty."""
    words = line.split(" ")
    asked = {"_PRINTKIT_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    code = "import sys; sys.argv = ['printkit']; from printkit.cli import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=os.environ | asked, capture_output=True, text=True
    )
    assert ran.stderr == ""
    return [row.split(",", 1)[1] for row in ran.stdout.split()]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("printkit ren", ["render"]),
        ("printkit render rec", ["recruit"]),
        ("printkit render recruit --committee nu0", [f"nu0{n}" for n in range(1, 10)]),
        ("printkit render recruit --format flyer-a", ["flyer-a5", "flyer-a6"]),
        ("printkit render recruit --site kp-k", ["kp-krokstadelva"]),
        ("printkit batch rec", ["recruitment"]),
        ("printkit batch recruitment --only com", ["committee="]),
        (
            "printkit batch recruitment --only committee=nu10,format=roll",
            ["committee=nu10,format=rollup-85x200"],
        ),
        ("printkit check --press large", ["large-format"]),
        ("printkit list comm", ["committees"]),
        ("printkit schema ba", ["batch"]),
        ("printkit --ui-lang n", ["nb", "nn"]),
        ("printkit budget show k", ["kommunen"]),
        ("printkit budget grant nu1", ["nu10"]),
        ("printkit orders list --committee nu1", ["nu10"]),
        ("printkit orders plan --committee nu1", ["nu10"]),
    ],
)
def test_ids_of_the_workspace_are_completed(line: str, expected: list[str]) -> None:
    assert offered(line) == expected


def test_ids_are_those_of_the_workspace_on_the_line(tmp_path: Path) -> None:
    (tmp_path / "profiles/committees").mkdir(parents=True)
    (tmp_path / "profiles/committees/ost.toml").touch()
    line = f"printkit -w {tmp_path} render recruit --committee "
    assert offered(line) == ["ost"]


def test_a_broken_workspace_completes_nothing_and_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles/sites.csv").write_bytes(b"\xff\xfe")
    assert offered("printkit render recruit --site ", tmp_path) == []

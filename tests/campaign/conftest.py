"""The whole campaign, made once by the command line."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.batch.contents import contents

CAMPAIGN = "recruitment"
# Flyers, posters and a roll-up of the committee with the longest name
PART = ["batch", CAMPAIGN, "--only", "committee=nu07"]


def printkit(arguments: Sequence[str], **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the program as a person does; the reference workspace is the checkout."""
    call = [sys.executable, "-m", "printkit", *arguments]
    return subprocess.run(
        call, env={**os.environ, **environment}, capture_output=True, text=True, timeout=900, check=False
    )


@dataclass(frozen=True)
class Made:
    """A batch folder and its manifest."""

    root: Path
    manifest: Mapping[str, Any]

    @property
    def pieces(self) -> list[dict[str, Any]]:
        return list(self.manifest["pieces"])

    def one_of_each(self) -> list[dict[str, Any]]:
        """Return the committee of the longest name in each format."""
        rows = [piece for piece in self.pieces if piece["committee"] == "nu07"]
        return list({piece["format"]: piece for piece in rows}.values())


def read(root: Path) -> Made:
    return Made(root, json.loads((root / "manifest.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    root = tmp_path_factory.mktemp("campaign") / CAMPAIGN
    done = printkit(["batch", CAMPAIGN, "-o", str(root), "--no-proofs"])
    assert done.returncode == 0, done.stderr
    return read(root)


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What one committee's run makes that nothing stops."""
    root = tmp_path_factory.mktemp("undisturbed") / "out"
    assert printkit([*PART, "-o", str(root)], TZ="Pacific/Kiritimati").returncode == 0
    return contents(root)

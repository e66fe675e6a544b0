"""The program itself, run as a person runs it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Ended:
    """What a run of the program came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def printkit(*words: str | Path, to: str = "") -> Ended:
    """Run the program in a shell, `to` says where its stdout leads; what is no UTF-8 is an error."""
    run = ["sh", "-c", f'"$@" {to}', "sh", sys.executable, "-m", "printkit", *map(str, words)]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8:strict"}
    ended = subprocess.run(run, env=environment, capture_output=True, check=False, timeout=600)
    return Ended(ended.returncode, ended.stdout.decode("utf-8"), ended.stderr.decode("utf-8"))

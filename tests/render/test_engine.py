"""The layout engine starts by itself, without asking other programs where its libraries are."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import ctypes.util, sys
started, find = [], ctypes.util.find_library
sys.addaudithook(lambda event, data: started.append(data) if event == "subprocess.Popen" else None)
from printkit.render.engine import engine
engine().html(string="<p>x").render()
assert ctypes.util.find_library is find
sys.exit(str(started) if started else 0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are looked for")
def test_no_other_program_is_started(repository: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", SCRIPT], cwd=repository, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr

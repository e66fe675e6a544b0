"""Commands where the libraries of the extra `web` are not installed."""

import json
import subprocess
import sys
from pathlib import Path

COMMANDS = (
    ["orders", "list", "--as", "p1"],
    ["orders", "submit", "1", "--as", "p1"],
    ["orders", "work"],
    ["orders", "plan", "--as", "p1"],
    ["orders", "verify"],
    ["budget", "show", "--as", "p1"],
    ["person", "list", "--as", "p1"],
    ["person", "add", "A", "a@example.org", "--role", "admin"],
    ["serve", "--port", "0"],
    ["preview", "t", "--port", "0"],
)
# Each import of these fails as it does where they are not installed.
WITHOUT = """
import json, sys
sys.modules.update(dict.fromkeys(("sqlalchemy", "alembic", "starlette", "uvicorn", "watchfiles")))
from click.testing import CliRunner
from printkit.cli import main
found = (CliRunner().invoke(main, ["-w", sys.argv[1], *one]) for one in json.loads(sys.argv[2]))
print(json.dumps([(one.exit_code, one.stderr) for one in found]))
"""


def test_each_command_that_needs_the_extra_says_how_to_add_it(repository: Path) -> None:
    words = [sys.executable, "-c", WITHOUT, str(repository), json.dumps(COMMANDS)]
    done = subprocess.run(words, capture_output=True, check=True, timeout=300)
    for command, (code, said) in zip(COMMANDS, json.loads(done.stdout), strict=True):
        assert (command, code) == (command, 5)
        assert "which is not installed; add the extra web: " in said, command
        assert "'FILE.whl[web]'" in said, command

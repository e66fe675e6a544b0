"""What setup.cfg asks pip for is what the code imports, and what constraints.txt pins."""

import ast
import configparser
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from printkit.produce.versions import ENGINES

ROOT = Path(__file__).parents[1]
CONFIG = configparser.ConfigParser()
CONFIG.read(ROOT / "setup.cfg", encoding="utf-8")
LOCKS = {"requirements.lock": "web", "requirements-test.lock": "test"}
# Extras that a user installs; what `test` brings must not hide what a plain installation lacks.
OPTIONAL = ("cluster", "oidc", "postgres", "web")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirements: str) -> set[str]:
    """Return the distributions of a list of requirements, without extras and bounds."""
    lines = (line.strip() for line in requirements.splitlines())
    return {canonical(re.split(r"[\[<>=~!; ]", line)[0]) for line in lines if line and line[0] != "#"}


def required() -> set[str]:
    return named(CONFIG["options"]["install_requires"])


def imported(path: Path) -> set[str]:
    """Return the packages outside the standard library that a module imports anywhere in it."""
    tops: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            tops |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            tops.add(node.module.partition(".")[0])
    return tops - sys.stdlib_module_names - {"printkit"}


MODULES = sorted((ROOT / "printkit").rglob("*.py"))
IMPORTED = {path.relative_to(ROOT).as_posix(): imported(path) for path in MODULES}
USED = sorted(set().union(*IMPORTED.values()))
MAKERS = {package: {canonical(name) for name in names} for package, names in packages_distributions().items()}


@pytest.mark.parametrize("package", USED)
def test_what_the_code_imports_is_asked_for(package: str) -> None:
    allowed = required().union(*(named(CONFIG["options.extras_require"][extra]) for extra in OPTIONAL))
    assert MAKERS[package] & allowed, f"{package} is imported, and no requirement of setup.cfg brings it"


def test_nothing_is_asked_for_that_no_module_imports() -> None:
    assert required() - set().union(*(MAKERS[package] for package in USED)) == set()


def test_every_requirement_that_can_shape_a_file_is_among_the_engines() -> None:
    # These read what people wrote and tell what came of it, beside the files.
    beside = {"anyascii", "click", "openpyxl", "pydantic", "pydantic-core", "rich", "xlsxwriter"}
    assert required() - beside - {canonical(name) for name in ENGINES} == set()


def test_every_requirement_is_pinned() -> None:
    pinned = named((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    extras = (named(text) for text in CONFIG["options.extras_require"].values())
    # An extra may take in another one by the project's own name.
    own = {canonical(CONFIG["metadata"]["name"])}
    assert required().union(*extras) - pinned - own == set()


def locked(file: str) -> dict[str, tuple[str, list[str]]]:
    """Return the version and the hashes of each distribution of a lock file."""
    found: dict[str, tuple[str, list[str]]] = {}
    for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
        if pin := re.match(r"([\w.-]+)==([^ ]+)", line):
            hashes = list[str]()
            found[canonical(pin[1])] = pin[2], hashes
        elif line.strip().startswith("--hash="):
            hashes.append(line.strip(" \\").removeprefix("--hash=sha256:"))
    return found


@pytest.mark.parametrize(("file", "extra"), LOCKS.items())
def test_a_lock_file_has_a_hash_for_all_that_setup_cfg_asks_for(file: str, extra: str) -> None:
    found = locked(file)
    asked = required() | named(CONFIG["options.extras_require"][extra]) | {"setuptools"}
    assert asked - found.keys() - {canonical(CONFIG["metadata"]["name"])} == set(), "run make lock"
    assert all(hashes and all(len(one) == 64 for one in hashes) for _, hashes in found.values())


@pytest.mark.parametrize("file", LOCKS)
def test_a_lock_file_has_the_versions_of_the_constraints_and_names_no_host(file: str) -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = {canonical(line.split("==")[0]): line.split("==")[1] for line in lines if "==" in line}
    other = {name: pin for name, (pin, _) in locked(file).items() if pins.get(name, pin) != pin}
    assert other == {}, "run make lock"
    assert "://" not in (ROOT / file).read_text(encoding="utf-8")

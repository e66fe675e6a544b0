"""The schemas that editors check by: every file of the reference workspace is valid, every key explained."""

import datetime
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from printkit.cli import main
from printkit.profiles.schema import KINDS
from printkit.workspace import bundled_workspace
from tests.profiles.schemas import FOLDER, kind_of, line_of, schemas

TEMPLATE = "template"


def schema(kind: str) -> dict[str, Any]:
    """Return what the command prints."""
    found: dict[str, Any] = json.loads(CliRunner().invoke(main, ["schema", kind]).stdout)
    return found


def files() -> list[str]:
    workspace = bundled_workspace()
    return [*workspace.files("profiles/**/*.toml"), *workspace.files("templates/**/*.toml")]


def plain(value: Any) -> Any:
    """Return TOML's values as JSON has them."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value


def complaints(kind: str, data: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(schema(kind)).iter_errors(plain(data))]


@pytest.mark.parametrize("file", files())
def test_a_file_of_the_reference_workspace_is_valid(file: str, repository: Path) -> None:
    assert complaints(kind_of(file), tomllib.loads((repository / file).read_text("utf-8"))) == []


@pytest.mark.parametrize("file", files())
def test_the_first_line_of_a_file_leads_to_its_schema(file: str, repository: Path) -> None:
    first = (repository / file).read_text("utf-8").partition("\n")[0]
    assert first == line_of(file), "run `make schemas`"
    assert (repository / FOLDER / f"{kind_of(file)}.json").is_file()


def test_the_schemas_of_the_workspace_are_those_of_the_program(repository: Path) -> None:
    lying = {path.stem: path.read_text("utf-8") for path in (repository / FOLDER).glob("*.json")}
    assert lying == schemas(), "a model has changed: run `make schemas`"


def test_a_row_of_the_sites_is_valid() -> None:
    rows = bundled_workspace().read_csv("profiles/sites.csv")
    assert [complaints("site", {**row, "committees": row["committees"].split()}) for _, row in rows] == [
        [] for _ in rows
    ]


def keys(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for title, table in {"": described, **described.get("$defs", {})}.items():
        for one in (table, *table.get("anyOf", ())):
            for key, value in one.get("properties", {}).items():
                yield title, key, value


@pytest.mark.parametrize("kind", [*KINDS, TEMPLATE])
def test_every_key_is_explained(kind: str) -> None:
    described = schema(kind)
    Draft202012Validator.check_schema(described)
    assert [f"{title}.{key}" for title, key, value in keys(described) if "description" not in value] == []


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("format", {"safe_mm": "5 mm"}),
        ("format", {"safe_mm": -1}),
        ("format", {"safe_mm": {"top": 1}}),
        ("format", {"colour": "red"}),
        ("committee", {"page": 5}),
        ("committee", {"page": {"value": "https://example.org", "sure": True}}),
        ("committee", {"page": "example.org"}),
        ("template", {"layouts": {"a6": {"html": "a.html", "css": 5}}}),
        ("gwg", {"R12": {"name": "x", "meaning": "x"}}),
        ("gwg", {"R0001": {"name": "x", "meaning": "x", "sheet": {"severity": "loud"}}}),
    ],
)
def test_what_printkit_refuses_the_schema_refuses(
    kind: str, change: dict[str, Any], repository: Path
) -> None:
    file = next(one for one in files() if kind_of(one) == kind)
    data = tomllib.loads((repository / file).read_text("utf-8"))
    assert complaints(kind, {**data, **change})

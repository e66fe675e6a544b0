"""Cases of profiles: what people write in TOML files and tables, and what they are told."""

import json
import tomllib
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from jsonschema import Draft202012Validator

from printkit.cli import main
from printkit.errors import PrintkitError
from printkit.profiles import load_profiles
from printkit.workspace import Workspace, start_workspace
from tests.cases.registry import case


def started(folder: Path) -> Workspace:
    start_workspace(folder / "w")
    return Workspace(folder / "w")


def change(workspace: Workspace, file: str, old: str, new: str) -> None:
    path = workspace.root / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def told(workspace: Workspace) -> str:
    """Return what loading the profiles complains of."""
    try:
        load_profiles(workspace)
    except PrintkitError as error:
        return str(error)
    return ""


@case("use/schema-rejects-own-files")
def own_files_are_valid(folder: Path) -> None:
    """Files of the reference workspace hold one number for four edges, a bare address, one style sheet: an
    editor that checks them by `printkit schema` must find nothing wrong."""
    workspace = started(folder)
    for kind, file in (
        ("format", "profiles/formats/flyer-a5.toml"),
        ("committee", "profiles/committees/nu03.toml"),
        ("template", "templates/recruit/template.toml"),
        ("gwg", "profiles/preflight/gwg-2022.toml"),
    ):
        described: dict[str, Any] = json.loads(CliRunner().invoke(main, ["schema", kind]).stdout)
        # JSON has no dates of its own.
        data = json.loads(json.dumps(tomllib.loads(workspace.read_text(file)), default=str))
        assert [error.message for error in Draft202012Validator(described).iter_errors(data)] == []


@case("use/enabled-false")
def tracking_may_be_off(folder: Path) -> None:
    """`enabled = false` is all that a campaign need say of tracking: there are no parameters to name."""
    workspace = started(folder)
    file = workspace.root / "profiles/campaigns/recruitment.toml"
    before, _, after = file.read_text("utf-8").partition("[tracking]")
    file.write_text(
        f"{before}[tracking]\nenabled = false\n\n[[pieces]]{after.partition('[[pieces]]')[2]}", "utf-8"
    )
    assert not load_profiles(workspace).campaigns["recruitment"].tracking.enabled


@case("use/brand-uppercase-hex")
def colours_in_capitals(folder: Path) -> None:
    """#12355B is the colour #12355b, as brand manuals print it."""
    workspace = started(folder)
    change(workspace, "profiles/brand.toml", "#0f4252", "#12355B")
    assert load_profiles(workspace).brand.colors["fjord"].srgb == "#12355b"


@case("use/csv-rows")
def rows_as_the_spreadsheet_counts(folder: Path) -> None:
    """A mistake in the last row of the table is told by the number beside it in the spreadsheet: the header
    is row 1, an empty row counts, a cell with a line break is one row. No regular expression is shown."""
    workspace = started(folder)
    file = workspace.root / "profiles/sites.csv"
    rows = file.read_text("utf-8").rstrip("\n").count("\n") + 1
    added = '"x-1";X;hub;nu04;"Gata 1,\n3048 Drammen";\n\nGulskogen Øst;X;hub;nu04;;\n'
    file.write_text(file.read_text("utf-8").rstrip("\n") + "\n" + added, "utf-8")
    assert f"row {rows + 3}, id: 'gulskogen øst' is not small letters" in told(workspace)
    assert "[a-z" not in told(workspace)


@case("render/csv-messages")
def tables_as_spreadsheets_save_them(folder: Path) -> None:
    """Tabs are refused in words that help; empty columns at the end and a first line `sep=;` are passed over,
    as spreadsheets write them."""
    workspace = started(folder)
    base = "id;name;kind;committees;address;contact\na-1;A;library;all;x;\n"
    for text, reason in (
        (base.replace(";", "\t"), "separate them with semicolons"),
        (base.replace(";\n", ";;\n").replace("contact\n", "contact;\n"), ""),
        (base.replace(";\n", ";;;\n").replace("contact\n", "contact;;\n"), ""),
        (f"sep=;\n{base}", ""),
    ):
        (workspace.root / "profiles/sites.csv").write_text(text, "utf-8")
        assert reason in told(workspace) if reason else told(workspace) == ""

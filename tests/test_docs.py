"""The docs say what the program does: commands, options, exit codes, slot kinds, links, examples."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from printkit import errors
from printkit.cli import main
from printkit.preflight.checks import RULES
from printkit.profiles.schema import KINDS
from printkit.review.rules import RULES as DESIGN_RULES
from printkit.template import SLOT_KINDS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "assets").rglob("*.md")])
CONTEXT = click.Context(main, **main.context_settings)
COMMANDS = main.list_commands(CONTEXT)


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def section(page: str, title: str) -> str:
    """Return what stands beneath a heading of the second level, up to the next one."""
    found = re.search(rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", text(page), re.MULTILINE | re.DOTALL)
    return found.group(1) if found else ""


def load(name: str) -> click.Command:
    command = main.get_command(CONTEXT, name)
    assert command is not None
    return command


def options(command: click.Command) -> set[str]:
    """Return a command's options as written, `--help` too."""
    parameters = command.get_params(click.Context(command, CONTEXT))
    return {
        flag
        for one in parameters
        if isinstance(one, click.Option)
        for flag in (*one.opts, *one.secondary_opts)
    }


def flags(documented: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", documented))


def error_classes(root: type[errors.PrintkitError]) -> Iterator[type[errors.PrintkitError]]:
    yield root
    for child in root.__subclasses__():
        yield from error_classes(child)


def examples() -> list[str]:
    """Return the README's commands in the blocks marked `<!-- tested -->`."""
    blocks = re.findall(r"<!-- tested -->\n```console\n(.*?)```", text("README.md"), re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ printkit")]


@pytest.mark.parametrize("name", COMMANDS)
def test_command_has_a_section_with_every_option(name: str) -> None:
    documented = section("docs/commands.md", f"printkit {name}")
    assert documented
    assert not options(load(name)) - options(main) - flags(documented)


def test_options_of_all_commands_are_documented() -> None:
    assert not options(main) - flags(section("docs/commands.md", "printkit"))


def test_documented_commands_exist() -> None:
    sections = re.findall(r"^## printkit (\w+)$", text("docs/commands.md"), re.MULTILINE)
    assert sorted(sections) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_command_has_help(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert load(name).get_short_help_str()


def test_kinds_of_profiles_are_documented() -> None:
    documented = section("docs/commands.md", "printkit schema")
    # Those of a template's files are none of the profiles'
    told = CliRunner().invoke(main, ["schema", "x"]).stderr.partition(" is not one of ")[2].strip(" .\n")
    assert set(KINDS) < set(told.split(", "))
    assert [kind for kind in told.split(", ") if f"`{kind}`" not in documented] == []


def test_exit_codes_are_documented_with_their_errors() -> None:
    lines = re.findall(r"^\| (\d+) \|(.*)$", text("docs/exit-codes.md"), re.MULTILINE)
    rows = dict(lines)
    assert len(rows) == len(lines)
    for error in error_classes(errors.PrintkitError):
        assert str(error.exit_code) in rows
        assert error.__module__ != errors.__name__ or f"`{error.__name__}`" in rows[str(error.exit_code)]


def test_slot_kinds_are_documented() -> None:
    page = text("docs/templates.md")
    assert [kind for kind in SLOT_KINDS if f"`{kind}`" not in page] == []


def test_rules_of_design_have_their_line() -> None:
    lines = re.findall(
        r"^\| `([\w/-]+)` \| (.*) \|$", section("docs/templates.md", "Judging a design"), re.MULTILINE
    )
    told = dict(lines)
    assert {name: told.get(name) for name in DESIGN_RULES} == {
        name: one.sentence for name, one in DESIGN_RULES.items()
    }


def test_rules_have_their_line_and_no_line_is_without_a_rule() -> None:
    lines = re.findall(
        r"^\| `([\w/-]+)` \|.*\| [^|]+ \| [^|]+ \|$", section("docs/preflight.md", "Rules"), re.MULTILINE
    )
    assert sorted(lines) == sorted(RULES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_inside_the_project_resolve(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    local = [target.partition("#")[0] for target in targets if not re.match(r"[a-z]+:|#", target)]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_readme_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert examples()
    for line in examples():
        result = CliRunner().invoke(main, shlex.split(line)[1:])
        assert result.exit_code == 0, f"{line}\n{result.output}"

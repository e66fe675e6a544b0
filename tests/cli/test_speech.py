"""The command line speaks English, or the language that it is asked for."""

import errno
import importlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from printkit.cli import main
from printkit.cli.app import COMMANDS
from printkit.cli.failure import explain
from printkit.errors import SlotErrors, SlotProblem, WorkspaceError
from printkit.words import Message, translate

# Words that no other language of the catalogues has
ENGLISH = re.compile(r"(?<![-\w])(?:the|and|is|are|not|with|what|which|by)(?![-\w])")
RENDER = ["render", "recruit", "--committee", "nu03", "--format", "flyer-a5"]


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["--ui-lang", "nb", "--help"], {}, "Lag trykkferdig PDF"),
        (["--help"], {"LC_MESSAGES": "nb_NO.UTF-8"}, "Lag trykkferdig PDF"),
        (["--help", "--ui-lang=en"], {"LC_MESSAGES": "nb_NO.UTF-8"}, "Make print-ready PDF"),
        (["--help"], {"LC_MESSAGES": "C", "LANG": "nb_NO.UTF-8"}, "Make print-ready PDF"),
        (["batch", "--ui-lang", "nb", "-h"], {}, "Lag alle trykksaker på nytt."),
        (["person", "add", "--ui-lang", "nb", "-h"], {}, "Legg til en person"),
    ],
)
def test_help_is_in_the_language_that_was_asked_for(
    arguments: list[str], environment: dict[str, str], said: str
) -> None:
    assert said in CliRunner(env=environment).invoke(main, arguments).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["list", "things"], 2, "Feil: Ugyldig verdi for WHAT: «things» er ikke blant templates"),
        (["render", "--no-such"], 2, "Det finnes ikke noe valg --no-such"),
        ([*RENDER, "-o", "x.doc"], 2, "slutter på .doc: render skriver PDF"),
        ([*RENDER, "--set", "deadline=i dag", "-o", "x.pdf"], 3, "«i dag» er ingen dato; skriv den som"),
        ([*RENDER, "--lang", "pl", "-o", "x.pdf"], 2, "«pl» finnes ikke; det finnes: en, nb, nn"),
    ],
)
def test_what_is_wrong_is_said_in_it(
    arguments: list[str], code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["--ui-lang", "nb", *arguments])
    assert result.exit_code == code
    assert said in result.stderr


@pytest.mark.parametrize("tag", ["nb", "nn"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "formats"],
        ["doctor"],
        ["check", "x.pdf"],
        ["check", "--list"],
        ["check", "--explain", "R0026"],
        ["template", "check", "--list"],
    ],
)
def test_nothing_of_english_is_left(
    tag: str, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.pdf").write_bytes(b"no PDF")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["--ui-lang", tag, *arguments])
    assert result.stdout
    assert ENGLISH.findall(result.output) == []


@pytest.mark.parametrize(
    ("tag", "code"), [("xx", 2), ("da", 2), ("", 2), ("en-GB", 0), ("no", 0), ("nb_NO", 0)]
)
def test_a_language_that_nothing_is_said_in_is_wrong_usage(tag: str, code: int) -> None:
    result = CliRunner().invoke(main, ["list", "formats", "--ui-lang", tag])
    assert result.exit_code == code
    assert ("there are: en, nb, nn" in result.stderr) is (code == 2)


def every_command() -> Iterator[list[str]]:
    yield []
    for name in COMMANDS:
        module, function = COMMANDS[name].split(":")
        command = getattr(importlib.import_module(module), function)
        yield [name]
        yield from ([name, inner] for inner in getattr(command, "commands", ()))


@pytest.mark.parametrize("words", list(every_command()), ids=" ".join)
def test_help_is_whole_and_holds_no_english(words: list[str]) -> None:
    found = CliRunner().invoke(main, [*words, "--ui-lang", "nn", "--help"])
    assert found.exit_code == 0
    # What Click adds to an option's help, and a help that it cuts
    assert re.findall(r"\brequired|\bdefault:|env var|RANGE|[a-z]\.\.\.$", found.stdout, re.MULTILINE) == []
    assert ENGLISH.findall(found.stdout) == []


def test_a_missing_option_of_two_names_is_named_whole() -> None:
    said = CliRunner().invoke(main, ["gallery", "--ui-lang", "nb"]).stderr
    assert said.endswith("Feil: Valget -o / --output mangler.\n")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (["--language", "xx"], "--language: CLDR har ikkje språket «xx»; oppgi det med koden, som nb, se"),
        (["--color", "Blå=#000000"], "--color Blå: «Blå» er ikkje små bokstavar frå a til z, siffer, og"),
        (["--color", "fjord=blå"], "--color fjord: «blå» er ikkje ein farge som #12355b"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_in_it(answers: list[str], said: str, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("name;page\nNes;https://example.org\n", encoding="utf-8")
    command = [
        "init",
        str(tmp_path / "w"),
        "--empty",
        "--municipality",
        "Sandvik",
        "--committee-word",
        "krins",
    ]
    command += ["--language", "nn", "--color", "fjord=#0b5d7a", "--committees", str(table), *answers]
    found = CliRunner().invoke(main, ["--ui-lang", "nn", *command])
    assert (found.exit_code, said in found.stderr) == (2, True), found.stderr
    assert ENGLISH.findall(found.stderr) == []


def test_an_answer_without_empty_is_told_by_its_option(tmp_path: Path) -> None:
    found = CliRunner().invoke(main, ["init", str(tmp_path / "w"), "--color", "a=#000000"])
    assert found.stderr.endswith("Error: --color belongs to --empty; add --empty\n")


def test_numbers_of_a_table_have_the_sign_of_its_reader() -> None:
    english, norwegian = (
        CliRunner().invoke(main, ["check", "--explain", "R0026", "--ui-lang", tag]).stdout
        for tag in ("en", "nb")
    )
    assert ("3.05" in english, "3,05" in norwegian, "3.05" in norwegian) == (True, True, False)


def test_an_error_keeps_its_sentences_apart() -> None:
    problem = Message("%(count)s characters, %(most)s fit; shorten it", count=74, most=60)
    error = SlotErrors([SlotProblem("recruit/flyer-a5", "title", problem)])
    assert str(error) == "slot 'title' of recruit/flyer-a5: 74 characters, 60 fit; shorten it"
    said = error.told(translate("nb", "command").say)
    assert said == "feltet «title» i recruit/flyer-a5: 74 tegn, det er plass til 60; kort ned"
    wrong = WorkspaceError("profiles/brand.toml", "name", Message("this key is required"))
    assert (
        wrong.told(translate("nb", "command").say) == "profiles/brand.toml: name: denne nøkkelen må være med"
    )


def test_json_stays_english() -> None:
    result = CliRunner().invoke(main, ["--ui-lang", "nb", "--json", "list", "things"])
    assert "is not one of" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["render"],
        ["rendr"],
        ["render", "recruit", "--committee"],
        ["render", "recruit", "--committee", "nu01", "--format", "a", "-o", "x.pdf", "b"],
        ["render", "recruit", "--committee", "nu01"],
        ["check", "there-is-none.pdf"],
        ["check", "."],
        ["check", "--distance", "far", "x.pdf"],
        ["check", "--distance", "-1", "x.pdf"],
        ["render", "recruit", "--date", "x"],
        ["orders", "list", "--state", "lost"],
        ["serve", "--port", "99999999"],
        ["batch", "x", "--merge", "all"],
        ["batch", "recruitment", "--dry-run=1"],
        ["-w", "/nowhere/at/all", "list", "formats"],
        ["-w", __file__, "list", "formats"],
    ],
)
def test_what_click_refuses_is_said_in_it(arguments: list[str]) -> None:
    """Click words a sentence anew: it is missing in printkit.cli.usage."""
    english, norwegian = (
        CliRunner().invoke(main, ["--ui-lang", tag, *arguments]).stderr.splitlines()[-1]
        for tag in ("en", "nb")
    )
    assert english.startswith("Error: ")
    assert norwegian.startswith("Feil: ")
    assert ENGLISH.findall(norwegian) == []
    assert norwegian.partition(": ")[2] != english.partition(": ")[2]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "a.toml"),
            "a.toml: filen eller mappen finnes ikke",
        ),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/out"), "/out: det er ikke mer plass på disken"),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/out"), "/out: ingen tilgang"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS), "/out"), "/out: filsystemet kan bare leses"),
        (OSError(99999, "of its own"), "of its own"),
    ],
)
def test_what_the_system_refuses_is_said_in_it(error: OSError, said: str) -> None:
    assert explain(error, translate("nb", "command"))[1] == said

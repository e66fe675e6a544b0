"""`init --empty` on a terminal, by options, by a file, and quietly."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from printkit.cli import main
from tests.starter.answers import COMMITTEES, PLACES

ASKED = [
    "Ciche",
    "xx",
    "pl",
    "pl en",
    "rada",
    "council",
    "lake=blue",
    "lake=#0b5d7a",
    "none.csv",
    "c.csv",
    "p.csv",
    "",
    "'Head.ttf",
    "",
]


def tables(folder: Path) -> None:
    (folder / "c.csv").write_text(COMMITTEES, encoding="utf-8")
    (folder / "p.csv").write_text(PLACES, encoding="utf-8")


@pytest.mark.parametrize(
    ("tag", "complaints"),
    [
        (
            "en",
            (
                "Error: CLDR has no language 'xx'",
                "Error: 'blue' is not a colour",
                "Error: File 'none.csv' does not exist",
                "Error: a quotation mark is not closed",
            ),
        ),
        (
            "nn",
            (
                "Feil: CLDR har ikkje språket «xx»",
                "Feil: «blue» er ikkje ein farge",
                "Feil: Fila «none.csv» finst ikkje",
                "Feil: eit hermeteikn er ikkje lukka",
            ),
        ),
    ],
)
def test_a_terminal_is_asked_and_asked_again_where_an_answer_cannot_be(
    tmp_path: Path, tag: str, complaints: tuple[str, ...]
) -> None:
    tables(tmp_path)
    ours, theirs = os.openpty()
    os.write(ours, "".join(f"{answer}\n" for answer in ASKED).encode())
    command = [sys.executable, "-m", "printkit", "init", "own", "--empty", "--ui-lang", tag]
    ran = subprocess.run(command, cwd=tmp_path, stdin=theirs, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert [one for one in complaints if one not in ran.stderr] == []
    brand = tomllib.loads((tmp_path / "own/profiles/brand.toml").read_text("utf-8"))
    assert (brand["name"], brand["colors"]["lake"]["srgb"]) == ("Ciche", "#0b5d7a")


def test_options_say_the_same_and_quiet_says_nothing(tmp_path: Path) -> None:
    tables(tmp_path)
    words = ["init", str(tmp_path / "own"), "--empty", "-q", "--municipality", "Ciche", "--language", "pl"]
    words += ["--committee-word", "en=council", "--committee-word", "rada", "--color", "lake=#0b5d7a"]
    words += ["--committees", str(tmp_path / "c.csv")]
    result = CliRunner().invoke(main, words)
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "own/profiles/committees/c04.toml").is_file()
    municipality = tomllib.loads((tmp_path / "own/profiles/municipality.toml").read_text("utf-8"))
    # A word without a tag is that of the workspace's own language.
    assert municipality["committee"] == {"pl": "rada", "en": "council"}
    twice = CliRunner().invoke(main, [*words, "--committee-word", "gmina"])
    assert (twice.exit_code, "'rada' and 'gmina' name no language" in twice.output) == (2, True)


def test_answers_come_from_stdin_and_the_result_is_one_object(tmp_path: Path) -> None:
    tables(tmp_path)
    told = {"municipality": "Ciche", "language": "pl", "committee": "rada"}
    text = "".join(f'{key} = "{value}"\n' for key, value in told.items())
    text += f'committees = "{tmp_path / "c.csv"}"\n[colors]\nlake = "#0b5d7a"\n'
    words = ["init", str(tmp_path / "own"), "--empty", "--answers", "-", "--json"]
    found = json.loads(CliRunner().invoke(main, words, input=text).stdout)
    assert found["ok"]
    assert found["untranslated"] == ["pl"]
    assert "profiles/brand.toml" in found["files"]


def test_options_change_single_keys_of_a_file_of_answers(tmp_path: Path, repository: Path) -> None:
    tables(tmp_path)
    fonts = repository / "assets/fonts"
    (tmp_path / "a.toml").write_text(
        'municipality = "Ciche"\nlanguage = "pl"\ncommittee = "rada"\ncommittees = "c.csv"\n'
        '[colors]\nlake = "#0b5d7a"\namber = "#e0a030"\n[fonts]\n'
        + "".join(f'{key} = "{fonts}/SourceSans3-Bold.ttf"\n' for key in ("head", "text", "strong"))
    )
    words = ["init", str(tmp_path / "own"), "--empty", "-q", "--answers", str(tmp_path / "a.toml")]
    words += ["--font", f"head={fonts}/BricolageGrotesque-Bold.ttf", "--color", "amber=#c08010"]
    result = CliRunner().invoke(main, [*words, "--committee-word", "en=council"])
    assert result.exit_code == 0, result.output
    brand = tomllib.loads((tmp_path / "own/profiles/brand.toml").read_text("utf-8"))
    assert [brand["colors"][name]["srgb"] for name in ("lake", "amber")] == ["#0b5d7a", "#c08010"]
    assert [Path(brand["fonts"][key]).name for key in ("head", "text")] == [
        "BricolageGrotesque-Bold.ttf",
        "SourceSans3-Bold.ttf",
    ]
    municipality = tomllib.loads((tmp_path / "own/profiles/municipality.toml").read_text("utf-8"))
    assert municipality["committee"] == {"pl": "rada", "en": "council"}


def test_what_nobody_told_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "own"), "--empty", "--language", "pl"])
    assert result.exit_code == 2
    assert "needs --municipality, --committee-word, --color, --committees" in result.output
    assert CliRunner().invoke(main, ["init", str(tmp_path / "own"), "--mark", __file__]).exit_code == 2


def test_an_option_that_cannot_be_used_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("id;name;page\nv1;Vik;https://vik.example.org/\n", encoding="utf-8")
    words = ["--municipality", "Vik", "--language", "nb", "--languages", "nb,xx", "--committee-word", "Lag"]
    words += ["--color", "vik=#12345", "--committees", str(tmp_path / "c.csv")]
    result = CliRunner().invoke(main, ["init", str(tmp_path / "own"), "--empty", *words])
    assert result.exit_code == 2
    assert "--languages: CLDR has no language 'xx'" in result.stderr
    assert "--color vik: '#12345' is not a colour as #12355b" in result.stderr
    assert not (tmp_path / "own").exists()

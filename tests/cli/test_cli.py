"""The command line: exit codes, where words go, and nothing heavy before it is needed."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from printkit.cli import main


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture
def workspace(repository: Path, tmp_path: Path) -> Path:
    """Return a copy of the reference workspace, to break."""
    root = tmp_path / "workspace"
    for part in ("assets", "profiles", "templates"):
        shutil.copytree(repository / part, root / part)
    return root


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom printkit.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'weasyprint', 'pikepdf', 'pydantic', 'PIL', 'numpy', 'rich', 'jinja2', 'reportlab'}\n"
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version").output.startswith("printkit ")


RENDER = "render recruit --committee nu01 --format flyer-a5"


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "batch",
        "batch nothing",
        "batch nothing.toml",
        "batch recruitment --only town=nu01",
        "batch recruitment --only committee=nu99",
        "batch recruitment --jobs 0",
        "list trees",
        "schema tree",
        "-w /no/such/folder list formats",
        "render recruit",
        "render nothing --committee nu01 --format flyer-a5 -o x.pdf",
        "render recruit --committee nu99 --format flyer-a5 -o x.pdf",
        f"{RENDER} -o no/such/folder/x.pdf",
        f"{RENDER} --set x -o x.pdf",
        f"{RENDER} --data no.toml -o x.pdf",
        f"{RENDER} --site kp-svelvik -o x.pdf",
    ],
)
def test_wrong_usage_is_2(line: str) -> None:
    result = run(*line.split())
    assert result.exit_code == 2
    assert (result.stdout, "Traceback" in result.stderr) == ("", False)


@pytest.mark.parametrize(
    "words",
    [
        ["init", ""],
        ["batch", "recruitment", "-o", ""],
        ["gallery", "recruit", "-o", ""],
        ["render", "recruit", "--committee", "nu03", "--format", "flyer-a5", "--sample", "-o", ""],
    ],
)
def test_an_empty_word_is_not_the_folder_one_stands_in(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_an_error_as_json_is_one_object_on_stdout() -> None:
    result = run("list", "trees", "--json")
    error = json.loads(result.stdout)
    assert (error["ok"], error["error"]["code"], result.stderr) == (False, 2, "")


def test_json_and_a_pdf_cannot_share_stdout() -> None:
    result = run(*RENDER.split(), "--json", "-o", "-")
    assert result.exit_code == 2
    assert "both want stdout" in json.loads(result.stdout)["error"]["message"]


@pytest.mark.parametrize("where", ["before", "after"])
def test_common_options_stand_before_or_after_the_command(where: str) -> None:
    words = ["--json", "list", "formats"] if where == "before" else ["list", "formats", "--json"]
    formats = json.loads(run(*words).stdout)["formats"]
    assert len(formats) == 10
    assert {"id", "name"} <= set(formats[0])


@pytest.mark.parametrize("what", ["templates", "formats", "presses", "committees", "sites", "campaigns"])
def test_every_list_has_ids_and_names(what: str) -> None:
    rows = json.loads(run("list", what, "--json").stdout)[what]
    assert rows
    assert all(row["id"] and row["name"] for row in rows)
    assert rows[0]["id"] in run("list", what).stdout


@pytest.mark.parametrize(
    "kind", ["brand", "campaign", "codes", "committee", "format", "press", "site", "template"]
)
def test_every_kind_has_a_schema(kind: str) -> None:
    schema = json.loads(run("schema", kind).stdout)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["additionalProperties"] is False


def test_a_dry_run_lists_and_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("batch", "recruitment", "--only", "committee=nu10", "--dry-run", "-o", str(out))
    assert result.exit_code == 0
    assert "nu10_recruit_flyer-a5_nb_kp-svelvik" in result.stdout
    assert not out.exists()


def test_a_dry_run_loads_no_layout_engine() -> None:
    code = (
        "import sys\nfrom printkit.cli import main\n"
        "try: main(['batch', 'recruitment', '--dry-run'])\nexcept SystemExit: pass\n"
        "sys.exit('weasyprint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_a_broken_profile_is_4_and_names_file_and_key(workspace: Path) -> None:
    file = workspace / "profiles" / "formats" / "flyer-a5.toml"
    file.write_text(file.read_text().replace("bleed_mm = 3", "bleed_mm = 3\ncolour = 1"))
    result = run("-w", str(workspace), "list", "formats")
    assert result.exit_code == 4
    assert "profiles/formats/flyer-a5.toml: colour: unknown key" in result.stderr


def test_all_complaints_come_at_once(workspace: Path) -> None:
    for name in ("flyer-a5", "poster-a3"):
        file = workspace / "profiles" / "formats" / f"{name}.toml"
        file.write_text(file.read_text() + "\ncolour = 1\n")
    result = run("-w", str(workspace), "doctor")
    assert result.stderr.count("colour: unknown key") == 2


def test_a_template_error_is_4_before_any_work(workspace: Path, tmp_path: Path) -> None:
    page = workspace / "templates" / "recruit" / "flyer-a5.html"
    page.write_text(page.read_text() + "\n{% if %}\n")
    result = run("-w", str(workspace), "batch", "recruitment", "-o", str(tmp_path / "out"))
    assert result.exit_code == 4
    assert "templates/recruit/flyer-a5.html" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_missing_profile_is_named_by_doctor_and_5(workspace: Path) -> None:
    (workspace / "assets" / "icc" / "FOGRA39L_coated.icc").unlink()
    result = run("-w", str(workspace), "doctor")
    assert result.exit_code == 5
    assert "FOGRA39L_coated.icc" in result.stdout


def test_doctor_lists_what_is_not_confirmed() -> None:
    result = run("doctor")
    assert result.exit_code == 0
    for words in ("logo", "brand colour", "short_address", "deadline"):
        assert words in result.stdout


def test_init_starts_a_workspace_that_works(tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "mine")).exit_code == 0
    assert run("-w", str(tmp_path / "mine"), "list", "templates").exit_code == 0
    assert run("init", str(tmp_path / "mine")).exit_code == 7


def test_a_campaign_may_be_a_file_anywhere(repository: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    shutil.copy(repository / "profiles" / "campaigns" / "recruitment.toml", file)
    told = json.loads(run("batch", str(file), "--dry-run", "--json").stdout)
    assert told["campaign"] == "mine"
    assert len(told["pieces"]) > 100


def test_a_folder_that_cannot_be_written_is_7(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    words = ["batch", "recruitment", "--only", "committee=nu03", "-o", str(tmp_path / "file" / "out")]
    result = run(*words)
    assert result.exit_code == 7
    assert "cannot be written" in result.stderr


def test_a_closed_pipe_is_no_error() -> None:
    line = f"set -o pipefail; {sys.executable} -m printkit schema campaign | head -c 1"
    result = subprocess.run(["bash", "-c", line], capture_output=True, check=False)
    assert b"Traceback" not in result.stderr


def test_the_environment_names_a_workspace(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (workspace / "profiles" / "formats" / "flyer-a6.toml").unlink()
    monkeypatch.setenv("PRINTKIT_WORKSPACE", str(workspace))
    assert "flyer-a6" not in run("list", "formats").stdout


def test_an_interruption_is_130(tmp_path: Path) -> None:
    words = ["batch", "recruitment", "-o", str(tmp_path / "out")]
    command = [sys.executable, "-m", "printkit", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ))
    journal = tmp_path / "out" / ".printkit" / "lock"
    while not journal.exists() and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(2)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 130
    assert b"interrupted" in said


def test_a_batch_that_makes_nothing_says_why(workspace: Path, tmp_path: Path) -> None:
    (workspace / "assets" / "icc" / "FOGRA39L_coated.icc").unlink()
    words = [
        "-w",
        str(workspace),
        "batch",
        "recruitment",
        "--only",
        "committee=nu04",
        "-o",
        str(tmp_path / "out"),
    ]
    result = run(*words, "-q")
    assert result.exit_code == 5
    assert result.stdout == ""
    assert "FOGRA39L_coated.icc" in result.stderr
    told = json.loads(run(*words, "--json").stdout)
    assert (told["ok"], told["error"]["code"]) == (False, 5)
    assert (tmp_path / "out" / "held" / "nu04" / "nu04_recruit_rollup-85x200_nb.json").is_file()


@pytest.mark.parametrize("words", [[], ["template"]])
def test_a_group_alone_is_told_what_may_follow(words: list[str]) -> None:
    found = run(*words)
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr == run(*words, "--help").stdout


@pytest.mark.parametrize(
    "address", ["nonsense", "tcp://", "foo://host:8786", "tcp://host:99999", " ", "host:"]
)
def test_what_is_no_address_of_a_scheduler_is_wrong_usage(address: str) -> None:
    found = run("batch", "recruitment", "--cluster", address)
    assert found.exit_code == 2
    assert f"'{address}' is no address; write one as tcp://HOST:8786" in found.stderr


def test_a_code_that_should_say_nothing_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    found = run("check", str(tmp_path / "a.pdf"), "--qr", " ")
    assert (found.exit_code, "--qr" in found.stderr, "names no address" in found.stderr) == (2, True, True)

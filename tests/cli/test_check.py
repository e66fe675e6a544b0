"""`check`: exit codes, one JSON object, the table, the report, the rules explained, waivers."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result

from printkit.cli import main
from printkit.cli.rules import explanation
from printkit.preflight.checks import RULES
from printkit.profiles import load_profiles
from printkit.words import translate
from printkit.workspace import Workspace
from tests.preflight.files import broken, press_file

# The keys of the contract; a file has these and no fewer.
FILE = {"file", "sha256", "verdict", "gwg", "rules_run", "rules_not_run", "findings", "inventory"}
FINDING = {
    "id", "name", "severity", "page", "box_mm", "message", "measured", "limit", "count", "reference",
    "pages",
}  # fmt: skip


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, words)])


def told(*words: str | Path) -> dict[str, Any]:
    result = run(*words, "--json")
    found: dict[str, Any] = json.loads(result.stdout)
    assert result.stderr == ""
    return found


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.pdf"
    file.write_bytes(press_file())
    return file


@pytest.fixture
def red(tmp_path: Path) -> Path:
    """Return a file with RGB on its page."""
    file = tmp_path / "nu07_recruit_flyer-a5_nb.pdf"
    file.write_bytes(broken(lambda pdf: pdf.pages[0].contents_add(b"1 0 0 rg 20 20 9 9 re f")))
    return file


@pytest.fixture
def workspace(repository: Path, tmp_path: Path) -> Path:
    """Return a copy of the reference workspace without its heavy parts, to change."""
    root = tmp_path / "workspace"
    for part in ("profiles", "assets"):
        shutil.copytree(repository / part, root / part)
    return root


def waive(workspace: Path, until: str, rule: str = "x4/colour") -> None:
    file = workspace / "profiles" / "presses" / "digital.toml"
    words = f'rule = "{rule}"\npiece = "nu07_*"\nwho = "Kari"\nwhy = "Avtalt"\nuntil = {until}\n'
    more = words.replace(rule, "R0001") if rule in RULES else ""
    file.write_text(f"{file.read_text()}\n[[waivers]]\n{words}" + (f"[[waivers]]\n{more}" if more else ""))


def test_a_file_without_errors_is_0(good: Path) -> None:
    result = run(good)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{good}:")


def test_an_error_is_1_and_stands_in_the_table(red: Path) -> None:
    result = run(red)
    assert result.exit_code == 1
    assert "Not ready to print" in " ".join(result.stdout.split())
    assert "line work in DeviceRGB" in result.stdout
    assert max(map(len, result.stdout.replace(str(red), "").splitlines())) <= 80


def test_quiet_keeps_what_stands_against_printing(red: Path) -> None:
    result = run(red, "-q")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Not ready to print" in result.stderr


@pytest.mark.parametrize("data", [b"", b"no pdf"])
def test_an_unreadable_file_is_1(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(data)
    assert run(file).exit_code == 1
    (one,) = told(file)["files"]
    assert (one["verdict"], one["inventory"], one["rules_run"]) == ("unreadable", {}, [])


@pytest.mark.parametrize(
    "line",
    [
        "",
        "no-such-file.pdf",
        "GOOD no-such-file.pdf",
        "FOLDER",
        "GOOD --gwg sheet",
        "GOOD --press sheet",
        "GOOD --format a5",
        "GOOD --press digital --gwg digital-print",
        "GOOD --distance 0",
        "GOOD --scale -1",
        "GOOD --distance nan",
        "GOOD --scale inf",
        "GOOD --report no/such/folder/x.html",
        "GOOD --report GOOD",
        "--explain R9999",
    ],
)
def test_wrong_usage_is_2(good: Path, line: str) -> None:
    words = line.replace("GOOD", str(good)).replace("FOLDER", str(good.parent)).split()
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert good.read_bytes() == press_file()


def test_json_is_what_the_contract_says(good: Path, red: Path) -> None:
    found = told(good, red)
    assert found["ok"] is False
    assert [one["file"] for one in found["files"]] == [str(good), str(red)]
    assert all(set(one) >= FILE for one in found["files"])
    findings = found["files"][1]["findings"]
    assert findings
    assert all(set(one) == FINDING for one in findings)
    assert all(
        rule.keys() == {"id", "why", "kind"} for one in found["files"] for rule in one["rules_not_run"]
    )


def test_every_rule_is_either_run_or_told_with_a_reason(good: Path) -> None:
    (one,) = told(good)["files"]
    left = {rule["id"]: rule["why"] for rule in one["rules_not_run"]}
    assert {*one["rules_run"], *left} == set(RULES)
    assert not set(one["rules_run"]) & set(left)
    assert left["product/trim-size"]
    assert left["product/safe-zone"]


def test_a_format_brings_its_rules(good: Path) -> None:
    (one,) = told(good, "--format", "flyer-a5")["files"]
    assert {"product/trim-size", "product/page-count", "product/safe-zone"} <= set(one["rules_run"])
    assert {"product/trim-size", "product/page-count"} <= {found["id"] for found in one["findings"]}


def test_an_address_that_no_code_says_is_an_error(good: Path) -> None:
    (one,) = told(good, "--qr", "https://example.no/elsewhere")["files"]
    messages = [found["message"] for found in one["findings"] if found["id"] == "product/qr-decodes"]
    assert any("https://example.no/elsewhere" in message for message in messages)


@pytest.mark.parametrize(
    ("words", "variant"),
    [
        ([], "sheetcmyk-cmyk"),
        (["--gwg", "magazine-ads-cmyk"], "magazine-ads-cmyk"),
        (["--press", "large-format"], "large-format-print"),
    ],
)
def test_the_variant_is_the_named_one_or_the_presss(good: Path, words: list[str], variant: str) -> None:
    assert told(good, *words)["files"][0]["gwg"] == variant


def test_the_report_is_one_file(good: Path, red: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    result = run(good, red, "--report", target)
    assert result.stdout.rstrip().endswith(str(target))
    text = target.read_text(encoding="utf-8")
    assert "1 of 2 files is not ready to print." in text
    assert "profiles/preflight/gwg-2022.toml" in text
    assert text.count("<svg") == 2


def test_checking_changes_nothing_in_the_file(red: Path, tmp_path: Path) -> None:
    before = red.read_bytes()
    run(red, "--report", tmp_path / "r.html")
    assert red.read_bytes() == before


def test_every_rule_is_listed_and_explained(repository: Path) -> None:
    rows = told("--list", "--gwg", "large-format-print")["rules"]
    assert {row["id"] for row in rows} == set(RULES)
    assert all(row["sentence"] and row["severity"] and row["reference"] for row in rows)
    # Profiles are read once: the command reads them anew for every rule
    gwg = load_profiles(Workspace(repository)).gwg
    for name, rule in RULES.items():
        text = explanation(gwg, name, translate("en", "command"))
        assert text.partition(" ")[0] == name
        assert rule.sentence.split()[0] in text


def test_no_library_has_the_last_word(good: Path) -> None:
    command = [sys.executable, "-m", "printkit", "check", str(good)]
    result = subprocess.run(command, capture_output=True, check=False)
    assert result.returncode == run(good).exit_code
    assert result.stderr == b""


@pytest.mark.parametrize("name", ["R0026", "x4/colour", "product/safe-zone"])
def test_the_command_explains_rules_of_every_kind(repository: Path, name: str) -> None:
    result = run("--explain", name)
    gwg = load_profiles(Workspace(repository)).gwg
    told = explanation(gwg, name, translate("en", "command"))
    assert (result.exit_code, result.stdout) == (0, told + "\n")


def test_a_requirement_is_explained_with_the_limits_of_all_variants() -> None:
    text = run("--explain", "R0026").stdout
    assert len([line for line in text.splitlines() if line.startswith(("sheet", "web", "large"))]) == 11
    found = told("--explain", "R0026")
    assert found["variants"]["sheetcmyk-cmyk"] == {"severity": "warning", "A": 3.2, "B": 15.0}
    assert {"meaning", "reference", "sentence"} <= set(found)


def test_a_waiver_of_the_press_holds_by_the_files_stem(
    workspace: Path, red: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1819065600")  # 2027-08-24
    waive(workspace, "2027-08-24")
    words: list[str | Path] = ["-w", workspace, "--press", "digital"]
    (one,) = told(red, *words)["files"]
    assert {found["id"] for found in one["waived"]} == {"R0001", "x4/colour"}
    assert one["waived"][0]["waiver"] | {"who": "Kari", "until": "2027-08-24"} == one["waived"][0]["waiver"]
    other = good.with_name("nu08_x.pdf")
    shutil.copy(red, other)
    assert told(other, *words)["files"][0]["waived"] == []


def test_a_waiver_is_void_on_the_day_after(
    workspace: Path, red: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1819152000")  # 2027-08-25
    waive(workspace, "2027-08-24")
    (one,) = told(red, "-w", workspace, "--press", "digital")["files"]
    assert (one["waived"], one["verdict"]) == ([], "fail")
    assert {waiver["rule"] for waiver in one["waivers_expired"]} == {"R0001", "x4/colour"}
    assert "is void" in run(red, "-w", workspace, "--press", "digital").stdout


def test_a_waiver_of_an_unknown_rule_is_4(workspace: Path, red: Path) -> None:
    waive(workspace, "2027-08-24", rule="R9999")
    result = run(red, "-w", workspace, "--press", "digital")
    assert result.exit_code == 4
    assert "profiles/presses/digital.toml: waivers.0.rule: no rule 'R9999'" in result.stderr


def test_any_name_can_be_told(tmp_path: Path) -> None:
    file = tmp_path / "Ærlig & <stor>.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file)
    assert str(file) in told(file, "--report", tmp_path / "r.html")["files"][0]["file"]
    assert "Ærlig &amp; &lt;stor&gt;.pdf" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_what_many_pages_have_in_common_stands_in_the_table_once(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for _ in range(12):
            pdf.add_blank_page()
        pdf.save(tmp_path / "x.pdf")
    words = " ".join(run(tmp_path / "x.pdf").stdout.split())
    assert (
        words.count("x4/trim-box 1 the page has neither TrimBox nor ArtBox (12 times on 12 pages: 1 to 12)")
        == 1
    )


def test_names_that_are_no_text_can_be_told(tmp_path: Path) -> None:
    file = tmp_path / "a\udcff.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.F = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
        pdf.Root.F.BaseFont = pikepdf.Name.Courier
        pdf.save(tmp_path / "a.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    file.write_bytes((tmp_path / "a.pdf").read_bytes().replace(b"/Courier", b"/C#ff#07"))
    (one,) = told(file, "--report", tmp_path / "r.html")["files"]
    assert one["file"].endswith("a\ufffd.pdf")
    assert "a\ufffd.pdf: Not ready" in " ".join(run(file).stdout.split())

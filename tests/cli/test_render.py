"""`render` on the reference workspace: one real piece, its errors, its dates."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from printkit.cli import main

A5 = ("recruit", "--committee", "nu02", "--format", "flyer-a5")


def render(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["render", *words], input=stdin)


def test_a_piece_is_written_whole(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    result = render(*A5, "--campaign", "recruitment", "-o", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) == 2
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20270816000000")


def test_the_pdf_goes_to_stdout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    result = render(*A5, "--campaign", "recruitment", "-q", "-o", "-")
    with pikepdf.open(BytesIO(result.stdout_bytes)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:19700102000000")


def test_all_slot_problems_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    words = ("--campaign", "recruitment", "--set", "headline=" + "x" * 90, "--set", "nothing=1")
    result = render(*A5, *words, "-o", str(out))
    assert result.exit_code == 3
    assert "slot 'headline' of recruit/flyer-a5" in result.stderr
    assert "slot 'nothing' of recruit/flyer-a5" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_values_come_from_toml_on_stdin(tmp_path: Path) -> None:
    words = ("--campaign", "recruitment", "--data", "-", "-o", str(tmp_path / "a.pdf"))
    assert render(*A5, *words, stdin='headline = "Hei"\nunknown = 1\n').exit_code == 3
    assert render(*A5, *words, stdin="headline = ").exit_code == 4


@pytest.mark.parametrize("option", ["--data", "--rows"])
def test_a_device_without_end_is_refused(option: str, tmp_path: Path) -> None:
    chosen = A5 if option == "--data" else ("recruit", "--format", "flyer-a5")
    result = render(*chosen, option, "/dev/zero", "-o", str(tmp_path / "a.pdf"))
    assert (result.exit_code, "/dev/zero: over " in result.stderr) == (4, True)


def test_the_rgb_layout_has_no_output_intent(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    assert render(*A5, "--campaign", "recruitment", "--rgb", "-o", str(out)).exit_code == 0
    with pikepdf.open(out) as pdf:
        assert "/OutputIntents" not in pdf.Root


def test_a_folder_in_place_of_the_file_is_wrong_usage(tmp_path: Path) -> None:
    assert render(*A5, "-o", str(tmp_path)).exit_code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "leaflet-m65"), "--format: no 'leaflet-m65'; there are: rollup-85x200"),
        (("--lang", "pl"), "--lang: no 'pl'; there are: en, nb, nn"),
    ],
)
def test_what_a_design_has_not_is_wrong_usage(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    result = render(*A5, *words, "-o", str(tmp_path / "a.pdf"))
    assert (result.exit_code, said in result.stderr) == (2, True)

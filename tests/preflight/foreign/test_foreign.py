"""What other programs write is found to be what the docs say of it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from printkit.preflight import Report, Specification, expected_of
from printkit.preflight.checks import check
from tests.preflight.foreign import makers
from tests.preflight.matrix.judge import profiles

HERE = Path(__file__).parent
PAGE = (makers.ROOT / "docs/foreign-files.md").read_text(encoding="utf-8")
WRITTEN: dict[str, Callable[[Path], bytes]] = {
    "WeasyPrint": makers.weasyprint,
    "ReportLab": makers.reportlab,
    "Typst": makers.typst_pdf,
    **{
        name: lambda _, name=name: (HERE / f"{name.lower()}.pdf").read_bytes()  # type: ignore[misc]
        for name in ("Ghostscript", "LibreOffice", "Scribus")
    },
}


def judged(pdf: bytes) -> Report:
    return check(pdf, expected_of(profiles(), Specification()))


def documented(program: str) -> set[tuple[str, ...]]:
    """Return the rules and severities of a program's table."""
    found = re.search(rf"^## {program}\b(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return set(re.findall(r"^\| `(\S+)` \| (error|warning) \|", found.group(1), re.MULTILINE))


@pytest.mark.parametrize("program", WRITTEN)
def test_what_is_found_is_explained(program: str, tmp_path: Path) -> None:
    report = judged(WRITTEN[program](tmp_path))
    assert report.verdict == "fail"
    assert {(one.id, one.severity) for one in report.findings} == documented(program)


def test_the_docs_explain_each_program_and_no_other() -> None:
    assert set(re.findall(r"^## (\w+) [\d.]+$", PAGE, re.MULTILINE)) == set(WRITTEN)


def test_ghostscript_of_any_version_writes_no_pdfx(tmp_path: Path) -> None:
    found = {one.id for one in judged(makers.ghostscript(tmp_path)).findings}
    assert {"R0001", "R0031", "x4/identification", "x4/output-intent", "x4/annotations"} <= found


def test_findings_name_the_place_on_the_card(tmp_path: Path) -> None:
    (image,) = [one for one in judged(makers.typst_pdf(tmp_path)).findings if one.id == "R0031"]
    assert image.box_mm == pytest.approx((13, 71.3, 73, 111.3), abs=0.1)
    # 90 pixels on 60 mm
    assert image.measured == pytest.approx(90 / 60 * 25.4)

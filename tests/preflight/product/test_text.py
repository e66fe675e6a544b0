"""Text that no ink makes."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.preflight import Finding
from printkit.preflight.checks import check
from tests.preflight.inked_pages import judged_by, page, spot

ORDER = replace(judged_by(), process_only=True)
LINE = "BT /F 10 Tf 20 20 Td (Ord) Tj ET"
ON_CYAN = "1 0 0 0 k 0 0 75 60 re f"


def fill(pdf: pikepdf.Pdf) -> Any:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    states = Dictionary(
        Over=Dictionary(OP=True, op=True, OPM=1), Whole=Dictionary(OP=True, op=True, OPM=0),
        Clear=Dictionary(ca=0, CA=0),
    )  # fmt: skip
    hidden = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Hidden"))
    pdf.Root.OCProperties = Dictionary(OCGs=[hidden], D=Dictionary(OFF=[hidden]))
    return {
        "/Font": Dictionary(F=font), "/ExtGState": states, "/ColorSpace": Dictionary(S=spot(pdf)),
        "/Properties": Dictionary(L=hidden),
    }  # fmt: skip


def found(content: str, **entries: Any) -> list[Finding]:
    findings = check(page(content, fill, **entries), ORDER).findings
    return [one for one in findings if one.id == "product/text-ink"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (f"/Over gs 0 0 0 0 k {LINE}", "is white and overprints"),
        (f"{ON_CYAN} /Over gs 0 0 0 0 k {LINE}", "is white and overprints"),
        (f"{ON_CYAN} /Over gs /S cs 0 scn {LINE}", "is white and overprints"),
        (f"0 0 0 0 k {LINE}", "is white on white"),
        (f"1 g {LINE}", "is white on white"),
        (f"/S cs 0 scn {LINE}", "is white on white"),
        (f"{ON_CYAN} 0 0 0 0 k 10 10 50 40 re f {LINE}", "is white on white"),
        (f"1 0 0 0 k 0 0 10 10 re f 0 0 0 0 k {LINE}", "is white on white"),
        (f"3 Tr {LINE}", "is painted with nothing"),
        (f"/Clear gs 0 0 0 1 k {LINE}", "is painted with nothing"),
        (f"2 Tr 0 0 0 0 k 0 0 0 0 K {LINE}", "is white on white"),
    ],
)
def test_text_that_no_ink_makes_is_told_with_its_place(content: str, why: str) -> None:
    (finding,) = found(content)
    assert finding.message.startswith(f"text {why}")
    assert (finding.severity, finding.page) == ("error", 1)
    x0, y0, x1, y1 = finding.box_mm or (0, 0, 0, 0)
    assert 19 < x0 < 21 < x1 < 45
    assert 15 < y0 < 21 < y1 < 32


@pytest.mark.parametrize(
    "content",
    [
        f"0 0 0 1 k {LINE}",
        f"/Over gs 0 0 0 1 k {LINE}",
        f"{ON_CYAN} 0 0 0 0 k {LINE}",
        f"{ON_CYAN} /Whole gs 0 0 0 0 k {LINE}",
        f"{ON_CYAN} /Over gs 1 g {LINE}",
        f"1 0 0 0 k 25 22 3 3 re f 0 0 0 0 k {LINE}",
        f"0 0 0 0 k 0 0 75 60 re f {ON_CYAN} 0 0 0 0 k {LINE}",
        f"{ON_CYAN} 0 0 0 0 k 10 10 15 40 re f {LINE}",
        f"2 Tr 0 0 0 0 k 0 0 0 1 K {LINE}",
        f"/OC /L BDC 0 0 0 0 k {LINE} EMC",
    ],
)
def test_text_that_ink_makes_or_leaves_white_passes(content: str) -> None:
    assert found(content) == []


def test_text_beside_the_trim_is_nobody_s() -> None:
    assert found(f"0 0 0 0 k {LINE}", TrimBox=Array([150, 0, 212, 170])) == []


def test_files_of_others_are_not_asked() -> None:
    with pikepdf.open(BytesIO(page(f"3 Tr {LINE}", fill))) as pdf:
        out = BytesIO()
        pdf.save(out)
    report = check(out.getvalue(), judged_by())
    left = {one.id: one.kind for one in report.rules_not_run}
    assert left["product/text-ink"] == "not-asked"

"""Print ids: read back from the finished file, for each code and each site."""

from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from printkit.preflight.checks import check_codes
from printkit.qr import Code
from printkit.units import mm
from tests.preflight.files import CODES, ORDER, broken, findings, press_file, report


def named(*ids: str) -> tuple[Code, ...]:
    return tuple(replace(code, print_id=one) for code, one in zip(CODES, ids, strict=True))


def with_last(change: Any) -> bytes:
    """Return the press file with its last content stream changed: that of the codes."""

    def rewrite(pdf: pikepdf.Pdf) -> None:
        last = pdf.pages[0].Contents[-1]
        last.write(change(last.read_bytes()))

    return broken(rewrite)


def test_the_right_ids_pass() -> None:
    assert findings(press_file(), "product/print-id") == []
    assert "product/print-id" in report(press_file()).rules_run


@pytest.mark.parametrize("place", [0, 1])
def test_an_id_of_another_code_is_told_with_its_place(place: int) -> None:
    ids = [code.print_id for code in CODES]
    right, ids[place] = ids[place], "RRR-RRRR"
    (finding,) = findings(press_file(), "product/print-id", replace(ORDER, codes=named(*ids)))
    assert (finding.severity, finding.page) == ("error", 1)
    assert finding.message.endswith(f"has the print id {right} under it, not RRR-RRRR")
    line = CODES[place].geometry.id_box(CODES[place].box.box)
    assert finding.box_mm == pytest.approx([mm(side) for side in line.as_tuple()], abs=0.01)


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"BT", b"1 0 0 1 0 0 cm BT"), (b"BT", b"q q 1 0 0 1 0 0 cm Q Q BT"), (b" Tf ", b" Tf 0 Tr ")],
)
def test_ids_that_are_written_in_another_way_are_read_by_the_renderer(old: bytes, new: bytes) -> None:
    pdf = with_last(lambda data: data.replace(old, new))
    assert findings(pdf, "product/print-id") == []
    wrong = named("RRR-RRRR", CODES[1].print_id)
    assert len(findings(pdf, "product/print-id", replace(ORDER, codes=wrong))) == 1


@pytest.mark.parametrize(
    ("old", "new"), [(b" Td ", b" Td 0 200 Td "), (b"BT", b"q 1 0 0 1 0 90 cm BT"), (b"Tj", b"pop")]
)
def test_ids_that_stand_elsewhere_or_nowhere_are_missed(old: bytes, new: bytes) -> None:
    pdf = with_last(lambda data: data.replace(old, new))
    (both,) = findings(pdf, "product/print-id")
    assert (both.message, both.count) == (f"code 'qr' has no print id under it, not {CODES[0].print_id}", 2)


def test_each_site_is_asked_for_its_own_id() -> None:
    right = check_codes(press_file(), ORDER)
    wrong = check_codes(press_file(), replace(ORDER, codes=named("RRR-RRRR", CODES[1].print_id)))
    assert [one.id for one in right.findings] == []
    assert [one.id for one in wrong.findings] == ["product/print-id"]

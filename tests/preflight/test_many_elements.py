"""Pages of very many elements are judged in whole, and like ones are told as one with their count."""

import pytest

from printkit.preflight import Report
from printkit.preflight.checks import check
from tests.preflight.matrix.base import Draft, built, draft
from tests.preflight.matrix.judge import expected
from tests.preflight.matrix.objects import form
from tests.preflight.matrix.sample import PLAIN_ASK

SQUARES = "".join(f"{20 + number % 40} {60 + number // 40} 1 1 re f " for number in range(1000))


def judged(what: Draft) -> Report:
    return check(built(what), expected(PLAIN_ASK, "sheetcmyk-cmyk"))


def test_what_forms_repeat_a_million_times_is_counted_and_judged() -> None:
    shown = f"q 1 0 0 rg 18 110 40 30 re f 0.5 g {'/X Do ' * 100}Q"
    found = judged(draft(shown, form("X", SQUARES), pages=11))
    assert {(one.id, one.count) for one in found.findings} >= {("R0027", 11), ("x4/colour", 11)}
    assert not found.not_checked


@pytest.mark.parametrize("content", ["q 0.1 w 0 0 0 1 K {}Q", "%\nq 0.1 w 0 0 0 1 K {}Q"])
def test_each_line_counts_whichever_way_content_is_read(content: str) -> None:
    lines = "".join(f"{20 + number % 40} {20 + number // 40} m 9 0 l S " for number in range(400))
    (found,) = [one for one in judged(draft(content.format(lines))).findings if one.id == "R0010"]
    assert (found.count, found.measured) == (400, 0.1)


def test_what_comes_again_lies_over_itself() -> None:
    line = form("L", "0 0 0 1 K 0.1 w 122 122 m 142 122 l S")
    once, twice = (judged(draft(f"q 1 0 0 1 -18 -18 cm {'/L Do ' * n}Q", line)) for n in (1, 2))
    assert "R0010" not in {one.id for one in once.findings}
    assert [one.count for one in twice.findings if one.id == "R0010"] == [1]

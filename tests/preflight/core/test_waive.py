"""Waivers: what they take out of a report, and when they are void."""

import datetime
from dataclasses import replace

import pytest

from printkit.preflight import Report, waive
from printkit.preflight.checks import check_waivers
from printkit.profiles import Waiver
from tests.preflight.files import ORDER, press_file, report

LAST = datetime.date(2027, 8, 31)
PIECE = "nu07_recruit_flyer-a5_nb"


def waiver(rule: str = "product/page-count", piece: str = "nu07_*", until: datetime.date = LAST) -> Waiver:
    return Waiver(rule=rule, piece=piece, who="Kari", why="Avtalt med trykkeriet", until=until)


@pytest.fixture(scope="module")
def wrong() -> Report:
    """Return the report of a file with a page too few."""
    return report(press_file(), replace(ORDER, pages=2))


def test_a_waived_error_does_not_count_and_is_told_with_who_and_why(wrong: Report) -> None:
    waived = waive(wrong, [waiver()], PIECE, LAST)
    assert (wrong.verdict, waived.verdict, waived.count("error")) == ("fail", "pass", 0)
    (told,) = waived.as_dict()["waived"]
    assert (told["id"], told["measured"], told["waiver"]["who"]) == ("product/page-count", 1, "Kari")
    assert told["waiver"]["until"] == "2027-08-31"


@pytest.mark.parametrize(("days", "verdict", "expired"), [(-1, "pass", 0), (0, "pass", 0), (1, "fail", 1)])
def test_a_waiver_holds_on_its_last_day_and_is_void_on_the_next(
    wrong: Report, days: int, verdict: str, expired: int
) -> None:
    found = waive(wrong, [waiver()], PIECE, LAST + datetime.timedelta(days))
    assert (found.verdict, len(found.expired)) == (verdict, expired)
    assert len(found.as_dict()["waivers_expired"]) == expired


def test_a_waiver_for_another_piece_or_rule_changes_nothing(wrong: Report) -> None:
    others = [waiver(piece="nu08_*"), waiver(rule="product/trim-size")]
    assert waive(wrong, others, PIECE, LAST) == wrong


def test_a_waiver_that_still_holds_wins_over_an_expired_one(wrong: Report) -> None:
    old = waiver(until=LAST - datetime.timedelta(9))
    found = waive(wrong, [old, waiver()], PIECE, LAST)
    assert (found.verdict, found.expired) == ("pass", (old,))


def test_a_file_that_cannot_be_read_stays_unreadable() -> None:
    found = waive(report(b"no pdf"), [waiver(rule="x4/readable")], PIECE, LAST)
    assert found.verdict == "unreadable"


def test_a_waiver_of_an_unknown_rule_is_a_complaint_about_the_workspace() -> None:
    (error,) = check_waivers("profiles/presses/digital.toml", [waiver(), waiver(rule="R9999")])
    assert str(error).startswith("profiles/presses/digital.toml: waivers.1.rule: no rule 'R9999'")
    assert error.exit_code == 4

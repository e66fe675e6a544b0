"""Silence is not soundness: what was not looked at to its end never passes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pikepdf
import pytest

from printkit.preflight import (
    Expected,
    Finding,
    Hit,
    NotRun,
    Report,
    Requirements,
    Subject,
    say_not_checked,
    waive,
)
from printkit.preflight.checks import RULES, check, check_codes, joined, say_verdict
from printkit.preflight.core.registry import CannotRun
from printkit.profiles import Waiver
from tests.preflight.files import ORDER, press_file
from tests.preflight.matrix.base import built, draft
from tests.preflight.matrix.judge import profiles

SHEET = Requirements(profiles().gwg, "sheetcmyk-cmyk")
STOPPED, UNASKED = NotRun("R0009", "the rule had taken 12 s"), NotRun("R0020", "ignored", "not-asked")
WARNING = Finding("R0007", "white", "warning", "white text", "GWG")
ERROR = replace(WARNING, severity="error")


def stop(monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    def cannot(subject: Subject) -> Iterator[Hit]:
        raise CannotRun("the rule had taken 12 s")

    monkeypatch.setitem(RULES, rule, replace(RULES[rule], check=cannot))


@pytest.mark.parametrize(
    ("findings", "left", "verdict"),
    [
        ((), (UNASKED,), "pass"),
        ((WARNING,), (UNASKED,), "warn"),
        ((), (STOPPED,), "not-checked"),
        ((WARNING,), (STOPPED, UNASKED), "not-checked"),
        ((ERROR,), (STOPPED,), "fail"),
        ((replace(ERROR, id="x4/readable"),), (STOPPED,), "unreadable"),
    ],
)
def test_the_verdict_is_the_worst_that_holds(
    findings: tuple[Finding, ...], left: tuple[NotRun, ...], verdict: str
) -> None:
    assert Report(findings, (), left).verdict == verdict


def test_a_stopped_rule_is_told_with_its_cause() -> None:
    report = Report((), (), (STOPPED, NotRun("R0010", STOPPED.why), UNASKED))
    assert say_not_checked(report) == ("not checked: rules R0009, R0010, because the rule had taken 12 s",)
    assert "2 rules could not be run" in say_verdict(report)
    assert [one["kind"] for one in report.as_dict()["rules_not_run"]] == ["stopped", "stopped", "not-asked"]


@pytest.mark.parametrize("rule", ["product/qr-decodes", "x4/fonts"])
def test_one_stopped_rule_of_a_sound_file_is_enough(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stop(monkeypatch, rule)
    assert check(press_file(), ORDER).verdict == "not-checked"


def test_a_waiver_does_not_answer_for_what_was_not_looked_at() -> None:
    waiver = Waiver(rule="R0009", piece="*", who="Kari", why="prøvetrykk", until=date(2030, 1, 1))
    assert waive(Report((), (), (STOPPED,)), [waiver], "flyer", date(2026, 1, 1)).verdict == "not-checked"


@pytest.mark.parametrize("rule", sorted(rule.id for rule in RULES.values() if rule.of_code))
def test_a_variant_whose_codes_were_not_checked_is_not_passed(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = check(press_file(), ORDER)
    stop(monkeypatch, rule)
    variant = joined(layout, check_codes(press_file(), ORDER))
    assert (layout.verdict, variant.verdict) == ("pass", "not-checked")
    assert rule not in variant.rules_run
    assert {*variant.rules_run, *(one.id for one in variant.rules_not_run)} == set(RULES)


@pytest.mark.parametrize(("step", "verdict"), [(0.0001, "not-checked"), (0.5, "pass")])
def test_a_pattern_that_no_renderer_comes_to_an_end_with_is_not_shown(step: float, verdict: str) -> None:
    cell = f"/BBox [0 0 {step} {step}] /XStep {step} /YStep {step} /PaintType 1 /TilingType 1"

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        made = pdf.make_stream(b"0 0 0 0.2 k 0 0 9 9 re f", Resources=pikepdf.Dictionary())
        for key, value in pikepdf.Object.parse(f"<</PatternType 1 {cell}>>".encode()).items():
            made[key] = value
        page.Resources.Pattern = pikepdf.Dictionary(P=made)

    report = check(built(draft("q /Pattern cs /P scn 18 110 40 30 re f Q", change)), Expected(gwg=SHEET))
    assert report.verdict == verdict
    stopped = {one.why for one in report.rules_not_run if one.kind == "stopped"}
    assert len(stopped) == (verdict == "not-checked")
    assert all("a pattern comes again too often" in why for why in stopped)

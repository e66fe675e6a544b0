"""Each piece of work has its own computing time; waiting costs none, and none stops another."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from printkit.preflight import Expected, Hit, Subject
from printkit.preflight.checks import RULES, check
from printkit.preflight.core.limits import CannotRun, Clock
from printkit.profiles import CheckLimits
from tests.preflight.damaged import profiles
from tests.preflight.files import ORDER, press_file


def limits(**seconds: float) -> CheckLimits:
    usual = {"seconds": 40.0, "rule_seconds": 0.5, "least_seconds": 0.3}
    return profiles().limits.model_copy(update=usual | seconds)


def spin(clock: Clock, seconds: float = 60) -> None:
    begun = time.thread_time()
    while time.thread_time() - begun < seconds:
        clock.check()


def endless(subject: Subject) -> Iterator[Hit]:
    spin(subject.clock)
    yield Hit("never")


def shared(subject: Subject) -> int:
    spin(subject.clock)
    return 1


def sharing(subject: Subject) -> Iterator[Hit]:
    yield Hit(f"{subject.once(shared)}")


def stopped(expected: Expected) -> dict[str, str]:
    report = check(press_file(), expected)
    return {rule.id: rule.why for rule in report.not_checked}


def test_waiting_costs_nothing() -> None:
    clock = Clock(limits(rule_seconds=0.05))
    with clock.work():
        time.sleep(0.3)
        clock.check()


def test_work_that_computes_too_long_is_stopped_and_says_so() -> None:
    clock = Clock(limits())
    with clock.work(), pytest.raises(CannotRun, match="more than 0.5 s of computing time"):
        spin(clock)


def test_who_asks_first_for_what_is_shared_is_not_charged() -> None:
    clock = Clock(limits())
    with clock.work():
        for _ in range(3):
            with clock.work():
                spin(clock, 0.3)
        clock.check()


def test_after_the_time_of_the_whole_check_each_work_has_a_little() -> None:
    clock = Clock(limits(seconds=0.01))
    with clock.work():
        spin(clock, 0.05)
    with clock.work(), pytest.raises(CannotRun, match="0.3 s of computing time, all that the check had left"):
        spin(clock)


def test_endless_rules_stop_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    ordered = replace(ORDER, limits=limits(seconds=1, least_seconds=0.5))
    victims = sorted(rule for rule in RULES if rule.startswith("x4/"))[:5]
    for rule in victims:
        monkeypatch.setitem(RULES, rule, replace(RULES[rule], check=endless))
    assert set(stopped(ordered)) == {*victims}


def test_work_that_is_stopped_is_stopped_for_all_who_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for rule in ("x4/title", "product/page-count"):
        monkeypatch.setitem(RULES, rule, replace(RULES[rule], check=sharing))
    begun = time.thread_time()
    left = stopped(replace(ORDER, limits=limits()))
    assert set(left) == {"x4/title", "product/page-count"}
    assert left["x4/title"] == left["product/page-count"]
    assert time.thread_time() - begun < 5

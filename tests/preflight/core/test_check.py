"""The report: verdict, rules run and not run, unreadable files, the registry."""

import random
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from printkit.preflight import Expected, rule
from printkit.preflight.checks import RULES, check
from tests.preflight.files import ORDER, broken, press_file, report


def test_a_finished_file_passes_every_rule() -> None:
    found = report(press_file())
    assert (found.verdict, found.findings) == ("pass", ())
    left = {left.id for left in found.rules_not_run if "/" in left.id}
    zones = {"product/hidden-zone", "product/safe-zone", "product/fold-zone"}
    laid_out = {"product/picture", "product/picture-profile"}
    assert left == {"product/unconfirmed", "product/ink-limit", *laid_out, *zones}
    assert {*found.rules_run} | {left.id for left in found.rules_not_run} == set(RULES)


def test_without_an_order_its_rules_are_not_run_and_say_why() -> None:
    found = check(press_file())
    left = {rule.id: rule.why for rule in found.rules_not_run}
    assert left["product/trim-size"] == "no format was given"
    assert not any(name.startswith("product/") for name in found.rules_run)


def test_a_warning_alone_gives_warn() -> None:
    found = report(press_file(), replace(ORDER, unconfirmed=("brand colour fjord", "the deadline")))
    assert (found.verdict, found.count("warning"), found.count("error")) == ("warn", 2, 0)
    assert found.as_dict()["findings"][0]["message"] == "brand colour fjord is not confirmed"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.6\n", b"no pdf at all", press_file()[:3000]])
def test_a_damaged_file_is_unreadable_not_an_exception(data: bytes) -> None:
    found = report(data)
    assert found.verdict == "unreadable"
    assert len(found.rules_not_run) > 0


def test_a_file_with_a_password_is_unreadable() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(press_file())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert report(out.getvalue()).findings[0].message == "the file needs a password"


def test_wrong_kinds_of_objects_do_not_stop_the_check() -> None:
    def garble(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OutputIntents = pikepdf.Array([1, pikepdf.Dictionary(S=pikepdf.Name.GTS_PDFX, Info=3)])
        pdf.Root.OCProperties = pikepdf.Name.X
        pdf.pages[0].obj.Annots = pikepdf.Array([7, pikepdf.Array()])

    assert report(broken(garble)).verdict in ("fail", "unreadable")


def test_a_rule_is_registered_once() -> None:
    with pytest.raises(ValueError, match="x4/version is registered twice"):
        rule("x4/version", "error", "here")(RULES["x4/version"].check)


def test_every_rule_says_what_it_wants_in_a_sentence() -> None:
    assert all(known.sentence.endswith(".") for known in RULES.values())
    assert all(hasattr(Expected(), known.needs) for known in RULES.values() if known.needs)


def test_equal_findings_are_counted_not_repeated() -> None:
    red = b"1 0 0 rg 20 20 9 9 re f 40 20 9 9 re f 60 20 9 9 re f"
    found = report(broken(lambda pdf: pdf.pages[0].contents_add(red))).findings
    assert [(one.id, one.count) for one in found] == [("product/process-colours", 3), ("x4/colour", 3)]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_files_with_changed_bytes_get_a_verdict_whatever_it_is() -> None:
    whole, chance = press_file(), random.Random(1)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 20))):
            data[chance.randrange(len(data) - 12_000, len(data))] = chance.randrange(256)
        assert report(bytes(data)).verdict in ("pass", "warn", "fail", "unreadable")

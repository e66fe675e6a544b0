"""Silence is not soundness: limits, stopped rules, and what becomes of such a piece."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pikepdf

from printkit.batch.execution import execute
from printkit.batch.origin import campaign_origin
from printkit.batch.planning import KEYS, plan
from printkit.batch.run import Options, Outcome, Run, Silence
from printkit.preflight import Expected, Hit, Requirements, Subject
from printkit.preflight.checks import RULES, check
from printkit.preflight.core.registry import CannotRun
from printkit.produce import Maker, Production
from printkit.produce.chosen import parse_only
from printkit.profiles import output_date
from printkit.work.pool import InProcess
from printkit.workspace import Snapshot, start_workspace
from tests.cases.program import printkit
from tests.cases.registry import case
from tests.cases.sound import SHEET
from tests.preflight.matrix.base import ROOT, built, draft
from tests.preflight.matrix.judge import profiles
from tests.preflight.matrix.objects import WHITE, text

FLYERS = "committee=nu03,format=flyer-a5"
USUAL = Expected(gwg=Requirements(profiles().gwg, SHEET), limits=profiles().limits)
# A white word that overprints, over the ground
VANISHING = f"q /OP gs {text(20, WHITE)} Q"


def workspace(folder: Path, **limits: float) -> Path:
    """Start a workspace whose flyers have a bare bleed, with other limits."""
    root = folder / "workspace"
    start_workspace(root)
    sheet = root / "templates/recruit/flyer-a5.css"
    sheet.write_text(sheet.read_text() + ".page.front { left: 3mm; top: 3mm; }")
    file = root / "profiles/preflight/limits.toml"
    lines = [line for line in file.read_text().splitlines() if line.partition(" ")[0] not in limits]
    file.write_text("\n".join([*lines, *(f"{key} = {value}" for key, value in limits.items())]))
    return root


def batched(root: Path, out: Path) -> Any:
    """Run a batch of five flyers; return its manifest, once nothing is in press/."""
    words = ("batch", "recruitment", "--only", FLYERS, "--no-proofs", "--jobs", "1", "-q", "-o", out)
    ended = printkit("-w", root, *words)
    assert ended.code == 1, ended.err
    assert not list((out / "press").rglob("*.pdf"))
    return json.loads((out / "manifest.json").read_bytes())["pieces"]


@case("attack/fail-open")
def fail_open(folder: Path) -> None:
    """Flyers with a bare bleed are held whatever the limits of the check; these are in the key."""
    usual, out = workspace(folder), folder / "out"
    tight = workspace(folder / "tight", seconds=0.001, rule_seconds=0.001, least_seconds=0.001)
    assert {piece["preflight"]["verdict"] for piece in batched(tight, out)} == {"not-checked"}
    held = json.loads(next((out / "held").rglob("*.json")).read_bytes())
    assert any("product/bleed-covered" in why or "more" in why for why in held["why"])
    pieces = batched(usual, out)
    assert {piece["preflight"]["verdict"] for piece in pieces} == {"fail"}
    assert all(code["decoded"] for piece in pieces for code in piece["qr"])
    # A whole check that took long leaves each rule its least time.
    little = profiles().limits.model_copy(update={"seconds": 0.001})
    assert check(built(draft(VANISHING)), replace(USUAL, limits=little)).verdict == "fail"


@case("attack/product-rule-cannot-run")
def product_rule(folder: Path) -> None:
    """Where a rule of the product cannot be run, or zbar is missing, all pieces are held: not checked."""
    for rule in ("product/qr-decodes", "product/ink-limit"):
        stopped = {rule: replace(RULES[rule], check=_cannot)}
        with patch.dict(RULES, stopped):
            _all_held(folder / rule.partition("/")[2], rule)
    with patch("printkit.preflight.codes.reading.second_reader_version", lambda: None):
        _all_held(folder / "zbar", "product/qr-second-reader")


def _cannot(_: Subject) -> Iterator[Hit]:
    raise CannotRun("it takes more than 12 s of computing time")


def _all_held(out: Path, rule: str) -> None:
    outcome = _flyers(out)
    assert (outcome.exit_code, len(outcome.held)) == (1, 5)
    for record in outcome.held:
        assert record.preflight.verdict == "not-checked"
        assert f"not checked: rule {rule}, because" in " ".join(record.reasons)
        assert (out / "held/nu03" / f"{record.id}.json").is_file()


def _flyers(out: Path) -> Outcome:
    here, known = Snapshot(ROOT), profiles()
    campaign = known.campaigns["recruitment"]
    date = output_date(campaign)
    origin = campaign_origin(here, known, campaign)
    run = Run(out, here, known, origin, date, {}, Options(partial=True, proofs=False))
    maker = Maker(Production(here, known, campaign, date))
    chosen = plan(here, known, campaign, [parse_only(FLYERS, KEYS)])
    return execute(run, chosen, maker, Silence(), pool=lambda: InProcess(lambda: maker))


@case("preflight/heavy-elements-rgb")
def heavy_elements(_: Path) -> None:
    """A DeviceRGB square among elements too many to look at: found, or not checked; never passed."""
    content = "1 0 0 rg 20 20 9 9 re f 0 0 0 1 k " + "20 60 1 1 re f\n" * 3000
    limits = profiles().limits.model_copy(update={"elements": 1000})
    heavy, whole = built(draft(content)), replace(USUAL, limits=limits)
    assert check(heavy, whole).verdict in ("fail", "not-checked")
    found = check(heavy, USUAL)
    assert {"R0027", "x4/colour"} <= {one.id for one in found.findings}
    assert not found.not_checked


@case("attack/overprint-heavy")
def overprint_heavy(_: Path) -> None:
    """White text that overprints on a page of 100,000 curves is found, or the page is not checked."""
    curves = "0 0 0 1 K 0.01 w 20 60 m " + "31 39 32 38 33 37 c\n" * 100_000 + "S "
    report = check(built(draft(curves + VANISHING)), USUAL)
    assert "R0007" in {one.id for one in report.findings} or report.verdict == "not-checked"
    assert report.verdict in ("fail", "not-checked")


@case("attack/overprint-light")
def overprint_light(_: Path) -> None:
    """White text that overprints breaks R0007."""
    report = check(built(draft(VANISHING)), USUAL)
    assert ("R0007" in {one.id for one in report.findings}, report.verdict) == (True, "fail")


@case("attack/not-pdfx")
def not_pdfx(folder: Path) -> None:
    """A check that is halted for longer than its limits gives its usual result."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 200))
        pdf.pages[0].TrimBox = pikepdf.Array([10, 10, 190, 190])
        pdf.pages[0].Contents = pdf.make_stream(b"0 0 m 1 9 2 8 3 7 c S")
        pdf.save(folder / "a.pdf")
    root = workspace(folder, seconds=3, rule_seconds=3)
    words = [sys.executable, "-m", "printkit", "-w", str(root), "check", "--json", str(folder / "a.pdf")]
    usual = printkit("-w", root, "check", "--json", folder / "a.pdf")
    process = subprocess.Popen(words, stdout=subprocess.PIPE, start_new_session=True)
    for _ in range(4):
        time.sleep(0.3)
        os.killpg(process.pid, signal.SIGSTOP)
        time.sleep(3.5)
        os.killpg(process.pid, signal.SIGCONT)
    halted = json.loads(process.communicate()[0])
    assert (process.returncode, halted) == (usual.code, usual.json)
    assert halted["files"][0]["verdict"] == "fail"


@case("attack/pages-5000")
def many_pages(_: Path) -> None:
    """Pages with a fault each: one finding with its pages, and JSON that a person can read.

    500 of them do for 5,000: however many pages, each kind of fault is one finding.
    """
    with pikepdf.new() as pdf:
        for _page in range(500):
            pdf.add_blank_page(page_size=(420, 595))
            pdf.pages[-1].Contents = pdf.make_stream(b"1 0 0 rg 9 9 99 99 re f")
        out = BytesIO()
        pdf.save(out)
    report = check(out.getvalue(), USUAL)
    (found,) = [one for one in report.findings if one.id == "R0027"]
    assert (found.page, found.count, found.pages) == (1, 500, tuple(range(1, 501)))
    assert len(report.findings) < 20

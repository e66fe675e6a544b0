"""Whole designs are reviewed: which pieces, by whom, what only all of them tell, and the pictures."""

import errno
import io
import json
import os
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import pytest
from click.testing import CliRunner
from PIL import Image

from printkit.cli import main
from printkit.errors import RenderError, WriteError
from printkit.profiles import Profiles
from printkit.review.asked import Ask, Finding, Judged
from printkit.review.gallery import put_index, put_pictures, take_folder
from printkit.review.reviewer import stopped
from printkit.review.run import asks, grouped, review, run
from printkit.template import load_template
from printkit.workspace import Workspace
from tests.cases.design import design
from tests.review.samples import load

BODY = """<h1 data-slot="word" style="left:10mm;top:10mm;font:700 40pt 'Source Sans 3'">{{ word }}</h1>
<div class="code" data-code="qr"></div>"""
SLOTS = """[slots.word]
kind = "text"
label = "Ord"
required = true
sample = "Hei"
max_characters = 8
[slots.idle]
kind = "text"
label = "Ingen"
[slots.qr]
kind = "qr"
label = "Kode"
target = "committee"
"""


class Workers:
    """Do what a function says, at once."""

    workers = 2

    def __init__(self, made: Any) -> None:
        self.made = made

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def submit(self, method: str, ask: Ask, *more: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(self.made(ask))
        except Exception as error:  # noqa: BLE001
            future.set_exception(error)
        return future


@pytest.fixture(scope="module")
def profiles() -> Profiles:
    return load()


def test_every_format_language_filling_and_committee_is_asked_for(
    profiles: Profiles, repository: Path
) -> None:
    template = load_template(Workspace(repository), "recruit")
    found = asks(profiles, [template], quick=False)
    assert len(found) == len(template.layouts) * len(template.languages) * 10 * 3
    names = {one: profiles.committees[one].name for one in profiles.committees}
    quick = {ask.committee for ask in asks(profiles, [template], quick=True)}
    assert quick == {min(names, key=lambda one: len(names[one])), max(names, key=lambda one: len(names[one]))}


ASKS = [Ask("t", "a5", "nu01", "nb", "sample"), Ask("t", "a5", "nu02", "nb", "sample")]


def test_a_piece_that_fails_costs_itself_alone() -> None:
    def made(ask: Ask) -> Judged:
        if ask.committee == "nu02":
            raise RenderError("it did not end")
        return Judged(ask, ())

    heard: list[Judged] = []
    found = {one.ask.committee: one.findings for one in run(Workers(made), "judge", ASKS, hear=heard.append)}
    assert (found["nu01"], found["nu02"][0].message) == ((), "it did not end")
    assert len(heard) == 2


def test_a_disk_without_room_is_told_once_and_of_no_piece() -> None:
    def made(ask: Ask) -> Judged:
        raise WriteError("/tmp: No space left on device")

    with pytest.raises(WriteError):
        list(run(Workers(made), "judge", ASKS))
    full = RenderError("laying out failed")
    full.__cause__ = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with pytest.raises(WriteError, match="No space left on device; make room"):
        list(stopped(ASKS[0], full))


def test_a_gallery_takes_no_page_of_somebody_elses(tmp_path: Path) -> None:
    put_index(tmp_path, "T", [])
    take_folder(tmp_path)
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(WriteError, match=r"index\.html is there and not printkit's; move it away"):
        take_folder(tmp_path)


def test_findings_of_a_page_are_told_by_the_worst() -> None:
    one = Finding(ASKS[0].id, "words", "30 words", page=1, measured=30, limit=25)
    two = replace(one, piece=ASKS[1].id, message="40 words", measured=40)
    (group,) = grouped([one, two], ASKS)
    assert (group.worst, group.count) == (two, 2)


def test_the_least_room_is_told_and_slots_that_nothing_prints(profiles: Profiles, tmp_path: Path) -> None:
    made = design(tmp_path)
    made.page(BODY, slots=SLOTS)
    template = load_template(Workspace(tmp_path), "t")
    judged = [Judged(ask, (), room=(("word", left),)) for ask, left in zip(ASKS, (0.5, 0.25), strict=True)]
    found = review(Workspace(tmp_path), profiles, [template], judged)
    assert [(one.rule, one.message) for one in found.findings] == [
        ("unused-slot", "no layout prints slot 'idle'")
    ]
    assert found.room == {("t", "a5", "word"): 0.25}


def test_a_gallery_shows_pictures_and_reasons(tmp_path: Path) -> None:
    data = io.BytesIO()
    Image.new("RGB", (3, 4)).save(data, "PNG")
    shown = Judged(ASKS[0], (), pictures=(data.getvalue(),))
    wrong = Judged(ASKS[1], (Finding(ASKS[1].id, "fit", "slot '<b>': too long"),))
    put_index(tmp_path, "T", [(one, put_pictures(tmp_path, one)) for one in (wrong, shown)])
    page = (tmp_path / "index.html").read_text("utf-8")
    assert Image.open(tmp_path / "nu01_t_a5_nb_sample-1.png").size == (3, 4)
    assert page.index("nu01_t_a5_nb_sample-1.png") < page.index("slot &#39;&lt;b&gt;&#39;: too long")
    # Lazy pictures load at once where they have no size.
    assert 'width="3" height="4"' in page
    assert "<option>nu02</option>" in page


def test_a_design_is_judged_from_the_command_line(tmp_path: Path) -> None:
    made = design(tmp_path)
    made.page(BODY, slots=SLOTS)
    words = ["-w", str(tmp_path), "--json", "template", "check", "t", "--jobs", "1"]
    done = CliRunner().invoke(main, [*words, "--only", "committee=nu03,filling=sample"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["pieces"]) == (1, 1)
    assert {one["rule"] for one in told["findings"] if one["severity"] == "error"} == {"unused-slot"}


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["check", "--explain", "disc"], 0, "The disc is whole"),
        (["check", "--explain", "dis"], 2, "no 'dis'; there are: call-top"),
        (["check", "recruit", "--only", "format=a9"], 2, "recruit has no format 'a9'; it has "),
        (["check", "recruit", "--only", "size=a9"], 2, "is not KEY=VALUE with a key of format"),
        (["check", "nothing"], 2, "no 'nothing'; there are: about"),
    ],
)
def test_rules_are_explained_and_what_is_not_there_refused(words: list[str], code: int, told: str) -> None:
    done = CliRunner().invoke(main, ["template", *words])
    assert (done.exit_code, told in done.output) == (code, True)

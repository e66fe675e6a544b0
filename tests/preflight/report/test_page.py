"""The report to read: one file, verdict first, numbers on the picture that are those of the list."""

import datetime
import re
from dataclasses import replace
from html.parser import HTMLParser

import pikepdf
import pytest

from printkit.preflight import Expected
from printkit.preflight.checks import RULES, Brief, Checked, Imprint, write_html
from printkit.preflight.core.findings import Finding
from printkit.preflight.report.numbers import Badge, Canvas, place_marks
from printkit.profiles import Waiver
from printkit.work.checks import examine, not_examined
from tests.preflight.files import ORDER, broken, press_file

DAY = datetime.date(2027, 8, 16)
BRIEF = Brief(ORDER, "sheetcmyk-cmyk", DAY, pictures=True)
IMPRINT = Imprint("1.2.3", DAY, {"profiles/preflight/gwg-2022.toml": "ab" * 32})
RED = b"1 0 0 rg 20 20 9 9 re f 40 20 9 9 re f"
VOID = {"meta", "img", "br", "link", "image", "rect", "circle"}


class Page(HTMLParser):
    """Gather ids, links and what is open; svg's own elements may close themselves."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [str(given["id"])] if given.get("id") else []
        self.links += [str(given[name]) for name in ("href", "src") if given.get(name)]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        assert tag in VOID

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def html(*files: Checked) -> str:
    return write_html(files, IMPRINT).decode()


@pytest.fixture(scope="module")
def red() -> Checked:
    """Return a file with two red squares and a waived title."""
    waiver = Waiver(rule="x4/title", piece="red", who="Kari", why="Uten tittel", until=DAY)
    late = waiver.model_copy(update={"rule": "x4/lzw", "until": DAY - datetime.timedelta(1)})

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(RED)
        pdf.Root.Metadata.write(b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>')

    return examine("some/where/red.pdf", broken(change), replace(BRIEF, waivers=(waiver, late)))


def test_the_verdict_comes_first_in_plain_words(red: Checked) -> None:
    assert re.search(r"<h1>Not ready to print: \d+ errors", html(red))
    passed = examine("a.pdf", press_file(), BRIEF)
    assert "<h1>Nothing was found that stands against printing.</h1>" in html(passed)
    assert "<h1>1 of 2 files is not ready to print.</h1>" in html(passed, red)
    assert "<h1>Nothing was found that stands against printing these 2 files.</h1>" in html(passed, passed)


def test_a_finding_has_rule_place_count_and_what_to_do(red: Checked) -> None:
    text = html(red)
    for words in (
        "product/process-colours",
        "Line work in DeviceRGB",
        "<dd>2 times</dd>",
        "mm from the left",
    ):
        assert words in text
    assert "Inks are CMYK, grey in images and masks only" in text


def test_numbers_on_the_picture_lead_to_the_list(red: Checked) -> None:
    page = Page(html(red))
    assert page.open == []
    marks = [link for link in page.links if link.startswith("#file-1-")]
    assert marks
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_nothing_is_fetched_and_nothing_runs(red: Checked) -> None:
    text = html(red)
    assert not re.search(r"<script|<link|@import|url\(|\son\w+=", text)
    assert {link.partition(",")[0] for link in Page(text).links if not link.startswith("#")} == {
        "data:image/jpeg;base64"
    }


def test_waived_and_expired_are_told_with_who_and_why(red: Checked) -> None:
    text = html(red)
    assert "Waived by Kari until 2027-08-16: Uten tittel" in text
    assert "void since 2027-08-15 was over" in text


def test_it_says_by_what_it_was_made_and_that_it_is_no_certificate(red: Checked) -> None:
    text = html(red)
    assert "printkit 1.2.3" in text
    assert "ab" * 32 in text
    assert re.search(r"not a\s+certificate", text)
    assert "product/unconfirmed" in text.partition("Rules not asked")[2]


def test_a_file_that_cannot_be_read_is_told_without_a_picture() -> None:
    text = html(examine("x.pdf", b"no pdf", BRIEF), not_examined("y.pdf", "permission denied", BRIEF))
    assert "<h1>2 of 2 files are not ready to print.</h1>" in text
    assert "Could not be read, so it was not checked: permission denied." in text
    assert "<svg" not in text


def test_a_name_cannot_become_markup() -> None:
    assert "&lt;b&gt;.pdf" in html(examine("<b>.pdf", b"", BRIEF))


def test_without_pictures_the_file_is_small() -> None:
    small = examine("a.pdf", press_file(), Brief(Expected(), "digital-print", DAY))
    assert (small.shots, len(html(small)) < 60_000) == ((), True)


def marks(*boxes: tuple[float, float, float, float]) -> list[Badge]:
    """Return the marks of boxes on a picture of 500 x 1000 pixels: 100 x 200 mm, 10 of them bleed."""
    canvas = Canvas(500, 1000, (-10, -10, 90, 190))
    findings = [Finding("x", "x", "error", "m", "r", 1, box) for box in boxes]
    return place_marks(canvas, ((number, "error", one) for number, one in enumerate(findings, 1)))


def test_a_frame_stands_where_its_box_is_on_all_four_edges() -> None:
    (mark,) = marks((0, 0, 20, 40))
    left, top, width, height = mark.frame
    assert (left, left + width) == (50, 150)
    assert (top, top + height) == (1000 - 250, 1000 - 50)


def test_a_frame_outside_the_picture_or_of_no_size_is_still_seen() -> None:
    for mark in marks((-500, -500, -400, -400), (30, 30, 30, 30), (500, 500, 600, 600)):
        left, top, width, height = mark.frame
        assert min(left, top) >= 0
        assert (left + width <= 500, top + height <= 1000) == (True, True)
        assert min(width, height) > 5


def test_badges_of_one_place_do_not_cover_each_other() -> None:
    found = marks(*[(80, 180, 90, 190)] * 12)
    places = {mark.badge for mark in found}
    assert len(places) == 12
    assert all(0 < x < 500 and 0 < y < 1000 for x, y in places)


def test_of_very_many_findings_some_are_written_out_and_the_rest_is_counted(red: Checked) -> None:
    found = [Finding("x4/fonts", "fonts", "error", f"font {n}", "r", 1, (0, 0, n, n)) for n in range(150)]
    page = Page(html(replace(red, report=replace(red.report, findings=tuple(found)))))
    assert sum(name.startswith("file-1-") for name in page.ids) == 100 + 1 + len(red.report.waived)
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_report_speaks_the_language_that_is_asked_for(red: Checked, language: str) -> None:
    text = write_html((red, not_examined("b.pdf", "", BRIEF)), IMPRINT, language).decode()
    assert f'<html lang="{language}">' in text
    shown = re.sub(r"<style>.*?</style>|<code>.*?</code>|<[^>]*>", " ", text, flags=re.DOTALL)
    assert re.findall(r"\b(?:the|and|is|are|not|with|what|which|page|pages|error|mend|export)\b", shown) == []
    assert RULES["product/process-colours"].sentence not in text

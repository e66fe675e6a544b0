"""A page is read as it is: words, sizes, places in mm, colours as pressed, codes, shapes."""

import datetime
from pathlib import Path

import pytest

from printkit.profiles import Profiles, load_profiles
from printkit.review.asked import Ask
from printkit.review.page import Reviewed
from printkit.review.reviewer import Reviewer
from printkit.review.setup import ReviewSetup
from printkit.template.fillings import fill
from printkit.workspace import Workspace
from tests.cases.design import design

BODY = """<h1 style="left:13mm;top:13mm;font:700 40pt/1 'Source Sans 3';color:var(--brand-fjord)">HE</h1>
<p style="left:13mm;top:50mm;font:400 10pt/1 'Source Sans 3'">x mm<b style="margin-left:30mm">x</b></p>
<div style="left:63mm;top:33mm;width:20mm;height:20mm;border-radius:50%;background:#c9422b"></div>
<div class="code" data-code="qr"></div>"""
GRID = """
[formats.t100]
margin_mm = 10
sizes_pt = { headline = 40, place = 20, disc = 15, text = 10, small = 8 }
headline_mm = [10, 20]
ground_mm = 60
names_mm = [65, 70]
act_mm = [75, 90]
mark_mm = 5
"""
SLOT = '[slots.qr]\nkind = "qr"\nlabel = "Kode"\ntarget = "committee"\n'


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Reviewed:
    root = tmp_path_factory.mktemp("read")
    made = design(root)
    made.page(BODY, slots=SLOT)
    file = root / "profiles/design.toml"
    file.write_text(file.read_text("utf-8").replace("\n[rules]", f"{GRID}\n[rules]"), "utf-8")
    reviewer = Reviewer(
        ReviewSetup(Workspace(root), None, datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC))
    )
    ask = Ask("t", "t100", "nu03", "nb", "sample")
    artwork = fill(reviewer._request(ask), "sample")
    return reviewer._read(ask, artwork, *reviewer._laid_out(artwork))


def test_a_line_has_its_words_size_and_place(read: Reviewed) -> None:
    (line,) = read.headline
    assert (line.text, line.size_pt, line.font) == ("HE", 40, "Source-Sans-3-Bold")
    # The page has 3 mm of bleed; H begins with its side bearing.
    assert line.ink.left == pytest.approx(10 + 1.1, abs=0.1)
    assert line.cap_mm == pytest.approx(40 * 0.66 * 25.4 / 72, abs=0.2)
    assert line.cap_top == pytest.approx(line.ink.top, abs=0.1)


def test_a_gap_of_a_column_parts_lines(read: Reviewed) -> None:
    assert [line.text for line in read.lines_of("text")] == ["x mm", "x"]


def test_a_disc_a_code_and_colours_as_pressed(read: Reviewed, repository: Path) -> None:
    disc = next(one for one in read.front.shapes if one.fill == (0xC9, 0x42, 0x2B))
    assert (disc.box.left, disc.box.top, disc.box.width) == pytest.approx((60, 30, 20), abs=0.05)
    (code,) = read.front.codes
    assert code.modules.right < 95
    fjord: Profiles = load_profiles(Workspace(repository))
    assert read.headline[0].colour != fjord.brand.colors["fjord"].rgb8
    assert sum(read.headline[0].colour) < 250


def test_words_are_not_in_the_bare_picture(read: Reviewed) -> None:
    assert read.front.under(read.headline[0].ink).getextrema() == ((255, 255),) * 3

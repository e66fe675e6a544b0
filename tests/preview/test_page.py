"""The page in a real browser."""

import re
import tomllib
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from printkit.workspace import parse_toml
from tests.preview.conftest import PATIENCE_MS, TINT, Running

pytestmark = pytest.mark.long

expect.set_options(timeout=PATIENCE_MS)
COLOUR = ".title {{ color: {} }}\n"


def picture(page: Page) -> str:
    return page.locator(".page img").first.get_attribute("src") or ""


def await_other(page: Page, before: str) -> str:
    """Return what the first page's picture is once it is another."""
    expect(page.locator(".page img").first).not_to_have_attribute("src", before)
    return picture(page)


def await_settled(page: Page) -> str:
    expect(page.locator("#status")).to_contain_text("Up to date")
    return picture(page)


def width(image: Locator) -> float:
    """Return the width of a picture in pixels; one that is still being exchanged has none and is awaited."""
    image.evaluate("one => one.decode()")
    return (image.bounding_box() or {"width": 0.0})["width"]


def test_saved_file_changes_the_picture_and_scroll_and_size_stay(page: Page, preview: Running) -> None:
    page.locator("[name=zoom]").select_option("4")
    await_settled(page)
    page.evaluate("document.querySelector('main').scrollTo(300, 500)")
    before = picture(page)
    preview.stage.css(TINT + COLOUR.format("#00f"))
    after = await_other(page, before)
    assert page.evaluate(
        "[document.querySelector('main').scrollTop, document.querySelector('main').scrollLeft]"
    ) == [
        500,
        300,
    ]
    preview.stage.css(TINT)
    assert await_other(page, after) == before
    assert page.evaluate("performance.getEntriesByType('navigation').length") == 1


def test_what_the_page_is_made_of_is_asked_for_once_and_before_its_script(page: Page) -> None:
    asked = "performance.getEntriesByType('resource').filter(one => one.name.endsWith('/setup'))"
    # By the page's head: by its script it would be a "fetch"
    assert page.evaluate(f"{asked}.map(one => one.initiatorType)") == ["link"]


def test_only_changed_pictures_are_fetched(page: Page, preview: Running) -> None:
    await_settled(page)
    first, second = (page.locator(".page img:first-child").nth(at).get_attribute("src") for at in (0, 1))
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    preview.stage.css(TINT + COLOUR.format("#080"))
    await_other(page, first or "")
    await_settled(page)
    assert page.locator(".page img:first-child").nth(1).get_attribute("src") == second
    assert not [url for url in fetched if second and url.endswith(second)]
    preview.stage.css(TINT)


def test_error_shows_file_and_line_over_the_last_good_picture(page: Page, preview: Running) -> None:
    before = await_settled(page)
    preview.stage.page("\n<p>{{ nobody }}</p>")
    problems = page.locator("#problems")
    expect(problems).to_contain_text("templates/try/page.html, line 7")
    expect(problems.locator("code")).to_have_text("<p>{{ nobody }}</p>")
    assert picture(page) == before
    preview.stage.page("")
    expect(problems).to_be_empty()


def test_what_would_print_wrong_is_shown_with_its_complaint(page: Page, preview: Running) -> None:
    before = await_settled(page)
    preview.stage.css(TINT + ".title { top: -3mm }")
    await_other(page, before)
    expect(page.locator("#problems")).to_contain_text("leaves the visible page")
    preview.stage.css(TINT)
    expect(page.locator("#problems")).to_be_empty()
    expect(page.locator(".page img").first).to_have_attribute("src", before)


def test_broken_profile_is_told_and_mended(page: Page, preview: Running) -> None:
    file = preview.stage.root / "profiles/formats/flyer-a5.toml"
    sound = file.read_text(encoding="utf-8")
    file.write_text(sound.replace("safe_mm = 5", "safe_mm = 'five'"), encoding="utf-8")
    expect(page.locator("#problems")).to_contain_text("flyer-a5.toml")
    file.write_text(sound.replace("safe_mm = 5", "safe_mm = 7"), encoding="utf-8")
    expect(page.locator("#problems")).to_be_empty()
    expect(page.locator("g.safe rect").first).to_have_attribute("x", "7")
    file.write_text(sound, encoding="utf-8")
    expect(page.locator("g.safe rect").first).to_have_attribute("x", "5")


@pytest.mark.parametrize(
    ("switch", "line", "box"),
    [
        ("trim", "g.trim", ("0", "0", "148", "210")),
        ("safe", "g.safe", ("5", "5", "138", "200")),
        ("slots", "g.slot", ("17", "17", "100", "40")),
    ],
)
def test_switch_shows_lines_at_their_place(page: Page, switch: str, line: str, box: tuple[str, ...]) -> None:
    lines = page.locator(f".page:first-child {line}")
    expect(lines.first).to_be_hidden()
    page.locator(f"[name={switch}]").check()
    rect = lines.first.locator("rect")
    shown = [round(float(rect.get_attribute(side) or ""), 2) for side in ("x", "y", "width", "height")]
    assert shown == [float(side) for side in box]
    expect(lines.first).to_be_visible()
    page.locator(f"[name={switch}]").uncheck()


def test_plates_and_total_ink_are_other_pictures_of_the_same_layout(page: Page) -> None:
    proof = await_settled(page)
    for ink in "cmy":
        page.locator(f"[name=inks][value={ink}]").uncheck()
    black = await_other(page, proof)
    page.locator("[name=total]").check()
    total = await_other(page, black)
    expect(page.locator("#limit")).to_have_text("300 %")
    assert len({proof, black, total}) == 3
    page.locator("[name=total]").uncheck()
    for ink in "cmy":
        page.locator(f"[name=inks][value={ink}]").check()
    expect(page.locator(".page img").first).to_have_attribute("src", proof)


def test_eyes_are_filters_and_distance_a_size(page: Page) -> None:
    image = page.locator(".page img").first
    wide = width(image)
    page.locator("[name=vision]").select_option("deutan")
    page.locator("[name=distance]").select_option("3")
    # Half of 1.25 minutes of arc at 0.6 m
    expect(image).to_have_css("filter", re.compile(r'url\("#deutan"\) blur\(0\.412\d*px\)'))
    # 154 mm at three metres, on a screen at 0.6 m with 96 pixels an inch
    assert width(image) == pytest.approx(154 * 96 / 25.4 * 0.2, abs=0.5)
    assert wide > 154 * 96 / 25.4 * 0.2


def test_form_changes_the_picture_and_is_saved_for_render(page: Page, preview: Running) -> None:
    before = await_settled(page)
    page.locator("#slots [name=title]").fill("Kom på møtet")
    await_other(page, before)
    page.locator("#slots [name=points]").fill('Kaffe\nEt "ord" \\ to')
    page.locator("#file").fill("meeting")
    page.locator("#save").click()
    expect(page.locator("#saved")).to_contain_text("data/meeting.toml")
    saved = preview.stage.root / "data/meeting.toml"
    assert parse_toml(saved.read_bytes(), saved) == {
        "title": "Kom på møtet",
        "points": ["Kaffe", 'Et "ord" \\ to'],
    }
    page.locator("#save").click()
    expect(page.locator("#saved")).to_contain_text("there is such a file")
    page.locator("#save").click()
    expect(page.locator("#saved")).to_contain_text("Saved")


def test_downloaded_data_is_the_same(page: Page) -> None:
    page.locator("#slots [name=title]").fill("Til deg")
    with page.expect_download() as download:
        page.locator("#download").click()
    assert tomllib.loads(Path(download.value.path()).read_text(encoding="utf-8")) == {"title": "Til deg"}


def test_value_that_does_not_fit_is_told_beside_its_field(page: Page) -> None:
    field = page.locator("#slots [name=title]")
    field.fill("Et ord som er altfor langt " * 60)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field.locator("xpath=..").locator(".wrong")).to_contain_text("fit; shorten it")
    field.fill("")
    expect(field).to_have_attribute("aria-invalid", "false")


def test_findings_have_marks_and_words(page: Page) -> None:
    expect(page.locator("#findings li").first).to_be_visible()
    count = page.locator("#findings li").count()
    assert [page.locator("#findings b").nth(at).text_content() for at in range(count)] == [
        str(number + 1) for number in range(count)
    ]


def test_grid_shows_every_piece_and_leads_to_each(page: Page) -> None:
    page.get_by_text("Grid", exact=True).click()
    cells = page.locator("figure")
    # Two formats in two languages with four kinds of texts
    expect(cells).to_have_count(16)
    for at in range(16):
        cell = cells.nth(at)
        expect(cell.locator("img[src], b:not(:empty)").first).to_be_attached()
    page.locator("figure button", has_text="Flyer A5, en, longest").click()
    expect(cells).to_have_count(1)
    expect(page.locator("[name=language]")).to_have_value("en")


def test_choices_stay_when_the_page_is_loaded_again(page: Page) -> None:
    page.locator("[name=safe]").check()
    page.locator("[name=language]").select_option("en")
    page.locator("#slots [name=title]").fill("Bli her")
    page.reload()
    expect(page.locator("[name=language]")).to_have_value("en")
    expect(page.locator("[name=safe]")).to_be_checked()
    expect(page.locator("#slots [name=title]")).to_have_value("Bli her")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_accessible(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
    await_settled(page)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
    assert found.violations_count == 0, found.generate_report()


def test_no_request_leaves_this_machine(page: Page, preview: Running) -> None:
    await_settled(page)
    assert preview.requests
    strange = [
        url for url in preview.requests if not url.startswith((preview.address, "blob:" + preview.address))
    ]
    assert strange == []

"""The pages in a real browser, on a window as small as a phone's."""

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, Route, expect

from printkit.orders.approving import approve
from printkit.orders.changing import edit, submit
from printkit.orders.persons import add_person
from printkit.orders.producing import release, ship, slips_of
from printkit.orders.proving import make_proof
from printkit.orders.reading import get
from printkit.orders.rights import Person, Role, Seat
from printkit.orders.stepping import On
from printkit.orders.uploads import Consent, keep_upload
from tests.orders.stage import Stage, here
from tests.orders.test_plans import planned
from tests.web.conftest import Letters
from tests.web.served import PATIENCE_MS, Served, serving
from tests.web.test_form import with_more_slots
from tests.web.test_uploading import photo

pytestmark = pytest.mark.long

PHONE = {"width": 320, "height": 640}
# All of them by PRINTKIT_ALL_LOOKS=1; else one each, which between them are all languages and both grounds
LOOKS = [("nb", "light"), ("nn", "dark"), ("en", "light")]
if os.environ.get("PRINTKIT_ALL_LOOKS"):
    LOOKS = [(tag, ground) for tag in ("nb", "nn", "en") for ground in ("light", "dark")]


@pytest.fixture
def served(lite: Stage, letters: Letters) -> Iterator[Served]:
    """Serve a book in a thread of this process."""
    with serving(lite, letters) as served:
        yield served


def opened(
    chromium: Browser, served: Served, person: Person | None, **how: object
) -> tuple[BrowserContext, Page]:
    context = chromium.new_context(base_url=served.address, viewport=PHONE, **how)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    if person is not None:
        page.goto(f"/sign-in/{served.token(person)}")
        page.locator("main button").click()
    return context, page


def test_a_draft_is_kept_as_it_is_written(chromium: Browser, served: Served) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    context, page = opened(chromium, served, served.stage.leader)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".families a").first.click()
    page.locator(".card").first.click()
    before = page.locator(".preview .page").first.get_attribute("src")
    page.get_by_label("Tittel").fill("Møte på torget")
    expect(page.locator("#saved")).to_have_text("Lagret.")
    expect(page.locator(".preview .page").first).not_to_have_attribute("src", before or "")
    order = int(page.url.rpartition("/")[2])
    assert get(served.stage.book, served.stage.leader, order).content.lines[0].slots == {
        "title": "Møte på torget"
    }
    page.get_by_label("Tittel").fill("x" * 21)
    expect(page.locator(".room.over")).to_have_text("1 tegn for mye")
    expect(page.locator("#problems a")).to_contain_text("Tittel")
    expect(page.get_by_label("Tittel")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Tittel").fill("Møte")
    expect(page.locator("#problems li")).to_have_count(0)
    expect(page.locator("[aria-invalid]")).to_have_count(0)
    page.get_by_role("button", name="Send inn").click()
    expect(page.locator(".state").first).to_have_text("Sendt inn")
    assert {url.split("/")[2] for url in asked} == {served.address.split("/")[2]}
    context.close()


def test_of_a_list_each_line_is_counted_by_itself(chromium: Browser, served: Served) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    with_more_slots(served.stage)
    context, page = opened(chromium, served, served.stage.leader)
    page.goto(f"/order/{served.stage.draft().id}")
    field, room = page.get_by_label("Navn"), page.locator("p:has(#slot-names) .room")
    field.fill("Anna Olsen\nPer Hansen fra Åssiden\nKari")
    expect(room).to_have_text("8 tegn igjen")
    field.fill(f"Anna Olsen\n{'x' * 31}")
    expect(room).to_have_text("1 tegn for mye")
    context.close()


def test_who_sends_in_while_a_draft_is_saved_is_not_refused(chromium: Browser, served: Served) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    order = served.stage.draft()
    context, page = opened(chromium, served, served.stage.leader)
    page.goto(f"/order/{order.id}")
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/draft", lambda route: held.append((route, route.fetch())))
    page.get_by_label("Tittel").fill("Rett før")
    while not held:
        page.wait_for_timeout(50)
    # The draft is saved, and the page has not heard of it when the button is pressed.
    page.get_by_role("button", name="Send inn").click()
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(page.locator(".state").first).to_have_text("Sendt inn")
    sent = get(served.stage.book, served.stage.leader, order.id)
    assert sent.content.lines[0].slots["title"] == "Rett før"
    context.close()


def test_the_second_who_writes_is_told_and_loses_nothing(chromium: Browser, served: Served) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    order = served.stage.draft()
    (one, first), (other, second) = (opened(chromium, served, served.stage.leader) for _ in range(2))
    for page in (first, second):
        page.goto(f"/order/{order.id}")
    first.get_by_label("Tittel").fill("Den første")
    expect(first.locator("#saved")).to_have_text("Lagret.")
    second.get_by_label("Tittel").fill("Den andre")
    expect(second.locator("#problems")).to_contain_text(str(order.id))
    assert second.get_by_label("Tittel").input_value() == "Den andre"
    kept = get(served.stage.book, served.stage.leader, order.id).content.lines[0].slots["title"]
    assert kept == "Den første"
    one.close()
    other.close()


@pytest.fixture
def served_with_plan(lite: Stage, letters: Letters) -> Iterator[Served]:
    """Serve a book whose year has a line that is due, and one that was begun."""
    stage = planned(lite)
    with serving(stage, letters) as served:
        yield served


def test_every_page_can_be_used_by_everybody(chromium: Browser, served_with_plan: Served) -> None:
    """Have axe look at each page, 320 pixels wide, in a language and on a ground.

    So wide is a window of 640 pixels at a zoom of 200 %, and one of 1280 at 400 % (WCAG 1.4.4 and 1.4.10).
    """
    served, stage = served_with_plan, served_with_plan.stage
    roles = [Seat(role) for role in Role if role is not Role.ORDERER]
    everybody = add_person(
        stage.book, stage.admin, "Alle", "alle@example.org", roles=[*roles, Seat(Role.ORDERER, "nu03")]
    )
    draft, sent = stage.draft(), submit(stage.book, stage.leader, On(stage.draft().id))
    done = release(stage.book, stage.coordinator, On(stage.truly_approved().id))
    stage.work()
    ship(stage.book, stage.coordinator, On(done.id))
    code = slips_of(stage.book, stage.coordinator, done.id)[0]["code"]
    proved = approve(stage.book, stage.approver, On(stage.submitted().id), pool=here)
    changed = edit(stage.book, stage.leader, On(proved.id), stage.content("Ny tittel"))
    submit(stage.book, stage.leader, On(changed.id))
    make_proof(stage.book, stage.approver, proved.id, pool=here)
    empty = stage.draft(stage.content(line={"slots": {}}))
    with_picture = stage.draft(stage.content(line={"slots": {"title": "Hei", "photo": kept(stage)}}))
    paths = [
        "/", "/plan", "/order/new?template=t", f"/order/{draft.id}",
        f"/order/{with_picture.id}", f"/order/{sent.id}", f"/order/{done.id}",
        "/orders", "/budget", "/budget/nu03-2027", "/queue", f"/order/{sent.id}/proof",
        f"/order/{proved.id}/proof",
        "/prices", "/templates", "/persons", f"/order/{done.id}/slips", f"/slip/{code}", "/order/9999",
    ]  # fmt: skip
    found: list[str] = []
    for language, ground in LOOKS:
        context, page = opened(chromium, served, everybody, color_scheme=ground)
        page.locator(f"footer [value={language}]").click()
        for path in paths:
            page.goto(path)
            found += [f"{language} {ground} {path}: {one}" for one in faults(page)]
        page.goto(f"/order/{empty.id}")
        page.locator("[value=submit]").click()
        page.locator(".problems a").wait_for()
        found += [f"{language} {ground} what is wrong: {one}" for one in faults(page)]
        context.clear_cookies()
        for path in ("/sign-in", f"/sign-in/{served.token(everybody)}"):
            page.goto(path)
            found += [f"{language} {ground} {path}: {one}" for one in faults(page)]
        context.close()
    assert not found, "\n".join(found)


def kept(stage: Stage) -> dict[str, object]:
    """Hand a picture in; return the value of its slot."""
    data = photo()
    file = keep_upload(stage.book, stage.leader, "nu03", data, consent=Consent.GIVEN)
    return {"file": file, "x": 0.3, "y": 0.5}


def faults(page: Page) -> list[str]:
    """Return what axe finds, and whether the page is wider than the window."""
    told = Axe().run(page).response["violations"]
    found = [f"{one['id']}: {one['nodes'][0]['html'][:80]}" for one in told]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found + ([f"{wide} pixels wider than the window"] if wide > 0 else [])

"""Who gets in, and what is sent by somebody else's page."""

from collections.abc import Callable

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from printkit.errors import OrderRefused
from printkit.orders.changing import submit
from printkit.orders.money import show
from printkit.orders.rights import Person
from printkit.orders.stepping import On
from printkit.web.guard import Guard
from printkit.web.limiting import Limited
from printkit.web.routes import app
from printkit.web.serving import MOST_BYTES
from printkit.web.site import Site
from tests.orders.stage import Stage
from tests.web.conftest import BASE, Browser, Letters

Visit = Callable[[Person | None], Browser]


def test_a_link_signs_in_once_and_looking_at_it_does_not(lite: Stage, visit: Visit, letters: Letters) -> None:
    browser = visit(None)
    browser.post("/sign-in", email="LEDER3@example.org")
    ((_, address),) = letters.sent
    path = address.removeprefix(BASE)
    assert browser.get(path).status_code == browser.get(path).status_code == 200
    assert "Kva vil du seie?" in browser.post(path).text or "Hva vil du si?" in browser.get("/").text
    assert visit(None).post(path).status_code == 404


def test_a_stranger_is_answered_as_somebody_known(visit: Visit, letters: Letters) -> None:
    known, stranger = (
        visit(None).post("/sign-in", email=email).text for email in ("leder3@example.org", "x@example.org")
    )
    assert known == stranger
    assert len(letters.sent) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": BASE, "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_page_changes_nothing(lite: Stage, visit: Visit, headers: dict[str, str]) -> None:
    order = lite.draft()
    answer = visit(lite.leader).client.post(f"/order/{order.id}/withdraw", headers=headers)
    assert answer.status_code == 403


def test_another_name_is_not_answered(visit: Visit) -> None:
    browser = visit(None)
    assert browser.client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 403
    assert browser.client.get("/healthz", headers={"Host": "10.0.0.1"}).status_code == 200


def test_too_much_is_not_read(lite: Stage, visit: Visit) -> None:
    order = lite.draft()
    page = visit(lite.leader).post(f"/order/{order.id}", title="x" * 2_000_000)
    assert page.status_code == 413
    assert "velg et mindre bilde" in page.text


def test_nobody_sees_the_order_of_another_committee(lite: Stage, visit: Visit) -> None:
    order = submit(lite.book, lite.leader, On(lite.draft().id))
    foreign = visit(lite.other)
    assert foreign.get(f"/order/{order.id}").status_code == foreign.get("/order/999").status_code == 404
    assert foreign.post(f"/order/{order.id}/withdraw").status_code == 409


@pytest.mark.parametrize("number", [str(2**31), "9" * 30])
def test_a_number_that_no_database_holds_is_nobodys(lite: Stage, visit: Visit, number: str) -> None:
    for page in (f"/order/{number}", f"/order/{number}/proof", f"/order/{number}/preview/1.png"):
        assert visit(lite.leader).get(page).status_code == 404
    assert visit(lite.leader).post(f"/order/{number}/withdraw").status_code == 409
    assert visit(lite.leader).post("/persons", do="leave", person=f"p{number}").status_code == 409


@pytest.mark.parametrize("asked", ["\u00b2", "\u0663", "-1", "9" * 30])
def test_what_is_no_number_in_an_address_counts_as_not_given(lite: Stage, visit: Visit, asked: str) -> None:
    order, browser = lite.draft(), visit(lite.leader)
    for page in (
        f"/order/{order.id}?line=",
        f"/order/{order.id}/proof?revision=",
        "/orders?before=",
        "/plan?made=",
    ):
        assert browser.get(page + asked).status_code == 200
    assert browser.get(f"/order/{order.id}/preview/1.png?line={asked}").status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_an_order_for_a_day_that_nobody_means_can_be_opened(lite: Stage, visit: Visit, day: str) -> None:
    order, browser = lite.draft(), visit(lite.leader)
    assert browser.post(f"/order/{order.id}", needed_by=day, do="save").status_code in (200, 303)
    assert browser.get(f"/order/{order.id}").status_code == 200
    assert browser.post(f"/order/{order.id}", do="submit").status_code in (200, 303, 409)


def test_a_page_that_no_browser_comes_from_is_none(lite: Stage, visit: Visit) -> None:
    order, browser = lite.draft(), visit(lite.leader)
    browser.client.headers["Referer"] = "http://["
    assert browser.post(f"/order/{order.id}/approve").status_code == 409


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_a_chosen_language_leads_back_to_this_server_alone(visit: Visit, back: str) -> None:
    browser = visit(None)
    browser.client.follow_redirects = False
    assert browser.post("/language", language="en", back=back).headers["location"] == "/"


def test_every_answer_says_what_it_may_load(visit: Visit) -> None:
    policy = visit(None).get("/sign-in").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("tag", "said"),
    [("en", "There is no such page"), ("nb", "Denne siden finnes ikke"), ("nn", "Denne sida finst ikkje")],
)
def test_an_address_that_is_none_is_answered_by_a_page_in_the_browsers_language(
    visit: Visit, tag: str, said: str
) -> None:
    answer = visit(None).client.get("/no-such-page", headers={"Accept-Language": tag})
    assert answer.status_code == 404
    assert said in answer.text
    assert f'<html lang="{tag}"' in answer.text


def test_a_refusal_without_a_page_speaks_the_browsers_language_too(visit: Visit) -> None:
    client = visit(None).client
    other = client.get("/sign-in", headers={"Host": "evil.example", "Accept-Language": "nb-NO,en;q=0.8"})
    assert other.text == "serveren har et annet navn; bruk adressen du har fått\n"
    elsewhere = client.post("/sign-in", headers={"Sec-Fetch-Site": "cross-site", "Accept-Language": "nn"})
    assert elsewhere.text == "dette vart sendt frå ei side som høyrer til nokon andre\n"


def test_localhost_leads_to_the_address_that_the_server_says(site: Site) -> None:
    guarded = Guard(app(site), "http://127.0.0.1:8640", MOST_BYTES)
    with TestClient(guarded, base_url="http://localhost:8640", follow_redirects=False) as client:
        led = client.get("/sign-in/æ%2F?a=b%20c")
        assert (led.status_code, led.headers["location"]) == (
            307,
            "http://127.0.0.1:8640/sign-in/%C3%A6%2F?a=b%20c",
        )
        assert client.get("/healthz").status_code == 200
        # A form of a page there was made by nobody here; another port is another server.
        same = {"Origin": "http://localhost:8640", "Sec-Fetch-Site": "same-origin"}
        assert client.post("/sign-in", headers=same).status_code == 403
        for host in ("localhost:1", "localhost", "localhost.evil.example:8640", "evil.example"):
            assert client.get("/", headers={"Host": host}).status_code == 403
    with TestClient(Guard(app(site), BASE, MOST_BYTES), base_url=BASE) as client:
        assert client.get("/", headers={"Host": "localhost"}).status_code == 403


def test_who_asks_for_too_many_links_is_told_to_wait(lite: Stage, visit: Visit) -> None:
    asking = visit(None)
    for number in range(lite.book.rules.rules.links_an_hour):
        assert asking.post("/sign-in", email=f"x{number}@example.org").status_code == 200
    refused = asking.post("/sign-in", email="x@example.org")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "3600")
    assert "vent en time" in refused.text


def test_who_asks_too_often_is_told_so_in_her_language() -> None:
    client = TestClient(Limited(PlainTextResponse("here"), "session", 1, "nn"))
    client.get("/")
    assert client.get("/").text == "for mange førespurnader; vent litt\n"
    assert client.get("/", headers={"Accept-Language": "nb"}).text.startswith("for mange forespørsler")
    client.close()


def test_a_method_that_a_page_does_not_take_names_those_that_it_does(visit: Visit) -> None:
    answer = visit(None).client.delete("/orders", headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})


def test_who_may_see_no_budget_is_told_so_and_has_no_page_for_it(lite: Stage, visit: Visit) -> None:
    staff = visit(lite.approver)
    assert 'href="/budget"' not in staff.get("/queue").text
    refused = staff.get("/budget")
    assert refused.status_code == 404
    assert "lese budsjetter" in refused.text
    with pytest.raises(OrderRefused, match="may not read budgets"):
        show(lite.book, lite.approver)
    assert "Beløp i NOK" in visit(lite.coordinator).get("/budget").text
    assert 'href="/budget"' in visit(lite.leader).get("/").text
    assert [one.owner for one in show(lite.book, lite.coordinator)] == ["nu03"]

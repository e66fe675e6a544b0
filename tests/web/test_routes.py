"""Every address of the table, asked by everybody: who comes in, and that a refusal leaves no trace.

A route, or a step of the life of orders, that stands in no row here fails `test_every_route_is_walked`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from printkit.orders.producing import slips_of
from printkit.orders.rights import Act, Person, Role, Seat, may, reach
from printkit.orders.signing import ask_link, make_link
from printkit.orders.tables import sessions
from printkit.web.routes import routes
from printkit.web.steps import STEPS
from tests.web.trial import PEOPLE, Trial, trial

__all__ = ["trial"]

ALL = "leader other approver coordinator admin"
STAFF = "approver coordinator admin"
READ = "leader approver coordinator admin"
WRITE = "leader approver coordinator"
# Where one is sent who may not see what she asked for.
ELSEWHERE = ("/", "/sign-in", "/queue")
EDIT = "/order/{order:int}"
STEP = "/order/{order:int}/{step}"


@dataclass(frozen=True)
class Row:
    """Say who comes in by an address; `order` is the state of the order that is asked for."""

    allowed: str
    path: str
    order: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    # Some rows take seconds, or can be done only once.
    once: bool = False
    changes: bool = True


REASON = {"reason": "Feil dato"}
NEW = {"template": "t", "format": "t100", "committee": "nu03"}
MONEY = {"owner": "nu03", "year": "2027", "amount": "10"}
SEAT = {"name": "Ny", "email": "ny@example.org", "seat": "money", "do": "add"}
LAST_DAY = {"template": "t", "number": "1", "last_day": "2027-12-01"}
ROWS: dict[tuple[str, str], Row] = {
    ("GET", "/"): Row("leader other", "/"),
    ("GET", "/orders"): Row(ALL, "/orders"),
    ("GET", "/order/new"): Row(WRITE, "/order/new?template=t&committee=nu03"),
    ("POST", "/order/new"): Row(WRITE, "/order/new", form=NEW, once=True),
    ("GET", EDIT): Row(READ, "/order/{}", "submitted"),
    ("POST", EDIT): Row(WRITE, "/order/{}", "draft", {"slot.title": "Ny"}, once=True),
    ("POST", "/order/{order:int}/draft"): Row(
        WRITE, "/order/{}/draft", "draft", {"slot.title": "Ny"}, once=True
    ),
    ("GET", "/order/{order:int}/proof"): Row(READ, "/order/{}/proof", "printed"),
    ("GET", "/order/{order:int}/slips"): Row(READ, "/order/{}/slips", "printed"),
    ("GET", "/order/{order:int}/proof/{name}"): Row(READ, "/order/{}/proof/{name}", "printed"),
    ("GET", "/order/{order:int}/preview/{page:int}.png"): Row(
        READ, "/order/{}/preview/1.png", "draft", once=True
    ),
    ("GET", "/order/{order:int}/news"): Row(READ, "/order/{}/news", "draft"),
    ("GET", "/order/{order:int}/said"): Row(READ, "/order/{}/said", "draft", once=True),
    ("GET", "/order/{order:int}/picture/{slot}.jpg"): Row(READ, "/order/{}/picture/photo.jpg", "pictured"),
    ("GET", "/family/{template}/{committee}.png"): Row(ALL, "/family/t/nu03.png", once=True),
    ("GET", "/budget"): Row("leader other coordinator admin", "/budget"),
    ("GET", "/budget/{account}"): Row("leader coordinator admin", "/budget/nu03-2027"),
    ("GET", "/budget/{account}/statement.csv"): Row(
        "leader coordinator admin", "/budget/nu03-2027/statement.csv"
    ),
    ("GET", "/budget/{account}/statement.pdf"): Row(
        "leader coordinator admin", "/budget/nu03-2027/statement.pdf"
    ),
    # No workspace of tests has a plan: test_plan makes one.
    ("GET", "/plan"): Row(ALL, "/plan"),
    ("POST", "/plan"): Row("", "/plan", form={"plan": "2027", "line": "about"}, changes=False),
    ("POST", "/budget"): Row("coordinator", "/budget", form=MONEY),
    ("POST", "/budget/{account}/carry"): Row(
        "coordinator", "/budget/nu03-2027/carry", "submitted", once=True
    ),
    ("GET", "/queue"): Row(STAFF, "/queue"),
    ("GET", "/prices"): Row(STAFF, "/prices"),
    ("GET", "/templates"): Row("approver", "/templates"),
    ("POST", "/templates"): Row("approver", "/templates", form=LAST_DAY),
    ("GET", "/persons"): Row("admin", "/persons"),
    ("POST", "/persons"): Row("admin", "/persons", form=SEAT),
}
# Steps of an order's life: one address, each with a row of its own.
STEP_ROWS: dict[str, Row] = {
    "proof": Row(READ, "/order/{}/proof", "signed", changes=False),
    "submit": Row(WRITE, "/order/{}/submit", "draft", once=True),
    "withdraw": Row(WRITE, "/order/{}/withdraw", "submitted", once=True),
    "reorder": Row(WRITE, "/order/{}/reorder", "submitted"),
    "complain": Row(WRITE, "/order/{}/complain", "delivered", REASON),
    "approve": Row("approver", "/order/{}/approve", "proved"),
    "return": Row("approver", "/order/{}/return", "submitted", REASON),
    "reject": Row("approver", "/order/{}/reject", "submitted", REASON),
    "release": Row("coordinator", "/order/{}/release", "approved"),
    "cancel": Row("coordinator", "/order/{}/cancel", "at_printer", REASON),
    "ship": Row("coordinator", "/order/{}/ship", "printed"),
    "deliver": Row("coordinator", "/order/{}/deliver", "in_delivery"),
    "close": Row("coordinator", "/order/{}/close", "arrived"),
}
# Open to everybody, signed in or not: the code that nobody may ask for, the address, what a form says.
OPEN: dict[tuple[str, str], tuple[int, str, Mapping[str, str]]] = {
    ("GET", "/healthz"): (200, "/healthz", {}),
    ("GET", "/readyz"): (200, "/readyz", {}),
    ("GET", "/static/{name}"): (200, "/static/site.css", {}),
    ("GET", "/sign-in"): (200, "/sign-in", {}),
    ("POST", "/sign-in"): (200, "/sign-in", {"email": "leder3@example.org"}),
    ("GET", "/sign-in/{token}"): (200, "/sign-in/{token}", {}),
    ("POST", "/sign-in/{token}"): (303, "/sign-in/{token}", {}),
    ("GET", "/provider"): (404, "/provider", {}),
    ("GET", "/provider/back"): (404, "/provider/back", {}),
    ("POST", "/sign-out"): (303, "/sign-out", {}),
    ("POST", "/language"): (303, "/language", {"language": "nb", "back": "/orders"}),
    ("GET", "/slip/{code}"): (200, "/slip/{code}", {}),
    ("POST", "/slip/{code}"): (200, "/slip/{code}", {"counted.{piece}": "100"}),
}


def test_every_route_is_walked(trial: Trial) -> None:
    table = {
        (method, route.path)  # type: ignore[attr-defined]
        for route in routes(trial.site)
        for method in (route.methods or {"GET"}) - {"HEAD"}  # type: ignore[attr-defined]
    }
    assert table == {*ROWS, *OPEN, ("POST", STEP)}
    assert {*STEPS, "proof"} == set(STEP_ROWS)


CASES = {f"{method} {path}": (method, row) for (method, path), row in ROWS.items()}
CASES |= {f"POST {row.path}": ("POST", row) for row in STEP_ROWS.values()}


@pytest.mark.parametrize("case", CASES)
def test_who_comes_in_by_an_address(trial: Trial, case: str) -> None:
    method, row = CASES[case]
    order = trial.order(row.order) if row.order else 0
    path = row.path.replace("{}", str(order)).replace("{name}", proof_of(trial, order))
    before, allowed = trial.state(), row.allowed.split()
    for who in sorted(set(PEOPLE) - set(allowed)):
        answer = trial.ask(who, method, path, row.form)
        refused = answer.status_code in (404, 409) or answer.headers.get("location") in ELSEWHERE
        assert refused, f"{who}: {answer.status_code} {answer.headers.get('location')}"
        assert trial.state() == before, f"{who} was refused, and left something behind"
    for who in allowed[:1] if row.once else allowed:
        answer = trial.ask(who, method, path, row.form)
        assert answer.status_code in (200, 303), f"{who}: {answer.status_code}"
        assert path == "/" or answer.headers.get("location") not in ELSEWHERE, who
    assert (trial.state() != before) is (method == "POST" and row.changes)


def proof_of(trial: Trial, order: int) -> str:
    """Return a picture of an order's proof, where it has one."""
    folder = trial.stage.book.store.root / "proofs" / f"{order}-1" / "proofs"
    return next((file.name for file in sorted(folder.glob("*.png"))), "none")


@pytest.mark.parametrize("case", OPEN)
def test_what_is_open_to_all(trial: Trial, case: tuple[str, str]) -> None:
    code, path, form = OPEN[case]
    slip = slips_of(trial.stage.book, trial.stage.coordinator, trial.order("slip"))[0]
    token = make_link(trial.stage.book, trial.stage.admin, trial.stage.leader.id)
    names = {"token": token, "code": str(slip["code"]), "piece": str(slip["piece"])}
    filled = {key.format_map(names): value for key, value in form.items()}
    assert trial.ask("nobody", case[0], path.format_map(names), filled).status_code == code


Forged = Callable[[Trial], str]
FORGED: dict[str, Forged] = {
    "none": lambda trial: "",
    "a guess": lambda trial: "x" * 43,
    "a number": lambda trial: "1",
    "one sign other": lambda trial: trial.sessions["leader"][:-1] + "~",
    "what the database has": lambda trial: _stored(trial),
    "a link": lambda trial: ask_link(trial.stage.book, trial.stage.leader.email, "10.0.0.8") or "",
}


def _stored(trial: Trial) -> str:
    with trial.stage.book.read() as connection:
        return connection.execute(select(sessions.c.hash).limit(1)).scalar_one()


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_cookie_is_nobodys(trial: Trial, kind: str) -> None:
    trial.sessions["forger"] = FORGED[kind](trial)
    answer = trial.ask("forger", "GET", "/orders", {})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_who_sits_in_two_places_may_both_and_no_more(trial: Trial) -> None:
    """A right of one seat is not joined with the committee of another."""
    both = Person(9, "x", "x", "nb", frozenset({Seat(Role.ORDERER, "nu03"), Seat(Role.MONEY)}))
    assert not may(both, Act.SET_ALL, "nu03")
    assert reach(both, Act.WRITE) == {"nu03"}
    assert reach(both, Act.READ) is None

"""Fields as nobody writes them: every field of every form, in every way that is wrong.

The forms are those of the pages themselves, so that a new field is tried as soon as a page has it.
"""

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pypdfium2
import pytest

from printkit.orders.money import account, statement
from printkit.orders.notices import letter
from printkit.orders.outbox import due
from printkit.orders.reading import get
from printkit.orders.verifying import verify
from tests.web.trial import Trial, trial

__all__ = ["trial"]

# Whose page has which forms; the number is that of an order in the state after it.
PAGES = (
    ("nobody", "/sign-in", ""),
    ("leader", "/order/new?template=t", ""),
    ("leader", "/order/{}", "draft"),
    ("leader", "/order/{}", "submitted"),
    ("approver", "/order/{}", "proved"),
    ("coordinator", "/order/{}", "approved"),
    ("coordinator", "/order/{}", "at_printer"),
    ("coordinator", "/budget", ""),
    # Last, as here templates are retired and people leave.
    ("approver", "/templates", ""),
    ("admin", "/persons", ""),
)
HUGE = "x" * 1_000_000
# No number, controls, what would lead elsewhere, what a database would read
STRANGE = "-1 \x1b\U0001f4a9 ../../etc/passwd ' OR 1=1 --"
# Each by itself with PRINTKIT_ALL_INPUT=1; else all in one.
ALONE = ("", "abc", "-1", "9" * 400, "1e9", "\u0663", "\x00", "\ud83d", "../../etc/passwd", "' OR 1=1 --")
# Which no database keeps alike
NUL = "a\x00b"
WRONG = (HUGE, STRANGE, NUL, *(ALONE if os.environ.get("PRINTKIT_ALL_INPUT") else ()))
# Refused with words, or taken as what it says.
FINE = {200, 303, 400, 404, 409, 413}


@dataclass
class Form:
    """A form of a page: where it goes, and its fields as they stand."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)


class Forms(HTMLParser):
    """Find the forms of a page that change something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and told.get("method") == "post":
            self.found.append(Form(told["action"]))
        elif self.found and told.get("name") and told.get("type") != "file":
            self.found[-1].fields.append((told["name"], told.get("value", "")))


def tried(form: Form) -> Iterator[list[tuple[str, str]]]:
    """Yield a form's fields with one of them wrong, missing or twice."""
    for name in dict.fromkeys(name for name, _ in form.fields):
        others = [(key, value) for key, value in form.fields if key != name]
        yield others
        yield [*form.fields, (name, "1"), (name, "2")]
        yield from ([*others, (name, value)] for value in WRONG)
    yield [("no.such.field", HUGE), ("slot.", "x"), ("at.", "x"), ("copies.\x00", "x")]


def test_two_who_send_an_order_in_at_once_send_it_once(trial: Trial) -> None:
    order = trial.stage.draft()
    with trial.stage.book.read() as connection:
        before = account(trial.stage.book, connection, "nu03-2027").reserved
    form = [("version", str(order.version)), ("slot.title", "Hei"), ("do", "submit")]
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda _: trial.post("leader", f"/order/{order.id}", form), range(2)))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    with trial.stage.book.read() as connection:
        assert account(trial.stage.book, connection, "nu03-2027").reserved == before + 15_000


ELSEWHERE = ("..%2f..%2fetc%2fpasswd", "....//x", "%00", "a%0d%0aX: y", "C:%5cx", "manifest.json", "é")


@pytest.mark.parametrize("name", ELSEWHERE)
@pytest.mark.parametrize(
    "path",
    ["/static/{}", "/order/{order}/proof/{}", "/order/{order}/picture/{}.jpg", "/family/{}/nu03.png",
     "/family/t/{}.png", "/budget/{}", "/slip/{}", "/sign-in/{}"],
)  # fmt: skip
def test_no_address_leads_out_of_its_folder(trial: Trial, path: str, name: str) -> None:
    order = trial.made.get("pictured") or trial.made.setdefault("pictured", trial.order("pictured"))
    answer = trial.ask("leader", "GET", path.format(name, order=order), {})
    assert answer.status_code in (200, 303, 404)
    assert answer.status_code != 200 or answer.headers["content-type"] == "image/png"
    assert "root:" not in answer.text
    assert "X" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/?committee=%00", "/plan?plan=a%00", "/order/new?template=%00", "/budget/%00", "/%00"]
)
def test_an_address_that_no_database_takes_leads_nowhere(trial: Trial, path: str) -> None:
    assert trial.ask("coordinator", "GET", path, {}).status_code == 404


@pytest.mark.parametrize(
    "file", ["/etc/passwd", "assets/uploads/../../profiles/brand.toml", "assets/uploads/x"]
)
def test_no_picture_of_a_slot_leads_out_of_the_store(trial: Trial, file: str) -> None:
    slots = {"title": "Hei", "photo": {"file": file, "x": 0.5, "y": 0.5}}
    order = trial.stage.draft(trial.stage.content(line={"slots": slots})).id
    assert trial.ask("leader", "GET", f"/order/{order}/picture/photo.jpg", {}).status_code == 404
    sent = trial.post("leader", f"/order/{order}", [("do", "submit")])
    assert sent.status_code == 409
    assert get(trial.stage.book, trial.stage.leader, order).state == "draft"


EVIL = "<script>alert(1)</script>"
FORMULA = "=1+1"


def test_script_is_text_wherever_it_is_shown(trial: Trial) -> None:
    """In a page, in the press file, in a mail, in a table."""
    stage, slot = trial.stage, "<b>=1</b>"
    order = stage.draft(stage.content(slot).model_copy(update={"title": EVIL})).id
    beside = {"phone": EVIL, "note": EVIL, "address": f"{EVIL} 1", "copies-address": "100", "places": "1"}
    saved = trial.post("leader", f"/order/{order}", [*beside.items(), ("do", "submit")])
    assert saved.status_code == 303
    trial.post("approver", f"/order/{order}/return", [("reason", EVIL)])
    shown = trial.ask("leader", "GET", f"/order/{order}", {}).text
    shown += trial.ask("leader", "GET", "/orders", {}).text
    assert EVIL not in shown
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4
    assert "&lt;b&gt;=1&lt;/b&gt;" in shown
    mails = [letter(one, "x@example.org") for one in due(stage.book) if one.data.get("order") == order]
    assert mails
    assert {mail.get_content_type() for mail in mails} == {"text/plain"}
    assert all(EVIL in mail.get_content() for mail in mails)


def test_script_is_text_in_print_and_formulas_are_text_in_tables(trial: Trial) -> None:
    stage = trial.stage
    order = stage.released(stage.content("<b>=1</b>").model_copy(update={"title": FORMULA}))
    (run,) = [run for run, made in stage.work().done.items() if order.id in made]
    folder = stage.book.batches / run
    (press,) = folder.glob("press/nu03/*.pdf")
    with pypdfium2.PdfDocument(press) as pdf:
        assert "<b>=1</b>" in pdf[0].get_textpage().get_text_bounded()
    assert f";'{FORMULA}" in (folder / "distribution.csv").read_text(encoding="utf-8-sig")
    trial.post(
        "coordinator", "/budget", [("owner", "nu03"), ("year", "2027"), ("amount", "1"), ("reason", FORMULA)]
    )
    assert statement(stage.book, stage.coordinator, "nu03-2027")[-1]["reason"] == FORMULA
    table = trial.ask("coordinator", "GET", "/budget/nu03-2027/statement.csv", {}).text
    assert re.search(rf";'{re.escape(FORMULA)}\r\n", table)
    assert f";{FORMULA}" not in table


@pytest.mark.parametrize(("who", "path", "state"), PAGES)
def test_every_field_of_every_form(trial: Trial, who: str, path: str, state: str) -> None:
    page = trial.ask(who, "GET", path.format(trial.order(state) if state else ""), {})
    assert page.status_code == 200
    forms = [one for one in Forms(page.text).found if one.action not in ("/sign-out", "/language")]
    assert forms
    for form in forms:
        for fields in tried(form):
            answer = trial.post(who, form.action, fields)
            assert answer.status_code in FINE, f"{form.action}: {str(fields)[:300]}"
            unread = any(value == HUGE or "\x00" in name + value for name, value in fields)
            assert (answer.status_code in (400, 413)) is unread
    assert verify(trial.stage.book) == []

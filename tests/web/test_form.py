"""What an order's form says: what is missing and where, what places take."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from printkit.orders.reading import get
from printkit.orders.releases import frozen
from printkit.orders.rights import Person
from printkit.template.form import Form, SlotForm
from printkit.template.manifest import Slot
from printkit.web.drafts import goals_of
from tests.orders.stage import Stage
from tests.web.conftest import Browser

Visit = Callable[[Person | None], Browser]


def test_what_is_missing_leads_to_its_field(lite: Stage, visit: Visit) -> None:
    order, browser = lite.draft(), visit(lite.leader)
    page = browser.post(f"/order/{order.id}", slot__title="", do="submit")
    assert page.status_code == 409
    assert '<a href="#slot-title">Tittel: dette må fylles ut</a>' in page.text
    field = re.search(r'<[^>]* id="slot-title"[^>]*>', page.text)
    assert field
    assert 'aria-invalid="true"' in field[0]
    assert "aria-invalid" not in browser.get(f"/order/{order.id}").text


def test_who_still_writes_is_not_told_of_what_she_has_not_come_to(lite: Stage, visit: Visit) -> None:
    order, browser = lite.draft(), visit(lite.leader)
    told = browser.post(f"/order/{order.id}/draft", line="1", slot__title="").json()
    assert told["problems"] == []
    long = browser.post(f"/order/{order.id}/draft", line="1", slot__title="x" * 21).json()
    ((words, field),) = long["problems"]
    assert words.startswith("Tittel: ")
    assert field == "slot-title"


@pytest.mark.parametrize(
    ("name", "field", "label"),
    [
        ("slot__title", "slot-title", "Tittel"),
        ("title", "title", "Hva du kaller bestillingen"),
        ("note", "note", "Melding til kommunikasjonsavdelingen"),
        ("phone", "phone", "Telefon til den som tar imot"),
        ("address", "address", "En annen adresse"),
    ],
)
def test_what_cannot_be_printed_is_told_at_its_field(
    lite: Stage, visit: Visit, name: str, field: str, label: str
) -> None:
    order, browser = lite.draft(), visit(lite.leader)
    given = {name: "a\u202eb", "places": "1"}
    words = f"{label}: inneholder kontrolltegnet U+202E; fjern det, eller skriv teksten på nytt"
    told = browser.post(f"/order/{order.id}/draft", line="1", **given).json()
    assert (told["saved"], told["problems"]) == (False, [[words, field]])
    page = browser.post(f"/order/{order.id}", do="save", **given)
    assert page.status_code == 409
    assert f'<a href="#{field}">{words}</a>' in page.text
    assert f'id="{field}"' in page.text


def test_what_comes_unseen_with_a_text_that_is_copied_is_left_out(lite: Stage, visit: Visit) -> None:
    order, browser = lite.draft(), visit(lite.leader)
    # A number out of a telephone's contacts, a text out of a chat
    form = {"phone": "\u202a+47\u00a0900 00 000\u202c", "title": "\ufeffFest\u200b\u2068 i\u2069 parken"}
    assert browser.post(f"/order/{order.id}/draft", line="1", **form).json()["saved"]
    after = get(lite.book, lite.leader, order.id)
    assert (after.beside.phone, after.content.title) == ("+47\u00a0900 00 000", "Fest i parken")


def test_a_text_that_is_too_long_is_told_at_its_field(lite: Stage, visit: Visit) -> None:
    order, browser = lite.draft(), visit(lite.leader)
    told = browser.post(f"/order/{order.id}/draft", line="1", places="1", address="x" * 401).json()
    ((words, field),) = told["problems"]
    assert field == "address"
    assert words.startswith("En annen adresse: ")


def test_a_form_that_is_refused_stands_there_as_it_was_written(lite: Stage, visit: Visit) -> None:
    order, browser = lite.draft(), visit(lite.leader)
    form = {"slot__title": "Nytt", "title": "Fest", "note": "Ring først", "address": "Torget 1", "other": "x"}
    page = browser.post(f"/order/{order.id}", version="1", do="save", places="1", phone="a\u202eb", **form)
    assert page.status_code == 409
    for words in ("Nytt", "Fest", "a\u202eb"):
        assert f'value="{words}"' in page.text
    assert ">Ring først</textarea>" in page.text
    assert ">Torget 1</textarea>" in page.text
    assert browser.field(f"/order/{order.id}", "version") == "1"


def test_what_was_written_in_another_window_can_be_copied_from_the_page(lite: Stage, visit: Visit) -> None:
    order, browser = lite.draft(), visit(lite.leader)
    assert browser.post(f"/order/{order.id}", version="1", do="save", title="En").status_code == 200
    page = browser.post(f"/order/{order.id}", version="1", do="save", title="To", slot__title="Hei")
    assert page.status_code == 409
    assert '<a href="#title">Hva du kaller bestillingen: du skrev: To</a>' in page.text
    assert 'name="title" maxlength="200" value="En"' in page.text
    # What is the same in both is not told
    assert "du skrev: Hei" not in page.text


def test_a_persons_name_is_told_by_its_field(lite: Stage, visit: Visit) -> None:
    form = {"do": "add", "name": "a\u202eb", "email": "b@example.org", "seat": "admin"}
    page = visit(lite.admin).post("/persons", **form)
    assert page.status_code == 409
    assert "Navn: inneholder kontrolltegnet U+202E" in page.text


def test_a_place_says_what_it_takes_and_whom_to_ask(lite: Stage, visit: Visit) -> None:
    """A place's own rules come before those of its kind, in the reader's language where there are any."""
    order = lite.draft()
    page = visit(lite.leader).get(f"/order/{order.id}").text
    described = re.search(r'name="at.bib-drammen"[^>]* aria-describedby="([^"]+)"', page)
    assert described
    hint = re.search(rf'id="{described[1]}">([^<]*)<', page)
    assert hint
    profiles = lite.book.profiles
    site = profiles.sites["bib-drammen"]
    assert site.address in hint[1]
    assert profiles.municipality.rules_in("library", "nb") in hint[1]
    profiles.sites["bib-drammen"] = site.model_copy(update={"rules": "Bare A4.", "contact": "skranken"})  # type: ignore[index]
    try:
        goals = {one.site.id: one for one in goals_of(profiles, order.content.lines[0], "nu03", "en")}
        assert goals["bib-drammen"].rules == "Bare A4."
        assert goals["bib-mjondalen"].rules == profiles.municipality.rules_in("library", "en")
        assert "Spør etter skranken." in visit(lite.leader).get(f"/order/{order.id}").text
    finally:
        profiles.sites["bib-drammen"] = site  # type: ignore[index]


def with_more_slots(stage: Stage) -> None:
    """Give the stage's design slots for a day, an hour and a list of names, before its own."""
    with stage.book.read() as connection:
        held = frozen(stage.book, connection, "t", 1)
    own = {
        "day": Slot(kind="date", label="Dag", edit="committee"),
        "hour": Slot(kind="time", label="Når", edit="committee"),
        "names": Slot(kind="list", label="Navn", edit="committee", max_items=3, max_characters=30),
    }
    template = held.template.model_copy(update={"slots": {**own, **held.template.slots}})
    stage.book.frozen[held.id] = replace(held, template=template)


def test_a_list_says_how_many_it_takes_one_on_each_line(lite: Stage, visit: Visit) -> None:
    with_more_slots(lite)
    page = visit(lite.leader).get(f"/order/{lite.draft().id}").text
    field = re.search(r'<textarea id="slot-names"[^>]*>', page)
    assert field
    assert "data-each" in field[0]
    assert 'aria-describedby="help-names"' in field[0]
    hint = re.search(r'id="help-names">([^<]*)<', page)
    assert hint
    assert hint[1].strip() == "Ett på hver linje, høyst 3."


def test_sizes_are_told_in_centimetres(lite: Stage, visit: Visit) -> None:
    assert "10 × 10 cm" in visit(lite.leader).get("/order/new?template=t&committee=nu03").text


def test_a_form_speaks_the_language_of_who_reads_it(lite: Stage, visit: Visit) -> None:
    with lite.book.read() as connection:
        held = frozen(lite.book, connection, "t", 1)
    form = Form(name="Meeting", description="Invites people.", slots={"title": SlotForm(label="Heading")})
    lite.book.frozen[held.id] = replace(held, forms={"en": form})
    browser, order = visit(lite.leader), lite.draft()
    assert ">Tittel" in browser.get(f"/order/{order.id}").text
    browser.post("/language", language="en", back="/")
    assert ">Heading" in browser.get(f"/order/{order.id}").text
    assert all(words in browser.get("/").text for words in ("Meeting", "Invites people."))


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [("2027-05-06", "18:30", ("torsdag 6.\u00a0mai", "18.30")), ("soon", "late", ("soon", "late"))],
)
def test_an_order_reads_as_its_form_does(
    lite: Stage, visit: Visit, day: str, hour: str, said: tuple[str, str]
) -> None:
    """A draft keeps what was typed, so whoever looks at it sees that."""
    with_more_slots(lite)
    order = lite.draft(lite.content(line={"slots": {"title": "Hei", "hour": hour, "day": day}}))
    page = visit(lite.admin).get(f"/order/{order.id}")
    assert page.status_code == 200
    told = re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", page.text)
    assert told == [("Dag", said[0]), ("Når", said[1]), ("Tittel", "Hei")]

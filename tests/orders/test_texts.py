"""What people may write in an order, and what is refused by its key."""

from collections.abc import Callable

import pytest

from printkit.errors import OrderRefused
from printkit.orders.changing import new_order
from printkit.orders.content import Beside, read_beside, read_content
from printkit.orders.deciding import give_back, reject
from printkit.orders.money import adjust, grant
from printkit.orders.persons import add_person
from printkit.orders.producing import confirm, deliver
from printkit.orders.rights import Role, Seat
from printkit.orders.stepping import On
from tests.orders.stage import Stage


def test_what_postgresql_cannot_keep_is_refused_in_words(stage: Stage) -> None:
    beside = Beside(note="a\0b")
    if stage.book.database.dialect == "postgresql":
        with pytest.raises(OrderRefused, match="look for control characters"):
            new_order(stage.book, stage.leader, "nu03", stage.content(), beside=beside)
    else:
        assert new_order(stage.book, stage.leader, "nu03", stage.content(), beside=beside).id == 1


def test_a_note_that_is_too_long_is_refused_by_its_key() -> None:
    with pytest.raises(OrderRefused, match="note: "):
        read_beside({"note": "x" * 2001})


STRANGE = {
    "U+202E": "a\u202eb",
    "U+0000": "a\0b",
    "U+DC80": "a\udc80b",
    "U+2066": "\u2066b",
    "U+FFFF": "\uffff",
}
# What phones and word processors write: emoji, also newer than this Python, hard blanks, parts of words
HONEST = "Møte 👩‍👩‍👧 \U0001fae8 kl.\u00a018, kommune\u00adstyre, می\u200cخواهم"


@pytest.mark.parametrize("code", STRANGE)
def test_no_text_of_an_order_holds_what_cannot_be_printed(code: str) -> None:
    text = STRANGE[code]
    place = {"address": text, "copies": 100}
    slots = {"title": text, "names": ["Anna", text], "photo": {"file": text}, text: "x"}
    line = {"template": "t", "format": "leaf", "quantity": 100, "places": [place], "slots": slots}
    with pytest.raises(OrderRefused) as refused:
        read_content({"title": text, "lines": [line]})
    slots_ = ("lines.0.slots.title", "lines.0.slots.names.1", "lines.0.slots.photo.file", "lines.0.slots")
    assert [str(one) for one in refused.value.sentences()] == [
        f"{key}: holds the control character {code}; remove it, or type the text anew"
        for key in ("title", "lines.0.places.0.address", *slots_)
    ]


def test_a_strange_text_is_told_beside_all_else_that_is_wrong() -> None:
    with pytest.raises(OrderRefused, match=r"(?s)title: holds .*U\+202E.*lines: "):
        read_content({"title": "a\u202eb", "lines": 3})


def test_honest_texts_are_taken() -> None:
    assert read_content({"title": HONEST}).title == HONEST
    note = f"{HONEST}\n\tog mer\r\n"
    assert read_beside({"note": note}).note == note


@pytest.mark.parametrize("key", ["title", "phone", "reference"])
def test_what_is_a_line_has_no_ends_of_lines(key: str) -> None:
    read = read_content if key == "title" else read_beside
    with pytest.raises(OrderRefused, match=f"{key}: holds the control character U\\+2028"):
        read({key: "a\u2028b"})


def test_every_door_refuses_what_cannot_be_printed(lite: Stage) -> None:
    book, staff, order = lite.book, lite.coordinator, lite.submitted()
    doors: list[tuple[str, Callable[[], object]]] = [
        ("reason", lambda: give_back(book, lite.approver, On(order.id), "a\u202eb")),
        ("reason", lambda: reject(book, lite.approver, On(order.id), "a\0b")),
        ("reason", lambda: grant(book, staff, "nu03", 2027, amount=1, reason="a\u202eb")),
        ("reason", lambda: adjust(book, staff, order.id, amount=1, reason="a\u202eb")),
        ("remark", lambda: deliver(book, staff, On(order.id), "a\u202eb")),
        ("remark", lambda: confirm(book, "x", {}, "a\u202eb")),
        ("name", lambda: add_person(book, lite.admin, "a\nb", "b@example.org", roles=[Seat(Role.ADMIN)])),
        ("email", lambda: add_person(book, lite.admin, "B", "b\u202e@example.org", roles=[Seat(Role.ADMIN)])),
    ]
    for name, door in doors:
        with pytest.raises(OrderRefused, match=f"^{name}: holds the control character U"):
            door()

"""Notices as messages: in the person's language, to a mail server or a folder."""

import socket
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from printkit.errors import WorkspaceError
from printkit.orders.life import BY_NAME
from printkit.orders.notices import letter, sender_of, subject
from printkit.orders.outbox import Notice, send
from printkit.words import translate
from tests.orders.stage import Stage

NOTICE = Notice(1, "<1-2-return-p4@printkit>", "Leder nu03", "leder3@example.org", "nb", "return", {})


class Inbox:
    """Take what a mail server is given."""

    def __init__(self) -> None:
        self.got: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.got.append(envelope.content)
        return "250 taken"


def test_a_mail_server_gets_what_is_due(lite: Stage) -> None:
    lite.submitted(lite.content(title="Møte"))
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        assert send(lite.book, sender_of(f"smtp://127.0.0.1:{port}", "trykk@example.org")) == (1, [])
    finally:
        server.stop()
    (data,) = inbox.got
    mail = message_from_bytes(data, policy=default)
    assert (mail["To"], mail["Subject"]) == ("komm <komm@example.org>", "Bestilling 1 skal godkjennes")


def test_a_server_that_is_away_costs_no_notice(lite: Stage) -> None:
    lite.submitted()
    sent, problems = send(lite.book, sender_of("smtp://127.0.0.1:9", "trykk@example.org"))
    assert (sent, len(problems)) == (0, 1)
    lite.clock.pass_(minutes=1)
    assert send(lite.book, lambda _: None) == (1, [])


def test_a_folder_holds_a_notice_once(tmp_path: Path) -> None:
    give = sender_of(str(tmp_path / "post"), "trykk@example.org")
    give(NOTICE)
    give(NOTICE)
    (file,) = (tmp_path / "post").iterdir()
    assert message_from_bytes(file.read_bytes(), policy=default)["Message-ID"] == NOTICE.message_id


def test_line_ends_in_an_order_add_no_header() -> None:
    evil = Notice(
        1,
        "<1@printkit>",
        "x",
        "x@example.org",
        "nb",
        "submit",
        {"order": 1, "title": "a\nBcc: y@example.org"},
    )
    assert letter(evil, "trykk@example.org")["Bcc"] is None


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("kind", [*BY_NAME, "money", "budget"])
def test_every_step_can_be_told(kind: str, language: str) -> None:
    facts = {"account": "nu03-2027", "percent": 80} if kind == "budget" else {"order": 7}
    told = subject(translate(language), kind, facts)
    assert ("nu03-2027" if kind == "budget" else "7") in told


def test_another_address_is_refused() -> None:
    with pytest.raises(WorkspaceError, match="write smtp://HOST:PORT"):
        sender_of("http://example.org", "trykk@example.org")

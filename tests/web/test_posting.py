"""How sign-in links reach people, and how often anybody may ask."""

import socket
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from printkit.orders.mailing import mailer
from printkit.orders.rights import Person
from printkit.web.limiting import Limited
from printkit.web.posting import FolderSender, MailSender
from tests.orders.test_notices import Inbox

LINK = "https://orders.example.org/sign-in/token"
PERSON = Person(3, "Leder nu03", "leder3@example.org", "nb", frozenset())


def sent(sender: MailSender) -> None:
    sender.link(PERSON, LINK, 15)
    sender.sending.shutdown()


def test_a_link_goes_by_mail() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    inbox = Inbox()
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        sent(MailSender(mailer(f"smtp://127.0.0.1:{port}"), "trykk@example.org"))
    finally:
        server.stop()
    mail = message_from_bytes(inbox.got[0], policy=default)
    assert (mail["To"], mail["From"]) == ("Leder nu03 <leder3@example.org>", "trykk@example.org")
    assert f"\n{LINK}\n" in mail.get_content().replace("\r\n", "\n")


def test_a_link_that_could_not_be_sent_is_told_without_address_or_token(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sent(MailSender(mailer("smtp://127.0.0.1:9"), "trykk@example.org"))
    assert '"person": "p3"' in caplog.text
    assert "token" not in caplog.text
    assert "leder3" not in caplog.text


def test_without_mail_a_link_lies_in_a_folder_that_nobody_else_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    FolderSender(tmp_path / "links").link(PERSON, LINK, 15)
    (file,) = (tmp_path / "links").iterdir()
    assert LINK in file.read_text(encoding="utf-8")
    assert (tmp_path / "links").stat().st_mode & 0o77 == 0
    assert f"(no mail is configured): {file}" in capsys.readouterr().err


def test_who_asks_too_often_waits_and_nobody_else() -> None:
    times = iter([0.0] * 64 + [61.0] * 9)
    limited = Limited(PlainTextResponse("here"), "session", 60, clock=lambda: next(times))
    browser = TestClient(limited)
    assert [browser.get("/").status_code for _ in range(62)][-3:] == [200, 429, 429]
    assert browser.get("/", headers={"Cookie": "session=other"}).status_code == 200
    assert [browser.get("/").status_code for _ in range(2)] == [429, 200]
    browser.close()

"""What notices say, and how they go out: by SMTP, or as files into a folder."""

import smtplib
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formataddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from printkit.errors import WorkspaceError
from printkit.orders.outbox import Notice
from printkit.words import Words, translate
from printkit.workspace import write_file

# Seconds that a mail server may be silent.
SILENCE = 30
PORT = 25


def subject(words: Words, kind: str, facts: dict[str, Any]) -> str:
    """Say what a notice is about, in a person's language."""
    told = facts.get("order", facts.get("account", ""))
    match kind:
        case "submit":
            return words.gettext("Order %(order)s is to be approved", order=told)
        case "money":
            return words.gettext("Order %(order)s waits for a word on money", order=told)
        case "approve":
            return words.gettext("Order %(order)s is approved", order=told)
        case "return":
            return words.gettext("Order %(order)s came back", order=told)
        case "reject":
            return words.gettext("Order %(order)s is rejected", order=told)
        case "hold":
            return words.gettext("Order %(order)s was held before print", order=told)
        case "print":
            return words.gettext("Order %(order)s is at the printer", order=told)
        case "ship":
            return words.gettext("Order %(order)s is on its way", order=told)
        case "deliver":
            return words.gettext("Order %(order)s has arrived", order=told)
        case "budget":
            return words.gettext(
                "Account %(account)s is used up to %(percent)s %%", account=told, percent=facts["percent"]
            )
    return words.gettext("Order %(order)s has changed", order=told)


def letter(notice: Notice, sender: str) -> EmailMessage:
    """Return a notice as a message; its id stays, so that one that goes twice is shown once."""
    words = translate(notice.language)
    made = EmailMessage()
    made["From"], made["To"] = sender, formataddr((notice.name, notice.email))
    made["Subject"] = subject(words, notice.kind, notice.data)
    made["Message-ID"] = notice.message_id
    made["Auto-Submitted"] = "auto-generated"
    facts = (notice.data.get("committee"), notice.data.get("title"), notice.data.get("reason"))
    made.set_content("\n".join([made["Subject"], "", *(str(fact) for fact in facts if fact)]) + "\n")
    return made


def into_folder(folder: Path, sender: str) -> Callable[[Notice], None]:
    """Return what puts notices into a folder as .eml files, one a message id; raise WriteError."""
    folder.mkdir(parents=True, exist_ok=True)

    def give(notice: Notice) -> None:
        name = "".join(sign if sign.isalnum() else "-" for sign in notice.message_id).strip("-")
        write_file(folder / f"{name}.eml", letter(notice, sender).as_bytes())

    return give


def by_smtp(url: str, sender: str) -> Callable[[Notice], None]:
    """Return what sends notices by `smtp://HOST:PORT` or, encrypted from the start, `smtps://HOST:PORT`.

    A name and password in the address sign in. Raise WorkspaceError for another address.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise WorkspaceError("--mail", None, f"'{url}' is no mail server; write smtp://HOST:PORT")
    host, port = parts.hostname, parts.port or (smtplib.SMTP_SSL_PORT if parts.scheme == "smtps" else PORT)

    def give(notice: Notice) -> None:
        opened = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
        with opened(host, port, timeout=SILENCE) as server:
            if parts.scheme == "smtp" and parts.username:
                server.starttls()
            if parts.username:
                server.login(parts.username, parts.password or "")
            server.send_message(letter(notice, sender))

    return give


def sender_of(mail: str, sender: str) -> Callable[[Notice], None]:
    """Return what sends notices to where `mail` says: a mail server's address, or a folder."""
    return by_smtp(mail, sender) if "://" in mail else into_folder(Path(mail), sender)

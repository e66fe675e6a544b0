"""How mail goes out: by SMTP, or as files into a folder."""

import smtplib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from printkit.errors import WorkspaceError
from printkit.words import Message
from printkit.workspace import write_file

# Seconds that a mail server may be silent.
SILENCE = 30
PORT = 25

# Sends one message; raises OSError where it cannot.
Mailer = Callable[[EmailMessage], None]


def mailer(mail: str) -> Mailer:
    """Return what sends mail to where `mail` says: a mail server's address, or a folder."""
    return by_smtp(mail) if "://" in mail else into_folder(Path(mail))


def by_smtp(url: str) -> Mailer:
    """Return what sends by `smtp://HOST:PORT` or, encrypted from the start, `smtps://HOST:PORT`.

    A name and password in the address sign in. Raise WorkspaceError for another address.
    """
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("smtp", "smtps") and parts.hostname and parts.port != 0
    # Brackets without an address of IPv6 in them, a port that is none
    except ValueError:
        known = False
    if not known:
        told = Message("'%(url)s' is no mail server; write smtp://HOST:PORT", url=url)
        raise WorkspaceError("--mail", None, told)

    def give(message: EmailMessage) -> None:
        with _opened(parts) as server:
            # A password goes over an encrypted line only
            if parts.scheme == "smtp" and parts.username:
                server.starttls()
            if parts.username:
                server.login(parts.username, parts.password or "")
            server.send_message(message)

    return give


def _opened(parts: SplitResult) -> smtplib.SMTP:
    encrypted = parts.scheme == "smtps"
    port = parts.port or (smtplib.SMTP_SSL_PORT if encrypted else PORT)
    kind = smtplib.SMTP_SSL if encrypted else smtplib.SMTP
    return kind(parts.hostname or "", port, timeout=SILENCE)


def into_folder(folder: Path) -> Mailer:
    """Return what puts messages into a folder as .eml files, one a message id; raise WriteError."""
    # Links to sign in are in these files
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def give(message: EmailMessage) -> None:
        # By its id, so that one that goes twice lies there once.
        name = "".join(sign if sign.isalnum() else "-" for sign in message["Message-ID"]).strip("-")
        write_file(folder / f"{name}.eml", message.as_bytes())

    return give

"""How sign-in links reach people: by mail; without it by a folder, and a line on the server's stderr."""

import datetime
import json
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formataddr, make_msgid
from pathlib import Path

from printkit.errors import PrintkitError
from printkit.orders.mailing import Mailer
from printkit.orders.rights import Person
from printkit.words import translate
from printkit.workspace.files import write_file

LOG = logging.getLogger("printkit.web")


@dataclass(frozen=True)
class FolderSender:
    """Write links into a folder that whoever runs the server can read, and say so on stderr."""

    folder: Path

    def link(self, person: Person, address: str, minutes: int) -> None:
        """Write a link for a person; the file's name tells whose and when."""
        # Whoever reads a link can sign in by it.
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        at = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S%f")
        file = self.folder / f"{at}-{person.code}.txt"
        write_file(file, f"{person.name}\n{address}\n".encode())
        # The file's name, not the link: whoever reads a log must not be able to sign in by it.
        sys.stderr.write(f"sign-in link of {person.code} (no mail is configured): {file}\n")


@dataclass(frozen=True)
class MailSender:
    """Send links by mail, from a thread of its own.

    Whoever asks for a link is answered before it goes: a mail server's time would tell known addresses from
    others. A link is never stored, so one that could not be sent is not tried again; its person asks anew.
    """

    give: Mailer
    sender: str
    sending: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "printkit-mail"))

    def link(self, person: Person, address: str, minutes: int) -> None:
        self.sending.submit(self._send, person, address, minutes)

    def _send(self, person: Person, address: str, minutes: int) -> None:
        try:
            self.give(sign_in_letter(person, address, self.sender, minutes))
        except (OSError, PrintkitError) as error:
            # What a server answers repeats the address.
            told = {"link": "not sent", "person": person.code, "error": type(error).__name__}
            LOG.warning(json.dumps(told))


def sign_in_letter(person: Person, address: str, sender: str, minutes: int) -> EmailMessage:
    """Return a message with a sign-in link, in the person's language."""
    words = translate(person.language, "web")
    made = EmailMessage()
    made["From"], made["To"] = sender, formataddr((person.name, person.email))
    made["Subject"] = words.gettext("Your link to order print")
    # Else the name of this machine would stand in it.
    made["Message-ID"] = make_msgid(domain="printkit")
    # So that absence notices do not answer it (RFC 3834, 5).
    made["Auto-Submitted"] = "auto-generated"
    once = words.gettext(
        "It can be used once, within %(minutes)s minutes. If you did not ask for it, do nothing.",
        minutes=minutes,
    )
    made.set_content("\n".join([words.gettext("This link signs you in:"), "", address, "", once]) + "\n")
    return made

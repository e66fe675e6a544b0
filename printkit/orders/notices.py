"""What notices say."""

from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formataddr
from typing import Any

from printkit.orders.mailing import mailer
from printkit.orders.outbox import Notice
from printkit.words import Words, translate


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
    # RFC 3834: out-of-office answers are not sent to it
    made["Auto-Submitted"] = "auto-generated"
    facts = (notice.data.get("committee"), notice.data.get("title"), notice.data.get("reason"))
    # What the subject says is repeated, as some programs show one of the two only.
    made.set_content("\n".join([made["Subject"], "", *(str(fact) for fact in facts if fact)]) + "\n")
    return made


def sender_of(mail: str, sender: str) -> Callable[[Notice], None]:
    """Return what sends notices to where `mail` says: a mail server's address, or a folder."""
    give = mailer(mail)
    return lambda notice: give(letter(notice, sender))

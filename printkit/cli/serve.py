"""`serve`: the pages on which committees order print."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from printkit.cli.extra import extra_web
from printkit.cli.listening import in_address, listen, listens
from printkit.cli.options import Settings, common, settings
from printkit.cli.ordering import mail_options, naming_options, open_orders
from printkit.errors import MissingError
from printkit.words import Message

if TYPE_CHECKING:
    from printkit.orders.book import Book
    from printkit.web.oidc import Provider
    from printkit.web.site import SendsLinks


@click.command()
@listens(8640)
@click.option(
    "--database",
    metavar="URL",
    envvar="PRINTKIT_DATABASE",
    show_envvar=True,
    help="The order book.  [default: orders.sqlite3 in the workspace]",
)
@click.option("--base-url", metavar="URL", help="The address that people use.  [default: http://HOST:PORT]")
@mail_options
@click.option(
    "--oidc",
    metavar="URL",
    envvar="PRINTKIT_OIDC",
    show_envvar=True,
    help="Let staff sign in by this provider too; PRINTKIT_OIDC_CLIENT and _SECRET are ours there.",
)
@click.option("--demo", is_flag=True, help="Fill a new database with invented orders, and serve that.")
@common
@settings
def serve(given: Settings, /, host: str, port: int, **chosen: Any) -> int:
    """Serve the pages on which committees order print."""
    # First, as its workers load while the port is opened and the book is read.
    run = _load()
    # A port that is taken is told before a book is opened, or a demonstration is made.
    listening = listen(host, port)
    name = in_address(host)
    address = (chosen["base_url"] or f"http://{name}:{listening.getsockname()[1]}").rstrip("/")
    _check_address(address)
    tokens: list[tuple[Any, str]] = []
    if chosen["demo"]:
        given.say(Message("making a demonstration: invented orders in every state, about half a minute"))
        book, tokens, folder = _demo(given)
    else:
        book = open_orders(given, chosen["database"], new=True)
        folder = book.store.root.parent
    with naming_options():
        sender, told = _sender(book, folder, chosen)

    def started() -> None:
        links = {person.name: f"{address}/sign-in/{token}" for person, token in tokens}
        lines = [
            given.words.say(Message("orders: %(address)s/", address=address)),
            *(f"{who}: {link}" for who, link in links.items()),
        ]
        given.result({"ok": True, "address": f"{address}/", "links": links}, "\n".join(lines))
        given.say(told)

    run.log_to_stderr()
    provider = _provider(chosen["oidc"], address)
    run.serve(run.Serving(book, address, sender, chosen["demo"], provider), run.Listener(listening, started))
    return 0


def _provider(issuer: str | None, address: str) -> Provider | None:
    """Return whom staff may sign in by; raise MissingError where its library is not there."""
    if issuer is None:
        return None
    from printkit.web.oidc import CURE as LIBRARY
    from printkit.web.oidc import Provider

    # Looked for, not imported: it loads when somebody signs in by it first.
    if find_spec("authlib") is None:
        raise MissingError(LIBRARY)
    # No option: what a command was given can be read by everybody on the machine.
    client, secret = (os.environ.get(f"PRINTKIT_OIDC_{name}", "") for name in ("CLIENT", "SECRET"))
    if not client:
        raise click.BadParameter(Message("say who we are there by PRINTKIT_OIDC_CLIENT"), param_hint="--oidc")
    return Provider(issuer, client, secret, f"{address}/provider/back")


def _sender(book: Book, folder: Path, chosen: dict[str, Any]) -> tuple[SendsLinks, Message]:
    """Return who sends sign-in links, and where they go in words; a demonstration sends no mail."""
    from printkit.web.posting import FolderSender, MailSender

    # Its people are invented, and their addresses may be somebody's.
    if chosen["mail"] is None or chosen["demo"]:
        links = folder / "sign-in links"
        told = Message(
            "links are written into %(folder)s, as no mail is configured; Ctrl-C stops it", folder=links
        )
        return FolderSender(links), told
    from printkit.orders.mailing import mailer

    # What stands before the @ is a name and a password.
    where = chosen["mail"].rpartition("@")[2]
    told = Message("links are sent by %(where)s; Ctrl-C stops it", where=where)
    return MailSender(mailer(chosen["mail"]), chosen["mail_from"] or book.rules.rules.mail_from), told


def _check_address(address: str) -> None:
    """Refuse what no browser can be led to."""
    if not address.startswith(("http://", "https://")):
        raise click.BadParameter(Message("begin it with https://"), param_hint="--base-url")
    try:
        parts = urlsplit(address)
        known = bool(parts.hostname) and parts.port != 0
    # Brackets without an address of IPv6 in them, a port that is none
    except ValueError:
        known = False
    if not known:
        told = Message("'%(address)s' names no host; write it as https://HOST", address=address)
        raise click.BadParameter(told, param_hint="--base-url")


def _demo(given: Settings) -> tuple[Book, list[tuple[Any, str]], Path]:
    """Return a new book of invented orders, with a sign-in token for each of its people."""
    from printkit.web import demo
    from printkit.workspace import Scratch

    # Its files go with the server: each demonstration is made anew. What one leaves that was killed, the
    # next start of any command that works in the temporary folder removes.
    kept = Scratch("demo")
    click.get_current_context().call_on_close(kept.cleanup)
    folder = Path(kept.name)
    book, people = demo.make(given.workspace(), folder)
    return book, demo.links(book, people), folder


def _load() -> Any:
    """Begin to load the layout engine beside, then return what serves pages."""
    from printkit.work.warming import warm

    warm()
    with extra_web():
        from printkit.web import serving
    return serving

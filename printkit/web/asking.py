"""One request: who asks, in which language, what the form says; and how it is answered."""

import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from printkit.errors import OrderRefused, PrintkitError, SlotErrors, WriteError
from printkit.orders.rights import Act, Person, may
from printkit.orders.signing import who_is
from printkit.orders.stepping import done_before
from printkit.orders.uploads import unnamed
from printkit.units import whole_number
from printkit.web.guard import TOO_MUCH, TooLarge
from printkit.web.naming import labelled, labels_of, named
from printkit.web.plain import asked_language, plain
from printkit.web.site import Site
from printkit.words import Message, Words, capital, noted, translate

LOG = logging.getLogger("printkit.web")
# Taken by browsers from this very server only, and on an encrypted way (or this machine).
SESSION = "__Host-printkit"
# Each field for a picture sends a file, an empty one where none was chosen.
MOST_FIELDS, MOST_FILES, MOST_TEXT = 400, 8, 20_000
# What comes unseen with a text that is copied, as with a number from a telephone's contacts: breaks and joins
# without width, and marks that open and close what runs from left to right. None of it changes what is seen
# there; marks that turn a text round are refused with words.
PASTED = dict.fromkeys((0x200B, 0x2060, 0xFEFF, 0x200E, 0x202A, 0x202C, 0x2066, 0x2068, 0x2069))
SEE_OTHER, BAD, UNKNOWN, REFUSED, TOO_LARGE = 303, 400, 404, 409, 413
UNAVAILABLE = 503
UNANSWERED = noted("the database does not answer; try again in a minute")
# What is said of an address or a method that no page has, by its status.
NO_PAGE = {UNKNOWN: noted("there is no such page"), 405: noted("this page takes no such request")}


@dataclass
class Asking:
    """A request, as whoever answers it sees it."""

    site: Site
    request: Request
    person: Person | None
    words: Words
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, UploadFile] = field(default_factory=dict)

    @property
    def who(self) -> Person:
        """Return who is signed in; pages that are open to all do not ask."""
        if self.person is None:
            raise SignIn
        return self.person

    def number(self, name: str = "order") -> int:
        return int(self.request.path_params[name])

    def text(self, name: str) -> str:
        """Return a field of the form, without blanks at its ends; empty where it is missing."""
        return self.form.get(name, "").strip()

    def whole(self, name: str) -> int | None:
        """Return a field as a whole number, None where it is empty; raise OrderRefused."""
        # As a spreadsheet or a page writes thousands: with blanks, hard ones too.
        text = self.text(name).replace("\u00a0", "").replace(" ", "")
        if not text:
            return None
        found = whole_number(text)
        if found is None:
            raise OrderRefused(self.words.gettext("'%(text)s' is no whole number", text=text[:40]))
        return found

    def page(self, name: str, /, code: int = 200, **values: Any) -> Response:
        """Return a page in the language of who asks."""
        environment = self.site.environment(self.words)
        known = {
            "who": self.person,
            "lang": self.words.language,
            "path": self._path(),
            "site": self.site,
            "formats": self.site.book.profiles.formats,
            "may": self.may,
            "say": self.words.say,
            # Of a form that is sent twice the second changes nothing.
            "key": secrets.token_urlsafe(9),
        }
        return HTMLResponse(environment.get_template(name).render(**known, **values), code)

    def _path(self) -> str:
        """Return where the page stands, to come back to: of an answer to a form, the page with the form."""
        if self.request.method == "GET":
            return self.request.url.path
        # Most forms go to addresses that show nothing; the guard has asked that it is one of ours.
        try:
            return urlsplit(self.request.headers.get("referer", "")).path or "/"
        # A program may say what no browser does
        except ValueError:
            return "/"

    def may(self, act: str, committee: str | None = None) -> bool:
        """Tell pages whether to show what needs a right; whatever is done asks again."""
        return self.person is not None and may(self.person, Act[act], committee)

    def go(self, path: str) -> Response:
        """Return a redirect to a page of this server."""
        return RedirectResponse(path, SEE_OTHER)

    def done(self) -> Response | None:
        """Return the page that a form led to that was sent before: a button pressed twice."""
        found = done_before(self.site.book, self.who, self.text("key"))
        return None if found is None else self.go(f"/order/{found}")

    def refused(self, error: PrintkitError, code: int = REFUSED) -> Response:
        return self.page("refused.html", code, problems=self.told(error))

    def told(self, error: PrintkitError, labels: Mapping[str, str] | None = None) -> list[str]:
        """Return what an error says, a sentence each, by the names that people know; `labels` are slots'."""
        if isinstance(error, SlotErrors):
            return [f"{one.slot}: {self.words.say(unnamed(one.problem))}" for one in error.problems]
        filters = self.site.environment(self.words).filters
        day, money = filters["day"], filters["money"]
        keys = labels_of(self.words)
        said = [
            self.words.say(named(labelled(one, labels or {}, keys), self.site.book, day, money))
            for one in error.sentences()
        ]
        return [capital(line) for one in said for line in one.splitlines()]


class SignIn(Exception):
    """Say that a page needs somebody who is signed in."""


Answer = Callable[[Asking], Response]


def answering(site: Site, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """Return a function of a request, whose answer is worked out in a thread: databases make it wait."""

    async def answered(request: Request) -> Response:
        form, files = await _read_form(request) if request.method == "POST" else ({}, {})
        return await run_in_threadpool(_answer, site, request, answer, (form, files))

    return answered


def _answer(
    site: Site,
    request: Request,
    answer: Answer,
    read: tuple[Mapping[str, str], Mapping[str, UploadFile]],
) -> Response:
    try:
        asking = ask(site, request)
    except WriteError as error:
        # Without its database the server knows nobody, and no page can be made.
        LOG.error(json.dumps({"error": str(error)}))
        return plain(request, UNANSWERED, UNAVAILABLE, own=site.language)
    # Read before, as a form can be read in the server's loop only, and this runs in a thread.
    asking.form, asking.files = read
    try:
        return answer(asking)
    except WriteError as error:
        LOG.error(json.dumps({"error": str(error)}))
        told = asking.words.gettext("Nothing was saved: the server cannot write now. Try again in a minute.")
        return asking.page("refused.html", UNAVAILABLE, problems=[told])
    except SignIn:
        return asking.go("/sign-in")
    except (OrderRefused, SlotErrors) as error:
        # What is only looked at and cannot be shown is not there, for whoever may not see it too.
        return asking.refused(error, UNKNOWN if request.method == "GET" else REFUSED)


def refusing(site: Site) -> Callable[[Request, Exception], Response]:
    """Return what answers a request that no page takes."""

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        why = error.detail if isinstance(error.detail, Message) else NO_PAGE.get(error.status_code, "")
        try:
            asking = ask(site, request)
        except WriteError:
            return plain(request, why, error.status_code, own=site.language)
        problems = [capital(asking.words.say(why) if isinstance(why, Message) else asking.words.find(why))]
        made = asking.page("refused.html", error.status_code, problems=problems)
        # Of a method that is not taken HTTP asks which are.
        made.headers.update(error.headers or {})
        return made

    return refused


def ask(site: Site, request: Request) -> Asking:
    """Return a request with who asks it, and in which language."""
    token = request.cookies.get(SESSION, "")
    person = who_is(site.book, token) if token else None
    tag = asked_language(request, site.language, person.language if person else None)
    return Asking(site, request, person, translate(tag, "web"))


async def _read_form(request: Request) -> tuple[dict[str, str], dict[str, UploadFile]]:
    """Return fields and files of a form; of a field that comes twice the last counts."""
    try:
        form: FormData = await request.form(
            max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_TEXT
        )
    except TooLarge as error:
        raise HTTPException(TOO_LARGE, Message.of(TOO_MUCH)) from error
    except (ValueError, UnicodeDecodeError) as error:
        raise HTTPException(BAD, Message("this form cannot be read")) from error
    # By HTML the ends of lines travel as two characters.
    texts = {
        key: value.replace("\r\n", "\n").translate(PASTED)
        for key, value in form.multi_items()
        if isinstance(value, str)
    }
    if any("\0" in text for field in texts.items() for text in field):
        # As in an address: SQLite would keep it, PostgreSQL would not, and nobody can type it.
        raise HTTPException(BAD, Message("this form cannot be read"))
    files = {key: value for key, value in form.multi_items() if isinstance(value, UploadFile)}
    return texts, files

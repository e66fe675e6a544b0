"""Signing in by a link: mail scanners open links too, so looking at one changes nothing."""

from starlette.responses import RedirectResponse, Response

from printkit.errors import OrderRefused
from printkit.orders.persons import find_person
from printkit.orders.signing import ask_link, link_is_good, sign_in, sign_in_by_email, sign_out
from printkit.web.asking import SEE_OTHER, SESSION, Asking
from printkit.web.limiting import TOO_MANY
from printkit.web.oidc import PATIENCE, Provider
from printkit.web.plain import LANGUAGE, LANGUAGES
from printkit.words import Message

# Names the sign-in that this browser has begun at the provider.
BEGUN = "__Host-provider"
HOUR, YEAR = 3600, 365 * 24 * 3600


def ask(asking: Asking) -> Response:
    """Show the form that asks for a link."""
    if asking.person is not None:
        return asking.go("/")
    return asking.page("sign-in.html", sent=False)


def send(asking: Asking) -> Response:
    """Send a link to who has this address; strangers are answered alike."""
    email, client = asking.text("email"), asking.request.client
    try:
        token = ask_link(asking.site.book, email, client.host if client else "")
    except OrderRefused as error:
        answer = asking.refused(error, TOO_MANY)
        answer.headers["Retry-After"] = str(HOUR)
        return answer
    # The same page follows: it must not tell who is known here.
    if token is not None:
        person = find_person(asking.site.book, email)
        minutes = asking.site.book.rules.rules.link_minutes
        asking.site.sender.link(person, f"{asking.site.base_url}/sign-in/{token}", minutes)
    return asking.page("sign-in.html", sent=True)


def look(asking: Asking) -> Response:
    """Show the button that uses a link up."""
    token = asking.request.path_params["token"]
    good = link_is_good(asking.site.book, token)
    return asking.page("link.html", 200 if good else 404, good=good, token=token)


def enter(asking: Asking) -> Response:
    """Use a link up and begin a session."""
    try:
        token, _ = sign_in(asking.site.book, asking.request.path_params["token"])
    except OrderRefused:
        # A link is used up by a second tap too; the page says how to get another.
        return asking.page("link.html", 404, good=False, token="")
    answer = asking.go("/")
    hours = asking.site.book.rules.rules.session_hours
    _keep(answer, SESSION, token, hours * HOUR)
    return answer


def go_to_provider(asking: Asking) -> Response:
    """Lead to the provider of identities; a cookie says which browser began it."""
    token, address = _provider(asking).begin()
    # Not by `go`, which leads to this server's own pages.
    answer = RedirectResponse(address, SEE_OTHER)
    _keep(answer, BEGUN, token, PATIENCE)
    return answer


def come_back(asking: Asking) -> Response:
    """Begin a session for whom the provider has named."""
    email = _provider(asking).finish(asking.request.cookies.get(BEGUN, ""), asking.request.query_params)
    token, _ = sign_in_by_email(asking.site.book, email)
    answer = asking.go("/")
    _keep(answer, SESSION, token, asking.site.book.rules.rules.session_hours * HOUR)
    _drop(answer, BEGUN)
    return answer


def _provider(asking: Asking) -> Provider:
    if asking.site.provider is None:
        raise OrderRefused(Message("no provider of identities is configured here; ask for a link"))
    return asking.site.provider


def leave(asking: Asking) -> Response:
    """End the session."""
    if token := asking.request.cookies.get(SESSION):
        sign_out(asking.site.book, token)
    answer = asking.go("/sign-in")
    _drop(answer, SESSION)
    return answer


def speak(asking: Asking) -> Response:
    """Take another language, and go back to where it was chosen."""
    back = asking.text("back")
    # A path of this server alone: two slashes would begin another server's name.
    answer = asking.go(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/")
    if asking.text("language") in LANGUAGES:
        _keep(answer, LANGUAGE, asking.text("language"), YEAR)
    return answer


def _keep(answer: Response, name: str, value: str, seconds: int) -> None:
    # Lax, not strict: the link in a mail leads here from another site.
    answer.set_cookie(name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax")


def _drop(answer: Response, name: str) -> None:
    answer.delete_cookie(name, path="/", secure=True, httponly=True, samesite="lax")

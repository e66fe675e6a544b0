"""Answers without a page, where none can be made: plain words in the language that a browser asks for."""

from collections.abc import Mapping

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse

from printkit.words import SOURCE_LANGUAGE, catalogues, translate

# Taken by browsers from this very server only, and on an encrypted way (or this machine).
LANGUAGE = "__Host-language"
LANGUAGES = catalogues("web")


def plain(
    asked: HTTPConnection, why: str, code: int, *, own: str, headers: Mapping[str, str] | None = None
) -> PlainTextResponse:
    """Return a sentence that `noted` marked; `own` is the workspace's language."""
    said = translate(asked_language(asked, own), "web").find(why)
    return PlainTextResponse(f"{said}\n", code, headers)


def asked_language(asked: HTTPConnection, own: str, person: str | None = None) -> str:
    """Return the tag of the language to answer in.

    What was chosen on this browser comes first, then the person's, then what the browser says, then the
    workspace's own.
    """
    chosen = asked.cookies.get(LANGUAGE, "")
    if chosen in LANGUAGES:
        return chosen
    if person is not None:
        return person
    # The first that is known; what a browser sends is sorted in its order of wishes by all of them.
    for part in asked.headers.get("accept-language", "").split(","):
        tag = part.partition(";")[0].strip().lower()
        # Browsers send what their users typed: nothing, `*`, or no tag at all.
        if not tag.replace("-", "").isalnum():
            continue
        found = translate(tag, "web").language
        if found != SOURCE_LANGUAGE or tag.partition("-")[0] == SOURCE_LANGUAGE:
            return found
    return own

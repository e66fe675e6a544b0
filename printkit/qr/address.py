"""Addresses that a code may hold."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

SCHEMES = ("http", "https")


class CodeProblem(ValueError):
    """Say why an address or an id cannot stand in a code."""


def check_address(text: str, characters: int) -> str:
    """Return `text` when it is a plain web address of at most `characters` characters; raise CodeProblem."""
    if len(text) > characters:
        raise CodeProblem(f"the address has {len(text)} characters, {characters} fit; shorten it")
    _check_characters(text)
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise CodeProblem(f"{_shown(text)} is not a web address: {error}") from error
    if parts.scheme.lower() not in SCHEMES:
        raise CodeProblem(f"{_shown(text)} must start with https:// or http://")
    if not host or parts.username is not None:
        raise CodeProblem(f"{_shown(text)} must name a host and no user: https://host/page")
    return text


def address(base: str, parameters: Mapping[str, str]) -> str:
    """Return `base` with query parameters added; its own query and fragment stay."""
    parts = urlsplit(base)
    query = "&".join(filter(None, (parts.query, urlencode(parameters, quote_via=quote))))
    return urlunsplit(parts._replace(query=query))


def _check_characters(text: str) -> None:
    for number, character in enumerate(text, 1):
        if not "!" <= character <= "~":
            hint = f"; write it as {quote(character)}" if character.isprintable() else ""
            problem = f"the address holds {_named(character)} at place {number}"
            raise CodeProblem(f"{problem}, which a code's address cannot hold{hint}")


def _named(character: str) -> str:
    if character == " ":
        return "a blank"
    return f"{character!r}" if character.isprintable() else f"the character U+{ord(character):04X}"


def _shown(text: str) -> str:
    return f"'{text[:40]}...'" if len(text) > 43 else f"'{text}'"

"""Addresses that a code may hold."""

import re
from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from printkit.words import Message

SCHEMES = ("http", "https")
# RFC 3986, 2.2 and 2.3: every other character stands as an escape
_STRANGE = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
_BLANK, _BRACKET = re.compile(r"[\x00- \x7f]"), re.compile(r"[\[\]]")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]+|#[xX][0-9A-Fa-f]+);")
# RFC 3986, 3.2.2, as far as names of hosts are in use; the underscore is for machines inside a house
_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*")
_MOST_HOST = 253


class CodeProblem(ValueError):
    """Say why an address or an id cannot stand in a code."""


def check_length(text: str, characters: int) -> str:
    """Return an address of at most `characters` characters; raise CodeProblem for a longer one."""
    if len(text) > characters:
        raise CodeProblem(
            Message(
                "the address has %(count)s characters, %(most)s fit; shorten it",
                count=len(text),
                most=characters,
            )
        )
    return text


# All sites of a committee share one address before tracking.
@lru_cache(maxsize=256)
def check_address(text: str, characters: int) -> str:
    """Return `text` when it is a plain web address of at most `characters` characters; raise CodeProblem."""
    check_length(text, characters)
    _check_blanks(text)
    try:
        parts = urlsplit(text)
        host = parts.hostname
    # Brackets without an address of IPv6 in them, or signs that a name may not hold
    except ValueError as error:
        raise CodeProblem(
            Message("%(shown)s is not a web address; write it as https://www.example.org", shown=_shown(text))
        ) from error
    if parts.scheme.lower() not in SCHEMES:
        raise CodeProblem(Message("%(shown)s must start with https:// or http://", shown=_shown(text)))
    if not host or parts.username is not None:
        raise CodeProblem(
            Message("%(shown)s must name a host and no user: https://host/page", shown=_shown(text))
        )
    # In brackets stands an address of IPv6, which splitting has looked at.
    if not parts.netloc.startswith("["):
        _check_host(host)
    _check_port(parts)
    _check_characters(text, len(text) - len(text.split("://", 1)[1]) + len(parts.netloc))
    return text


def address(base: str, parameters: Mapping[str, str]) -> str:
    """Return `base` with query parameters added; its own query and fragment stay."""
    parts = urlsplit(base)
    # As urlencode does, which looks each value over for more than text
    added = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in parameters.items())
    query = "&".join(filter(None, (parts.query, added)))
    return urlunsplit(parts._replace(query=query))


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    """Return a name or a value of a query; most of them come again with each site of a campaign."""
    return quote(text, "")


def _check_blanks(text: str) -> None:
    """Refuse blanks and control characters, which splitting an address would drop."""
    if found := _BLANK.search(text):
        raise _strange(found[0], found.end())


def _check_host(host: str) -> None:
    """Refuse a name that is not written as name servers know it: IDNA 2008, RFC 5891, behind xn--."""
    if "%" in host:
        reason = Message("escapes in the host's name, which many telephones refuse")
        raise CodeProblem(
            Message(
                "the address has %(reason)s; write the host as %(ascii_host)s",
                reason=reason,
                ascii_host=_ascii_host(unquote(host)),
            )
        )
    if not host.isascii():
        raise CodeProblem(
            Message(
                "the host '%(host)s' has letters beyond a to z; write the host as %(ascii_host)s",
                host=host,
                ascii_host=_ascii_host(host),
            )
        )
    labels = host.removesuffix(".").split(".")
    if len(host) > _MOST_HOST or not all(map(_LABEL.fullmatch, labels)):
        raise CodeProblem(
            Message("'%(host)s' is no name of a host; write it as in www.example.org", host=host[:60])
        )
    _check_numbers(host)
    # What stands behind xn-- must be a name that somebody could have written.
    if any(label.lower().startswith("xn--") for label in labels):
        _ascii_host(host)


def _check_numbers(host: str) -> None:
    """Refuse numbers that are no IPv4 address, as which browsers read what ends in one (WHATWG URL, 3.5)."""
    if not _NUMBER.fullmatch(host.removesuffix(".").rpartition(".")[2]):
        return
    try:
        IPv4Address(host.removesuffix("."))
    except ValueError as error:
        raise CodeProblem(
            Message("'%(host)s' is no address of a host; it has four numbers from 0 to 255", host=host[:60])
        ) from error


def _check_port(parts: SplitResult) -> None:
    try:
        number = parts.port
    except ValueError:
        number = 0
    if number == 0:
        told = parts.netloc.rpartition(":")[2][:20]
        raise CodeProblem(
            Message("'%(port)s' is no port; write a number from 1 to 65535, or leave it out", port=told)
        )


def _ascii_host(host: str) -> str:
    """Return a host as name servers know it; raise CodeProblem where no name can be such."""
    # Its tables cost a few milliseconds, and hardly any address needs them.
    import idna

    try:
        # As browsers take what people type: capitals and composed letters are brought to one form first.
        name = idna.encode(host, uts46=True, std3_rules=True).decode()
        idna.decode(name)
    except (idna.IDNAError, UnicodeError) as error:
        raise CodeProblem(
            Message("no host can be named '%(host)s'; see how its owner writes it", host=host[:60])
        ) from error
    return name


def _check_characters(text: str, start: int) -> None:
    """Refuse what RFC 3986 does not let stand; brackets stand in the host alone, which ends at `start`."""
    if found := _ENTITY.search(text):
        problem = Message(
            "the address holds %(found)s at place %(start)s", found=found[0], start=found.start() + 1
        )
        sign = "&" if found[0] == "&amp;" else Message("the character itself")
        raise CodeProblem(
            Message(
                "%(problem)s, as the source of a web page writes it; write %(sign)s instead",
                problem=problem,
                sign=sign,
            )
        )
    if found := _BAD_ESCAPE.search(text):
        raise CodeProblem(
            Message(
                "the address holds %% at place %(start)s and no escape; write it as %%25",
                start=found.start() + 1,
            )
        )
    if found := _STRANGE.search(text) or _BRACKET.search(text, start):
        raise _strange(found[0], found.end())
    if text.count("#") > 1:
        raise CodeProblem(
            Message("the address holds a second #, which a code's address cannot hold; write it as %%23")
        )


def _strange(character: str, number: int) -> CodeProblem:
    hint = Message("; write it as %(quote)s", quote=quote(character)) if character.isprintable() else ""
    problem = Message(
        "the address holds %(named)s at place %(number)s", named=_named(character), number=number
    )
    return CodeProblem(
        Message("%(problem)s, which a code's address cannot hold%(hint)s", problem=problem, hint=hint)
    )


def _named(character: str) -> str:
    if character == " ":
        return "a blank"
    return (
        f"{character!r}"
        if character.isprintable()
        else Message("the character %(code)s", code=f"U+{ord(character):04X}")
    )


def _shown(text: str) -> str:
    return f"'{text[:40]}...'" if len(text) > 43 else f"'{text}'"

"""What commands ask of their arguments; each refusal is wrong usage."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import click

from printkit.words import Message, sentence

if TYPE_CHECKING:
    from printkit.produce.chosen import Only

T = TypeVar("T")
# How Dask reaches a scheduler
SCHEMES = ("tcp", "tls", "ucx", "ws", "wss")
# A file to read; - is stdin
READABLE = click.Path(exists=True, dir_okay=False, allow_dash=True)


class RegularFile(click.Path):
    """Take a file that is there to be read whole: a pipe or a device may never end."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not path.is_file():
            told = Message(
                "'%(path)s' is no file but a pipe, a socket or a device; save it first", path=_shown(path)
            )
            self.fail(told, param, ctx)
        return path


class NewFolder(click.Path):
    """Take a folder to fill; an empty word, as of a variable that nobody set, is not the one we stand in."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not os.fspath(value):
            self.fail(Message("names no folder"), param, ctx)
        return super().convert(value, param, ctx)


class Positive(click.FloatRange):
    """Take a number above zero that has an end, which `nan` and `inf` have not."""

    def __init__(self) -> None:
        super().__init__(min=0, min_open=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(Message("'%(value)s' is no number above zero", value=value), param, ctx)
        return found


class Scheduler(click.ParamType[str]):
    """Take the address of a cluster's scheduler."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        # Here, as Dask tries an address that is none for seconds, and then tells of its own inside.
        scheme, host, port = _parts(str(value).strip())
        if scheme not in SCHEMES or not host or not port:
            self.fail(
                Message("'%(value)s' is no address; write one as tcp://HOST:8786", value=value), param, ctx
            )
        return value


def _parts(address: str) -> tuple[str, str | None, int | None]:
    try:
        parsed = urlsplit(address if "://" in address else f"tcp://{address}")
        return parsed.scheme, parsed.hostname, parsed.port
    except ValueError:
        return "", None, None


class Address(click.ParamType[str]):
    """Take what a code may say."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        # As of a variable that nobody set: no code says nothing
        if not str(value).strip():
            self.fail(Message("names no address"), param, ctx)
        return value


class Day(click.DateTime):
    """Take a date as profiles write it."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            told = Message("'%(value)s' is no date; write year-month-day, as 2027-08-16", value=value)
            self.fail(told, param, ctx)


def _shown(path: Path) -> str:
    # A name need not be UTF-8; a message about it must be.
    return os.fsencode(path).decode("utf-8", "replace")


def choose(known: Mapping[str, T], option: str, identifier: str) -> T:
    """Return what an id names; one that does not exist is refused with those that do."""
    if identifier not in known:
        names = ", ".join(known) or "none"
        raise click.BadParameter(
            Message("no '%(identifier)s'; there are: %(names)s", identifier=identifier, names=names),
            param_hint=option,
        )
    return known[identifier]


@contextmanager
def only_asked(options: Iterable[str], keys: Iterable[str]) -> Iterator[list[Only]]:
    """Yield what the options `--only` choose; refuse what is no choice, and one that no piece answers to."""
    from printkit.produce.chosen import NoSuchPiece, parse_only

    try:
        filters = [parse_only(text, keys) for text in options]
    except ValueError as error:
        raise click.BadParameter(sentence(error), param_hint="--only") from error
    try:
        yield filters
    except NoSuchPiece as error:
        raise click.BadParameter(sentence(error), param_hint="--only") from error


def check_folder(path: Path, option: str) -> None:
    """Refuse a place that cannot be written before any work is done."""
    # Asked before anything is worked out, or minutes of work would end at a misspelt path.
    if path.is_dir() or not path.parent.is_dir():
        if path.is_dir():
            told = Message("'%(path)s' is a folder", path=path)
        else:
            told = Message("'%(path)s' lies in a folder that does not exist", path=path)
        raise click.BadParameter(told, param_hint=option)

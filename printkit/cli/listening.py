"""Where the commands that serve pages listen."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from typing import Any

import click

from printkit.errors import system_words
from printkit.words import Message


def listens(port: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return what gives a command `--host` and `--port`, at first this port of this machine alone."""

    def with_options(function: Callable[..., Any]) -> Callable[..., Any]:
        at = click.option(
            "--port",
            metavar="N",
            type=click.IntRange(0, 65535),
            default=port,
            show_default=True,
            help="0: any free one.",
        )
        where = click.option(
            "--host",
            metavar="ADDRESS",
            default="127.0.0.1",
            show_default=True,
            help="The address to listen at.",
        )
        return where(at(function))

    return with_options


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens, at any free port for 0; BadParameter where the address cannot be had."""
    try:
        return open_socket(host, port)
    except OSError as error:
        reason = Message(
            "%(host)s:%(port)s cannot be had: %(value)s", host=host, port=port, value=system_words(error)
        )
        cure, option = (
            Message("end what listens there, or take another by --port; 0 takes any free one"),
            "--port",
        )
        # A name that nobody knows, or another machine's address: no port of it would do
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            cure, option = Message("take an address of this machine, as 127.0.0.1"), "--host"
        raise click.BadParameter(
            Message("%(reason)s; %(cure)s", reason=reason, cure=cure), param_hint=option
        ) from error


def in_address(host: str) -> str:
    """Return a host as it stands in an address: one of IPv6 in brackets, as a port follows."""
    return f"[{host}]" if ":" in host else host


def open_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens; OSError where the address cannot be had."""
    # The host may be a name or an IPv6 address, too. The protocol is named as asyncio turns Nagle's algorithm
    # off for TCP alone: else an answer's body waits 40 ms for the acknowledgement of its head.
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, protocol)
    try:
        # Else a restart waits until the system has forgotten the connections of the server before.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening

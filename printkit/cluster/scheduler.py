"""Find a cluster's workers, and refuse those that would give other bytes."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from printkit.errors import MissingError
from printkit.produce import engine_versions
from printkit.produce.versions import program_digest
from printkit.words import Message, below

if TYPE_CHECKING:
    from distributed import Client

# A scheduler that is there answers at once, and its workers join within seconds.
CONNECT_SECONDS = 5.0
# So many differences are named.
NAMED = 8
# A hash is told from another one by so many characters.
SHORT = 12


def connect(address: str) -> "Client":
    """Return a connection to the scheduler; raise MissingError where nobody answers."""
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingError(Message("a cluster needs Dask: pip install 'printkit-press[cluster]'")) from error
    try:
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = Message("start it by 'dask scheduler', or see whether a firewall is between")
        raise MissingError(
            Message(
                "no scheduler of a cluster answers at %(address)s; %(reason)s", address=address, reason=reason
            )
        ) from error


def shaping() -> Mapping[str, str]:
    """Return what shapes the bytes here: versions, and the program's own source as a hash."""
    return {**engine_versions(), "program": program_digest()}


def refuse_others(client: "Client", address: str) -> None:
    """Raise MissingError where no worker has joined, or where one would give other bytes."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError as error:
        reason = Message("start some by 'dask worker %(address)s --nthreads 1'", address=address)
        raise MissingError(
            Message("the cluster at %(address)s has no workers; %(reason)s", address=address, reason=reason)
        ) from error
    refuse(shaping(), client.run(shaping, on_error="return"))


def refuse(here: Mapping[str, str], workers: Mapping[str, Any]) -> None:
    """Raise MissingError that names what workers have other than the caller; a worker may tell an error."""
    found = list(_differences(here, workers))
    if found:
        more = [Message("and %(count)s more", count=len(found) - NAMED)] if len(found) > NAMED else []
        todo = Message("install the same versions on every machine and start its workers anew")
        raise MissingError(below([Message("other engines give other bytes:"), *found[:NAMED], *more, todo]))


def _differences(here: Mapping[str, str], workers: Mapping[str, Any]) -> Iterator[str]:
    for worker, there in sorted(workers.items()):
        if isinstance(there, BaseException):
            yield Message(
                "worker %(worker)s cannot run printkit: %(error)s",
                worker=worker,
                error=f"{type(there).__name__}: {there}",
            )
            continue
        for name in sorted(here.keys() | there.keys()):
            if here.get(name) != there.get(name):
                yield Message(
                    "worker %(worker)s has %(named)s, here is %(here)s",
                    worker=worker,
                    named=_named(name, there),
                    here=_named(name, here),
                )


def _named(name: str, versions: Mapping[str, str]) -> str:
    return f"{name} {versions[name][:SHORT]}" if name in versions else Message("no %(name)s", name=name)

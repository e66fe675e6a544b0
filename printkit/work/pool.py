"""Who works: this process, worker processes of this machine, or those of a cluster."""

import os
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Any, Protocol, Self

# Jobs that are handed out for each worker: one at work and one at hand
AHEAD = 2
# Makes, in the process that is to work, the object whose methods are called; it can be pickled.
Setup = Callable[[], Any]


def cores() -> int:
    """Return how many cores this process may use, which in a container are fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Lost(Exception):
    """Say that the process which did a job died, hung or ran out of memory, in words for a report."""


class Pool(AbstractContextManager["Pool"], Protocol):
    """Do jobs, so many at a time; leaving the context ends every worker at once, whatever it does."""

    @property
    def workers(self) -> int:
        """How many jobs are done at the same time."""

    def submit(self, method: str, *arguments: Any) -> Future[Any]:
        """Have a method called; the future fails with what that raises, or with Lost."""


class InProcess:
    """Do each job at once in this process: for work that needs no layout engine."""

    workers = 1

    def __init__(self, setup: Setup) -> None:
        self.made = setup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def submit(self, method: str, *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(getattr(self.made, method)(*arguments))
        except Exception as error:  # noqa: BLE001
            future.set_exception(error)
        return future

"""The process of which workers are copies: begun early, so that it loads the layout engine beside all else.

Light, as whoever begins it has not loaded anything yet.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from multiprocessing import resource_tracker

from printkit.errors import WriteError
from printkit.words import Message

COPIED = "forkserver" in multiprocessing.get_all_start_methods()
_PRELOADED = "printkit.work.preload"
# Without the checks, for whoever is to show something first
LAYOUT = "printkit.work.preload_layout"
# What one picture of a page took is kept for the next, as the system is slow to give memory that is new. Only
# glibc knows these, and what the caller has set counts.
_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(64 << 20)}
# A socket's address has so many bytes, the last of them for its end; Python puts the socket into a folder.
_LONGEST_FOLDER = (108 if sys.platform == "linux" else 104) - 1 - len("/pymp-12345678/listener-12345678")
_WARMING = threading.Lock()


def check_temporary() -> None:
    """Raise WriteError where the temporary folder's name is too long for the socket that workers come by."""
    folder = tempfile.gettempdir()
    if COPIED and len(os.fsencode(folder)) > _LONGEST_FOLDER:
        reason = Message(
            "too long a name for a folder of sockets, %(longest_folder)s bytes are allowed",
            longest_folder=_LONGEST_FOLDER,
        )
        raise WriteError(
            Message("%(folder)s: %(reason)s; set TMPDIR to a shorter one", folder=folder, reason=reason)
        )


def warm(preloaded: str = "") -> None:
    """Begin to load the layout engine in the process that workers are copied from; do not wait for it.

    `preloaded` is the module that loads it, the usual one where none is named.
    """
    if COPIED and len(os.fsencode(tempfile.gettempdir())) <= _LONGEST_FOLDER:
        from multiprocessing import forkserver

        forkserver.set_forkserver_preload([preloaded or _PRELOADED])
        # Its environment is this process's own, which other threads would change under it.
        with _WARMING, as_installed():
            # It would let SIGINT through where it is started from within.
            resource_tracker.ensure_running()
            with deaf():
                forkserver.ensure_running()


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """Have processes that are started here never hear Ctrl-C; this one hears it afterwards.

    Ctrl-C reaches the whole group of processes, and who has begun the work is to end it.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def as_installed() -> Iterator[None]:
    """Have Python processes that are started here take no module from the folder that they are started in.

    They keep memory as `_MEMORY` says.
    """
    before = dict(os.environ)
    told = {name: before.get(name, value) for name, value in _MEMORY.items()} | {"PYTHONSAFEPATH": "1"}
    os.environ.update(told)
    try:
        yield
    finally:
        for name in told:
            del os.environ[name]
            if name in before:
                os.environ[name] = before[name]

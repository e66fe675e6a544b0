"""A site on loopback, served by a thread of this process, for a real browser."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn

from printkit.cli.listening import open_socket
from printkit.orders.rights import Person
from printkit.orders.signing import make_link
from printkit.web.guard import Guard
from printkit.web.pressing import set_up
from printkit.web.previewing import Previews
from printkit.web.routes import app
from printkit.web.serving import MOST_BYTES
from printkit.web.site import Site
from printkit.work.pool import InProcess
from tests.orders.stage import Stage
from tests.web.conftest import Letters

# The machine may be busy with other tests.
PATIENCE_MS = int(os.environ.get("PRINTKIT_PATIENCE_MS", "90000"))


@dataclass
class Served:
    """A server on loopback, its order book and its address."""

    stage: Stage
    address: str

    def token(self, person: Person) -> str:
        """Return a token as an administrator hands one out: as many as a test needs."""
        return make_link(self.stage.book, self.stage.admin, person.id)


@contextmanager
def serving(stage: Stage, letters: Letters) -> Iterator[Served]:
    """Serve a book until the context is left; previews are made in this process too."""
    listening = open_socket("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    site = Site(stage.book, address, Previews(InProcess(set_up)), letters)
    # Without a limit the server would wait for ever for a page that a failed test has left open.
    config = uvicorn.Config(
        Guard(app(site), address, MOST_BYTES), log_config=None, lifespan="off", timeout_graceful_shutdown=5
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield Served(stage, address)
    finally:
        site.news.close()
        server.should_exit = True
        thread.join(60)
        assert not thread.is_alive()

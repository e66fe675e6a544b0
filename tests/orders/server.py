"""Serve a stage's order book in a process of its own: workspace, database, store, batches.

The program itself would serve it by the clock of today, when the stage's prices do not count.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

from printkit.cli.listening import open_socket
from printkit.orders.book import open_book
from printkit.orders.store import Store
from printkit.serving import Listener
from printkit.web.posting import FolderSender
from printkit.web.serving import Serving, serve
from printkit.workspace import Workspace
from tests.orders.stage import Clock

if __name__ == "__main__":
    workspace, url, store, batches = sys.argv[1:]
    book = open_book(Workspace(Path(workspace)), url, clock=Clock())
    book = replace(book, store=Store(Path(store)), batches=Path(batches))
    listening = open_socket("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"

    def started() -> None:
        sys.stdout.write(json.dumps({"address": address}, indent=1) + "\n")
        sys.stdout.flush()

    serve(Serving(book, address, FolderSender(Path(store) / "links")), Listener(listening, started))

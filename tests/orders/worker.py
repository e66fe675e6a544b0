"""Run `work` over a stage's order book in a process of its own: workspace, database, store, batches."""

import sys
from dataclasses import replace
from pathlib import Path

from printkit.orders.book import open_book
from printkit.orders.store import Store
from printkit.orders.working import work
from printkit.workspace import Workspace
from tests.orders.stage import Clock, here

if __name__ == "__main__":
    workspace, url, store, batches = sys.argv[1:]
    book = open_book(Workspace(Path(workspace)), url, clock=Clock())
    work(replace(book, store=Store(Path(store)), batches=Path(batches)), pool=here)

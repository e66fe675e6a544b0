"""Order books on SQLite and on PostgreSQL, each test with its own."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.orders.postgres import Server, served
from tests.orders.stage import Stage, make_workspace, open_stage, set_stage


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small workspace that no test changes."""
    return make_workspace(tmp_path_factory.mktemp("shop") / "workspace")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run PostgreSQL on a socket of its own."""
    with served() as running:
        yield running


@dataclass(frozen=True)
class Prepared:
    """An order book on SQLite with people, money and a release, of which tests take copies."""

    workspace: Path
    folder: Path

    def copy(self, folder: Path) -> None:
        """Copy its files; a test that changes one puts another in its place, as they are linked."""
        shutil.copytree(self.folder / "store", folder / "store", copy_function=os.link)

    def sqlite(self, folder: Path) -> str:
        shutil.copyfile(self.folder / "orders.sqlite3", folder / "orders.sqlite3")
        return f"sqlite:///{folder / 'orders.sqlite3'}"


@pytest.fixture(scope="session")
def prepared(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("prepared")
    stage = set_stage(shop, f"sqlite:///{folder / 'orders.sqlite3'}", folder)
    # The last connection that is closed brings everything into the one file.
    stage.book.database.dispose()
    return Prepared(shop, folder)


@pytest.fixture(scope="session")
def template(prepared: Prepared, server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the name of a database on PostgreSQL with the same order book."""
    url = server.new_database()
    folder = tmp_path_factory.mktemp("template")
    stage = set_stage(prepared.workspace, url, folder)
    stage.book.database.dispose()
    return url.partition("@/")[2].partition("?")[0]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    server: Server = request.getfixturevalue("server")
    return server.new_database()


# Opens an order book of its own in a folder.
Opened = Callable[[Path], Stage]


def opener(request: pytest.FixtureRequest, kind: str) -> Opened:
    """Return what opens copies of the prepared book on a kind of database."""
    prepared: Prepared = request.getfixturevalue("prepared")

    def open_(folder: Path) -> Stage:
        folder.mkdir(exist_ok=True)
        prepared.copy(folder)
        if kind == "sqlite":
            return open_stage(prepared.workspace, prepared.sqlite(folder), folder)
        server: Server = request.getfixturevalue("server")
        url = server.new_database(request.getfixturevalue("template"))
        return open_stage(prepared.workspace, url, folder)

    return open_


@pytest.fixture(params=["sqlite", "postgresql"])
def opened(request: pytest.FixtureRequest) -> Opened:
    """Return what opens another order book of each kind."""
    return opener(request, request.param)


@pytest.fixture(scope="session")
def usual(request: pytest.FixtureRequest) -> Opened:
    """Return what opens another order book where one kind of database is enough.

    It is SQLite, which is quicker to copy. `make trials` runs the same tests on PostgreSQL.
    """
    return opener(request, os.environ.get("PRINTKIT_TEST_DATABASE", "sqlite"))


@pytest.fixture
def stage(opened: Opened, tmp_path: Path) -> Iterator[Stage]:
    """Return an order book with people and money on each kind of database."""
    made = opened(tmp_path)
    yield made
    made.book.database.dispose()


@pytest.fixture
def lite(usual: Opened, tmp_path: Path) -> Iterator[Stage]:
    """Return an order book on the usual database, for what no database makes a difference to."""
    made = usual(tmp_path)
    yield made
    made.book.database.dispose()


@pytest.fixture
def on_sqlite(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """Return an order book on SQLite, for what that alone does."""
    made = opener(request, "sqlite")(tmp_path)
    yield made
    made.book.database.dispose()

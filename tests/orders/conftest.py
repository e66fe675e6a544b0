"""Order books on SQLite and on PostgreSQL, each test with its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.orders.postgres import Server, served
from tests.orders.stage import Stage, make_workspace, set_stage


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small workspace that no test changes."""
    return make_workspace(tmp_path_factory.mktemp("shop") / "workspace")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run PostgreSQL on a socket of its own."""
    with served() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return an empty database's address, of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'orders.sqlite3'}"
    server: Server = request.getfixturevalue("server")
    return server.new_database()


@pytest.fixture
def stage(shop: Path, url: str, tmp_path: Path) -> Iterator[Stage]:
    """Return an order book with people and money on each kind of database."""
    made = set_stage(shop, url, tmp_path)
    yield made
    made.book.database.dispose()


@pytest.fixture
def lite(shop: Path, tmp_path: Path) -> Iterator[Stage]:
    """Return an order book on SQLite, for what no database makes a difference to."""
    made = set_stage(shop, f"sqlite:///{tmp_path / 'orders.sqlite3'}", tmp_path)
    yield made
    made.book.database.dispose()

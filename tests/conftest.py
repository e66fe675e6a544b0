"""What every test stands on: the reference workspace and a clean environment."""

import faulthandler
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("printkit", deadline=None, derandomize=True)
settings.load_profile("printkit")

# Seconds that the end of all tests may take: leftover threads and processes are not waited for longer.
LEAVE = 120
STDERR = 2


def pytest_unconfigure() -> None:
    """Say where this process waits, and end it, should it not leave by itself."""
    faulthandler.dump_traceback_later(LEAVE, exit=True, file=STDERR)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules marked `long`; the others keep their order."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PRINTKIT_WORKSPACE", "SOURCE_DATE_EPOCH", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    # Messages are compared in English, whatever this machine speaks.
    monkeypatch.setenv("LC_MESSAGES", "C")


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the checkout's root, which is the reference workspace too."""
    return Path(__file__).parents[1]

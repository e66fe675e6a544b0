"""What every test stands on: the reference workspace and a clean environment."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("printkit", deadline=None, derandomize=True)
settings.load_profile("printkit")


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

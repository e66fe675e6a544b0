"""Errors say what, where and what to do, and each class has its exit code."""

import pickle

import pytest

from printkit.errors import (
    MissingError,
    PrintkitError,
    RenderError,
    SlotErrors,
    SlotProblem,
    WorkspaceError,
    WorkspaceErrors,
    WriteError,
)

TITLE = SlotProblem("recruit/flyer-a5", "title", "74 characters, 60 fit; shorten it or use poster-a3")
LEAD = SlotProblem("recruit/flyer-a5", "lead", "a value is required")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (SlotErrors, 3),
        (WorkspaceError, 4),
        (WorkspaceErrors, 4),
        (MissingError, 5),
        (RenderError, 6),
        (PrintkitError, 6),
        (WriteError, 7),
    ],
)
def test_each_class_has_its_exit_code(kind: type[PrintkitError], code: int) -> None:
    assert kind.exit_code == code


def test_slot_problems_are_sorted_and_told_once() -> None:
    error = SlotErrors([TITLE, LEAD, TITLE])
    assert error.problems == (LEAD, TITLE)
    assert str(error).splitlines()[1] == f"slot 'title' of recruit/flyer-a5: {TITLE.problem}"


def test_a_workspace_error_names_file_and_place() -> None:
    assert str(WorkspaceError("a.toml", "bleed_mm", "unknown key")) == "a.toml: bleed_mm: unknown key"
    assert str(WorkspaceError("a.toml", None, "not valid TOML")) == "a.toml: not valid TOML"


def test_equal_complaints_are_told_once() -> None:
    error = WorkspaceError("a.toml", None, "not valid TOML")
    assert str(WorkspaceErrors([error, error])) == "a.toml: not valid TOML"


@pytest.mark.parametrize(
    "error",
    [SlotErrors([TITLE]), WorkspaceError("a", "b", "c"), WorkspaceErrors([WorkspaceError("a", 1, "c")])],
    ids=lambda error: type(error).__name__,
)
def test_errors_travel_between_processes(error: PrintkitError) -> None:
    assert str(pickle.loads(pickle.dumps(error))) == str(error)

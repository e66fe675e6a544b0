"""Formats for print and for screens are two kinds."""

from pathlib import Path

import pytest

from printkit.errors import WorkspaceErrors
from printkit.profiles import load_profiles
from printkit.workspace import Workspace
from tests.profiles.test_profiles import workspace

__all__ = ["workspace"]

STORY = """name = "Story"
px = [1080, 1920]
safe_px = { top = 250, right = 64, bottom = 340, left = 64 }
least_text_px = 40
file = "png"
"""


def load(workspace: Workspace, text: str, name: str = "story") -> str:
    """Return what is said of a workspace with a screen; nothing where all is well."""
    file = workspace.path(f"profiles/screens/{name}.toml")
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    try:
        load_profiles(workspace)
    except WorkspaceErrors as errors:
        return str(errors)
    return ""


def test_a_screen_is_so_many_pixels(workspace: Workspace) -> None:
    assert load(workspace, STORY) == ""
    screen = load_profiles(workspace).screens["story"]
    assert (screen.px, screen.file) == ((1080, 1920), "png")
    assert screen.safe_px is not None
    assert (screen.safe_px.top, screen.safe_px.bottom) == (250, 340)


@pytest.mark.parametrize(
    "line", ["bleed_mm = 3", "trim_mm = [100, 100]", 'default_press = "digital"', 'paper = "x"']
)
def test_a_screen_has_nothing_of_print(workspace: Workspace, line: str) -> None:
    key = line.partition(" ")[0]
    assert f"profiles/screens/story.toml: {key}: unknown key" in load(workspace, f"{STORY}{line}\n")


def test_one_name_is_not_both(workspace: Workspace) -> None:
    assert "'flyer-a5' is a format for print as well" in load(workspace, STORY, "flyer-a5")


def test_the_reference_workspace_has_no_screens_yet(repository: Path) -> None:
    assert load_profiles(Workspace(repository)).screens == {}

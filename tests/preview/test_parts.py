"""Problems with their lines, zones, data files, files as they are now."""

import os
import time
from pathlib import Path

import numpy as np
import pytest

from printkit.errors import SlotErrors, SlotProblem, WorkspaceError
from printkit.preview.current import CurrentWorkspace
from printkit.preview.data_file import toml_of
from printkit.preview.guard import is_loopback
from printkit.preview.planes import ink_map, most_ink
from printkit.preview.problems import problems_of
from printkit.preview.watch import folders
from printkit.preview.zones import zones
from printkit.profiles import Format, load_profiles
from printkit.template import load_template
from printkit.workspace import Workspace, parse_toml


@pytest.mark.parametrize(
    ("where", "reason", "line", "source"),
    [
        ("line 2", "unknown", 2, "b = 2"),
        ("line 3, column 1", "not valid TOML: odd", 3, "[slots.title]"),
        ("slots.title", "odd", 3, "[slots.title]"),
        ("b", "odd", 2, "b = 2"),
        ("nowhere", "odd", None, ""),
    ],
)
def test_problem_has_its_line(
    tmp_path: Path, where: str | None, reason: str, line: int | None, source: str
) -> None:
    (tmp_path / "file.toml").write_text("a = 1\nb = 2\n[slots.title]\n", encoding="utf-8")
    (found,) = problems_of(WorkspaceError("file.toml", where, reason), Workspace(tmp_path))
    assert (found.line, found.source) == (line, source)


def test_problem_of_a_slot_names_it(tmp_path: Path) -> None:
    error = SlotErrors([SlotProblem("try/flyer-a5", "title", "too long")])
    (found,) = problems_of(error, Workspace(tmp_path))
    assert (found.place, found.words) == ("Slot title", "too long")


def page(**more: object) -> Format:
    given = {
        "id": "x",
        "name": "X",
        "short": "x",
        "trim_mm": (200, 100),
        "pages": 1,
        "bleed_mm": 3,
        "safe_mm": 5,
    }
    paper = {"paper": "p", "finishing": "f", "default_press": "digital", "viewing_distance_m": 1}
    return Format.model_validate({**given, **paper, "scanning_distance_m": 1, **more})


def test_zones_count_from_the_upper_left_corner_on_all_four_edges() -> None:
    hidden = {"top": 1, "right": 2, "bottom": 3, "left": 4}
    found = zones(page(hidden_mm=hidden, safe_mm={"top": 5, "right": 6, "bottom": 7, "left": 8}), None)
    assert {"kind": "safe", "page": 0, "box": (12, 6, 180, 84)} in found
    strips = [one["box"] for one in found if one["kind"] == "hidden"]
    assert strips == [(0, 0, 200, 1), (0, 97, 200, 3), (0, 1, 4, 96), (198, 1, 2, 96)]


def test_folds_have_the_strip_beside_them() -> None:
    found = zones(page(folds_mm=((90,),), fold_safe_mm=3), None)
    assert {"kind": "fold", "page": 1, "box": (90, 0, 0, 100)} in found
    assert {"kind": "beside-fold", "page": 1, "box": (87, 0, 6, 100)} in found


def test_reference_grid_lies_within_its_page(repository: Path) -> None:
    profiles = load_profiles(Workspace(repository))
    for one in profiles.formats.values():
        for line in zones(one, profiles.design):
            left, top, width, height = line["box"]
            assert min(left, top) >= 0
            assert left + width <= one.trim_mm[0] + 0.001
            assert top + height <= one.trim_mm[1] + 0.001


def test_data_file_says_what_was_typed(repository: Path) -> None:
    template = load_template(Workspace(repository), "recruit")
    odd = 'Å, "quotes", back\\slash,\ttab\x7f'
    text = toml_of(template, {"headline": odd, "points": "one\n\ntwo", "call": " ", "other": "left out"})
    assert parse_toml(text.encode(), "typed") == {"headline": odd, "points": ["one", "two"]}


def test_file_is_read_again_only_where_it_changed(tmp_path: Path) -> None:
    file = tmp_path / "page.css"
    file.write_text("one", encoding="utf-8")
    past = time.time() - 100
    os.utime(file, (past, past))
    workspace = CurrentWorkspace(tmp_path)
    first = workspace.read_bytes("page.css")
    assert workspace.read_bytes("page.css") is first
    # As an editor that keeps the length, the name and, restored from a copy, the time
    file.unlink()
    file.write_text("two", encoding="utf-8")
    os.utime(file, (past, past + 1))
    assert workspace.read_bytes("page.css") == b"two"


def test_files_elsewhere_are_watched_by_their_folder(tmp_path: Path) -> None:
    for part in ("templates", "profiles", "assets", "photos/hall"):
        (tmp_path / part).mkdir(parents=True)
    (tmp_path / "logo.svg").touch()
    found = folders(tmp_path, ["templates/a/page.html", "photos/hall/one.jpg", "logo.svg", "gone.svg"])
    names = {path.relative_to(tmp_path).as_posix() for path in found}
    assert names == {"templates", "profiles", "assets", "photos/hall", "logo.svg"}


def test_map_shows_ink_over_the_limit_in_a_colour_of_its_own() -> None:
    planes = np.zeros((1, 3, 4), np.uint8)
    planes[0, 1] = 190
    planes[0, 2] = 230
    shown = np.asarray(ink_map(planes, 300))
    assert shown[0, 0].tolist() == [255, 255, 255]
    assert shown[0, 2].tolist() == [225, 0, 90]
    assert shown[0, 1, 0] < 30
    assert most_ink(planes) == 361


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.8.9.1", True), ("0.0.0.0", False),
     ("192.168.1.4", False), ("::", False), ("localhost.example", False)],
)  # fmt: skip
def test_loopback_is_this_machine_alone(host: str, local: bool) -> None:
    assert is_loopback(host) == local

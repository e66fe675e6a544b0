"""What was shown last stands in at the next start, while nothing changed that it depends on."""

import datetime
import json
import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from printkit.errors import WorkspaceError
from printkit.preview import last_shown
from printkit.preview.asked import Ask, Cell, Picture, PlacedSlot, Previewed, Shown
from printkit.preview.last_shown import LastShown, cache_folder
from printkit.preview.watch import TICK_NS
from tests.preview.conftest import make_stage
from tests.template.stage import Stage

ASK = Ask(Cell("nu03", "flyer-a5", "nb", "sample"), 640)
FONT = "assets/fonts/SourceSans3-Bold.ttf"
DATA = b"a picture's bytes"
SHOWN = Shown(
    pictures=(Picture(sha256(DATA).hexdigest(), DATA, (480, 640), 212),),
    slots=(PlacedSlot("title", 1, (1.0, 2.5, 30.0, 40.0), 12.5, None),),
    texts=(("title", "Møte på Åsen"),),
    bleed_mm=3.0,
    ink_limit=300.0,
    read=("templates/try/page.css", FONT),
    settled=True,
    complaint=None,
)
MOST_MB = 10


@pytest.fixture
def stage(tmp_path: Path, repository: Path) -> Stage:
    made = make_stage(tmp_path / "work", repository)
    time.sleep(2 * TICK_NS / 1e9)
    return made


@pytest.fixture
def last(stage: Stage) -> LastShown:
    return again(stage)


def again(stage: Stage, date: int = 1) -> LastShown:
    """Return what the next start asks."""
    day = datetime.datetime(2026, 1, date, tzinfo=datetime.UTC)
    return LastShown(Previewed(stage.root, "try", None, day, ASK.cell), stage.root.parent / "cache")


def test_it_is_found_as_it_was_shown(stage: Stage, last: LastShown) -> None:
    assert last.find() is None
    assert last.keep(ASK, SHOWN, time.time_ns(), MOST_MB)
    assert again(stage).find() == (ASK, SHOWN)
    assert again(stage).pixels == 640


def rewritten(path: str, old: str, new: str) -> Callable[[Stage], object]:
    def change(stage: Stage) -> None:
        text = (stage.root / path).read_text(encoding="utf-8")
        assert old in text
        stage.write(path, text.replace(old, new, 1))

    return change


CHANGES: dict[str, Callable[[Stage], object]] = {
    "a style sheet": lambda stage: stage.css(".title { color: red }"),
    "a page": lambda stage: stage.page("<p>another</p>"),
    "texts of a template": lambda stage: stage.write("templates/try/texts.nb.toml", 'name = "Annet"\n'),
    "a format": rewritten("profiles/formats/flyer-a5.toml", "bleed_mm = 3", "bleed_mm = 4"),
    "a press that is not in use": lambda stage: stage.write("profiles/presses/other.toml", "x = 1\n"),
    "a font": lambda stage: (stage.root / FONT).write_bytes(b"another font"),
    "a font that is gone": lambda stage: (stage.root / FONT).unlink(),
    "one more picture": lambda stage: stage.write("assets/illustrations/nu03-more.svg", "<svg/>"),
    "a template's file that is gone": lambda stage: (stage.root / "templates/try/texts.en.toml").unlink(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_it_is_not_found_once_something_changed(stage: Stage, last: LastShown, what: str) -> None:
    assert last.keep(ASK, SHOWN, time.time_ns(), MOST_MB)
    CHANGES[what](stage)
    assert again(stage).find() is None
    # The next picture's size is a guess, which nothing depends on
    assert again(stage).pixels == 640


@pytest.mark.parametrize("name", ["engine_versions", "program_digest"])
def test_it_is_not_found_by_another_program(
    stage: Stage, last: LastShown, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert last.keep(ASK, SHOWN, time.time_ns(), MOST_MB)
    monkeypatch.setattr(last_shown, name, dict)
    assert again(stage).find() is None


def test_it_is_not_found_on_another_day_that_pieces_are_dated(stage: Stage, last: LastShown) -> None:
    assert last.keep(ASK, SHOWN, time.time_ns(), MOST_MB)
    assert again(stage, date=2).find() is None


def test_files_that_hold_what_they_held_have_not_changed(stage: Stage, last: LastShown) -> None:
    assert last.keep(ASK, SHOWN, time.time_ns(), MOST_MB)
    (stage.root / FONT).touch()
    stage.write("templates/try/.page.css.swp", "what an editor lays beside a file")
    assert again(stage).find() == (ASK, SHOWN)


@pytest.mark.parametrize("name", ["templates/try/page.css", "profiles/brand.toml", FONT])
def test_what_changed_while_it_was_made_is_not_kept(stage: Stage, last: LastShown, name: str) -> None:
    begun = time.time_ns()
    (stage.root / name).touch()
    assert not last.keep(ASK, SHOWN, begun, MOST_MB)
    assert again(stage).find() is None


def test_what_went_while_it_was_made_is_noticed_by_its_folder(stage: Stage, last: LastShown) -> None:
    begun = time.time_ns()
    (stage.root / "templates/try/texts.en.toml").unlink()
    assert not last.keep(ASK, SHOWN, begun, MOST_MB)


@pytest.mark.parametrize(
    ("ask", "shown"),
    [
        (replace(ASK, cell=replace(ASK.cell, language="en")), SHOWN),
        (replace(ASK, inks="k"), SHOWN),
        (replace(ASK, values=(("title", "Hei"),)), SHOWN),
        (ASK, replace(SHOWN, pictures=(None,))),
        (ASK, replace(SHOWN, settled=False)),
        (ASK, replace(SHOWN, complaint=WorkspaceError("a", None, "wrong"))),
    ],
)
def test_only_the_first_piece_as_it_will_print_is_kept(last: LastShown, ask: Ask, shown: Shown) -> None:
    assert not last.keep(ask, shown, time.time_ns(), MOST_MB)
    assert not last.file.exists()


@pytest.mark.parametrize("text", ["", "[]", '{"key": 1}', '{"pixels": "many", "key": null}'])
def test_a_file_that_says_something_else_says_nothing(stage: Stage, last: LastShown, text: str) -> None:
    last.folder.mkdir()
    last.file.write_text(text, encoding="utf-8")
    assert (again(stage).find(), again(stage).pixels) == (None, None)


def test_a_file_that_was_cut_short_within_says_nothing(stage: Stage, last: LastShown) -> None:
    assert last.keep(ASK, SHOWN, time.time_ns(), MOST_MB)
    kept = json.loads(last.file.read_text(encoding="utf-8"))
    del kept["pictures"][0]["data"]
    last.file.write_text(json.dumps(kept), encoding="utf-8")
    assert again(stage).find() is None


def test_what_was_kept_longest_ago_goes_first(last: LastShown) -> None:
    last.folder.mkdir()
    old = last.folder / "old.json"
    old.write_bytes(bytes(1_000_000))
    assert last.keep(ASK, SHOWN, time.time_ns(), 1)
    assert list(last.folder.iterdir()) == [last.file]


def test_where_nothing_can_be_written_nothing_is_kept(stage: Stage, last: LastShown) -> None:
    last.folder.write_text("a file where the folder would be", encoding="utf-8")
    assert not last.keep(ASK, SHOWN, time.time_ns(), MOST_MB)
    assert again(stage).find() is None


def test_nobody_else_may_look_into_the_folder(last: LastShown) -> None:
    last.keep(ASK, SHOWN, time.time_ns(), MOST_MB)
    assert last.folder.stat().st_mode & 0o077 == 0


def test_it_lies_where_the_user_has_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "printkit/preview"
    # The specification has others passed over
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    folder = cache_folder()
    assert folder
    assert folder.is_absolute()
    assert folder.is_relative_to(Path.home())

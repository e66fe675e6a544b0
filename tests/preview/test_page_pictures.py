"""Pages are drawn once for as long as they draw the same, and the first new one alone where that is asked."""

import datetime
import shutil
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from printkit.preview.asked import Ask, Cell, Previewed, Shown
from printkit.preview.known import read_known
from printkit.preview.soft_proofs import SoftProofs
from tests.preview.conftest import TINT, make_stage
from tests.template.stage import Stage

TODAY = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
FLYER = Cell("nu03", "flyer-a5", "nb", "sample")
FRONT, BACK = TINT + ".title { color: #c33 }", TINT + "p { color: #c33 }"


@dataclass
class Worker:
    """Show one piece of a workspace, in a new state of its files each time."""

    stage: Stage
    proofs: SoftProofs
    states: count = field(default_factory=count)  # type: ignore[type-arg]

    def show(self, most: int | None = None) -> Shown:
        # Files that changed a moment ago are read again
        time.sleep(0.05)
        return self.proofs.show(Ask(FLYER, 100), next(self.states), guess=True, most=most)

    def digests(self) -> list[str]:
        return [one.digest for one in self.show().pictures if one]


@pytest.fixture
def worker(tmp_path: Path, repository: Path) -> Worker:
    stage = make_stage(tmp_path / "work", repository)
    return Worker(stage, SoftProofs(Previewed(stage.root, "try", None, TODAY, FLYER)))


def test_one_page_is_drawn_where_no_more_are_asked(worker: Worker) -> None:
    front, back = worker.show(most=1).pictures
    assert (front is None, back is None) == (False, True)
    assert worker.show().pictures[0] is front


def test_a_page_that_draws_the_same_is_not_drawn_again(worker: Worker) -> None:
    front, back = worker.show().pictures
    worker.stage.css(BACK)
    first, second = worker.show(most=1).pictures
    assert first is front
    assert second
    assert second != back


def test_going_back_to_an_earlier_state_shows_its_pictures(worker: Worker) -> None:
    before, sheet = worker.digests(), worker.stage.root / "templates/try/page.css"
    text = sheet.read_text(encoding="utf-8")
    worker.stage.css(FRONT)
    after = worker.digests()
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True]
    sheet.write_text(text, encoding="utf-8")
    assert worker.digests() == before


def test_a_font_with_other_shapes_changes_every_page(worker: Worker) -> None:
    before, fonts = worker.digests(), worker.stage.root / "assets/fonts"
    for weight in ("Regular", "Bold"):
        shutil.copy(fonts / "BricolageGrotesque-ExtraBold.ttf", fonts / f"SourceSans3-{weight}.ttf")
    assert not set(before) & set(worker.digests())


def test_another_icc_profile_gives_every_page_other_inks(worker: Worker) -> None:
    before, icc = worker.digests(), worker.stage.root / "assets/icc"
    shutil.copy(icc / "FOGRA29L_uncoated.icc", icc / "FOGRA39L_coated.icc")
    after = worker.digests()
    assert not set(before) & set(after)
    # The old inks as the new profile shows them would be others than those of a preview that begins now
    assert after == Worker(worker.stage, SoftProofs(worker.proofs.begun)).digests()


def test_what_the_server_read_is_read_again_only_where_it_changed(worker: Worker) -> None:
    begun, manifest = worker.proofs.begun, "templates/try/template.toml"
    # Files that were written a moment ago may change unnoticed
    time.sleep(0.05)
    known = read_known(worker.stage.workspace, "try")
    proofs = SoftProofs(begun, known)
    proofs.show(Ask(FLYER, 100), 0, guess=True)
    assert proofs._current(0).template is known.template
    text = (worker.stage.root / manifest).read_text(encoding="utf-8")
    worker.stage.write(manifest, text.replace('"Bli med"', '"Kom hit"'))
    time.sleep(0.05)
    late = SoftProofs(begun, known).show(Ask(FLYER, 100), 0, guess=True)
    assert dict(late.texts)["title"] == "Kom hit"


def test_plates_are_of_one_page_each(worker: Worker) -> None:
    """Black alone, then all inks: the planes of a page are those of that page."""
    worker.show()
    black = worker.proofs.show(Ask(FLYER, 100, "k"), 0, guess=True).pictures
    assert len({one.digest for one in black if one}) == 2

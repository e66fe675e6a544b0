"""What was read is what the key says, and what was checked is what lies on the disk."""

from pathlib import Path

import pytest

from printkit.batch import folder as batch_folder
from printkit.errors import WriteError
from tests.batch.small import small
from tests.batch.test_read import (
    BASE,
    PICTURES,
    SHEETS,
    test_a_file_is_noticed_under_each_of_its_names,
    test_a_template_changed_while_a_batch_runs_changes_nothing_of_it,
)
from tests.cases.registry import case


@case("attack/stale")
def odd_names(folder: Path) -> None:
    """A file that a page names in an odd way changes between two batches: the piece is made again."""
    for at, ways in enumerate((PICTURES, SHEETS, *((one,) for one in BASE))):
        (folder / str(at)).mkdir()
        test_a_file_is_noticed_under_each_of_its_names(folder / str(at), ways)


@case("attack/template-changed-in-a-run")
def changed_and_changed_back(folder: Path) -> None:
    """A template changes while a batch runs, and back: what was read first is laid out, nothing is held."""
    test_a_template_changed_while_a_batch_runs_changes_nothing_of_it(folder)


@case("attack/byte-changed-before-disk")
def a_byte_on_its_way_to_the_disk(folder: Path) -> None:
    """A byte changes between check and disk: the run ends with words, and nothing stands in press/."""
    made, write = small(folder), batch_folder._write
    made.design.page('<p style="left: 20mm; top: 20mm">Bli med</p>')
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch_folder, "_write", lambda path, data: write(path, b"x" + data[1:]))
        with pytest.raises(WriteError, match="not what was written"):
            made.run()
    assert not list((folder / "out").rglob("*.pdf"))
    assert made.run().exit_code == 0


@case("attack/huge-numbers")
def numbers_without_measure(folder: Path) -> None:
    """Spans, grids, tabs, pads and steps of a billion end within a worker's limits, the template named."""
    made = small(folder).design
    limits = (folder / "profiles/batch.toml").read_text("utf-8")
    made.write(
        "profiles/batch.toml",
        limits.replace("piece_seconds = 120", "piece_seconds = 3").replace(
            "worker_mb = 2000", "worker_mb = 600"
        ),
    )
    for page in HUGE:
        made.page(page)
        told = made.render()
        assert told.code in (4, 6), (page, told)
        assert "templates/t" in told.text, (page, told)


HUGE = (
    "<table><colgroup><col span=999999999></colgroup><tr><td>x</td></tr></table>",
    "<table><colgroup span=999999999></colgroup><tr><td>x</td></tr></table>",
    "<div style='display:grid'><p style='grid-column: 1/1000000000'>x</p></div>",
    "<pre style='tab-size: 1000000000; top: 9mm; left: 9mm'>a\tb</pre>",
    "<p style='background: repeating-linear-gradient(red, blue 1e-9mm); left: 9mm; top: 9mm; "
    "width: 20mm; height: 20mm'></p>",
    "<style>@counter-style z {system: numeric; symbols: '0' '1'; pad: 1000000000 '0'}</style>"
    "<ol style='list-style: z; top: 9mm; left: 9mm'><li>x</ol>",
)

"""What a run has read of templates while it plans, its workers need not read again."""

import pickle
from pathlib import Path

import jinja2
import pytest

from printkit.batch.journal import Journal
from printkit.batch.piece import find_inputs
from printkit.errors import WorkspaceErrors
from printkit.produce import Inputs, Maker
from printkit.template import READINGS, after_reading
from tests.batch.small import small


def test_a_worker_binds_without_reading_a_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = small(tmp_path)
    run, pieces, production = made.planned()
    READINGS.codes.clear()
    READINGS.names.clear()
    (found,) = find_inputs(run, pieces, Maker(production), Journal()).values()
    assert isinstance(found, Inputs)
    assert "t/page.html" in READINGS.codes
    sent = pickle.loads(pickle.dumps(READINGS))
    READINGS.codes.clear()
    READINGS.names.clear()
    # Whoever reads a template parses it.
    monkeypatch.delattr(jinja2.Environment, "_parse")
    (piece,) = pieces
    with pytest.raises(WorkspaceErrors, match="_parse"):
        Maker(production).bind(piece)
    assert after_reading(sent, lambda: Maker(production)).inputs(piece) == found

"""The docs' tables say what the tests beside this one hold."""

import pytest

from tests.render.look.rows import DOCS, KINDS, rows, table


@pytest.mark.parametrize("kind", KINDS)
def test_docs_have_the_table_of_the_data(kind: str) -> None:
    """Made by `python -m tests.render.look`."""
    assert "\n".join(table(kind)) in (DOCS / "css-and-svg.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_has_a_sample_or_a_note(kind: str) -> None:
    for row in rows(kind, "right", "mended", "refused"):
        assert "sample" in row or "note" in row, row["feature"]

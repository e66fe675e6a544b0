"""Numbers that no page needs."""

from pathlib import Path

from tests.cases.design import design
from tests.cases.registry import case


@case("attack/number-too-large")
def number_too_large(folder: Path) -> None:
    """A length beyond what the layout engine can count is the page's fault: exit code 4 and its file."""
    made = design(folder)
    made.page('<p style="letter-spacing: 1e30mm">x</p>')
    told = made.render()
    assert told.code == 4
    assert "templates/t/page.html: a length or number is too large to be laid out" in told.text
    assert "OverflowError" not in told.text

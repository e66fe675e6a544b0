"""Every case that came in from outside gives what is right."""

from pathlib import Path

import pytest

from tests.cases.registry import Case, all_cases

pytestmark = pytest.mark.long


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.id)
def test_a_case_from_outside_gives_what_is_right(case: Case, tmp_path: Path) -> None:
    assert case.sentence, f"{case.id} does not say what is right"
    case.run(tmp_path)

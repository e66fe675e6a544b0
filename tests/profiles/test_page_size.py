"""The largest page that readers take: trim, bleed and marks together, on both sides."""

from pathlib import Path

import pytest

from printkit.profiles import PressMarks, PressMarkStyle, load_profiles, size_problem
from printkit.workspace import Workspace

STYLE = PressMarkStyle(gap_mm=2, length_mm=5, line_pt=0.25)


@pytest.mark.parametrize(("crop", "most"), [(False, 5074), (True, 5060)])
@pytest.mark.parametrize("across", [True, False])
def test_marks_and_bleed_count(repository: Path, crop: bool, most: float, across: bool) -> None:
    profiles = load_profiles(Workspace(repository))
    marks = PressMarks(crop=crop, registration=False, fold=False, style=STYLE)
    press = profiles.presses["offset-coated"].model_copy(update={"marks": marks, "bleed_mm": None})
    for side, fits in ((most, True), (most + 0.1, False)):
        trim = (side, 100.0) if across else (100.0, side)
        page = profiles.formats["flyer-a5"].model_copy(update={"trim_mm": trim, "bleed_mm": 3})
        assert (size_problem(page, press) is None) == fits
        assert size_problem(page, press.model_copy(update={"bleed_mm": 20})) is not None

"""A border round a corner ends where its side does, and leaves no line where a side is missing."""

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray

from tests.template.stage import Stage

# Points to a CSS pixel, pixels drawn to one
PX = 0.75
SCALE = 4
AT, SIZE = 40, 80


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Stage:
    return Stage.at(tmp_path_factory.mktemp("round"), repository)


@pytest.mark.parametrize(
    ("widths", "radius", "empty", "tail"),
    [
        ("4px 0 0 16px", "20px", (24, 24, 80, 80), (74, 0, 80, 19)),
        ("8px 0 0 0", "40px 40px 0 0", (0, 41, 80, 80), (0, 20, 6, 39)),
        # The round is longer than half the side
        ("0 0 0 8px", "0 0 0 72px / 0 0 0 76px", (20, 0, 80, 40), (50, 60, 72, 80)),
        ("0 8px 0 8px", "30px", (31, 0, 49, 80), (20, 0, 29, 6)),
    ],
)
def test_a_side_that_is_missing_leaves_no_line(
    stage: Stage, widths: str, radius: str, empty: tuple[int, ...], tail: tuple[int, ...]
) -> None:
    stage.css(".title { top: 185mm; height: 15mm } .code { top: 135mm }")
    box = f"position:absolute;left:{AT}px;top:{AT}px;width:{SIZE}px;height:{SIZE}px;box-sizing:border-box"
    stage.page(f'<div style="{box};border:0 solid #036;border-width:{widths};border-radius:{radius}"></div>')
    shown = pypdfium2.PdfDocument(stage.render().pdf)[0].render(scale=SCALE / PX).to_pil()
    page = np.asarray(shown.convert("L"))
    assert not drawn(page, empty)
    assert drawn(page, tail)


def drawn(page: NDArray[np.uint8], part: tuple[int, ...]) -> bool:
    left, top, right, bottom = (SCALE * (AT + side) for side in part)
    return bool((page[top:bottom, left:right] < 250).any())

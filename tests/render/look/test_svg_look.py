"""Every drawing that the docs call right looks as resvg draws it; what they refuse is named with its line."""

from pathlib import Path

import numpy as np
import pytest
import resvg_py

from printkit.raster.problem import PictureProblem
from printkit.raster.svg import check_svg
from printkit.raster.svg_drawing import Drawing, open_drawing
from tests.render.look.pixels import FINE, Picture, differs, of_pdf, of_png
from tests.render.look.rows import rows, svg
from tests.template.stage import Stage

SIDE, COLUMNS = 80, 7
SHOWN = rows("svg", "right", "mended")
NAMES = [row["feature"] for row in SHOWN]


def cell(number: int) -> tuple[int, int]:
    row, column = divmod(number, COLUMNS)
    return column * SIDE, row * SIDE


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Picture:
    """Return one page with all drawings, each in a cell of its own."""
    stage = Stage.at(tmp_path_factory.mktemp("look"), repository)
    places = []
    for number, row in enumerate(SHOWN):
        stage.write(f"assets/look/{number}.svg", svg(row))
        left, top = cell(number)
        style = f"left:{left}px; top:{top}px; width:{SIDE}px; height:{SIDE}px"
        places.append(f'<img src="/assets/look/{number}.svg" style="{style}">')
    stage.css(".title { top: 185mm; height: 15mm } .code { top: 135mm }")
    stage.page("".join(places))
    return of_pdf(stage.render().pdf)


def ours(page: Picture, number: int) -> Picture:
    left, top = cell(number)
    return page[top : top + SIDE, left : left + SIDE]


def theirs(number: int) -> Picture:
    row = SHOWN[number]
    drawing = svg(row | {"sample": row.get("peer", row["sample"])}, f'width="{SIDE}" height="{SIDE}"')
    return of_png(
        bytes(resvg_py.svg_to_bytes(svg_string=drawing, width=SIDE * FINE, height=SIDE * FINE, dpi=96))
    )


@pytest.mark.parametrize("number", range(len(SHOWN)), ids=NAMES)
def test_drawing_looks_as_resvg_draws_it(page: Picture, number: int) -> None:
    loose = SHOWN[number].get("loose", False)
    assert not differs(ours(page, number), theirs(number), loose=loose)


@pytest.mark.parametrize("number", range(len(SHOWN)), ids=NAMES)
def test_a_drawing_two_pixels_off_would_be_noticed(page: Picture, number: int) -> None:
    assert differs(np.roll(ours(page, number), (2, 2), axis=(0, 1)), theirs(number))


@pytest.mark.parametrize("row", rows("svg", "refused"), ids=lambda row: row["feature"])
def test_what_is_refused_is_named_with_its_line(row: dict[str, str]) -> None:
    data = svg(row).replace("><", ">\n<", 1).encode()
    with pytest.raises(PictureProblem, match="in line 2") as error:
        opened(data)
    assert row["words"] in str(error.value)


def opened(data: bytes) -> Drawing:
    check_svg(data, 10_000, 100)
    return open_drawing(data)

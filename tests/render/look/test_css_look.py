"""CSS and HTML that the docs call right looks as Chromium has it; what they refuse is named by its place."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from printkit.errors import PrintkitError
from tests.render.look.pixels import FINE, Picture, coarse, differs, of_pdf, of_png
from tests.render.look.rows import rows
from tests.template.stage import FONTS, Stage

SIDE, COLUMNS = 80, 7
SHOWN = [row for kind in ("css", "html") for row in rows(kind, "right", "mended") if "sample" in row]
LINES = len(SHOWN) // COLUMNS + 1
NAMES = [row["feature"] for row in SHOWN]
CELLS = """
.cell, .cell * { position: absolute; margin: 0 }
.cell { width: 80px; height: 80px; overflow: hidden; z-index: 0 }
.cell svg, .cell i { position: static }
.title { top: 185mm; height: 15mm } .code { top: 135mm }
"""
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    *("--disable-sync", "--allow-file-access-from-files", "--virtual-time-budget=5000", "--hide-scrollbars"),
    *("--force-color-profile=srgb", "--disable-lcd-text", "--font-render-hinting=none"),
)


def cells() -> str:
    places = []
    for number, row in enumerate(SHOWN):
        down, across = divmod(number, COLUMNS)
        places.append(
            f'<div class="cell" style="left:{across * SIDE}px; top:{down * SIDE}px">{row["sample"]}</div>'
        )
    return "".join(places)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Stage:
    stage = Stage.at(tmp_path_factory.mktemp("look"), repository)
    halves = Image.new("RGB", (160, 160), "#036")
    halves.paste("#fc0", (0, 80, 160, 160))
    (stage.root / "assets/look").mkdir()
    halves.save(stage.root / "assets/look/halves.png")
    return stage


@pytest.fixture(scope="module")
def ours(stage: Stage) -> Picture:
    stage.css(CELLS)
    stage.page(cells())
    return of_pdf(stage.render().pdf)


@pytest.fixture(scope="module")
def theirs(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Picture:
    """Return the same page by Chromium: one process for all of it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no chromium here")
    folder = tmp_path_factory.mktemp("chromium")
    style = f"body {{ margin: 0; font-family: Sans; line-height: 1.2 }}{FONTS}{CELLS}"
    page = f'<!DOCTYPE html><style>{style}</style><section class="page">{cells()}</section>'
    (folder / "page.html").write_text(page.replace("/assets/", f"{stage.root.as_uri()}/assets/"))
    own = [f"--user-data-dir={folder / 'profile'}", f"--force-device-scale-factor={FINE}"]
    size = [f"--screenshot={folder / 'page.png'}", f"--window-size={COLUMNS * SIDE},{LINES * SIDE}"]
    command = [chromium, *FLAGS, *own, *size, (folder / "page.html").as_uri()]
    # The layout engine's own fontconfig, which has no fonts, is not for others.
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return of_png((folder / "page.png").read_bytes())


def cell(page: Picture, number: int) -> Picture:
    down, across = divmod(number, COLUMNS)
    return page[down * SIDE : (down + 1) * SIDE, across * SIDE : (across + 1) * SIDE]


def wrong(ours: Picture, theirs: Picture, number: int, off: int = 0) -> bool:
    row, mine, other = SHOWN[number], cell(ours, number), cell(theirs, number)
    moved = np.roll(mine, (off, off), axis=(0, 1))
    if row.get("coarse"):
        return differs(coarse(moved), coarse(other))
    return differs(moved, other, loose=row.get("loose", False))


@pytest.mark.parametrize("number", range(len(SHOWN)), ids=NAMES)
def test_box_looks_as_chromium_draws_it(ours: Picture, theirs: Picture, number: int) -> None:
    assert not wrong(ours, theirs, number)


@pytest.mark.parametrize("number", range(len(SHOWN)), ids=NAMES)
def test_a_box_beside_its_place_would_be_noticed(ours: Picture, theirs: Picture, number: int) -> None:
    assert wrong(ours, theirs, number, off=6)


@pytest.mark.parametrize(
    "row", [row for row in rows("css", "refused") if "sample" in row], ids=lambda row: row["feature"]
)
def test_what_is_refused_is_named_with_its_file(stage: Stage, row: dict[str, Any]) -> None:
    # What a row says comes after
    size = "width: 9px; height: 9px; top: 9px"
    stage.css(
        f".code {{ top: 135mm }} .around {{ {row.get('parent', '')} }}\n.look {{ {size};\n{row['sample']} }}"
    )
    stage.page('<div class="around"><div class="look"></div></div>')
    with pytest.raises(PrintkitError) as error:
        stage.render()
    late = "<div>: " if row.get("late") is True else row.get("late")
    file = f"page.html: {late}" if late else "page.css: line "
    assert str(error.value).startswith(f"templates/try/{file}")


@pytest.mark.parametrize("row", rows("html", "refused"), ids=lambda row: row["feature"])
def test_html_that_is_nothing_on_paper_is_named(stage: Stage, row: dict[str, Any]) -> None:
    stage.css(".title { top: 185mm; height: 15mm } .code { top: 135mm }")
    stage.page(f'<div style="left: 20mm; top: 20mm">{row["sample"]}</div>')
    with pytest.raises(PrintkitError) as error:
        stage.render()
    assert "templates/try/page.html: " in str(error.value)
    assert row["words"] in str(error.value)

"""Sizes by the figures of profiles/preflight/codes.toml."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from printkit.qr import CodeGeometry, modules_of
from printkit.qr.box import MOST_CAPITALS, MOST_TAIL
from printkit.qr.ids import ID_SIGNS
from printkit.units import Rect, pt


@pytest.fixture(scope="module")
def figures(repository: Path) -> SimpleNamespace:
    values = tomllib.loads((repository / "profiles/preflight/codes.toml").read_text())
    return SimpleNamespace(**values | {"module_mm": SimpleNamespace(**values["module_mm"])})


@pytest.mark.parametrize(
    ("metres", "version", "width"),
    [
        (0.3, 10, 30),
        (1, 10, 100),
        (2.3, 5, 230),
        (0.1, 10, 28.5),
        (0.1, 7, 22.5),
        (0.1, 4, 20),
        (0.1, 14, 28.5),
    ],
)
def test_width_is_the_largest_of_distance_least_and_modules(
    figures: SimpleNamespace, metres: float, version: int, width: float
) -> None:
    assert CodeGeometry.of(figures, metres * 1000, version).width_mm == pytest.approx(width)


def test_the_coarsest_symbol_keeps_its_quiet_zone(figures: SimpleNamespace) -> None:
    flyer = CodeGeometry.of(figures, 300, 6)
    assert flyer.box_width_mm == pytest.approx(30 * (1 + 2 * 4 / 41))
    assert flyer.quiet_mm >= 4 * flyer.width_mm / modules_of(flyer.versions[0])


def test_no_module_falls_under_the_error_limit(figures: SimpleNamespace) -> None:
    flyer = CodeGeometry.of(figures, 300, 6)
    assert flyer.versions == (6, 14)
    assert flyer.width_mm / modules_of(14) >= 0.4 > flyer.width_mm / modules_of(15)


def test_the_print_id_grows_with_the_code_from_six_points(figures: SimpleNamespace) -> None:
    sizes = [CodeGeometry.of(figures, metres * 1000, 6).id_size_pt for metres in (0.3, 1, 2.3)]
    assert sizes == pytest.approx([6, pt(100) / 24, 14])


def test_symbol_and_print_id_share_the_box_without_touching(figures: SimpleNamespace) -> None:
    flyer = CodeGeometry.of(figures, 300, 6)
    box = Rect(0, 0, pt(flyer.box_width_mm), pt(flyer.box_height_mm)).moved(50, 70)
    symbol, line = flyer.symbol_box(box), flyer.id_box(box)
    quiet = pt(flyer.quiet_mm)
    assert symbol.as_tuple() == pytest.approx(box.inset(quiet, line.height + quiet, quiet, quiet).as_tuple())
    assert line.as_tuple() == pytest.approx((symbol.x0, box.y0, box.x1, symbol.y0 - quiet))


@pytest.mark.parametrize(
    "font", sorted((Path(__file__).parents[2] / "assets/fonts").glob("*.?tf")), ids=lambda file: file.stem
)
def test_no_sign_of_an_id_reaches_under_its_line_s_room(font: Path) -> None:
    face = TTFont(font)
    glyphs, em = face.getGlyphSet(), face["head"].unitsPerEm
    reach = BoundsPen(glyphs)
    for sign in ID_SIGNS:
        glyphs[face.getBestCmap()[ord(sign)]].draw(reach)
    _, lowest, _, highest = reach.bounds
    assert highest / em <= MOST_CAPITALS
    assert lowest / em >= -MOST_TAIL

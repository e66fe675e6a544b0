"""Sizes by the figures of profiles/preflight/codes.toml."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from printkit.qr import CodeGeometry, modules_of
from printkit.units import Rect, pt


@pytest.fixture(scope="module")
def figures(repository: Path) -> SimpleNamespace:
    values = tomllib.loads((repository / "profiles/preflight/codes.toml").read_text())
    return SimpleNamespace(**values | {"module_mm": SimpleNamespace(**values["module_mm"])})


@pytest.mark.parametrize(("metres", "width"), [(0.3, 30), (1, 100), (2, 200), (3, 300), (0.1, 28.5)])
def test_width_follows_the_viewing_distance(figures: SimpleNamespace, metres: float, width: float) -> None:
    assert CodeGeometry.of(figures, metres * 1000).width_mm == pytest.approx(width)


def test_the_coarsest_symbol_keeps_its_quiet_zone(figures: SimpleNamespace) -> None:
    flyer = CodeGeometry.of(figures, 300)
    assert flyer.box_width_mm == pytest.approx(30 * (1 + 2 * 4 / 41))
    assert flyer.quiet_mm >= 4 * flyer.width_mm / modules_of(flyer.versions[0])


def test_no_module_falls_under_the_error_limit(figures: SimpleNamespace) -> None:
    flyer = CodeGeometry.of(figures, 300)
    assert flyer.versions == (6, 14)
    assert flyer.width_mm / modules_of(14) >= 0.4 > flyer.width_mm / modules_of(15)


def test_the_print_id_grows_with_the_code_from_six_points(figures: SimpleNamespace) -> None:
    assert CodeGeometry.of(figures, 300).id_size_pt == 6
    assert CodeGeometry.of(figures, 2000).id_size_pt == pytest.approx(pt(200) / 30)


def test_symbol_and_print_id_share_the_box_without_touching(figures: SimpleNamespace) -> None:
    flyer = CodeGeometry.of(figures, 300)
    box = Rect(0, 0, pt(flyer.box_width_mm), pt(flyer.box_height_mm)).moved(50, 70)
    symbol, line = flyer.symbol_box(box), flyer.id_box(box)
    quiet = pt(flyer.quiet_mm)
    assert symbol.as_tuple() == pytest.approx(box.inset(quiet, line.height + quiet, quiet, quiet).as_tuple())
    assert line.as_tuple() == pytest.approx((box.x0, box.y0, box.x1, symbol.y0 - quiet))

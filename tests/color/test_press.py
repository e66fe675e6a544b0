"""Recipes, greys, LittleCMS and the ink limit, on the two profiles that the project ships."""

import pickle
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from printkit.color import Cmyk, InkError, PressColor, PressProfile, lightness

ICC = Path(__file__).parents[2] / "assets" / "icc"
FJORD = (0, 75, 110)
RECIPE = (1.0, 0.45, 0.2, 0.35)
BOTH = ("FOGRA39L_coated.icc", "FOGRA29L_uncoated.icc")


@cache
def press(name: str = BOTH[0], limit: float = 300) -> PressColor:
    return PressColor(PressProfile((ICC / name).read_bytes()), limit, {FJORD: RECIPE})


def unit(colour: tuple[int, int, int]) -> tuple[float, float, float]:
    red, green, blue = (value / 255 for value in colour)
    return red, green, blue


def printed_lightness(name: str, black: float) -> float:
    """Read L* of K alone the other way round: press to sRGB, then by formula."""
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    profiles = str(ICC / name), ImageCms.createProfile("sRGB")
    way = ImageCms.buildTransform(*profiles, "CMYK", "RGB", intent, flags)
    image = ImageCms.applyTransform(Image.new("CMYK", (1, 1), (0, 0, 0, round(black * 255))), way)
    return lightness(float(np.asarray(image).mean()) / 255)


def test_brand_colour_is_its_recipe_exactly() -> None:
    assert press().solid(*unit(FJORD)) == RECIPE
    assert press().solid(0.0004, 75.3 / 255, 109.8 / 255) == RECIPE


def test_black_is_full_k_and_white_is_paper() -> None:
    assert press().solid(0, 0, 0) == (0, 0, 0, 1)
    assert press().solid(1, 1, 1) == (0, 0, 0, 0)


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("level", [60, 90, 128, 180, 220, 245])
def test_grey_prints_as_light_as_it_shows(name: str, level: int) -> None:
    cyan, magenta, yellow, black = press(name).solid(*unit((level, level, level)))
    assert (cyan, magenta, yellow) == (0, 0, 0)
    assert printed_lightness(name, black) == pytest.approx(lightness(level / 255), abs=0.6)


@pytest.mark.parametrize("name", BOTH)
def test_greys_never_turn_back(name: str) -> None:
    blacks = [press(name).grey(level / 1000) for level in range(1001)]
    assert blacks == sorted(blacks, reverse=True)
    assert (blacks[0], blacks[-1]) == (1, 0)


def test_other_colours_go_through_the_profile() -> None:
    cyan, magenta, yellow, black = press().solid(1, 0, 0)
    assert cyan == black == 0
    assert min(magenta, yellow) > 0.9


def test_excess_ink_leaves_cmy_alike_and_keeps_k() -> None:
    cyan, magenta, yellow, black = press().limit((1.0, 0.8, 0.6, 0.9))
    assert black == 0.9
    assert cyan + magenta + yellow == pytest.approx(2.1, abs=3e-4)
    assert cyan + magenta + yellow <= 2.1
    assert magenta / cyan == pytest.approx(0.8, abs=1e-3)
    assert yellow / cyan == pytest.approx(0.6, abs=1e-3)


def test_every_solid_is_under_a_low_limit() -> None:
    low = press(limit=220)
    cube = [(r / 4, g / 4, b / 4) for r in range(5) for g in range(5) for b in range(5)]
    assert max(sum(low.solid(*colour)) for colour in cube) <= 2.2 + 1e-9


def test_recipe_over_the_limit_is_refused() -> None:
    with pytest.raises(InkError, match=r"#004b6e.*200 % ink, 180 % is the most"):
        PressColor(press().profile, 180, {FJORD: RECIPE})


def test_limit_as_a_fraction_is_refused() -> None:
    with pytest.raises(InkError, match="between"):
        PressColor(press().profile, 3.0, {})


def test_a_press_travels_to_another_process() -> None:
    twin = pickle.loads(pickle.dumps(press()))
    assert twin.solid(0.2, 0.5, 0.3) == press().solid(0.2, 0.5, 0.3)


def steps(inks: list[Cmyk]) -> float:
    return float(np.abs(np.diff(np.array(inks), axis=0)).max())


def test_ramp_between_brand_and_white_interpolates_the_recipe() -> None:
    middle = press().ramp([(0, unit(FJORD)), (1, (1, 1, 1))], 3)[1]
    assert middle == pytest.approx(tuple(ink / 2 for ink in RECIPE))


def test_ramp_of_greys_stays_in_k_at_equal_lightness() -> None:
    inks = press().ramp([(0, (0, 0, 0)), (1, (1, 1, 1))], 5)
    assert [ink[3] for ink in inks] == pytest.approx([press().grey(i / 4) for i in range(5)], abs=1e-4)
    assert all(ink[:3] == (0, 0, 0) for ink in inks)


def test_ramp_from_brand_to_any_colour_has_exact_ends_and_no_jump() -> None:
    inks = press().ramp([(0, unit(FJORD)), (1, (0.9, 0.6, 0.1))], 257)
    assert inks[0] == RECIPE
    assert inks[-1] == press().solid(0.9, 0.6, 0.1)
    assert steps(inks) < 0.03


def test_ramp_keeps_its_stops_and_a_hard_edge() -> None:
    red, blue, white = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (1.0, 1.0, 1.0)
    inks = press().ramp([(0, red), (0.5, blue), (0.5, white), (1, white)], 5)
    assert inks[0] == press().solid(*red)
    assert inks[2] == inks[4] == (0, 0, 0, 0)


def test_ramp_is_under_the_limit_everywhere() -> None:
    inks = press(limit=220).ramp([(0, (0.05, 0.1, 0.0)), (1, (0.1, 0.0, 0.05))], 65)
    assert max(map(sum, inks)) <= 2.2 + 1e-9


def test_pixels_are_under_the_limit_and_as_solids_say() -> None:
    image = Image.new("RGB", (2, 2), (12, 200, 90))
    image.putpixel((1, 1), (0, 0, 0))
    inks = np.asarray(press(limit=220).pixels(image), dtype=int)
    assert inks.sum(axis=2).max() <= 2.2 * 255
    assert inks[0, 0] / 255 == pytest.approx(press().solid(12 / 255, 200 / 255, 90 / 255), abs=0.02)


def test_grey_pixels_are_paper_to_full_k_and_keep_shadows() -> None:
    image = Image.frombytes("L", (256, 1), bytes(range(256)))
    levels = np.asarray(press(BOTH[1]).grey_pixels(image))[0].astype(int)
    assert (levels[0], levels[255]) == (0, 255)
    assert (np.diff(levels[::4]) > 0).all()

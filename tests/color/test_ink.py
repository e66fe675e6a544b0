"""Ink limits of solids and pixels, recipes, lightness."""

import numpy as np
import pytest

from printkit.color import InkError, check_recipe, ink_of_pixels, lightness, limit_pixels, luminance


def test_recipe_at_the_limit_passes() -> None:
    check_recipe("fjord", (1.0, 1.0, 0.5, 0.5), 300)


def test_recipe_over_the_limit_names_colour_and_figures() -> None:
    with pytest.raises(InkError, match="'fjord': 310 % ink, 300 % is the most"):
        check_recipe("fjord", (1.0, 1.0, 0.6, 0.5), 300)


@pytest.mark.parametrize("recipe", [(1.2, 0.0, 0.0, 0.0), (-0.1, 0.0, 0.0, 0.0)])
def test_recipe_outside_an_ink_is_refused(recipe: tuple[float, float, float, float]) -> None:
    with pytest.raises(InkError, match="from 0 to 100 %"):
        check_recipe("fjord", recipe, 300)


def test_no_pixel_is_over_the_limit_by_rounding() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (50_000, 4)).astype(np.uint8)
    limited = limit_pixels(pixels, 250)
    assert limited.sum(axis=1, dtype=int).max() <= 2.5 * 255
    assert (limited[:, 3] == pixels[:, 3]).all()


def test_pixels_under_the_limit_stay_as_they_are() -> None:
    pixels = np.array([[255, 255, 255, 0], [0, 0, 0, 255]], dtype=np.uint8)
    assert limit_pixels(pixels, 300) is pixels


def test_lightness_and_luminance_of_black_grey_and_white() -> None:
    assert [lightness(level) for level in (0, 119 / 255, 1)] == pytest.approx([0, 50, 100], abs=0.1)
    assert luminance((1, 1, 1)) == 1
    assert luminance((0, 1, 0)) == pytest.approx(0.59)


def test_ink_of_pixels_is_the_sum_of_their_planes() -> None:
    pixels = np.array([[[255, 255, 255, 255], [0, 0, 0, 0]], [[1, 2, 3, 250], [10, 200, 0, 100]]], np.uint8)
    assert ink_of_pixels(pixels).tolist() == pixels.sum(axis=-1).tolist() == [[1020, 0], [256, 310]]

from pathlib import Path

import pytest
from PIL import Image

from printkit.color import PressProfile, soft_proof

COATED = PressProfile((Path(__file__).parents[2] / "assets/icc/FOGRA39L_coated.icc").read_bytes())


@pytest.mark.parametrize(
    ("inks", "darkest", "brightest"),
    [
        ((0, 0, 0, 0), (250, 250, 250), (255, 255, 255)),
        ((255, 0, 0, 0), (0, 140, 200), (60, 180, 245)),
        ((0, 255, 0, 0), (200, 0, 90), (245, 60, 150)),
        ((0, 0, 255, 0), (240, 220, 0), (255, 250, 60)),
        ((0, 0, 0, 255), (20, 20, 20), (50, 50, 50)),
    ],
)
def test_inks_look_as_they_print(
    inks: tuple[int, ...], darkest: tuple[int, ...], brightest: tuple[int, ...]
) -> None:
    shown = soft_proof(Image.new("CMYK", (2, 2), inks), COATED).getpixel((0, 0))
    assert isinstance(shown, tuple)
    assert all(low <= value <= high for low, value, high in zip(darkest, shown, brightest, strict=True))

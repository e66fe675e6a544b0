"""What is measured of a code in pixels."""

import pytest
from PIL import Image

from printkit.preflight.codes.measures import dirt
from printkit.units import Rect

# Of 30 modules, two pixels each
BOX, MODULES = Rect(20, 20, 80, 80), 30
# By side, the pixel next to the code's edge and the one behind it
BESIDE = {
    "on the left": ((19, 50), (18, 50)),
    "on the right": ((80, 50), (81, 50)),
    "above": ((50, 19), (50, 18)),
    "below": ((50, 80), (50, 81)),
}


@pytest.mark.parametrize("side", BESIDE)
def test_dirt_is_what_lies_off_the_edge_on_each_side_alike(side: str) -> None:
    edge, off = BESIDE[side]
    picture = Image.new("L", (100, 100), 255)
    picture.paste(0, (20, 20, 80, 80))
    picture.putpixel(edge, 0)
    assert dirt(picture, BOX, MODULES, 128) == {}
    picture.putpixel(off, 0)
    assert dirt(picture, BOX, MODULES, 128) == {side: 0.25}

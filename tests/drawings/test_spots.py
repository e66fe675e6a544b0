"""What lens and frames show of a place: nobody's head or hand is cut, and nobody is a hand at the rim."""

import tomllib

import numpy as np
import pytest

from tests.drawings.landscape import PLACES, ROOT, Person, figure, opened, people
from tests.drawings.test_hands_and_heads import HAND, NEAR, hands

pytestmark = pytest.mark.long

HAIR = 13
# The lens is 0.45 of a wide page, 0.40 of an A6, 0.60 of a narrow one, whose picture is 1.35 times as wide;
# it shows things 2.2 times as large, with a third of ground
SHARES = {"lens": 0.45, "lens of an A6": 0.40, "narrow lens": 0.60 / 1.35}
LENSES = {name: 1200 * share / 2.2 for name, share in SHARES.items()}
FRAME = 440


def views(place: str) -> dict[str, tuple[float, float, float]]:
    """Return the middle and radius of each round picture of a place, as the layouts choose them."""
    design = tomllib.loads((ROOT / f"profiles/committees/{place}.toml").read_text("utf-8"))["design"]
    spot, base = design["spot"], design.get("spot_base", 1000)
    found = {name: (spot, base + 34 - wide / 2, wide / 2) for name, wide in LENSES.items()}
    middle = getattr(opened(place), "frame", min(max(spot, FRAME / 2 - 100), 1300 - FRAME / 2))
    return found | {"frame": (float(middle), base + 24 - FRAME / 2, FRAME / 2)}


def is_seen(person: Person, middle: tuple[float, float], radius: float) -> bool:
    name = person.name.partition("#")[2]
    x, y = figure(name)
    far = np.hypot(person.x + person.way * x - middle[0], person.feet + y - middle[1])
    return bool((far < radius).any())


@pytest.mark.parametrize("place", PLACES)
def test_lens_and_frames_show_heads_whole_or_nobody(place: str) -> None:
    cut = []
    for view, (x, y, radius) in views(place).items():
        for person in people(place):
            whole = np.hypot(person.x - x, person.y - y) + HAIR <= radius
            if not whole and is_seen(person, (x, y), radius):
                cut.append((view, person.name, round(person.x - x)))
    assert not cut


@pytest.mark.parametrize("frame", ["large", "small"])
def test_a_frame_has_a_white_line_between_its_picture_and_its_dark_rim(frame: str) -> None:
    """Woods and crowns of the rim's colour ran into it."""
    layout = (ROOT / "templates/story/poster.html").read_text("utf-8")
    line = next(one for one in layout.splitlines() if f"base.rim({frame}, " in one)
    assert "--paper" in line
    assert layout.index(line) < layout.index("base.rim(outer")


@pytest.mark.parametrize("place", PLACES)
def test_lens_and_frames_cut_no_hand(place: str) -> None:
    cut = []
    for view, (x, y, radius) in views(place).items():
        for person in people(place):
            if is_seen(person, (x, y), radius):
                for along, up in hands()[person.name.partition("#")[2]]:
                    far = np.hypot(person.x + person.way * along - x, person.feet + up - y)
                    if abs(far - radius) <= HAND + NEAR:
                        cut.append((view, person.name, round(float(radius - far), 1)))
    assert cut == []


@pytest.mark.parametrize("place", PLACES)
def test_a_lens_shows_somebody(place: str) -> None:
    for x, y, radius in views(place).values():
        assert any(np.hypot(person.x - x, person.y - y) + HAIR <= radius for person in people(place))

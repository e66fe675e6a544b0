"""What lens and frames show of a place: nobody's head or hand is cut, and nobody is a hand at the rim."""

import tomllib

import numpy as np
import pytest

from tests.drawings.landscape import LEFT, PLACES, ROOT, Person, figure, opened, people
from tests.drawings.shapes import HIGH, NOTHING, TALL, WIDE, Shapes, mapped, pieces, shapes
from tests.drawings.test_covered import LEAST, drawing
from tests.drawings.test_hands_and_heads import HAND, NEAR, hands

pytestmark = pytest.mark.long

HAIR = 13
# The lens is 0.45 of a wide page, 0.40 of an A6, 0.60 of a narrow one, whose picture is 1.35 times as wide;
# it shows things 2.2 times as large, with a third of ground
SHARES = {"lens": 0.45, "lens of an A6": 0.40, "narrow lens": 0.60 / 1.35}
LENSES = {name: 1200 * share / 2.2 for name, share in SHARES.items()}
FRAME = 440
# Of a frame's radius the white line within its rim takes so much; so little sky under it, alone, is a speck
LINE, SPECK = 3, 100


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


def specks_of_sky(view: Shapes, x: float, y: float, radius: float) -> list[tuple[int, int, int]]:
    """Return where so little sky stands alone between a frame's rim and a wood's teeth, with its area."""
    behind = [NOTHING, *(thing.number for thing in view.things if thing.layer == "sky")]
    rows, columns = np.mgrid[0:TALL, 0:WIDE]
    far = np.hypot(columns + LEFT + 0.5 - x, rows + HIGH + 0.5 - y)
    found = []
    for down, along, piece in pieces(np.isin(view.objects, behind) & (far <= radius - LINE)):
        at_rim = (far[down, along][piece] > radius - LINE - 1.5).any()
        if LEAST < piece.sum() <= SPECK and at_rim:
            found.append((along.start + LEFT, down.start + HIGH, int(piece.sum())))
    return found


@pytest.mark.parametrize("place", PLACES)
def test_a_frame_shows_no_speck_of_sky_under_its_rim(place: str) -> None:
    assert specks_of_sky(shapes(place), *views(place)["frame"]) == []


def test_a_speck_of_sky_is_told_from_a_valley_that_is_hidden_and_from_one_that_is_seen() -> None:
    sky = '<rect x="-200" y="440" width="1600" height="560" fill="#ffffff"/>'
    for valley, expected in ((590, 0), (596, 1), (640, 0)):
        wood = f'<path d="M0 1000V560H190L200 {valley}L210 560H400V1000Z" fill="#000000"/>'
        assert len(specks_of_sky(mapped(drawing(sky=sky, far=wood)), 200, 804, 220)) == expected, valley

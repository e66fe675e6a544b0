"""A place whose colour is held back: its people keep faces and limbs before the greys that lie behind."""

import tomllib
from io import BytesIO
from xml.etree import ElementTree

import jinja2
import numpy as np
import pytest
import resvg_py
from PIL import Image

from tests.drawings.difference import difference, lab
from tests.drawings.landscape import COLORS, PLACES, ROOT, opened, people

pytestmark = pytest.mark.long

COLORS_FILE = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "templates")).get_template(
    "base/colors.html"
)
GREYS, OF_PEOPLE = COLORS_FILE.module.greys, COLORS_FILE.module.people_greys  # type: ignore[attr-defined]
BEHIND = ["far", "near", "landmark"]
# What of a figure may have the grey behind it: a boot, a sleeve
MOST_LOST = 0.3
FINE = 1
# As far from its spot the lens leaves nobody out
CLEARED = 240


def pixels(place: str, layers: list[str], colors: dict[str, str]) -> np.ndarray:
    root = ElementTree.fromstring(str(opened(place).draw(layers, [0, 700, 1200, 300], colors)))
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("shape-rendering", "crispEdges")
    text = ElementTree.tostring(root, encoding="unicode")
    data = bytes(resvg_py.svg_to_bytes(svg_string=text, width=1200 * FINE, height=300 * FINE))
    return np.asarray(Image.open(BytesIO(data)).convert("RGBA")).astype(np.int64)


def greys_of(place: str) -> dict[str, str]:
    backdrop = opened(place).backdrop
    return dict(OF_PEOPLE[GREYS.get(backdrop, backdrop)])


def lost(place: str, colors: dict[str, str]) -> dict[str, float]:
    """Return of each person what part has the grey that lies behind it."""
    field = np.array(bytearray.fromhex(COLORS["granitt"][1:]))
    behind, figures = pixels(place, BEHIND, GREYS), pixels(place, ["people"], colors)
    under = np.where(behind[..., 3:] > 0, behind[..., :3], field)
    spot = tomllib.loads((ROOT / f"profiles/committees/{place}.toml").read_text("utf-8"))["design"]["spot"]
    there = figures[..., 3] > 0
    alike = there & (np.abs(figures[..., :3] - under).max(2) < 8)
    found = {}
    for person in people(place):
        left, right = (round(edge * FINE) for edge in (person.left, person.right))
        if left >= 0 and right <= 1200 * FINE and abs(person.x - spot) > CLEARED:
            found[person.name] = float(alike[:, left:right].sum() / there[:, left:right].sum())
    return found


@pytest.mark.parametrize("place", PLACES)
def test_people_keep_their_limbs_before_the_greys(place: str) -> None:
    assert {name: part for name, part in lost(place, greys_of(place)).items() if part > MOST_LOST} == {}


def test_the_greys_of_a_landscape_alone_would_lose_people() -> None:
    assert max(lost("nu05", GREYS).values()) > 2 * MOST_LOST


@pytest.mark.parametrize("behind", OF_PEOPLE)
def test_a_face_is_not_the_grey_of_its_hair(behind: str) -> None:
    colors = {name: OF_PEOPLE[behind].get(name, name) for name in COLORS}
    for skin in ("hud-lys", "tommer", "hud-brun", "hud-mork"):
        assert difference(lab(COLORS[colors[skin]]), lab(COLORS[colors["har"]])) >= 10

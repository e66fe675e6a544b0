"""A landscape as a map: which object, in which fill, is seen at each unit."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import numpy as np
import resvg_py
from PIL import Image

from printkit.template.drawing import Part, opener

ROOT = Path(__file__).parent.parent.parent
FOLDER = "assets/illustrations"
PLACES = [f"nu{number:02d}" for number in range(1, 11)]
LAYERS = ("sky", "sun", "far", "near", "landmark", "people", "vehicles", "ground")
# Besides the brand's, white and one that no drawing has, by which a test knows a shape
COLORS: dict[str, str] = {
    name: color["srgb"]
    for name, color in tomllib.loads((ROOT / "profiles/brand.toml").read_text("utf-8"))["colors"].items()
} | {"white": "#ffffff", "graa-merke": "#0a0b0c"}
FILLS = list(COLORS.values())
LEFT, TOP, GROUND = -200, 0, 1000
# Of the kit's figures, in their own units: left, top, width, height
BOX = (-100, -140, 200, 150)
Pair = frozenset[tuple[int, str]]


_open = opener(lambda file: (ROOT / file).read_bytes(), COLORS)


def opened(name: str) -> Part:
    return _open(f"{FOLDER}/{name}.svg")


@dataclass(frozen=True)
class Person:
    """A figure where it stands: the middle of its head, in units; `way` is -1 where it is turned."""

    name: str
    x: float
    y: float
    way: float
    skin: str
    hair: str
    feet: float
    left: float
    right: float


@cache
def people(name: str) -> tuple[Person, ...]:
    """Return who stands in a landscape, by the data of its layer and of the kit."""
    kit, found = opened("people"), []
    for one in ElementTree.parse(ROOT / FOLDER / f"{name}.svg").iter():
        figure = one.get("data-from")
        if figure:
            part = kit.part(figure.partition("#")[2])
            numbers = re.findall(r"-?[\d.]+", one.get("transform", ""))
            x, y, way = float(numbers[0]), float(numbers[1]), float(numbers[2]) if len(numbers) > 2 else 1
            reach = sorted((x + way * float(part.left), x + way * float(part.right)))
            skin, hair = str(part.skin), str(part.hair)
            found.append(Person(figure, x, y + float(part.head), way, skin, hair, y, *reach))
    return tuple(found)


@cache
def figure(name: str) -> np.ndarray:
    """Return where a figure is drawn: x and y of each unit, from between its feet."""
    rows, columns = np.nonzero(ink_of(name, BOX, 1))
    return np.stack([columns + BOX[0], rows + BOX[1]])


def picture(name: str, layers: tuple[str, ...]) -> np.ndarray:
    """Return the colours of some layers, a pixel a unit, without soft edges."""
    svg = str(opened(name).draw(layers))
    return pixels(ElementTree.fromstring(svg))


@dataclass(frozen=True)
class Map:
    """Of each unit which object is seen there and in which fill, with what is known of each object.

    An object is what stands in a layer by itself: a house, a tree, a bridge. One of a single shape is a
    field: a hill, a forest, water.
    """

    objects: np.ndarray
    fills: np.ndarray
    layers: tuple[str, ...]
    fields: frozenset[int]


@cache
def seen(
    name: str,
    *without: str,
    left_out: tuple[str, ...] = (),
    roles: tuple[tuple[str, str], ...] = (),
    clear: tuple[int, int] | None = None,
) -> Map:
    """Return a landscape's map, all layers but some, without some groups.

    `roles` are colours of shapes by what the drawing names them; nobody stands between the two x of `clear`.
    """
    root = Element("svg", {"viewBox": "-200 0 1600 1400"})
    layers: list[str] = []
    fields = set()
    for layer in LAYERS:
        if layer in without:
            continue
        for one in ElementTree.fromstring(
            str(opened(name).draw([layer], None, dict(roles), left_out, clear=clear))
        )[0]:
            for element in one.iter():
                for paint in ("fill", "stroke"):
                    if element.get(paint) in FILLS:
                        number = FILLS.index(element.attrib[paint])
                        element.set(paint, f"#{len(layers):04x}{number:02x}")
            if len(one) == 0:
                fields.add(len(layers))
            layers.append(layer)
            root.append(one)
    drawn = pixels(root).astype(np.int64)
    numbers = drawn[:, :, 0] * 256 + drawn[:, :, 1]
    return Map(numbers, drawn[:, :, 2], tuple(layers), frozenset(fields))


def pixels(root: Element, width: int = 1600, height: int = 1400) -> np.ndarray:
    """Return the colours of a drawing without soft edges."""
    root.set("shape-rendering", "crispEdges")
    return rendered(root, width, height)[..., :3]


def rendered(root: Element, width: int, height: int) -> np.ndarray:
    """Return red, green, blue and alpha of a drawing."""
    root.set("xmlns", "http://www.w3.org/2000/svg")
    text = ElementTree.tostring(root, encoding="unicode")
    data = bytes(resvg_py.svg_to_bytes(svg_string=text, width=width, height=height))
    return np.asarray(Image.open(BytesIO(data)).convert("RGBA"))


def ink_of(name: str, view: tuple[int, int, int, int], per_unit: int) -> np.ndarray:
    """Return where a figure of the kit is drawn in a view (left, top, width, height), in pixels a unit."""
    root = ElementTree.parse(ROOT / FOLDER / "people.svg").getroot()
    for other in [one for one in root if one.get("id") not in (None, name)]:
        root.remove(other)
    root.set("viewBox", " ".join(map(str, view)))
    # The rim of an edge is not seen
    return rendered(root, view[2] * per_unit, view[3] * per_unit)[..., 3] > 60


def shared_edges(values: np.ndarray) -> Counter[frozenset[int]]:
    """Return how many units of edge each two values of a map share."""
    found: Counter[frozenset[int]] = Counter()
    for one, other in ((values[:, :-1], values[:, 1:]), (values[:-1], values[1:])):
        unlike = one != other
        pairs, counts = np.unique(
            np.sort(np.stack([one[unlike], other[unlike]]), axis=0), axis=1, return_counts=True
        )
        for pair, count in zip(pairs.T, counts, strict=True):
            found[frozenset(map(int, pair))] += int(count)
    return found

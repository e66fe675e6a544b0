"""What a drawing costs to draw: it is walked as a renderer walks it, and refused where that would not end."""

import re
from collections.abc import Iterator, Mapping
from math import hypot
from xml.etree.ElementTree import Element

from printkit.raster.svg_grammar import NUMBER, REFERENCE
from printkit.raster.svg_tree import HREFS, MARKERS, SvgTree, local
from printkit.words import Message

# A drawing that shows more elements, each as often as it is referred to, is a bomb and no picture.
MOST_SHOWN = 200_000
# Dashes of a line, or tiles of a pattern, across the whole drawing
MOST_REPEATS = 100_000
DEEPEST = 100

# Drawn where something refers to them only
_KEPT = frozenset(("defs", "symbol", "marker", "mask", "clipPath", "pattern", "filter"))
_GRADIENTS = frozenset(("linearGradient", "radialGradient"))
_MARKED = frozenset(("path", "line", "polyline", "polygon"))
_SHAPES = _MARKED | {"rect", "circle", "ellipse"}
# SVG 2, 11 and 13: what a child has from its parent, and what counts where it stands
_INHERITED = ("fill", "stroke", "stroke-dasharray", *MARKERS)
_OWN = ("mask", "clip-path", "filter")
_VALUE = re.compile(NUMBER)
_COMMANDS = re.compile(r"([MmZzLlHhVvCcSsQqTtAa])([^MmZzLlHhVvCcSsQqTtAa]*)")
# How many numbers each command of a path takes for a vertex (SVG 1.1, 8.3)
_TAKEN = {"m": 2, "l": 2, "t": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "a": 7}
_CURE = Message("simplify the drawing")


def check_cost(tree: SvgTree) -> None:
    """Raise PictureProblem, with element and line, for a drawing that shows too much, or itself."""
    try:
        _Walk(tree).cost(tree.root, ())
    except RecursionError as error:
        raise tree.refuse(Message("references in references without end"), tree.root, _CURE) from error


# What an element has from those around it of what refers to others, by name
_Inherited = tuple[tuple[str, str], ...]


class _Walk:
    """Reckon what each element costs, once for all that it inherits the same."""

    def __init__(self, tree: SvgTree) -> None:
        self.tree = tree
        self.ids = {one.get("id", ""): one for one in tree.root.iter() if one.get("id")}
        self.parents = {child: parent for parent in tree.root.iter() for child in parent}
        self.extent = _extent(tree.root)
        self._costs: dict[tuple[Element, _Inherited], int] = {}
        self._within: list[Element] = []

    def cost(self, element: Element, inherited: _Inherited) -> int:
        """Return how many elements are drawn for one, with what it refers to and what stands in it."""
        inherited = _with(inherited, element)
        known = self._costs.get((element, inherited))
        if known is not None:
            return known
        shown = 1
        for target, times in self._referred(element, dict(inherited)):
            shown += times * self._cost_of(element, target, inherited)
        shown += sum(self.cost(child, inherited) for child in element if local(child) not in _KEPT)
        if max(shown, len(self._costs)) > MOST_SHOWN:
            what = Message(
                "more than %(most_shown)s elements to draw, as references multiply them,",
                most_shown=MOST_SHOWN,
            )
            raise self.tree.refuse(what, element, _CURE)
        self._costs[element, inherited] = shown
        return shown

    def _cost_of(self, element: Element, target: Element, inherited: _Inherited) -> int:
        """Return what an element costs that another refers to."""
        if target in self._within:
            raise self.tree.refuse(
                Message("a part that refers to itself"), target, Message("remove the circle")
            )
        if len(self._within) > DEEPEST:
            raise self.tree.refuse(
                Message("references more than %(deepest)s deep", deepest=DEEPEST), element, _CURE
            )
        self._within.append(target)
        if local(element) == "use" and local(target) not in _KEPT:
            shown = self.cost(target, inherited)
        else:
            # But for what is used, parts have from where they are defined, not from where they are shown.
            inside = _with(inherited if local(element) == "use" else self._where_defined(target), target)
            shown = sum(self.cost(child, inside) for child in target)
            shown += sum(self._cost_of(target, base, inside) for base in self._named(target))
        self._within.pop()
        return shown

    def _where_defined(self, element: Element) -> _Inherited:
        parent = self.parents.get(element)
        return () if parent is None else _with(self._where_defined(parent), parent)

    def _referred(self, element: Element, inherited: Mapping[str, str]) -> Iterator[tuple[Element, int]]:
        """Yield the elements that an element has drawn, and how often."""
        name = local(element)
        if name == "use":
            yield from ((target, 1) for target in self._named(element))
        for key in _OWN:
            yield from ((target, 1) for target in self._target(element.get(key, "")))
        if name in _SHAPES:
            for paint in ("fill", "stroke"):
                yield from ((target, 1) for target in self._painted(element, inherited.get(paint, "")))
            self._check_dashes(element, inherited.get("stroke-dasharray", "none"))
        if name in _MARKED:
            used = [(key, target) for key in MARKERS for target in self._target(inherited.get(key, ""))]
            between = max(_vertices(element) - 2, 0) if used else 0
            yield from ((target, between if key == "marker-mid" else 1) for key, target in used)

    def _painted(self, element: Element, paint: str) -> Iterator[Element]:
        for target in self._target(paint):
            if local(target) == "pattern":
                self._check_tiles(element, target)
                yield target

    def _check_dashes(self, element: Element, dashes: str) -> None:
        length = sum(map(float, _VALUE.findall(dashes)))
        if dashes != "none" and 0 < length * MOST_REPEATS < self.extent:
            raise self.tree.refuse(
                f'stroke-dasharray="{dashes[:60]}"', element, Message("write longer dashes")
            )

    def _check_tiles(self, element: Element, pattern: Element) -> None:
        """Refuse a pattern whose tile is so small that too many lie across the drawing."""
        whole = self.extent if pattern.get("patternUnits") == "userSpaceOnUse" else 1.0
        for key in ("width", "height"):
            size = _share(pattern.get(key, "0"), whole)
            if 0 < size * MOST_REPEATS < whole:
                what = f'{key}="{pattern.get(key, "")[:60]}"'
                raise self.tree.refuse(what, pattern, Message("make its tile larger"))

    def _target(self, value: str) -> Iterator[Element]:
        found = REFERENCE.match(value)
        if found and (target := self.ids.get(found["name"])) is not None:
            yield target

    def _named(self, element: Element) -> Iterator[Element]:
        for key in HREFS:
            address = element.get(key, "").strip()
            if address.startswith("#") and (target := self.ids.get(address[1:])) is not None:
                yield target


def _with(inherited: _Inherited, element: Element) -> _Inherited:
    """Return what an element's children inherit of what refers to others, and of dashes."""
    given = {name: element.attrib[name] for name in _INHERITED if name in element.attrib}
    told = {name: value for name, value in given.items() if "url(" in value or name == "stroke-dasharray"}
    if not told and not (inherited and given):
        return inherited
    kept = {name: value for name, value in inherited if given.get(name, "inherit") == "inherit"}
    return tuple(sorted((kept | told).items()))


def _vertices(element: Element) -> int:
    if local(element) == "line":
        return 2
    if local(element) != "path":
        return len(_VALUE.findall(element.get("points", ""))) // 2
    count = 0
    for command, values in _COMMANDS.findall(element.get("d", "")):
        taken = _TAKEN.get(command.lower())
        count += max(len(_VALUE.findall(values)) // taken, 1) if taken else 1
    return count


def _share(value: str, whole: float) -> float:
    found = _VALUE.match(value.strip())
    number = float(found[0]) if found else 0.0
    return number / 100 * whole if value.strip().endswith("%") else number


def _extent(root: Element) -> float:
    """Return the diagonal of a drawing in its own units; of one that gives no size, a large one's."""
    numbers = [float(one) for one in _VALUE.findall(root.get("viewBox", ""))][2:]
    width, height = numbers or (_share(root.get(key, "1000"), 1000) for key in ("width", "height"))
    return hypot(width, height)

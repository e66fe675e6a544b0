"""Layered drawings: the parts of an SVG that a layout asks for, in the colours that it asks for."""

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from xml.etree.ElementTree import Element, tostring

from markupsafe import Markup

from printkit.errors import WorkspaceError
from printkit.raster.problem import PictureProblem
from printkit.raster.svg import check_svg
from printkit.raster.svg_tree import read_svg
from printkit.template.pictures import MOST_PIXELS, MOST_SVG_BYTES
from printkit.words import Message, sentence

_SVG = "{http://www.w3.org/2000/svg}"
_PAINTS = ("fill", "stroke")
# Where a drawing says which figure of another file stands there: "people.svg#ida"
_PLACED = "data-from"
_STANDS = re.compile(r"translate\(\s*(-?[\d.]+)")
# What a shape is of whom it belongs to: a mouth, hair, a coat; a layout may colour it by that
_PART = "data-part"
WHITE = "white"
# So many drawings stay read: those of a municipality's committees, and its people
MOST_OPEN = 32

Read = Callable[[str], bytes]


@dataclass(frozen=True)
class Part:
    """A drawing, or one group of it: its `data-` values by their names, and what it can draw.

    A value that is a number is read as one: `data-ground-line="1000"` is `ground_line`.
    """

    _file: str
    _element: Element
    _open: "Callable[[str], Part]"
    _colors: Mapping[str, str]

    def __getattr__(self, key: str) -> str | float:
        value = None if key.startswith("_") else self._element.get("data-" + key.replace("_", "-"))
        if value is None:
            raise AttributeError(self._lacks(key))
        return float(value) if re.fullmatch(r"-?\d+(\.\d+)?", value) else value

    def _lacks(self, key: str) -> str:
        return Message("%(file)s has no value 'data-%(key)s'", file=self._file, key=key.replace("_", "-"))

    @property
    def layers(self) -> tuple[str, ...]:
        """Return the names of the groups that stand in it, back to front."""
        return tuple(name for one in self._element if (name := one.get("id")))

    @property
    def view(self) -> tuple[float, ...]:
        """Return left, top, width and height of the whole drawing, in its own units."""
        return tuple(map(float, self._element.get("viewBox", "0 0 0 0").replace(",", " ").split()))

    def part(self, name: str) -> "Part":
        """Return a group by its id, wherever it stands."""
        for one in self._element.iter():
            if one.get("id") == name:
                return Part(self._file, one, self._open, self._colors)
        raise self._problem(Message("no group '%(name)s'", name=name))

    def draw(
        self,
        layers: Iterable[str] | None = None,
        view: Sequence[float] | None = None,
        colors: Mapping[str, str] | None = None,
        without: Iterable[str] = (),
        *,
        clear: Sequence[float] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> Markup:
        """Return `<svg>` with some layers (all without a choice), seen through a view, in changed colours.

        `view` is left, top, width, height in the drawing's units; `colors` says which brand colour (or
        "white") stands in place of which, and of which a part has that the drawing names (".mouth"); groups
        in `without` are left out, in whatever layer they stand, and so are figures of other files that stand
        between the two x of `clear`. `fields` are the colours of hills, woods and water, where those are not
        to be the colours of what stands there: of shapes that stand in a layer without a group of their own.
        """
        root = Element("svg", {"viewBox": " ".join(f"{one:g}" for one in view or self.view)})
        chosen = self._chosen(layers)
        omitted = {self.part(name)._element for name in without}.union(self._between(clear))
        # Colours are written in: no renderer draws a CSS variable within an SVG picture, and a copy of each
        # drawing in each colour would part from it
        root.extend(self._filled(one, omitted) for one in chosen if one not in omitted)
        _recolour(root, self._changed(colors), self._changed(colors if fields is None else fields))
        return Markup(tostring(root, encoding="unicode"))

    def standing(self, left: float, right: float) -> tuple[str, ...]:
        """Return the names of the figures of other files that stand between two x."""
        return tuple(one.get(_PLACED, "").partition("#")[2] for one in self._between((left, right)))

    def _between(self, edges: Sequence[float] | None) -> list[Element]:
        if edges is None:
            return []
        left, right = edges
        figures = [one for one in self._element.iter() if one.get(_PLACED)]
        stands = [_STANDS.match(one.get("transform", "")) for one in figures]
        return [one for one, x in zip(figures, stands, strict=True) if x and left <= float(x[1]) <= right]

    def _chosen(self, layers: Iterable[str] | None) -> list[Element]:
        if layers is None:
            # A group of its own is drawn as it stands, a whole drawing without its title
            whole = self._element.tag == f"{_SVG}svg"
            return [one for one in self._element if one.tag != f"{_SVG}title"] if whole else [self._element]
        known = self.layers
        wanted = set(layers)
        if strange := sorted(wanted - set(known)):
            raise self._problem(
                Message(
                    "no layer '%(strange)s'; there are: %(known)s", strange=strange[0], known=", ".join(known)
                )
            )
        return [one for one in self._element if one.get("id") in wanted]

    def _filled(self, element: Element, omitted: set[Element]) -> Element:
        """Return a copy without what is left out, with the figures that stand in it, and without names.

        A page may show a drawing twice, and an id once.
        """
        own = {key: value for key, value in element.attrib.items() if key == _PART or not _is_name(key)}
        # HTML knows the elements of SVG by themselves
        copy = Element(element.tag.removeprefix(_SVG), own)
        if placed := element.get(_PLACED):
            copy.append(self._figure(placed))
        copy.extend(self._filled(one, omitted) for one in element if one not in omitted)
        return copy

    def _figure(self, address: str) -> Element:
        file, _, name = address.partition("#")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(self._file), file))
        other = self._open(beside).part(name)
        return other._filled(other._element, set())

    def _changed(self, colors: Mapping[str, str] | None) -> dict[str, str]:
        return {self._painted(old): self._hex(new) for old, new in (colors or {}).items()}

    def _painted(self, name: str) -> str:
        return name if name.startswith(".") else self._hex(name)

    def _hex(self, name: str) -> str:
        if name == WHITE:
            return "#ffffff"
        if name not in self._colors:
            known = tuple(self._colors)
            raise self._problem(
                Message("'%(name)s' is no brand colour; there are: %(known)s", name=name, known=known)
            )
        return self._colors[name]

    def _problem(self, reason: str) -> WorkspaceError:
        return WorkspaceError(self._file, None, reason)


def opener(read: Read, colors: Mapping[str, str]) -> Callable[[str], Part]:
    """Return what opens the drawing in a file, each once; `colors` are the brand's by name.

    What it returns raises WorkspaceError for an unsafe drawing.
    """

    # A landscape asks for a dozen figures of one file
    @cache
    def opened(file: str) -> Part:
        return Part(file, _root(file, read(file)), opened, colors)

    return opened


# Who binds many pieces opens a place's drawing for each; nothing changes an element that was read.
@lru_cache(maxsize=MOST_OPEN)
def _root(file: str, content: bytes) -> Element:
    try:
        # Its parts become part of the page, so it is held to what any picture is held to
        check_svg(content, MOST_SVG_BYTES, MOST_PIXELS)
        return read_svg(content).root
    except PictureProblem as problem:
        raise WorkspaceError(file, None, sentence(problem)) from problem


def _is_name(key: str) -> bool:
    return key == "id" or key.startswith("data-")


def _recolour(root: Element, of_things: Mapping[str, str], of_fields: Mapping[str, str]) -> None:
    fields = {one for layer in root for one in layer if not len(one)}
    for element in root.iter():
        changed = of_fields if element in fields else of_things
        part = changed.get("." + element.attrib.pop(_PART, ""))
        for paint in _PAINTS if changed else ():
            value = element.get(paint)
            if value and value != "none":
                element.set(paint, part or changed.get(value.lower(), value))

"""What is written as SVG has it, and yet each renderer draws in its own way: it is refused by name."""

import base64
import io
import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from printkit.raster.svg_grammar import NUMBER, REFERENCE, SHARE
from printkit.raster.svg_tree import HREFS, MARKERS, SvgTree, local
from printkit.words import Message

_PAINTS = ("fill", "stroke")
_INHERITED = (*MARKERS, *_PAINTS, "stroke-linecap")
_PAINTED = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
_SIZED = _PAINTED | {"use", "svg", "image"}
_LENGTHS = ("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "x2", "y1", "y2", "stroke-width")
# SVG 1.1, 13.2.2: where a gradient begins and ends of which nothing else is said
_LINE = {"x1": "0", "x2": "100%", "y1": "0", "y2": "0", "gradientUnits": "objectBoundingBox"}
_ARCS = re.compile(rf"[Aa][\s,]*((?:{NUMBER}[\s,]*)+)")
# The radii of an arc, before its turn, its two flags (which may stand together) and its end
_ARC = re.compile(
    rf"({NUMBER})[\s,]*({NUMBER})[\s,]*{NUMBER}[\s,]*[01][\s,]*[01][\s,]*{NUMBER}[\s,]*{NUMBER}[\s,]*"
)
_POINT = re.compile(rf"[Mm][\s,]*{NUMBER}[\s,]*{NUMBER}[\s,]*[Zz]")
_COMMANDS = re.compile(rf"([A-Za-z])((?:[\s,]*{NUMBER})*)")
_NUMBERS = re.compile(NUMBER)
_COLOUR = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})|rgba\((\d+), (\d+), (\d+), [^)]+\)")
# Lightness of red, green and blue in a mask (SVG 1.1, 14.4); a PDF's mask weighs them otherwise
_LIGHTNESS = (0.2125, 0.7154, 0.0721)

_Given = Mapping[str, str]
_Ids = Mapping[str, Element]
_Shown = tuple[Element, _Given]


def check_differences(tree: SvgTree) -> None:
    """Raise PictureProblem, with element, line and cure, for the first part that renderers draw otherwise."""
    ids = {one.get("id", ""): one for one in tree.root.iter() if one.get("id")}
    for element, given in _given(tree.root, {}):
        _check_sizes(tree, element)
        _check_path(tree, element, given)
        _check_gradient(tree, element, ids)
        if local(element) == "symbol" and "viewBox" in element.attrib:
            _check_symbol(tree, element, ids)
        if local(element) == "mask" and element.get("mask-type") != "alpha":
            _check_mask(tree, element, given, ids)
        if local(element) == "pattern":
            _check_pattern(tree, element, ids)


def _given(element: Element, around: _Given) -> Iterator[_Shown]:
    """Yield each element with what it has of its own and from those around it."""
    own = {name: element.attrib[name] for name in _INHERITED if element.get(name, "inherit") != "inherit"}
    given = {**around, **own} if own else around
    yield element, given
    for child in element:
        yield from _given(child, given)


def _check_sizes(tree: SvgTree, element: Element) -> None:
    name = local(element)
    if name == "symbol":
        for key in ("x", "y", "width", "height"):
            if key in element.attrib:
                raise tree.refuse(f'{key}="{element.get(key)}"', element, Message("write it on <use>"))
    if name == "svg" and element is not tree.root:
        for key in {"width", "height"} & tree.from_styles.get(element, set()):
            raise tree.refuse(
                Message("%(name)s in its style", name=key), element, Message("write it as an attribute")
            )
    if name == "ellipse" and ("rx" in element.attrib) != ("ry" in element.attrib):
        raise tree.refuse(Message("only one radius"), element, Message("write rx and ry"))
    if name == "mask":
        for key in {"mask", "clip-path"} & set(element.attrib):
            raise tree.refuse(
                f'{key}="{element.get(key)}"', element, Message("put it on a group inside the mask")
            )


def _check_symbol(tree: SvgTree, symbol: Element, ids: _Ids) -> None:
    """Refuse shares of a symbol's viewBox, which some renderers take of the whole drawing."""
    for one in symbol.iter():
        for key, value in one.attrib.items():
            if one is not symbol and local(one) in _SIZED and key in _LENGTHS and value.endswith("%"):
                cure = Message("write it in units of the viewBox")
                raise tree.refuse(f'{key}="{value}"', one, cure)
        shown = _named(one, ids) if local(one) == "use" else None
        sized = {"width", "height"} <= set(one.attrib)
        if shown is not None and local(shown) in ("symbol", "svg") and not sized:
            raise tree.refuse(Message("no size inside a symbol"), one, Message("write width and height"))


def _check_path(tree: SvgTree, element: Element, given: _Given) -> None:
    """Refuse arcs without a radius, points with caps, and markers on arcs and closed paths."""
    data = element.get("d", "") if local(element) == "path" else ""
    if any(float(radius) == 0 for found in _ARCS.finditer(data) for radius in _radii(found[1])):
        raise tree.refuse(Message("an arc without a radius"), element, Message("write a line in its place"))
    if given.get("stroke-linecap", "butt") != "butt" and (_POINT.search(data) or _is_point(element, data)):
        raise tree.refuse(
            Message("a point as a path"), element, Message("draw a circle or a rectangle in its place")
        )
    used = {name for name in MARKERS if given.get(name, "none") != "none"}
    closed = local(element) == "polygon" or "z" in data.lower()
    if ("marker-mid" in used and _ARCS.search(data)) or (used and closed):
        raise tree.refuse(
            Message("markers on an arc or a closed path"), element, Message("draw them as shapes")
        )


def _is_point(element: Element, data: str) -> bool:
    """Tell whether all that is drawn is one point: browsers draw a dot there, others nothing."""
    name = local(element)
    if name == "line":
        return all(element.get(f"{axis}1", "0") == element.get(f"{axis}2", "0") for axis in "xy")
    if name in ("polyline", "polygon"):
        data = f"M{element.get('points', '')}"
    start: list[float] = []
    for command, written in _COMMANDS.findall(data):
        numbers = [float(one) for one in _NUMBERS.findall(written)]
        if not start:
            start, numbers = numbers[:2], numbers[2:]
        # What is relative goes on from where the path still is
        x, y = start if command.isupper() and len(start) == 2 else (0.0, 0.0)
        stay = {"H": (x, x), "V": (y, y)}.get(command.upper(), (x, y))
        if command in "Aa" or any(one != stay[place % 2] for place, one in enumerate(numbers)):
            return False
    return bool(start)


def _radii(numbers: str) -> Iterator[str]:
    for found in _ARC.finditer(numbers):
        yield from found.groups()


def _check_gradient(tree: SvgTree, element: Element, ids: _Ids) -> None:
    """Refuse a gradient whose ends are one point: some renderers paint its last colour, some nothing."""
    if local(element) != "linearGradient":
        return
    chain = [element]
    while (base := _named(chain[-1], ids)) is not None and base not in chain:
        chain.append(base)
    found = {
        key: next((one.attrib[key] for one in chain if key in one.attrib), value)
        for key, value in _LINE.items()
    }
    shares = found.pop("gradientUnits") == "objectBoundingBox"
    x1, x2, y1, y2 = (_share(one) if shares else one for one in found.values())
    if x1 == x2 and y1 == y2 and any(len(one) for one in chain):
        raise tree.refuse(
            Message("a gradient without a length"), element, Message("fill with its last colour instead")
        )


def _share(value: str) -> str | float:
    """Return a share of a box as a number; what is no share stays as it is."""
    if not SHARE.fullmatch(value):
        return value
    return float(value.removesuffix("%")) / (100 if value.endswith("%") else 1)


def _named(element: Element, ids: _Ids) -> Element | None:
    address = next((element.attrib[key] for key in HREFS if key in element.attrib), "")
    return ids.get(address.removeprefix("#"))


def _reached(element: Element, around: _Given, ids: _Ids, seen: set[Element]) -> Iterator[_Shown]:
    """Yield all that an element shows, with what refers to elsewhere, and what each has from around it."""
    for one, given in _given(element, around):
        yield one, given
        paints = [REFERENCE.match(given.get(name, "")) for name in _PAINTS] if local(one) in _PAINTED else []
        named = [ids.get(found["name"]) for found in paints if found]
        for target in (_named(one, ids), *named):
            if target is not None and target not in seen:
                seen.add(target)
                yield from _reached(target, given, ids, seen)


def _check_pattern(tree: SvgTree, pattern: Element, ids: _Ids) -> None:
    """Refuse what PDF paints by a pattern inside another: printers count its place from elsewhere, or not."""
    for one, given in _reached(pattern, {}, ids, {pattern}):
        if local(one) in _PAINTED and any(REFERENCE.match(given.get(name, "")) for name in _PAINTS):
            raise tree.refuse(
                Message("a gradient or a pattern inside a pattern"),
                one,
                Message("fill it with one colour, or draw the repeats"),
            )


def _check_mask(tree: SvgTree, mask: Element, around: _Given, ids: _Ids) -> None:
    """Refuse colours in what makes a mask: how light one is, each renderer reckons in its own way."""
    for one, given in _reached(mask, around, ids, {mask}):
        if local(one) in _PAINTED:
            for name in _PAINTS:
                _check_grey(tree, one, given.get(name, ""))
        elif local(one) == "stop":
            _check_grey(tree, one, one.get("stop-color", ""))
        elif local(one) == "image" and not _is_grey_picture(one):
            raise tree.refuse(
                Message("a picture in colours that makes a mask"), one, Message("turn it into greys")
            )


def _check_grey(tree: SvgTree, element: Element, paint: str) -> None:
    if "currentColor" in paint:
        cure = Message("write a grey, as #ffffff")
        raise tree.refuse(Message("currentColor in a mask"), element, cure)
    found = _COLOUR.search(paint)
    if not found:
        return
    red, green, blue = (int(one, 16 if found[1] else 10) for one in found.groups() if one is not None)
    if not red == green == blue:
        light = round(sum(w * part for w, part in zip(_LIGHTNESS, (red, green, blue), strict=True)))
        what = Message("the colour %(colour)s in a mask", colour=found[0])
        cure = Message("write its grey, %(grey)s", grey=f"#{light:02x}{light:02x}{light:02x}")
        raise tree.refuse(what, element, cure)


def _is_grey_picture(element: Element) -> bool:
    # Loads Pillow, which binding does without where no mask holds a picture.
    from PIL import Image

    address = next((element.attrib[key] for key in HREFS if key in element.attrib), "")
    with Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2]))) as picture:
        red, green, blue = (band.tobytes() for band in picture.convert("RGB").split())
    return red == green == blue

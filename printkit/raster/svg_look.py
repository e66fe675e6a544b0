"""What a drawing looks like: whatever renderers draw otherwise, or not at all, is refused by name."""

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

from tinycss2.color5 import parse_color

from printkit.raster.svg_grammar import (
    AUTOMATIC,
    COLOURS,
    CURES,
    ELEMENTS,
    FORMS,
    NOT_IN_STYLES,
    PAINTS,
    REFERENCE,
    ROOT_SIZE,
    TARGETS,
    TRANSFORMS,
    UNDRAWN,
    is_transform,
)
from printkit.raster.svg_tree import HREFS, SvgTree, is_svg, local
from printkit.words import Message

_SCREEN_SPACES = ("srgb", "hsl", "hwb")
_KEPT = ("inherit", "context-fill", "context-stroke")
_DRAW_OVER = Message("write it in a way that SVG 1.1 has, or turn it into paths")
_FUNCTIONS = re.compile(r"\b(var|calc|env|attr|min|max|clamp)\(", re.IGNORECASE)
_WITHOUT_NAMES = re.compile(r"\s*icc-color\([^)]*\)\s*$")
_TEXT = ("text", "tspan", "textPath", "tref")


def check_look(tree: SvgTree) -> None:
    """Bring a drawing's values into forms that every renderer reads.

    Raise PictureProblem, with element, line and cure, for what would come out otherwise than drawn.
    """
    root = tree.root
    if not (is_svg(root) and local(root) == "svg"):
        raise tree.refuse(
            Message("another root than <svg> in its namespace"), root, Message("export it again")
        )
    _drop_foreign(root)
    if root.get("transform") is not None:
        raise tree.refuse("transform", root, Message("put it on a group inside"))
    ids: dict[str | None, list[Element]] = {}
    for element in root.iter():
        ids.setdefault(element.get("id"), []).append(element)
    for element in root.iter():
        _check_element(tree, element)
        # A filter is refused where it is used; until then it does nothing.
        if local(element) == "filter" or local(element).startswith("fe"):
            continue
        for name, value in list(element.attrib.items()):
            _check_value(tree, element, (name, value.strip()))
        _check_references(tree, element, ids)


def _drop_foreign(element: Element) -> None:
    """Take out what belongs to drawing programs: it is not drawn, and may bear the names of what is."""
    for child in list(element):
        if is_svg(child):
            _drop_foreign(child)
        else:
            element.remove(child)
    for key in [key for key in element.attrib if key.startswith("{") and key not in HREFS]:
        del element.attrib[key]


def _check_element(tree: SvgTree, element: Element) -> None:
    name = local(element)
    if name in _TEXT:
        raise tree.refuse(Message("text, whose font nobody checks,"), element, Message("turn it into paths"))
    if name not in ELEMENTS and not name.startswith("fe"):
        raise tree.refuse(Message("an element that not every renderer draws"), element, _DRAW_OVER)
    if name in ("image", "use") and not any(element.get(key, "").strip() for key in HREFS):
        raise tree.refuse(Message("no href"), element, Message("name what it shows, or remove it"))


def _check_value(tree: SvgTree, element: Element, pair: tuple[str, str]) -> None:
    name, value = pair
    if name in UNDRAWN:
        _check_undrawn(tree, element, pair)
    if not _is_known(name) or value in _KEPT:
        return
    shown = f'{name}="{value[:60]}"'
    if _FUNCTIONS.search(value):
        raise tree.refuse(shown, element, Message("write the value itself"))
    if name in NOT_IN_STYLES and name in tree.from_styles.get(element, ()):
        raise tree.refuse(
            Message("%(name)s in its style", name=name), element, Message("write it as an attribute")
        )
    if value == "auto" and name in AUTOMATIC:
        del element.attrib[name]
    elif name in PAINTS or name in COLOURS:
        element.set(name, _painted(tree, element, pair))
    elif element is tree.root and name in ("width", "height"):
        if not ROOT_SIZE.fullmatch(value):
            raise tree.refuse(shown, element, Message("no size that every renderer reads; export it again"))
    elif not _is_formed(name, value):
        raise tree.refuse(shown, element, Message("no value that every renderer reads; export it again"))


def _is_known(name: str) -> bool:
    return name in FORMS or name in TRANSFORMS or name in PAINTS or name in COLOURS


def _is_formed(name: str, value: str) -> bool:
    if name in TRANSFORMS:
        return value == "none" or is_transform(value)
    if name == "viewBox":
        sizes = re.split(r"[\s,]+", value)[2:]
        return bool(FORMS[name].fullmatch(value)) and all(float(size) > 0 for size in sizes)
    return bool(FORMS[name].fullmatch(value))


def _check_undrawn(tree: SvgTree, element: Element, pair: tuple[str, str]) -> None:
    name, value = pair
    if value not in UNDRAWN[name]:
        what = f'{name}="{value[:60]}"'
        shown = Message("%(what)s (a <filter>)", what=what) if name == "filter" else what
        cure = Message.of(CURES[name]) if name in CURES else _DRAW_OVER
        raise tree.refuse(shown, element, cure)
    del element.attrib[name]


def _painted(tree: SvgTree, element: Element, pair: tuple[str, str]) -> str:
    """Return a paint with its colour as every renderer reads it: #rrggbb or rgba()."""
    name, value = pair
    reference = REFERENCE.match(value) if name in PAINTS else None
    rest = _WITHOUT_NAMES.sub("", value[reference.end() :] if reference else value).strip()
    if (rest == "none" and name in PAINTS) or (reference and not rest):
        colour = rest
    else:
        colour = _colour(tree, element, (name, rest))
    return f"url(#{reference['name']}) {colour}".strip() if reference else colour


def _colour(tree: SvgTree, element: Element, pair: tuple[str, str]) -> str:
    name, value = pair
    written = _as_read(value)
    if written is None:
        raise tree.refuse(
            f'{name}="{value[:60]}"', element, Message("write the colour as #rrggbb or by its name")
        )
    return written


# A drawing has hundreds of shapes in a dozen colours, and to parse a colour takes as long as all else here
@lru_cache(maxsize=256)
def _as_read(value: str) -> str | None:
    """Return a colour as every renderer reads it; None for what is no colour of a screen."""
    found = parse_color(value)
    if found == "currentcolor":
        return "currentColor"
    if found is None or isinstance(found, str) or found.space not in _SCREEN_SPACES:
        return None
    red, green, blue = (round(255 * min(max(part, 0), 1)) for part in found.to("srgb").coordinates)
    if found.alpha >= 1:
        return f"#{red:02x}{green:02x}{blue:02x}"
    return f"rgba({red}, {green}, {blue}, {max(found.alpha, 0):g})"


def _check_references(tree: SvgTree, element: Element, ids: dict[str | None, list[Element]]) -> None:
    """Refuse what names a part that the drawing has not, or has twice: each renderer does as it likes."""
    for name, kinds in TARGETS.items():
        found = REFERENCE.match(element.get(name, ""))
        if found:
            what, parts = f'{name}="url(#{found["name"]})"', ids.get(found["name"], [])
            if not any(local(part) in kinds for part in parts):
                cure = Message("no <%(kind)s> of that id is in this drawing, put it in", kind=kinds[0])
                raise tree.refuse(what, element, cure)
            _check_alone(tree, element, what, parts)
    for key in HREFS:
        address = element.get(key, "").strip()
        if address.startswith("#"):
            what, parts = f'href="{address[:60]}"', ids.get(address[1:], [])
            if not parts:
                raise tree.refuse(what, element, Message("nothing of that id is in this drawing, put it in"))
            _check_alone(tree, element, what, parts)
        if address:
            element.set(key, address)


def _check_alone(tree: SvgTree, element: Element, what: str, parts: list[Element]) -> None:
    if len(parts) > 1:
        cure = Message("%(count)s parts have that id, give each one of its own", count=len(parts))
        raise tree.refuse(what, element, cure)

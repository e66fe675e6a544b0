"""An SVG as a tree of elements that know their lines, every style worked into plain attributes."""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

import cssselect2
import tinycss2

from printkit.raster.problem import PictureProblem
from printkit.raster.svg import not_well_formed
from printkit.raster.svg_grammar import OF_THE_DRAWING
from printkit.words import Message

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
# What draws at the points of a path
MARKERS = ("marker-start", "marker-mid", "marker-end")
HREFS = ("href", f"{{{XLINK}}}href")
# At-rules of a style sheet that change nothing in a drawing without text
_WITHOUT_EFFECT = ("charset", "font-face")
_MEDIA = ("", "all", "print")
# Properties that can stand as attributes; those of programs and of the sheet's own begin with a hyphen
_PROPERTY = re.compile(r"[a-z][a-z-]*")


@dataclass
class SvgTree:
    """A drawing; `styled` tells whether a style sheet or a style attribute had a say in it."""

    root: Element
    styled: bool = False
    lines: dict[Element, int] = field(default_factory=dict)
    # What came from styles and not from attributes of its own name, by element
    from_styles: dict[Element, set[str]] = field(default_factory=dict)

    def refuse(self, what: str, element: Element, cure: str) -> PictureProblem:
        """Return the complaint about an element, with its line where that is known."""
        line = self.lines.get(element)
        place = f"<{local(element)}>"
        if line:
            place = Message("%(element)s in line %(line)s", element=place, line=line)
        return PictureProblem(
            Message("the SVG has %(what)s on %(place)s; %(cure)s", what=what, place=place, cure=cure)
        )


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def is_svg(element: Element) -> bool:
    return str(element.tag).startswith(f"{{{SVG}}}")


def read_svg(data: bytes) -> SvgTree:
    """Parse a drawing's file that `check_svg` found harmless; PictureProblem where it is not well-formed."""
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise not_well_formed(error) from error
    return _work_in(SvgTree(builder.tree.close(), lines=builder.lines))


def tree_of(root: Element) -> SvgTree:
    """Take a drawing that stands in a page; the page's own elements stay as they are."""
    copy = deepcopy(root)
    copy.tail = None
    for element in list(copy.iter()):
        for child in [one for one in element if callable(one.tag)]:
            # A comment
            element.remove(child)
    own = copy.attrib
    tree = _work_in(SvgTree(copy))
    # The rest of its style is its box's, which the page lays out.
    for name in tree.from_styles.get(copy, set()) - OF_THE_DRAWING:
        del own[name]
    return tree


class _Builder:
    """Build the tree with expat, which tells the line of each element."""

    def __init__(self) -> None:
        self.tree, self.lines = ElementTree.TreeBuilder(), dict[Element, int]()
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = lambda name: self.tree.end(_name(name))
        self.parser.CharacterDataHandler = self.tree.data

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = self.tree.start(_name(name), {_name(key): value for key, value in attributes.items()})
        self.lines[element] = self.parser.CurrentLineNumber


def _name(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _work_in(tree: SvgTree) -> SvgTree:
    """Set what style sheets and style attributes declare as attributes, by the order of CSS Cascade 4."""
    normal, important = cssselect2.Matcher(), cssselect2.Matcher()
    for element in [one for one in tree.root.iter() if one.tag == f"{{{SVG}}}style"]:
        tree.styled = True
        _add_rules(tree, element, (normal, important))
    wrapped = cssselect2.ElementWrapper.from_xml_root(tree.root) if tree.styled else None
    matches = {one.etree_element: one for one in wrapped.iter_subtree()} if wrapped else {}
    for element in tree.root.iter():
        own = element.attrib.pop("style", None)
        if own is None and not matches:
            continue
        tree.styled = True
        mine = _declarations(tree, element, own or "")
        wrapper = matches.get(element)
        sheets = [_matched(one, wrapper) for one in (normal, important)] if wrapper else [[], []]
        ordered = (*sheets[0], *mine[0], *sheets[1], *mine[1])
        element.attrib.update(ordered)
        tree.from_styles[element] = {name for name, _ in ordered}
    for element in tree.root.iter(f"{{{SVG}}}style"):
        element.clear()
    return tree


def _matched(matcher: Any, wrapper: Any) -> list[tuple[str, str]]:
    return [pair for found in matcher.match(wrapper) for pair in found[-1]]


def _add_rules(tree: SvgTree, element: Element, matchers: tuple[Any, Any]) -> None:
    if element.get("type", "text/css") != "text/css":
        return
    if element.get("media", "").strip().lower() not in _MEDIA:
        raise tree.refuse(
            f'media="{element.get("media")}"', element, Message("a drawing has one look, remove it")
        )
    rules = tinycss2.parse_stylesheet("".join(element.itertext()), skip_comments=True, skip_whitespace=True)
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in _WITHOUT_EFFECT:
            continue
        if rule.type != "qualified-rule":
            what = f"@{rule.at_keyword}" if rule.type == "at-rule" else Message("a rule that cannot be read")
            raise tree.refuse(what, element, Message("a drawing has one look, write plain rules"))
        _add_rule(tree, element, rule, matchers)


def _add_rule(tree: SvgTree, element: Element, rule: Any, matchers: tuple[Any, Any]) -> None:
    shown = tinycss2.serialize(rule.prelude).strip()
    try:
        selectors = cssselect2.compile_selector_list(rule.prelude)
    except cssselect2.SelectorError as error:
        raise tree.refuse(
            Message("the selector '%(shown)s'", shown=shown[:60]),
            element,
            Message("write it as a class or an attribute"),
        ) from error
    for matcher, declared in zip(matchers, _declarations(tree, element, rule.content), strict=True):
        for selector in selectors:
            if declared and selector.pseudo_element is None and not selector.never_matches:
                matcher.add_selector(selector, declared)


def _declarations(
    tree: SvgTree, element: Element, content: str | Iterable[Any]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return what is declared, and what as important, without what cannot be read, as browsers do."""
    normal: list[tuple[str, str]] = []
    important: list[tuple[str, str]] = []
    for one in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if one.type in ("qualified-rule", "at-rule"):
            raise tree.refuse(
                Message("a rule inside a rule"), element, Message("write plain rules, one after another")
            )
        if one.type == "declaration" and _PROPERTY.fullmatch(name := one.lower_name.removeprefix("-webkit-")):
            value = re.sub(r"/\*.*?\*/", " ", tinycss2.serialize(one.value), flags=re.DOTALL).strip()
            (important if one.important else normal).extend(_expanded(name, value))
    return normal, important


def _expanded(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield a declaration, the shorthand of markers as what it stands for."""
    names = ("marker-start", "marker-mid", "marker-end") if name == "marker" else (name,)
    yield from ((one, value) for one in names)


def written(root: Element) -> bytes:
    """Write a tree as a file of its own, without what HTML keeps of namespaces' declarations."""
    for element in root.iter():
        for key in [key for key in element.attrib if key.startswith("{http://www.w3.org/2000/xmlns/}")]:
            del element.attrib[key]
    data: bytes = ElementTree.tostring(root)
    return data

"""Forms that need nothing but numbers: what came of one may be kept for other files that hold it."""

import re
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any, TypeAlias

from pikepdf import Dictionary, Name

from printkit.content.colour import Colour
from printkit.content.objects import entry
from printkit.content.state import Nested, State
from printkit.streams import data_of

# Graphics states by the names that a stream gives them, each as it is written
PlainStates: TypeAlias = Mapping[str, bytes]
PlainKey: TypeAlias = tuple[Any, ...]
# Text shows a font that may be set outside (ISO 32000-1, Table 109)
_TEXT = re.compile(rb"\bT[jJ]\b|['\"]")
# A group, a layer, and a size of its own
_MORE = ("/Group", "/OC", "/Matrix")
_SIMPLE = (int, bool, Decimal, Name)


def plain_key(nested: Nested) -> PlainKey | None:
    """Return what a form's copies are equal by, wherever it stands; None for one that is not plain.

    Its size counts, as thin lines may overprint; its place does not.
    """
    stream, state = nested.stream, nested.state
    states = plain_states(entry(stream, "/Resources"))
    if states is None or not (_is_plain(state.fill) and _is_plain(state.stroke)):
        return None
    if any(key in stream for key in _MORE):
        return None
    content = data_of(stream)
    if state.soft_mask is not None or _TEXT.search(content):
        return None
    return sha256(content).digest(), tuple(states.items()), *_inherited(state)


def plain_states(resources: Any) -> PlainStates | None:
    """Return the graphics states of resources that hold nothing else, and these only numbers and names."""
    if not isinstance(resources, Dictionary):
        return None
    # Fonts, images and patterns are objects of their own file.
    if any(kind != "/ExtGState" and len(things) for kind, things in resources.items()):
        return None
    states = dict(resources.get("/ExtGState", Dictionary()).items())
    values = [value for state in states.values() for _, value in state.items()]
    if not all(isinstance(value, _SIMPLE) for value in values):
        return None
    return {name: state.unparse(resolved=True) for name, state in states.items()}


def _is_plain(colour: Colour) -> bool:
    return colour.pattern is None and colour.space.source is None and colour.space.default is None


def _inherited(state: State) -> tuple[Any, ...]:
    colours = tuple((one.space.family, one.components) for one in (state.fill, state.stroke))
    return colours, tuple(state.ctm)[:4], state[4:9], state[10:13]

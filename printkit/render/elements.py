"""HTML that the layout engine leaves out, or lays out otherwise than browsers: refused by name.

What a browser fills in, plays or runs is nothing on paper; the engine passes over it without a word, or
prints what stands inside. Attributes that say how something looks belong in the style sheet; the few that
people still write (the size of a picture, how a list counts) are taken.
"""

import re
from collections.abc import Iterator
from typing import Any

from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.words import Message

_FILLED_IN = Message("nothing is filled in on paper; draw it with boxes and text")
_OTHERS = Message("no document stands inside another; write <img> or <svg>")
_PLAYS = Message("nothing plays on paper; write <img>")
_RUNS = Message("nothing runs on paper; write what it would have written")
_OPENS = Message("nothing opens or moves on paper; write a <div>")
_IN_A_LINE = Message("it would be set in one line; set it with boxes")
_SHEET = Message("write it in the style sheet")
_ONE = Message("one picture is printed; name it by src")

_ELEMENTS: dict[str, Message] = {
    **dict.fromkeys(("input", "textarea", "select", "option", "button", "datalist"), _FILLED_IN),
    **dict.fromkeys(("progress", "meter", "fieldset", "legend"), _FILLED_IN),
    **dict.fromkeys(("iframe", "frame", "frameset", "object", "embed", "applet"), _OTHERS),
    **dict.fromkeys(("video", "audio", "canvas"), _PLAYS),
    **dict.fromkeys(("script", "noscript"), _RUNS),
    **dict.fromkeys(("details", "summary", "dialog", "marquee"), _OPENS),
    **dict.fromkeys(("ruby", "rt", "rp", "math"), _IN_A_LINE),
    **dict.fromkeys(("font", "basefont", "bdo"), _SHEET),
    "source": _ONE,
}
_ATTRIBUTES: dict[str, Message] = {
    **dict.fromkeys(("align", "valign", "bgcolor", "background", "border", "bordercolor", "clear"), _SHEET),
    **dict.fromkeys(("cellpadding", "cellspacing", "frame", "rules", "nowrap", "hspace", "vspace"), _SHEET),
    **dict.fromkeys(("color", "face", "size", "noshade", "text", "link", "vlink", "alink"), _SHEET),
    **dict.fromkeys(("srcset", "sizes"), _ONE),
    "popover": _OPENS,
    "reversed": Message("lists count upwards; write the value of each <li>"),
}
# What the engine heeds where it is asked to: how large a picture is, how a list counts
_TAKEN = {"img": ("width", "height"), "ol": ("start", "type"), "ul": ("type",), "li": ("value", "type")}
_SIZES = ("width", "height")
# The engine reads no conditions, and leaves a sheet with one out
_MEDIA = re.compile(r"\s*(?:[a-z]+(?:\s*,\s*[a-z]+)*)?\s*", re.IGNORECASE)

TOO_DEEP = Message("its elements are nested too deep to be laid out; take some away")
# Python lets the engine call itself a thousand times, and it does so several times for each: 300 fail.
_DEEPEST = 500


def check_elements(file: str, root: Any) -> bool:
    """Raise WorkspaceErrors for what does not come out on paper; tell whether attributes say how it looks."""
    if _deeper_than(_DEEPEST, root):
        raise WorkspaceError(file, None, TOO_DEEP)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    errors = [
        WorkspaceError(file, what, reason) for element in elements for what, reason in _refused(element)
    ]
    if errors:
        raise WorkspaceErrors(errors)
    return any(key in element.attrib for element in elements for key in _TAKEN.get(element.tag, ()))


def _deeper_than(most: int, root: Any) -> bool:
    level = [root]
    while level and most:
        level, most = [child for element in level for child in element], most - 1
    return bool(level)


def _refused(element: Any) -> Iterator[tuple[str, Message]]:
    tag = element.tag.removeprefix("{http://www.w3.org/1998/Math/MathML}")
    if tag in _ELEMENTS:
        yield f"<{tag}>", _ELEMENTS[tag]
        return
    # Drawings have attributes of their own
    if tag.startswith("{"):
        return
    for key, value in element.attrib.items():
        what = f'{key}="{value[:40]}" of <{tag}>'
        if key in _ATTRIBUTES:
            yield what, _ATTRIBUTES[key]
        elif key in _SIZES and key not in _TAKEN.get(tag, ()):
            yield what, _SHEET
        elif key == "dir" and value.strip().lower() == "auto":
            yield what, Message("write ltr or rtl")
        elif key == "media" and not _MEDIA.fullmatch(value):
            yield what, Message("write a kind of medium, as print")
        elif key == "http-equiv" and value.strip().lower() == "refresh":
            yield what, _RUNS

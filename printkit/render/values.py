"""Values of style sheets that the layout engine reads and lays out otherwise: refused where they stand.

The engine tells of a value that it cannot read by its file and line. What it reads and then draws in another
way than CSS says is told by the same way, with what to write instead.
"""

import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from functools import wraps
from typing import Any

import tinycss2

from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.words import Message

_ANY_MATH = r"(?:calc|min|max|clamp|round|mod|rem|abs|sign|hypot|sqrt|pow|log|exp|a?(?:sin|cos|tan)|atan2)\("
# By property: values that are refused, and why
_REFUSED: dict[str, tuple[str, str]] = {
    "flex-wrap": (r"wrap-reverse", "lines are placed otherwise; write wrap, and order the items by `order`"),
    "position": (r"running\(", "a page has no margins to run in; write position: absolute"),
    "image-orientation": (
        r"(?!none$|from-image$)",
        "it is turned the other way; turn the picture itself, or write transform",
    ),
    "list-style-image": (
        r"(?!none$)",
        "pictures of lists are placed otherwise; draw it in ::before, or write a sign by list-style-type",
    ),
    "border-image-repeat": (
        r".*\b(?:repeat|space)\b",
        "tiles are placed otherwise; write round or stretch",
    ),
    "visibility": ("collapse", "a row leaves its room empty; write display: none"),
    "text-decoration-style": (
        "double",
        "two lines of a third of the thickness are drawn; write solid, or a border-bottom of style double",
    ),
    "transform": (rf".*\b{_ANY_MATH}", "it cannot be reckoned here; write the value itself"),
}


def refuse_values(properties: MutableMapping[str, Callable[..., Any]], invalid: type[Exception]) -> None:
    """Put the refusals into the engine's table of properties; `invalid` is how it says that a value is."""
    for name, (pattern, reason) in _REFUSED.items():
        properties[name] = _refusing(properties[name], re.compile(pattern, re.IGNORECASE), invalid(reason))


def check_layers(file: str, text: str) -> None:
    """Refuse !important inside @layer: the last layer would win, where CSS has the first (Cascade 5, 6.4)."""
    if "!important" not in text.replace(" ", "") or "@layer" not in text:
        return
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    errors = [
        WorkspaceError(file, f"line {line}", Message("!important inside @layer; write it outside of layers"))
        for rule in rules
        if rule.type == "at-rule" and rule.lower_at_keyword == "layer"
        for line in _important(rule.content or ())
    ]
    if errors:
        raise WorkspaceErrors(errors)


def _important(content: Iterable[Any]) -> Iterator[int]:
    """Yield the lines in which something is declared as important, at any depth."""
    before = ""
    for token in content:
        if token.type == "ident" and token.lower_value == "important" and before == "!":
            yield token.source_line
        if token.type == "{} block":
            yield from _important(token.content)
        if token.type not in ("whitespace", "comment"):
            before = token.value if token.type == "literal" else ""


def _refusing(read: Callable[..., Any], pattern: re.Pattern[str], refusal: Exception) -> Callable[..., Any]:
    @wraps(read)
    def reader(tokens: Any, *more: Any) -> Any:
        if pattern.match(tinycss2.serialize(tokens).strip()):
            raise refusal
        return read(tokens, *more)

    return reader

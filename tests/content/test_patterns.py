"""Python before 3.11.5 matches a possessive group wrongly where something in it can give way."""

import re
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import printkit.content

MODULES = sorted(file.stem for file in Path(printkit.content.__path__[0]).glob("*.py"))
GIVES_WAY = {"BRANCH", "MAX_REPEAT", "MIN_REPEAT"}


def operations(parsed: Any) -> Iterator[tuple[str, Any]]:
    """Yield all operations of a pattern, and of what stands in them."""
    if isinstance(parsed, parser.SubPattern):
        for operation, arguments in parsed:
            yield str(operation), arguments
            yield from operations(arguments)
    elif isinstance(parsed, tuple | list):
        for one in parsed:
            yield from operations(one)


def wrong(pattern: re.Pattern[Any]) -> list[str]:
    """Name what can give way within what repeats possessively."""
    return [
        name
        for operation, arguments in operations(parser.parse(pattern.pattern, pattern.flags & re.DOTALL))
        if operation == "POSSESSIVE_REPEAT"
        for name, _ in operations(arguments)
        if name in GIVES_WAY
    ]


def test_a_possessive_group_with_a_choice_is_seen() -> None:
    assert wrong(re.compile(r"(?:a|bc)*+")) == ["BRANCH"]
    assert wrong(re.compile(rb"(?:ab?c){2,3}+")) == ["MAX_REPEAT"]
    assert wrong(re.compile(rb"(?:a++b*+[cd]?+)*+(?:a|bc)*")) == []


@pytest.mark.parametrize("name", MODULES)
def test_no_pattern_gives_way_where_it_must_not(name: str) -> None:
    module = import_module(f"printkit.content.{name}") if name != "__init__" else printkit.content
    patterns = [one for one in vars(module).values() if isinstance(one, re.Pattern)]
    assert [one.pattern for one in patterns if wrong(one)] == []

"""Style sheets as the layout engine reads them, parsed once for each text, with the fonts they declare."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from printkit.render.engine import engine
from printkit.render.fetch import Fetcher, address_of
from printkit.render.numbers import check_numbers
from printkit.render.values import check_layers
from printkit.render.variables import Variables, read_variables

# How many are kept: those of a few designs, and printkit's own, as what was tried for one piece is tried
# for the next.
SHEETS = 128
_parsed: "OrderedDict[tuple[str, str], Sheet]" = OrderedDict()


@dataclass(frozen=True)
class Sheet:
    """A parsed style sheet, its variables, its @counter-style rules by name, and its @font-face rules, which
    no set of fonts has yet."""

    file: str
    parsed: Any
    variables: Variables
    declared: tuple[Any, ...] = ()
    counters: Mapping[str, Any] = field(default_factory=dict)


class _Declarations:
    """Stand for the engine's set of fonts while a sheet is parsed: parsing one does not need it."""

    def __init__(self) -> None:
        self.rules: list[Any] = []

    def add_font_face(self, rule: Any, fetch: Any) -> None:
        self.rules.append(rule)


def read_sheet(text: str, fetcher: Fetcher, file: str) -> Sheet:
    """Parse a style sheet's text as if it stood in `file`; one that reads no other file is kept.

    The engine does not change what it has parsed, so designs may share it.
    """
    key = (file, text)
    if key in _parsed:
        _parsed.move_to_end(key)
        return _parsed[key]
    variables, declarations = read_variables(file, text), _Declarations()
    check_numbers(file, text)
    check_layers(file, text)
    address, counters = address_of(file), engine().counters()
    before, fetcher.read = fetcher.read, {}
    try:
        parsed = engine().css(
            string=text,
            base_url=address,
            url_fetcher=fetcher,
            font_config=declarations,
            counter_style=counters,
        )
    finally:
        others, fetcher.read = fetcher.read, before | fetcher.read
    sheet = Sheet(file, parsed, variables, tuple(declarations.rules), counters)
    if not others:
        _parsed[key] = sheet
        while len(_parsed) > SHEETS:
            _parsed.popitem(last=False)
    return sheet

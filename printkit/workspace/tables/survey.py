"""What a sheet's XML says that openpyxl's reading of cells leaves out, and that all XML is harmless."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

from printkit.words import Message

CHUNK = 1 << 16
_PLACE = re.compile(r"([A-Z]+)(\d+)")
# Columns up to XFD; a sheet's last one is often formatted as a whole
LAST_COLUMN = 16384


class SurveyProblem(ValueError):
    """Say why the XML of a workbook is not read."""


@dataclass
class Survey:
    """What stands in a sheet beside values; `unvalued` are formulas by row, from 1, and column letters."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    merged: list[tuple[int, str]] = field(default_factory=list)
    unvalued: set[tuple[int, str]] = field(default_factory=set)


def refuse_entities(archive: ZipFile) -> None:
    """Read all XML of a workbook once; raise SurveyProblem where a part declares entities, or is broken."""
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            with archive.open(name) as part:
                _read(part, name, lambda parser: None)


def survey_sheet(archive: ZipFile, name: str) -> Survey:
    """Read a sheet's XML; raise SurveyProblem as `refuse_entities` does."""
    found = Survey()
    with archive.open(name) as part:
        _read(part, name, _Reader(found).listen)
    return found


def _read(part: IO[bytes], name: str, listen: Callable[[expat.XMLParserType], None]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")

    # An entity can grow without end or fetch a file (billion laughs, XXE); no spreadsheet writes a DOCTYPE.
    def refuse(*_: object) -> None:
        raise SurveyProblem(
            Message("%(name)s declares a document type, which no spreadsheet writes", name=name)
        )

    parser.StartDoctypeDeclHandler = refuse
    listen(parser)
    try:
        while data := part.read(CHUNK):
            parser.Parse(data)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise SurveyProblem(Message("%(name)s is broken XML: %(error)s", name=name, error=error)) from error


class _Reader:
    """Hear a sheet's elements, in the order in which they stand."""

    def __init__(self, found: Survey) -> None:
        self._found = found
        self._row = 0
        self._cell = ""
        self._formula = self._valued = self._text = False

    def listen(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "c":
                self._cell, self._formula, self._valued = attributes.get("r", ""), False, False
                # A formula's text may be empty, a number is not
                self._text = attributes.get("t") == "str"
            case "f":
                self._formula = True
            case "v" if self._formula and not self._text:
                # Only within such a value, as all other text is read by openpyxl.
                self._parser.CharacterDataHandler = self._value
            case "v" | "is":
                self._valued = True
            case "row":
                # The number may be left out; a row then follows the one before.
                self._row = int(attributes.get("r", self._row + 1))
                if attributes.get("hidden") in ("1", "true"):
                    self._found.hidden_rows.append(self._row)
            case "mergeCell":
                area = attributes.get("ref", "")
                place = _PLACE.match(area)
                self._found.merged.append((int(place[2]) if place else 1, area))
            case "col" if attributes.get("hidden") in ("1", "true"):
                self._hide(int(attributes["min"]), int(attributes["max"]))

    def _value(self, text: str) -> None:
        self._valued = True

    def _end(self, name: str) -> None:
        self._parser.CharacterDataHandler = None
        if self._formula and not self._valued and name.rpartition(" ")[2] == "c":
            place = _PLACE.match(self._cell)
            self._found.unvalued.add((self._row, place[1] if place else ""))

    def _hide(self, first: int, last: int) -> None:
        # Hidden up to the last one are all columns that nobody uses.
        if last < LAST_COLUMN:
            names = [column_letters(one) for one in {first, last}]
            self._found.hidden_columns.append(":".join(sorted(names, key=len)))


def column_letters(number: int) -> str:
    """Return a column's name as spreadsheets have it: 1 is A, 27 is AA."""
    text = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        text = chr(ord("A") + place) + text
    return text

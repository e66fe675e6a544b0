"""Read a table for one entry of a campaign: a row is a piece, or all that is wrong is told at once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from printkit.errors import TableErrors, TableProblem
from printkit.profiles import Committee, LanguageTag, Profiles, SlotValue
from printkit.rows.columns import Columns, find_columns, heads_below
from printkit.rows.values import slot_value
from printkit.template import SlotCheck, Template, ValueProblem
from printkit.template.language import Language
from printkit.words import Message, sentence
from printkit.workspace.tables import Figure, Row, Table, Value, open_table

# What may stand in a file's name, on every system
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 40
DUE = Message("an id is due; write it as text")
# Between thousands stands a blank of one kind or another
_GROUPS = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}\b)")
# A row's number in a piece's id: ids of ten thousand rows stand in the order of the table
DIGITS = 5


@dataclass(frozen=True)
class RowsRequest:
    """Ask for the pieces of a table; `checks` judge the values in each language that the template has.

    `languages` are those of a row that names none: a piece in each of them. `committees` are whom pieces are
    made for: where there is one only, the table need not name it. `given` are the slots that have a value
    without the table. `columns` maps heads to what they say. `is_counted`: a row need not name a number.
    """

    profiles: Profiles
    template: Template
    checks: Mapping[LanguageTag, SlotCheck]
    languages: tuple[LanguageTag, ...]
    committees: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    given: frozenset[str] = frozenset()
    is_counted: bool = True


@dataclass(frozen=True)
class Source:
    """A table as it was read: what complaints call it, its bytes, and the sheet of a workbook."""

    shown: str
    data: bytes
    sheet: str | None = None


@dataclass(frozen=True)
class RowPiece:
    """A row as a piece; `quantity` is None where the table says nothing of it."""

    number: int
    id: str
    committee: str
    site: str | None
    language: LanguageTag
    quantity: int | None
    values: tuple[tuple[str, SlotValue], ...]


@dataclass(frozen=True)
class RowsRead:
    """What was read of a table: the rows that are right, what is wrong with the others, and what is told."""

    pieces: tuple[RowPiece, ...]
    problems: tuple[TableProblem, ...]
    remarks: tuple[str, ...]

    def refuse(self) -> None:
        """Raise TableErrors where anything is wrong."""
        if self.problems:
            raise TableErrors(self.problems)


def read_rows(data: bytes, shown: str, request: RowsRequest) -> RowsRead:
    """Read a table's bytes, which complaints call `shown`."""
    table = open_table(data, shown, request.profiles.batch.table, request.sheet)
    # Alone: read under a wrong head, every row would be a complaint of its own.
    if below := heads_below(table, request.template, request.columns):
        reason = Message("the heads stand in row %(row)s; delete the rows above it", row=below)
        return RowsRead((), (TableProblem(shown, table.header, None, reason),), ())
    reading = _Reading(table, request, find_columns(table, request.template, request.columns))
    # What a head says is not known yet; it may be the column that is missed.
    if not table.faults:
        reading.find_committees()
        reading.find_needed()
    pieces = [piece for row in table.rows for piece in reading.pieces(row)]
    # A table that is only begun would print nothing, and nobody be told why
    if not (pieces or table.faults or reading.problems):
        table.fault(table.header, None, Message("no row beneath the heads says anything"))
    faults = [TableProblem(shown, one.row, one.column, one.problem) for one in table.faults]
    # Complaints about the table as a whole come first: they explain many of the others.
    problems = sorted([*faults, *reading.problems], key=lambda one: one.row or 0)
    table.remarks += _sum(pieces)
    return RowsRead(
        tuple(pieces),
        tuple(problems),
        tuple(Message("%(file)s: %(remark)s", file=shown, remark=one) for one in table.remarks),
    )


def _sum(pieces: Sequence[RowPiece]) -> Iterator[str]:
    """Tell of a last row that has as many copies as all others: a total, which is no piece."""
    copies = {one.number: one.quantity or 0 for one in pieces}
    last = max(copies, default=0)
    # With two rows either may be as large as the other.
    if len(copies) > 2 and copies[last] and 2 * copies[last] == sum(copies.values()):
        yield Message(
            "row %(row)s has as many copies as all others together; if it is their sum, delete it", row=last
        )


class _Reading:
    """One table while it is read."""

    def __init__(self, table: Table, request: RowsRequest, columns: Columns) -> None:
        self.table, self.request, self.columns = table, request, columns
        self.problems: list[TableProblem] = []
        self._numbers: dict[str, int] = {}

    def find_committees(self) -> None:
        if "committee" not in self.columns.own and len(self.request.committees) > 1:
            reason = Message("no column 'committee' says for whom each row is; add one with their ids")
            self.table.fault(None, None, reason)

    def find_needed(self) -> None:
        """Tell of columns that must be there, as the campaign says nothing in their place."""
        for name, told in (("lang", self.request.languages), ("quantity", self.request.is_counted)):
            if not told and name not in self.columns.own:
                key = "languages" if name == "lang" else name
                reason = Message(
                    "no column '%(name)s'; add one, or %(key)s to the campaign's pieces", name=name, key=key
                )
                self.table.fault(None, None, reason)

    def pieces(self, row: Row) -> list[RowPiece]:
        """Return a row's pieces; none where something is wrong with it, which then is among the problems."""
        before = len(self.problems)
        committee = self._committee(row)
        site, quantity, identifier = self._site(row, committee), self._quantity(row), self._id(row)
        language = self._language(row)
        values = {
            one: dict(self._values(row, one)) for one in ([language] if language else self.request.languages)
        }
        # Read to the end first, so that all that is wrong with a row is told at once.
        if len(self.problems) > before or committee is None:
            return []
        return [
            RowPiece(row.number, identifier, committee.id, site, one, quantity, tuple(sorted(found.items())))
            for one, found in values.items()
        ]

    def _tell(self, row: Row, key: str, problem: str) -> None:
        column = self.columns.name(self.table, key)
        told = TableProblem(self.table.shown, row.number, column, problem, value=True)
        # The same is wrong with a row in each of its languages.
        if told not in self.problems[-len(self.columns.slots) :]:
            self.problems.append(told)

    def _own(self, row: Row, key: str) -> Value:
        place = self.columns.own.get(key)
        return None if place is None else row.values[place]

    def _word(self, row: Row, key: str, due: str = DUE) -> str:
        """Return an id as people write it, in small letters; empty where there is none."""
        value = self._own(row, key)
        if isinstance(value, Figure):
            value = value.value
        # Spreadsheets keep 7 as 7.0.
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if value is None or isinstance(value, str | int):
            return "" if value is None else str(value).strip().lower()
        self._tell(row, key, due)
        return ""

    def _written(self, row: Row, key: str) -> str:
        """Return the beginning of a cell as it stands there, by which people find it."""
        value = self._own(row, key)
        return str(value.value if isinstance(value, Figure) else value).strip()[:40]

    def _committee(self, row: Row) -> Committee | None:
        known, only = self.request.profiles.committees, self.request.committees
        # Where there is only one, the table need not name it.
        name = self._word(row, "committee") or (only[0] if len(only) == 1 else "")
        if name in only:
            return known[name]
        if "committee" in self.columns.own:
            there = ", ".join(only)
            told = Message("this is empty; there are: %(only)s", only=there)
            if name:
                told = Message(
                    "unknown '%(name)s'; there are: %(only)s",
                    name=self._written(row, "committee"),
                    only=there,
                )
            self._tell(row, "committee", told)
        return None

    def _site(self, row: Row, committee: Committee | None) -> str | None:
        name, sites = self._word(row, "site"), self.request.profiles.sites
        if not name:
            return None
        if name not in sites:
            self._tell(
                row,
                "site",
                Message(
                    "unknown '%(name)s'; 'printkit list sites' names all", name=self._written(row, "site")
                ),
            )
        elif committee and committee.id not in sites[name].committees:
            shown = ", ".join(sites[name].committees)
            self._tell(
                row,
                "site",
                Message(
                    "'%(name)s' does not show %(id)s, but %(shown)s", name=name, id=committee.id, shown=shown
                ),
            )
        return name

    def _language(self, row: Row) -> LanguageTag | None:
        name = self._word(row, "lang")
        for one in self.request.checks:
            if name == one:
                return one
        if not name and not self.request.languages and "lang" in self.columns.own:
            self._tell(row, "lang", Message("empty; a value is required"))
        if name:
            there = ", ".join(self.request.checks)
            self._tell(
                row,
                "lang",
                Message(
                    "the template has no texts in '%(language)s'; it has %(there)s",
                    language=name[:40],
                    there=there,
                ),
            )
        return None

    def _quantity(self, row: Row) -> int | None:
        due = Message("a number of copies is due; write 1 or more")
        text = _GROUPS.sub("", self._word(row, "quantity", due))
        if not text:
            if not self.request.is_counted and "quantity" in self.columns.own:
                self._tell(row, "quantity", due)
            return None
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not int(text):
            self._tell(
                row, "quantity", Message("'%(text)s' is no number of copies; write 1 or more", text=text[:40])
            )
            return None
        return int(text)

    def _id(self, row: Row) -> str:
        """Return the row's id, else its number; one that another row has is told."""
        name = self._word(row, "id")
        if name and (not _ID.fullmatch(name) or len(name) > LONGEST_ID):
            reason = Message(
                "'%(name)s' cannot stand in a file's name; write up to %(longest_id)s letters from a to z",
                name=name[:50],
                longest_id=LONGEST_ID,
            )
            self._tell(row, "id", Message("%(reason)s, digits, and hyphens between them", reason=reason))
            return name
        found = name or f"{row.number:0{DIGITS}d}"
        other = self._numbers.setdefault(found, row.number)
        if other != row.number:
            self._tell(
                row,
                "id",
                Message(
                    "'%(found)s' is the id of row %(other)s, too; give each row its own",
                    found=found,
                    other=other,
                ),
            )
        return found

    def _values(self, row: Row, written: LanguageTag) -> Iterator[tuple[str, SlotValue]]:
        check, language = self.request.checks[written], Language.of(self.request.profiles, written)
        for name, place in self.columns.slots.items():
            try:
                value = slot_value(row.values[place], self.request.template.slots[name], language)
                if value is not None:
                    # Read by the very check that pieces pass, so that a row that is right here is right
                    # there.
                    check.read(name, value)
                    yield name, value
                elif name in check.needed and name not in self.request.given:
                    self._tell(row, name, Message("empty; a value is required"))
            except ValueProblem as problem:
                self._tell(row, name, sentence(problem))
        for name in sorted(check.needed - self.columns.slots.keys() - self.request.given):
            self._miss(name)

    def _miss(self, name: str) -> None:
        """Tell once of a required slot that no column is for."""
        reason = Message("no column is for slot '%(name)s', which needs a value; add one", name=name)
        if not any(one.problem == reason for one in self.problems):
            self.problems.append(TableProblem(self.table.shown, None, None, reason))

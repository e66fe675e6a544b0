"""Which column of a table says what: a piece's own names, or a slot by its id or label."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from printkit.template import Template
from printkit.words import Message
from printkit.workspace.tables import Table, Value
from printkit.workspace.tables.shape import column_name, heads_in_row

# Columns that say where and how many a piece is, in place of a slot
OWN = ("committee", "site", "lang", "quantity", "id")
# What a column is mapped to that is passed over
IGNORED = ""


@dataclass(frozen=True)
class Columns:
    """The place of each column that is read, from 0: those of the piece itself and those of slots."""

    own: Mapping[str, int]
    slots: Mapping[str, int]

    def name(self, table: Table, key: str) -> str:
        """Return a column as its table has it; the key itself where it has none."""
        place = self.own.get(key, self.slots.get(key))
        return key if place is None else table.columns[place]


def find_columns(table: Table, template: Template, mapping: Mapping[str, str]) -> Columns:
    """Return what the columns say; what says nothing, or the same twice, becomes a fault of the table."""
    given = {column_name(name).casefold(): meaning for name, meaning in mapping.items()}
    known = {name.casefold() for name in table.columns}
    for name in mapping:
        if column_name(name).casefold() in known:
            continue
        there = ", ".join(f"'{one}'" for one in table.columns) or "none"
        table.fault(
            None,
            None,
            Message(
                "columns names '%(name)s', which the table has not; it has %(there)s", name=name, there=there
            ),
        )
    own: dict[str, int] = {}
    slots: dict[str, int] = {}
    for place, name in enumerate(table.columns):
        meaning = given[name.casefold()] if name.casefold() in given else _meaning(name, template)
        if not name or meaning == IGNORED:
            continue
        if meaning is None or (meaning not in OWN and meaning not in template.slots):
            table.fault(None, name, _unknown(template, meaning))
            continue
        found = own if meaning in OWN else slots
        # A column that stands twice under the same head is told where the table is read.
        if found.setdefault(meaning, place) != place:
            other = table.columns[found[meaning]]
            if other.casefold() != name.casefold():
                table.fault(
                    None,
                    name,
                    Message(
                        "says '%(meaning)s', as column '%(other)s' does; leave one out",
                        meaning=meaning,
                        other=other,
                    ),
                )
    return Columns(own, slots)


def heads_below(table: Table, template: Template, mapping: Mapping[str, str]) -> int | None:
    """Return the row in which the heads stand, where the first row names no column and a later one does."""
    mapped = {column_name(name).casefold() for name in mapping}

    def says(value: Value) -> bool:
        name = column_name(value)
        return bool(name) and (name.casefold() in mapped or _meaning(name, template) is not None)

    return heads_in_row(table, says)


def _meaning(name: str, template: Template) -> str | None:
    """Return what a column's own name says: an id in any letters, or the label of exactly one slot."""
    plain = name.casefold()
    # "Short title" and "short-title" are what people make of short_title.
    identifier = re.sub(r"[\s-]+", "_", plain)
    if plain in OWN:
        return plain
    if identifier in template.slots:
        return identifier
    labelled = [one for one, slot in template.slots.items() if slot.label.casefold() == plain]
    # Of two slots with the same label nobody knows which was meant.
    return labelled[0] if len(labelled) == 1 else None


def _unknown(template: Template, meaning: str | None) -> str:
    what = (
        Message("is no slot")
        if meaning is None
        else Message("is mapped to '%(meaning)s', which is no slot", meaning=meaning)
    )
    there = ", ".join((*OWN, *sorted(template.slots)))
    return Message(
        "%(what)s of template '%(id)s'; there are: %(there)s; rename the column, "
        'map it by columns, or pass it over by columns = { "..." = "" }',
        what=what,
        id=template.id,
        there=there,
    )

"""A finished file in parts, so that objects which differ from site to site can stand behind all others."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Self

from printkit.errors import RenderError
from printkit.words import Message

# ISO 32000-1, 7.5.4 and 7.5.5, as `saved` has them written: objects from 1 on
_TABLE = re.compile(
    rb"xref\n0 \d+\n0000000000 65535 f \n(?P<entries>(?:\d{10} 00000 n \n)+)"
    rb"(?P<trailer>trailer [^\n]+\nstartxref\n)\d+\n%%EOF\n"
)
_ENTRY, _DIGITS = 20, 10


@dataclass(frozen=True)
class Parts:
    """A file's head, its objects by number in the order in which they stand, and its trailer."""

    head: bytes = field(repr=False)
    objects: Mapping[int, bytes] = field(repr=False)
    trailer: bytes = field(repr=False)

    @classmethod
    def of(cls, written: bytes) -> Self:
        """Take apart what `saved` wrote; raise RenderError for any other file."""
        table = _TABLE.fullmatch(written, written.rindex(b"xref\n0 "))
        if table is None:
            raise RenderError(Message("the finished file has no table of objects that can be exchanged"))
        entries = table["entries"]
        places = [int(entries[at : at + _DIGITS]) for at in range(0, len(entries), _ENTRY)]
        order = sorted(range(len(places)), key=places.__getitem__)
        bounds = pairwise([*(places[index] for index in order), table.start()])
        objects = {index + 1: written[a:b] for index, (a, b) in zip(order, bounds, strict=True)}
        return cls(written[: min(places)], objects, table["trailer"])

    def joined(self, last: Container[int]) -> bytes:
        """Return the file, with objects of these numbers behind all others."""
        order = sorted(self.objects, key=lambda number: (number in last, number))
        parts = [self.head, *(self.objects[number] for number in order)]
        *places, end = accumulate(map(len, parts))
        return b"".join((*parts, tail(dict(zip(order, places, strict=True)), end, self.trailer)))


def tail(places: Mapping[int, int], end: int, trailer: bytes) -> bytes:
    """Return the table of objects that stand at these places, by number from 1 on, and the trailer."""
    numbers = range(1, len(places) + 1)
    entries = b"".join(b"%010d 00000 n \n" % places[number] for number in numbers)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    return b"".join((head, entries, trailer, b"%d\n%%%%EOF\n" % end))

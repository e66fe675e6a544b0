"""A finished file to be filled with other sites' codes and identities: the bytes are those of `finish`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import accumulate, pairwise
from typing import Self

from pikepdf import Pdf

from printkit.errors import RenderError
from printkit.finish.codes import CodeStyle, codes_by_page
from printkit.finish.spec import Identity
from printkit.finish.stream import content_list, packed
from printkit.qr import Code

# ISO 32000-1, 7.5.4 and 7.5.5, as `finish` has them written: objects from 1 on, one after the other
TABLE = re.compile(
    rb"xref\n0 \d+\n0000000000 65535 f \n(?P<entries>(?:\d{10} 00000 n \n)+)"
    rb"(?P<trailer>trailer [^\n]+\nstartxref\n)(?P<start>\d+)\n%%EOF\n"
)
ENTRY, DIGITS = 20, 10


@dataclass(frozen=True)
class Blank:
    """Hold a finished file in parts: its head, then each object.

    `streams` names the object that draws a page's codes, by page from 1; `corner` is the trim's in points.
    """

    parts: tuple[bytes, ...] = field(repr=False)
    trailer: bytes = field(repr=False)
    identity: Identity
    style: CodeStyle = field(repr=False)
    corner: float
    pages: int
    streams: tuple[tuple[int, int], ...]
    metadata: int

    @classmethod
    def of(cls, finished: bytes, identity: Identity, style: CodeStyle, codes: Iterable[Code]) -> Self:
        """Take a file apart that `finish` wrote with these codes; raise RenderError where it cannot be."""
        table = TABLE.fullmatch(finished, finished.rindex(b"xref\n0 "))
        if table is None:
            raise RenderError("the finished file has no table of objects that can be exchanged")
        entries = table["entries"]
        starts = [int(entries[at : at + DIGITS]) for at in range(0, len(entries), ENTRY)]
        parts = tuple(finished[a:b] for a, b in pairwise((0, *starts, table.start())))
        numbers = sorted({code.box.page for code in codes})
        with Pdf.open(BytesIO(finished)) as pdf:
            streams = tuple((page, content_list(pdf.pages[page - 1])[-1].objgen[0]) for page in numbers)
            corner, metadata = float(pdf.pages[0].trimbox[0]), pdf.Root.Metadata.objgen[0]
            pages = len(pdf.pages)
        return cls(parts, table["trailer"], identity, style, corner, pages, streams, metadata)

    def fill(self, codes: Iterable[Code], document_id: str) -> bytes:
        """Return the file with other codes on the same pages and with its own identity."""
        drawn = codes_by_page(codes, self.style, self.corner, self.pages)
        if drawn.keys() != dict(self.streams).keys():
            raise RenderError("a variant has its codes on other pages than its layout")
        parts, identity = list(self.parts), replace(self.identity, document_id=document_id)
        for page, number in self.streams:
            parts[number] = _stream(number, packed(drawn[page]))
        parts[self.metadata] = _exchanged(parts[self.metadata], self.identity.uuid, identity.uuid)
        *starts, table = accumulate(map(len, parts))
        entries = b"".join(b"%010d 00000 n \n" % start for start in starts)
        head = b"xref\n0 %d\n0000000000 65535 f \n" % len(parts)
        trailer = _exchanged(self.trailer, self.identity.file_id, identity.file_id)
        return b"".join((*parts, head, entries, trailer, b"%d\n%%%%EOF\n" % table))


def _stream(number: int, data: bytes) -> bytes:
    head = b"%d 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n" % (number, len(data))
    return head + data + b"\nendstream\nendobj\n"


def _exchanged(part: bytes, old: str, new: str) -> bytes:
    return part.replace(old.encode(), new.encode())

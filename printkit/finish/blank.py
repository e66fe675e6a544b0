"""A finished file to be filled with other sites' codes and identities: the bytes are those of `finish`."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from io import BytesIO
from itertools import accumulate
from typing import Any, Self

from pikepdf import Pdf

from printkit.errors import RenderError
from printkit.finish.codes import CodeStyle, codes_by_page
from printkit.pdfx.identity import Identity
from printkit.pdfx.parts import Parts, tail
from printkit.pdfx.stream import content_list, packed
from printkit.qr import Code
from printkit.words import Message


@dataclass(frozen=True)
class Own:
    """The numbers of the objects that are a site's own: metadata, and codes by page from 1."""

    metadata: int
    streams: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, pdf: Pdf, codes: Iterable[Code]) -> Self:
        """Find them in a file that was written with these codes."""
        pages = sorted({code.box.page for code in codes})
        streams = ((page, content_list(pdf.pages[page - 1])[-1].objgen[0]) for page in pages)
        return cls(pdf.Root.Metadata.objgen[0], tuple(streams))

    @property
    def numbers(self) -> tuple[int, ...]:
        """All of them in the order in which they stand."""
        return tuple(sorted([self.metadata, *(number for _, number in self.streams)]))


def own_last(written: bytes, codes: Iterable[Code]) -> bytes:
    """Return a file with the objects that are a site's own behind all others: only its end differs."""
    with Pdf.open(BytesIO(written)) as pdf:
        return Parts.of(written).joined(last=Own.of(pdf, codes).numbers)


@dataclass(frozen=True)
class Blank:
    """What all sites' files begin with, the places of its objects, and the metadata of one of them.

    `corner` is the trim's in points.
    """

    shared: bytes = field(repr=False)
    places: tuple[tuple[int, int], ...] = field(repr=False)
    metadata: bytes = field(repr=False)
    trailer: bytes = field(repr=False)
    own: Own
    identity: Identity
    style: CodeStyle = field(repr=False)
    corner: float
    pages: int

    @classmethod
    def of(cls, finished: bytes, identity: Identity, style: CodeStyle, codes: Iterable[Code]) -> Self:
        """Take a file apart that `finish` wrote with these codes; raise RenderError where it cannot be."""
        parts = Parts.of(finished)
        with Pdf.open(BytesIO(finished)) as pdf:
            own, corner, pages = Own.of(pdf, codes), float(pdf.pages[0].trimbox[0]), len(pdf.pages)
        shared = {number: part for number, part in parts.objects.items() if number not in own.numbers}
        *places, end = accumulate(map(len, (parts.head, *shared.values())))
        return cls(
            shared=finished[:end],
            places=tuple(zip(shared, places, strict=True)),
            metadata=parts.objects[own.metadata],
            trailer=parts.trailer,
            own=own,
            identity=identity,
            style=style,
            corner=corner,
            pages=pages,
        )

    def fill(self, codes: Iterable[Code], document_id: str) -> bytes:
        """Return the file with other codes on the same pages and with its own identity."""
        drawn = codes_by_page(codes, self.style, self.corner, self.pages)
        if drawn.keys() != dict(self.own.streams).keys():
            raise RenderError(Message("a variant has its codes on other pages than its layout"))
        before, now = self.identity, replace(self.identity, document_id=document_id)
        parts = {number: _stream(number, packed(drawn[page])) for page, number in self.own.streams}
        parts[self.own.metadata] = _exchanged(self.metadata, before.uuid, now.uuid)
        ordered = [parts[number] for number in self.own.numbers]
        *places, end = accumulate(map(len, ordered), initial=len(self.shared))
        table = dict((*self.places, *zip(self.own.numbers, places, strict=True)))
        trailer = _exchanged(self.trailer, before.file_id, now.file_id)
        return b"".join((self.shared, *ordered, tail(table, end, trailer)))

    def sha256(self, filled: bytes) -> str:
        """Return the hash of a filled file; what all files begin with is gone through once."""
        hashed = self._hashed.copy()
        hashed.update(memoryview(filled)[len(self.shared) :])
        return hashed.hexdigest()

    @cached_property
    def _hashed(self) -> "hashlib._Hash":
        return hashlib.sha256(self.shared)

    def __getstate__(self) -> dict[str, Any]:
        # A hash that is begun cannot be pickled.
        return {one.name: getattr(self, one.name) for one in fields(self)}


def _stream(number: int, data: bytes) -> bytes:
    head = b"%d 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n" % (number, len(data))
    return head + data + b"\nendstream\nendobj\n"


def _exchanged(part: bytes, old: str, new: str) -> bytes:
    # Both are of one length, so the stream's /Length stays true
    return part.replace(old.encode(), new.encode())

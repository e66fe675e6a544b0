"""One merged file: made of press files, and compared with them before it is released."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from itertools import zip_longest
from typing import Any

from pikepdf import Array, Pdf

from printkit.batch.journal import Record
from printkit.errors import RenderError
from printkit.finish import merge
from printkit.pdfx.identity import Identity
from printkit.preflight import Expected, Subject
from printkit.preflight.checks import RULES
from printkit.raster.look import Look, looks
from printkit.streams import data_of
from printkit.words import Message

# Fine enough to see a wrong picture or font; content and text are compared to the letter besides
PPI = 24
# They walk the content of every page, which is compared with that of press files that passed them.
OF_CONTENT = {"x4/colour", "x4/fonts", "x4/group-overprint", "x4/lzw"}

Read = Callable[[Record], bytes]
Page = tuple[Look, str]


def merged_file(records: Sequence[Record], read: Read, identity: Identity) -> bytes:
    """Return press files as one PDF/X-4; raise RenderError unless its final bytes show what they show."""
    data = merge(map(read, records), identity)
    compare(data, map(read, records))
    check_form(data, {str(one["id"]) for record in records for one in record.waived})
    return data


def compare(merged: bytes, files: Iterable[bytes]) -> None:
    """Raise RenderError unless each page is that of the files, one after the other, as PDFium shows it."""
    theirs = (page for file in files for page in _pages(file))
    for number, (one, other) in enumerate(zip_longest(_pages(merged), theirs), 1):
        # Objects were renumbered by what they say; a mistake there would show as another picture or other
        # content
        if one != other:
            raise RenderError(
                Message("page %(number)s of the merged file is not that of its press file", number=number)
            )


def check_form(merged: bytes, waived: set[str]) -> None:
    """Raise RenderError where the file as a whole breaks a rule of PDF/X-4 that nobody answers for."""
    with Pdf.open(BytesIO(merged)) as opened:
        # Only the form of a file: its pages are those of files that passed every rule
        subject = Subject(merged, opened, Expected())
        for rule in RULES.values():
            if not rule.id.startswith("x4/") or rule.id in OF_CONTENT | waived:
                continue
            for hit in subject.once(rule.hits):
                if (hit.severity or rule.severity) == "error":
                    raise RenderError(
                        Message("the merged file breaks %(id)s: %(message)s", id=rule.id, message=hit.message)
                    )


def _pages(pdf: bytes) -> Iterator[Page]:
    with Pdf.open(BytesIO(pdf)) as opened:
        contents = (_content(page.obj.get("/Contents")) for page in opened.pages)
        yield from zip(looks(pdf, PPI), contents, strict=True)


def _content(found: Any) -> str:
    """Hash what a page's content streams say."""
    streams = found if isinstance(found, Array) else [] if found is None else [found]
    return sha256(b"\n".join(data_of(stream) for stream in streams)).hexdigest()

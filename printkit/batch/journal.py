"""The journal: a line for each file as soon as it is in place. It is what a resumed run goes by."""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, PlainSerializer, ValidationError, WrapValidator

from printkit.batch.folder import Folder, Written
from printkit.batch.links import open_unlinked
from printkit.batch.paths import JOURNAL
from printkit.errors import WriteError, system_words
from printkit.produce import PlacedCode
from printkit.words import Message, packed, unpacked

EXTRA = b'{"extra":'
# What most often is equal in all pieces of a layout, and then held in memory once.
ALIKE = (
    *(
        "layout",
        "planned",
        "read",
        "template",
        "committee",
        "format",
        "press",
        "lang",
        "trim_mm",
        "preflight",
        "note",
    ),
    *("parts", "texts", "unconfirmed", "findings", "reasons", "not_checked", "waived", "expired"),
)

State = Literal["rendered", "variant", "unchanged", "held"]


def _with(change: Callable[[Any], Any]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Return a function that changes a finding's message."""
    return lambda finding: {**finding, "message": change(finding["message"])}


# What people are told keeps its fields, so that a later run says it in a person's language. What a journal
# from before has is English for good.
Said = Annotated[str, WrapValidator(lambda kept, _: unpacked(kept)), PlainSerializer(packed)]
Finding = Annotated[
    Mapping[str, Any], WrapValidator(lambda kept, _: _with(unpacked)(kept)), PlainSerializer(_with(packed))
]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Judgement(_Line):
    """What the checks said of a file, in numbers."""

    verdict: Literal["pass", "warn", "not-checked", "fail"]
    errors: int
    warnings: int
    waived: int = 0


class ManifestEntry(_Line):
    """Describe a piece as the manifest lists it."""

    id: str
    template: str
    committee: str
    format: str
    press: str
    lang: str
    site: str | None
    file: str | None
    sha256: str | None
    bytes: int | None
    pages: int | None
    trim_mm: tuple[float, float]
    bleed_mm: float
    quantity: int
    qr: tuple[PlacedCode, ...]
    preflight: Judgement
    key: str
    state: State
    seconds: float


class Record(ManifestEntry):
    """An entry and what only printkit asks for: which inputs, what people are told, why it is held."""

    mtime_ns: int | None
    inode: int | None = None
    note: str
    layout: str
    planned: str = ""
    read: Mapping[str, str] = {}
    parts: Mapping[str, str]
    own: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]
    unconfirmed: tuple[str, ...]
    findings: tuple[Finding, ...]
    reasons: tuple[Said, ...]
    not_checked: tuple[Said, ...] = ()
    waived: tuple[Finding, ...] = ()
    expired: tuple[Mapping[str, Any], ...] = ()

    @property
    def held(self) -> bool:
        return self.file is None or self.file.startswith("held/")

    @property
    def written(self) -> Written | None:
        """What to know the file by; None where the piece never became one."""
        if self.file is None or self.sha256 is None or self.bytes is None or self.mtime_ns is None:
            return None
        return Written(self.file, self.sha256, self.bytes, self.mtime_ns, self.inode)

    def repeats(self, other: "Record | None") -> bool:
        """Tell whether the other says the same of the piece, whichever run made it."""
        told = {**self.__dict__, "state": "", "seconds": 0.0}
        return other is not None and told == {**other.__dict__, "state": "", "seconds": 0.0}

    def entry(self) -> dict[str, Any]:
        """Return the piece as the manifest lists it."""
        return self.model_dump(mode="json", include=set(ManifestEntry.model_fields))


_FIELDS = set(Record.model_fields)


def has_several_languages(records: Iterable[Record]) -> bool:
    """Tell whether people must be told what language a layout is in to know it from its neighbour."""
    rest = iter(records)
    first = next(rest, None)
    return first is not None and any(record.lang != first.lang for record in rest)


def stamps(written: Written | None) -> dict[str, int | None]:
    """Return the fields that stand for a file's content where nothing has touched it."""
    return {"mtime_ns": written.mtime_ns, "inode": written.inode} if written else {}


class Extra(_Line):
    """Note a file that is no piece (a proof, the reason of a held piece) and the hash of its inputs."""

    extra: str
    key: str
    sha256: str
    bytes: int
    mtime_ns: int
    inode: int | None = None

    @property
    def written(self) -> Written:
        return Written(self.extra, self.sha256, self.bytes, self.mtime_ns, self.inode)


@dataclass(frozen=True)
class Journal:
    """The last line of each piece by id and of each other file by name.

    `former` is what earlier lines name: runs that were stopped may have left it in place.
    """

    records: dict[str, Record] = field(default_factory=dict)
    extras: dict[str, Extra] = field(default_factory=dict)
    former: list[Written] = field(default_factory=list)
    _first: dict[str, Record] = field(default_factory=dict, repr=False, compare=False)

    def add(self, record: Record) -> None:
        """Take a piece in, its values shared with the first piece of its layout."""
        # 10,000 records of one campaign say mostly the same
        first, told = self._first.setdefault(record.layout, record).__dict__, record.__dict__
        told.update({name: first[name] for name in ALIKE if first[name] == told[name]})
        # Nor has each a set of its own of the names of its fields, a quarter of its memory
        object.__setattr__(record, "__pydantic_fields_set__", _FIELDS)
        self.records[record.id] = record

    def keep(self, extra: Extra) -> None:
        """Take in a file that is no piece."""
        self.extras[extra.extra] = extra

    def files(self) -> list[Written]:
        """List every file that printkit wrote here and noted."""
        pieces = [record.written for record in self.records.values()]
        return [one for one in pieces if one] + [extra.written for extra in self.extras.values()]

    def take(self, line: Record | Extra) -> None:
        """Take in a line of a journal that is read, and remember what it is in the place of."""
        old = self.extras.get(line.extra) if isinstance(line, Extra) else self.records.get(line.id)
        # A run that was stopped between two lines may have left the older file where nothing names it any
        # more
        if old and old.written and old.written != line.written:
            self.former.append(old.written)
        self.keep(line) if isinstance(line, Extra) else self.add(line)


def read_journal(folder: Folder) -> Journal:
    """Read the journal; a line that a kill or a full disk cut off counts as not written."""
    journal = Journal()
    # One that cannot be read on to its end counts as far as it was read.
    with suppress(OSError), folder.path(JOURNAL).open("rb") as file:
        for line in file:
            _take(journal, line)
    return journal


def _take(journal: Journal, line: bytes) -> None:
    """Take in what a line holds; its first key says what it is of."""
    with suppress(ValidationError):
        kind = Extra if line.startswith(EXTRA) else Record
        journal.take(kind.model_validate_json(line))


def note(folder: Folder, *lines: Record | Extra) -> None:
    """Append lines; raise WriteError.

    They outlive this process, whatever ends it. A power cut may take the last of them: what they tell
    of is then made again, while flushing each line takes as long as flushing its file.
    """
    path = folder.path(JOURNAL)
    try:
        with open_unlinked(path, "a+b") as file:
            # A line that a kill cut off must not take the next one with it
            file.write((b"" if _ends_whole(file) else b"\n") + b"".join(map(_line, lines)))
    except OSError as error:
        raise WriteError(
            Message("%(path)s: cannot be written: %(strerror)s", path=path, strerror=system_words(error))
        ) from error


def write_journal(folder: Folder, journal: Journal) -> None:
    """Write the journal anew, a line for each file that counts, sorted."""
    text = BytesIO()
    text.writelines(_line(journal.records[name]) for name in sorted(journal.records))
    text.writelines(_line(journal.extras[name]) for name in sorted(journal.extras))
    folder.renew(JOURNAL, text.getvalue())


def _ends_whole(file: IO[bytes]) -> bool:
    if not file.seek(0, os.SEEK_END):
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _line(line: Record | Extra) -> bytes:
    return line.model_dump_json().encode() + b"\n"

"""What one run is told, and what it gives back."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, get_args

from printkit.batch.journal import Record
from printkit.batch.origin import Origin
from printkit.batch.planned import Planned
from printkit.errors import PrintkitError
from printkit.produce import Inputs
from printkit.profiles import Profiles
from printkit.template.language import Language
from printkit.words import Words, translate
from printkit.workspace import Snapshot

# Where merged files lie; no piece has such an id.
MERGED = "merged/"
MergeKey = Literal["site", "committee", "format"]
MERGE_KEYS: tuple[MergeKey, ...] = get_args(MergeKey)


@dataclass(frozen=True)
class Options:
    """What the command line says about a run.

    `partial`: pieces that are not asked for stay; `merge`: what each merged file holds the pieces of.
    """

    partial: bool = False
    force: bool = False
    final: bool = False
    proofs: bool = True
    verify: bool = False
    merge: MergeKey | None = None


@dataclass(frozen=True)
class Run:
    """Say all that a run needs but the pieces and who makes them.

    `concerns` are worth a look before the campaign is printed, though nothing stops for them.
    """

    root: Path
    workspace: Snapshot
    profiles: Profiles
    origin: Origin
    date: datetime.datetime
    versions: Mapping[str, str]
    options: Options = field(default_factory=Options)
    concerns: tuple[str, ...] = ()

    @property
    def words(self) -> Words:
        """Say what the run prints for people, in the workspace's language."""
        return translate(self.profiles.municipality.language)

    @property
    def errors(self) -> Words:
        """Say what findings and errors say, in the workspace's language."""
        return translate(self.profiles.municipality.language, "errors")

    @property
    def language(self) -> Language:
        """Write dates and numbers for people in the language that words are said in.

        Where no catalogue is, that is English: a date of another language within its sentences misleads.
        """
        return Language.of(self.profiles, self.words.language)


class Producer(Protocol):
    """Tell what a piece depends on, without making it and without a layout engine."""

    def inputs(self, piece: Planned) -> Inputs:
        """Return the hash of the piece's inputs; raise PrintkitError."""


class Progress(Protocol):
    """Hear how a run goes on."""

    def begin(self, total: int) -> None: ...
    def piece(self, record: Record) -> None: ...
    def say(self, text: str) -> None: ...


class Silence:
    """Hear it and say nothing."""

    def begin(self, total: int) -> None: ...
    def piece(self, record: Record) -> None: ...
    def say(self, text: str) -> None: ...


@dataclass(frozen=True)
class Outcome:
    """Every piece of the folder after the run, and what this run did.

    `planned` are the ids this run was asked for, `why` says why a piece was made anew. `removed` are files of
    a former run, `strange` are files that stay though this folder does not list them: printkit did not make
    them, or somebody changed them. `errors` go by the piece's id or the merged file's name. `apart` counts by
    template the pieces whose texts name their site, so that each is laid out by itself; `alone` counts by
    `template/format` those made by themselves since something lies in a code's box or too near to it.
    """

    records: tuple[Record, ...]
    planned: frozenset[str]
    errors: Mapping[str, PrintkitError]
    why: Mapping[str, str]
    removed: tuple[str, ...]
    strange: tuple[str, ...]
    pictures: frozenset[str]
    seconds: float
    apart: Mapping[str, int] = field(default_factory=dict)
    alone: Mapping[str, int] = field(default_factory=dict)

    @property
    def held(self) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.held)

    @property
    def exit_code(self) -> int:
        """Return 0, 1 where pieces are held or files not merged, 3 to 7 where this run could make none."""
        if self.failure:
            return self.failure.exit_code
        return 1 if self.held or self.unmerged else 0

    @property
    def unmerged(self) -> Mapping[str, PrintkitError]:
        """Return why merged files could not be made, by file."""
        return {name: error for name, error in self.errors.items() if name.startswith(MERGED)}

    @property
    def failure(self) -> PrintkitError | None:
        """Return why nothing could be made, the error with the lowest code; None where something was."""
        if not self.errors or self.planned - self.errors.keys():
            return None
        # A value (3) before the workspace (4) before what is missing (5): nearest to whoever can mend it
        return min(self.errors.values(), key=lambda error: error.exit_code)

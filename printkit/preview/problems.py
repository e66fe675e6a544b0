"""What went wrong, for the page: file, line and the line itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from printkit.errors import SlotErrors, WorkspaceError, WorkspaceErrors
from printkit.words import Message, sentence
from printkit.workspace import Workspace

# "line 12" as templates and style sheets are complained of, "line 3, column 5" as TOML is
_LINE = re.compile(r"\bline (\d+)\b")
MOST_SHOWN = 200


@dataclass(frozen=True)
class Problem:
    """A complaint; `source` is the line of the file that it is about, where it names one."""

    words: str
    file: str = ""
    line: int | None = None
    source: str = ""
    slot: str = ""

    @property
    def place(self) -> str:
        """Where that is, as the page says it."""
        if self.slot:
            return Message("Slot %(slot)s", slot=self.slot)
        return Message("%(file)s, line %(line)s", file=self.file, line=self.line) if self.line else self.file


def problems_of(error: Exception, workspace: Workspace) -> tuple[Problem, ...]:
    """Return an error as the page shows it, each complaint once."""
    return tuple(dict.fromkeys(_problems(error, workspace)))


def _problems(error: Exception, workspace: Workspace) -> Iterator[Problem]:
    match error:
        case SlotErrors():
            for one in error.problems:
                yield Problem(one.problem, slot=one.slot)
        case WorkspaceErrors():
            for complaint in error.errors:
                yield _located(complaint, workspace)
        case WorkspaceError():
            yield _located(error, workspace)
        case _:
            yield Problem(sentence(error))


def _located(error: WorkspaceError, workspace: Workspace) -> Problem:
    found = _LINE.search(str(error.where or "")) or _LINE.search(error.reason)
    line = int(found[1]) if found else _key_line(error, workspace)
    named = f"{error.where}: " if error.where and not _LINE.fullmatch(str(error.where)) else ""
    return Problem(
        Message("%(named)s%(reason)s", named=named, reason=error.reason),
        error.file,
        line,
        _source(error.file, line, workspace),
    )


def _key_line(error: WorkspaceError, workspace: Workspace) -> int | None:
    """Return the line of a TOML file that sets the last part of a key, where only one does."""
    key = str(error.where or "").rpartition(".")[2]
    if not key or not error.file.endswith(".toml"):
        return None
    begins = re.compile(rf"\s*(\[.*\b{re.escape(key)}\]|{re.escape(key)}\s*=)")
    found = [number for number, text in enumerate(_lines(error.file, workspace), 1) if begins.match(text)]
    # A line that may be the wrong one misleads more than none
    return found[0] if len(found) == 1 else None


def _source(file: str, line: int | None, workspace: Workspace) -> str:
    lines = _lines(file, workspace) if line else []
    return lines[line - 1].strip()[:MOST_SHOWN] if line and line <= len(lines) else ""


def _lines(file: str, workspace: Workspace) -> list[str]:
    try:
        return workspace.read_text(file).splitlines()
    except WorkspaceError:
        return []

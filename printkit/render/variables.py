"""CSS variables: which are set, which are asked for, and where."""

import difflib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from printkit.errors import WorkspaceError
from printkit.words import Message

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SET = re.compile(r"(?<![\w-])--([\w-]+)\s*:")
_ASKED = re.compile(r"\bvar\(\s*--(?P<name>[\w-]+)\s*(?P<other>,)?", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """A place where a variable's value is asked for; `other` tells whether it says what to take else."""

    name: str
    file: str
    line: int
    other: bool


@dataclass(frozen=True)
class Variables:
    """The variables of style sheets or pages."""

    set: frozenset[str] = frozenset()
    asked: tuple[Asked, ...] = field(default=(), repr=False)

    def __add__(self, other: "Variables") -> "Variables":
        return Variables(self.set | other.set, self.asked + other.asked)

    def missing(self, known: Collection[str]) -> list[WorkspaceError]:
        """Return a complaint for each place that asks for what neither this nor `known` has."""
        there = self.set.union(known)
        # The engine drops a declaration whose variable is missing, and the page comes out without it
        unset = (one for one in self.asked if one.name not in there and not one.other)
        return [
            WorkspaceError(one.file, Message("line %(line)s", line=one.line), _reason(one.name, there))
            for one in unset
        ]

    def file_of(self, line: int) -> str | None:
        """Return the one file that asks for a variable in a line, None where none or several do."""
        files = {one.file for one in self.asked if one.line == line}
        return files.pop() if len(files) == 1 else None


def _reason(name: str, there: Iterable[str]) -> str:
    alike = difflib.get_close_matches(name, sorted(there), 1)
    meant = Message("; is --%(alike)s meant?", alike=alike[0]) if alike else Message("; set it in :root")
    return Message("var(--%(name)s) asks for a variable that nothing sets%(meant)s", name=name, meant=meant)


def plain_css(text: str) -> str:
    """Return a style sheet's or a page's text without comments, its lines where they were."""
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)


def read_variables(file: str, text: str) -> Variables:
    """Find the variables in a style sheet's or a page's text."""
    plain = plain_css(text)
    asked = tuple(
        Asked(one["name"], file, plain.count("\n", 0, one.start()) + 1, bool(one["other"]))
        for one in _ASKED.finditer(plain)
    )
    return Variables(frozenset(_SET.findall(plain)), asked)

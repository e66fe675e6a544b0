"""One error tree; the exit code of the command line is a class attribute."""

import errno
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from printkit.words import Message, below, sentence


def readable(text: str) -> str:
    """Return text of anybody's making as a terminal and a file in UTF-8 can take it.

    Controls, invisible signs and a file name's bytes that are no UTF-8 stand escaped, as `\\x1b`; line ends
    stay.
    """
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    # Python has a byte of a name that is no UTF-8 as U+DC80 to U+DCFF.
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    if character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return character
    return character.encode("unicode_escape").decode("ascii")


# What systems say of a file or an address, by its number: POSIX has the number, each system its own words.
_SYSTEM = {
    errno.EACCES: Message("Permission denied"),
    errno.EADDRINUSE: Message("Address already in use"),
    errno.EADDRNOTAVAIL: Message("Cannot assign requested address"),
    errno.EBUSY: Message("Device or resource busy"),
    errno.ECONNREFUSED: Message("Connection refused"),
    errno.EDQUOT: Message("Disk quota exceeded"),
    errno.EEXIST: Message("File exists"),
    errno.EFBIG: Message("File too large"),
    errno.EINVAL: Message("Invalid argument"),
    errno.EIO: Message("Input/output error"),
    errno.EISDIR: Message("Is a directory"),
    errno.ELOOP: Message("Too many levels of symbolic links"),
    errno.EMFILE: Message("Too many open files"),
    errno.ENAMETOOLONG: Message("File name too long"),
    errno.ENFILE: Message("Too many open files in system"),
    errno.ENODEV: Message("No such device"),
    errno.ENOENT: Message("No such file or directory"),
    errno.ENOLCK: Message("No locks available"),
    errno.ENOMEM: Message("Cannot allocate memory"),
    errno.ENOSPC: Message("No space left on device"),
    errno.ENOTDIR: Message("Not a directory"),
    errno.ENOTEMPTY: Message("Directory not empty"),
    errno.ENOTSUP: Message("Operation not supported"),
    errno.EPERM: Message("Operation not permitted"),
    errno.EPIPE: Message("Broken pipe"),
    errno.EROFS: Message("Read-only file system"),
    errno.ETIMEDOUT: Message("Connection timed out"),
    errno.ETXTBSY: Message("Text file busy"),
    errno.EXDEV: Message("Invalid cross-device link"),
}


def system_words(error: OSError) -> str:
    """Return why the system refused, in words that can be said in another language where they are known."""
    known = _SYSTEM.get(error.errno or 0)
    # Some errors bring words of their own beside the number.
    own = error.strerror if error.errno is None or error.strerror != os.strerror(error.errno) else None
    return own or known or error.strerror or str(error)


class PrintkitError(Exception):
    """Stop with a message that says what, where and what to do."""

    exit_code = 6

    def sentences(self) -> tuple[str, ...]:
        """Return what it says, a sentence for each thing that is wrong."""
        return (sentence(self),)

    def told(self, say: Callable[[str], str]) -> str:
        """Return the message with each of its sentences as `say` puts it: in another language."""
        return "\n".join(map(say, self.sentences()))


# What to do about a page that its limits end
GROWS = Message("look for texts, tables, repeats and drawings that grow without end")


class TimeIsUp(BaseException):
    """Leave work whose computing time is spent; no library takes it for an error of its own."""


@dataclass(frozen=True, order=True)
class SlotProblem:
    """Name one slot whose value cannot be printed; `where` is `template/format`."""

    where: str
    slot: str
    problem: str

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        return Message(
            "slot '%(slot)s' of %(where)s: %(problem)s",
            slot=self.slot,
            where=self.where,
            problem=self.problem,
        )


class SlotErrors(PrintkitError):
    """Report every slot value that does not fit, all at once."""

    exit_code = 3

    def __init__(self, problems: Iterable[SlotProblem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(self.sentences()))

    def sentences(self) -> tuple[str, ...]:
        return tuple(one.sentence for one in self.problems)

    # Exceptions are pickled by their message; workers send them home by what they are made from.
    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.problems,)


class WorkspaceError(PrintkitError):
    """Report what is wrong in the workspace: file, key or line, reason."""

    exit_code = 4

    def __init__(self, file: Path | str, where: str | int | None, reason: str) -> None:
        self.file, self.where, self.reason = str(file), where, reason
        super().__init__(*self.sentences())

    def sentences(self) -> tuple[str, ...]:
        told = self.reason
        if self.where is not None:
            told = Message("%(place)s: %(reason)s", place=self.where, reason=told)
        return (Message("%(place)s: %(reason)s", place=self.file, reason=told),)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.file, self.where, self.reason)


def layout_ended(file: str, where: str | None, why: str) -> WorkspaceError:
    """Return the complaint that the limits of time or memory ended the laying out of a page."""
    return WorkspaceError(
        file,
        where,
        Message("laying it out was ended: %(why)s; %(todo)s", why=why, todo=GROWS),
    )


class WorkspaceErrors(PrintkitError):
    """Report every complaint about the workspace at once."""

    exit_code = 4

    def __init__(self, errors: Iterable[WorkspaceError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(self.sentences()))

    def sentences(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(told for one in self.errors for told in one.sentences()))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.errors,)


@dataclass(frozen=True)
class TableProblem:
    """Name what is wrong in a table: its row as the spreadsheet counts, and its column, where it has them.

    `value`: a cell's value cannot be used; else the table itself is wrong.
    """

    file: str
    row: int | None
    column: str | None
    problem: str
    value: bool = False

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        row = Message("row %(row)s", row=self.row) if self.row else ""
        column = Message("column '%(column)s'", column=self.column) if self.column else ""
        place = tuple(filter(None, (row, column)))
        reason = self.problem
        if place:
            reason = Message("%(place)s: %(reason)s", place=place, reason=reason)
        return Message("%(place)s: %(reason)s", place=self.file, reason=reason)


class TableErrors(PrintkitError):
    """Report everything that is wrong in tables, all at once; the code is 4 where no value is."""

    exit_code = 3

    def __init__(self, problems: Iterable[TableProblem]) -> None:
        self.problems = tuple(problems)
        if not any(one.value for one in self.problems):
            self.exit_code = WorkspaceErrors.exit_code
        super().__init__("\n".join(self.sentences()))

    def sentences(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.sentence for one in self.problems))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.problems,)


class MissingError(PrintkitError):
    """Report a font, ICC profile or native library that is needed and absent."""

    exit_code = 5


class RenderError(PrintkitError):
    """Report that making the file failed for a reason of its own."""

    exit_code = 6


class WriteError(PrintkitError):
    """Report that a file or folder cannot be written or is locked."""

    exit_code = 7


class InUse(WriteError):
    """Report that another run works in the same folder."""


class OrderRefused(PrintkitError):
    """Report that rules of an order's life refuse a step: state, right, budget, a changed revision.

    Each of `problems` can be said in another language by itself.
    """

    exit_code = 8

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        # Not "\n".join: whoever takes the sentence on would say it in English.
        super().__init__(below(problems) if problems else "")

    def sentences(self) -> tuple[str, ...]:
        return self.problems

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), self.problems


def causes(error: object) -> Iterator[BaseException]:
    """Yield an error and what led to it, each once.

    An error that is raised again while one that follows from it is handled leads back to itself.
    """
    seen: set[int] = set()
    while isinstance(error, BaseException) and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__

"""What in page content cannot be made out: resources that are missing, operators that PDF does not know."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from printkit.content.objects import BadOperand
from printkit.words import Message


class Trouble(StrEnum):
    """Name the kinds of faults."""

    RESOURCE = "resource"
    SPACE = Message("colour space")
    FONT = "font"
    OPERANDS = "operands"
    # of an operator; the message is its name
    UNKNOWN = "unknown"
    END = "end"


class Fault(NamedTuple):
    """A fault, told in words."""

    trouble: Trouble
    message: str


class Unresolved(BadOperand):
    """Mark an operator that names what cannot be had; readers skip it or put something else there."""

    def __init__(self, trouble: Trouble, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(trouble, message)


# Where nothing nearer can be told
UNFINISHED = Fault(Trouble.END, Message("page content ends before its last operator"))
LOST = Fault(Trouble.END, Message("a part of the page's content (Contents) is no stream, so it is lost"))
# What a name in page content stands for, by its place in Resources
NOUNS = {
    "/Font": "font", "/XObject": Message("image or form"), "/ColorSpace": Message("colour space"),
    "/ExtGState": Message("graphics state"), "/Pattern": "pattern", "/Shading": "gradient",
    "/Properties": Message("property list"),
}  # fmt: skip
KINDS = {"/Font": Trouble.FONT, "/ColorSpace": Trouble.SPACE}
# ISO 32000-1, Table 51: operators that change nothing that is kept track of
SILENT = frozenset("d i M ri j MP DP d0 d1".split())  # noqa: SIM905
# A colour whose space, or text whose font, was not to be had, is no fault of its own
FOLLOWS = {
    **dict.fromkeys(("sc", "scn", "SC", "SCN"), Trouble.SPACE),
    **dict.fromkeys(("Tj", "TJ", "'", '"'), Trouble.FONT),
}


def missing(kind: str, name: str) -> Unresolved:
    """Return what to raise for a name that Resources do not have."""
    noun = NOUNS[kind]
    return Unresolved(
        KINDS.get(kind, Trouble.RESOURCE),
        Message("%(noun)s %(name)s is used, and Resources have none", noun=noun, name=name[1:]),
    )


def unfit(kind: str, name: str) -> Unresolved:
    """Return what to raise for a name that Resources have for something else."""
    noun = NOUNS[kind]
    return Unresolved(
        KINDS.get(kind, Trouble.RESOURCE),
        Message("%(noun)s %(name)s is used, and is none that PDF knows", noun=noun, name=name[1:]),
    )


# What qpdf says of content, and what that means to a reader
_HEARD = (
    ("EOF while reading token", Message("page content ends within a string or a name")),
    ("parse error while reading object", Message("page content ends within an array or a dictionary")),
    ("EOF found while reading inline image", Message("page content ends within an inline image")),
    ("output may still be valid", Message("page content ends before its packed data do")),
    ("close token", Message("page content has a bracket that closes nothing")),
    ("brace token", Message("page content has a brace, which PDF does not know there")),
    ("hexstring", Message("page content has a string of hexadecimal digits with other signs in it")),
    ("unexpected", Message("page content has a bracket that closes nothing")),
)


def heard(warnings: Iterable[str]) -> Iterator[Fault]:
    """Yield the faults of content that qpdf warned of; it reads on as well as it can."""
    for warning in warnings:
        said = next((message for words, message in _HEARD if words in warning), None)
        if said is not None:
            yield Fault(Trouble.END, said)

"""What people are told is a Message or comes from a catalogue: a sentence said by itself stays English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.catalogues import CODE

# What a sentence is handed to, beside errors
SAYS = re.compile(
    r"(echo|secho|say|fault|detail|tell|fail|refuse|refused|remark|Message|plural)$"
    r"|.*(Error|Errors|Problem|Refused|Parameter|Finding|Hit|Concern|Lost|Damaged|CannotRun|NotRun|Unresolved)$"
)
# What makes a sentence one that can be said in another language
SAID = {"Message", "TooLong", "noted", "plural", "of", "gettext", "ngettext"}
# What hands on the sentences in it
PASSED_ON = {"join", "str", "list", "tuple"}
# Two words, or one that something is joined to
SENTENCE = re.compile(r"[^\W\d_]{2,}[,;:]? .*[^\W\d_]{2,}|[^\W\d_]{2,}[,;:]? $|^[,;:]? [^\W\d_]{2,}")
# What only whoever writes code or runs a server sees, by a part of it
OF_THE_CODE = (
    "is registered twice",
    "two readers for slot kind",
    "no text that was packed",
    # Caught where it is read and told in other words
    "a glyph without any data",
    "a font's tables",
    "Type 1 program",
    "no glyphs",
    "no colour space",
    "not a name",
    # Another process's traceback, and why its error comes as words
    "in another process",
    "not told whole",
    # Jinja's own words, as it raises them itself
    "chunk after expression",
    # A call by code that has other arguments than the command line lets through
    "printkit: ",
)


def sentences(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield each text that a value is made of, and its line."""
    match node:
        case ast.Constant(value=str() as text):
            yield node.lineno, text
        case ast.JoinedStr(values=parts):
            fixed = [str(one.value) if isinstance(one, ast.Constant) else "\0" for one in parts]
            yield node.lineno, "".join(fixed)
            whole = (one for one in parts if isinstance(one, ast.FormattedValue))
            yield from (found for one in whole for found in sentences(one))
        case ast.FormattedValue(value=value) | ast.GeneratorExp(elt=value) | ast.ListComp(elt=value):
            yield from sentences(value)
        case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other):
            yield from (*sentences(one), *sentences(other))
        case ast.BoolOp(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            yield from (found for one in parts for found in sentences(one))
        case ast.Call(func=function, args=parts) if named(function) in PASSED_ON:
            yield from (found for one in parts for found in sentences(one))


def named(function: ast.AST) -> str:
    return str(getattr(function, "attr", getattr(function, "id", "")))


def handed_over(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what is handed to whatever tells people something."""
    raised = {id(one.exc) for one in ast.walk(tree) if isinstance(one, ast.Raise)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = named(node.func)
            # The first of a Message is its own sentence, which the catalogues have.
            arguments = [] if name in SAID else node.args
            if id(node) in raised or SAYS.match(name):
                yield from (*arguments, *(one.value for one in node.keywords))


def english(file: Path) -> Iterator[str]:
    for value in handed_over(ast.parse(file.read_text(encoding="utf-8"))):
        for line, text in sentences(value):
            if SENTENCE.search(text) and not any(part in text for part in OF_THE_CODE):
                yield f"{file.relative_to(CODE)}:{line}: {text!r}"


def test_no_sentence_is_said_in_english_alone() -> None:
    found = {one for file in sorted(CODE.rglob("*.py")) for one in english(file)}
    assert sorted(found) == []


def test_a_sentence_by_itself_is_found() -> None:
    code = """
raise ValueError(f"no '{name}'; there are: {names}" if one else other)
given.say(Message("none of %(x)s", x=f"{n} other files"))
given.say(Message("a sentence") + ", and another")
print("not told to anybody here")
"""
    found = [text for value in handed_over(ast.parse(code)) for _, text in sentences(value)]
    assert {one for one in found if SENTENCE.search(one)} == {
        "no '\0'; there are: \0",
        "\0 other files",
        ", and another",
    }

"""The letters of a text file: what its encoding is, and a complaint where that cannot be told for sure."""

import re
import unicodedata

from printkit.words import Message
from printkit.workspace.tables.model import Table

SAVE = Message("save it as 'CSV UTF-8'")
# Letters beyond ASCII as UTF-8 has them
_UTF8 = re.compile(rb"[\xc3-\xc5\xe2][\x80-\xbf]")
# What the letters of a Mac's or of DOS's files become where they are read as Windows': inside a word, no word
# has them, and none ends with the first four. Behind a p stands a letter, where behind a name it says that
# a person has died.
_FOREIGN = re.compile(
    "(?<=[A-Za-z])[\u0152\u00bf\u00be\u00af\u2020\u203a\u2018](?=[a-z])"
    "|(?<=[a-z])[\u0152\u00bf\u00be\u00af]|(?<=\\b[Pp])\u2020"
)
# UTF-8 that was read as windows-1252 and saved as UTF-8
_TWICE = re.compile("\u00c3[\u0080-\u00bf\u20ac\u2026\u2020\u02dc\u2122\u0153\u017e]|\u00e2\u20ac")
# Bytes by which UTF-16 is known
_LOOKED = 200
_WORD = re.compile(r"\w*[\u0080-\uffff]\w*")


def letters(table: Table, data: bytes) -> str | None:
    """Return the text in composed letters (NFC), as a Mac may part them; None where it cannot be read.

    UTF-8 and UTF-16 are known for sure. What is neither is read as windows-1252 where nothing speaks
    against that, and told.
    """
    text = _decoded(table, data)
    if text is None:
        return None
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        table.fault(
            None, None, Message("line %(row)s: holds U+0000, which no text has; %(save)s", row=row, save=SAVE)
        )
        return None
    for sign, why in (
        (_TWICE, Message("letters were encoded twice")),
        (re.compile("\ufffd"), Message("a letter was lost")),
    ):
        # Print would show what came of it; whoever has the file as it was can save it rightly.
        if found := sign.search(text):
            line = text.count("\n", 0, found.start()) + 1
            reason = Message(
                "%(why)s: '%(word)s'; go back to the file as it was before, and %(save)s",
                why=why,
                word=_around(text, found.start()),
                save=SAVE,
            )
            _tell(table, line, reason)
            return None
    return unicodedata.normalize("NFC", text)


def _tell(table: Table, line: int, reason: str) -> None:
    place = Message("line %(line)s", line=line)
    table.fault(None, None, Message("%(place)s: %(reason)s", place=place, reason=reason))


def _decoded(table: Table, data: bytes) -> str | None:
    # A mark that only UTF-16 begins with.
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(table, data, "utf-16")
    if order := _unmarked(data):
        return _strictly(table, data, order)
    try:
        # Programs that put a mark in front put one in front of another, too.
        return data.decode("utf-8-sig").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        return _windows(table, data, error.start)


def _unmarked(data: bytes) -> str | None:
    """Return in which order UTF-16 without a mark stands: of a Western letter's two bytes one is 0."""
    start = data[:_LOOKED]
    first, second = start[::2].count(0), start[1::2].count(0)
    if 2 * max(first, second) <= len(start) // 2 or min(first, second):
        return None
    return "utf-16-be" if first else "utf-16-le"


def _strictly(table: Table, data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        table.fault(
            None,
            None,
            Message("begins as %(encoding)s and is broken; %(save)s", encoding=encoding.upper(), save=SAVE),
        )
        return None


def _windows(table: Table, data: bytes, start: int) -> str | None:
    """Read what is no UTF-8 as windows-1252, unless its letters would come out wrong."""
    line = data.count(b"\n", 0, start) + 1
    found = f"byte 0x{data[start]:02x}"
    # A file of two encodings was pasted together; either reading spoils a part of it.
    if _UTF8.search(data):
        table.fault(
            None,
            None,
            Message(
                "line %(line)s: %(found)s is not UTF-8, though other letters are; %(save)s",
                line=line,
                found=found,
                save=SAVE,
            ),
        )
        return None
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError:
        table.fault(
            None,
            None,
            Message(
                "line %(line)s: %(found)s is neither UTF-8 nor windows-1252; %(save)s",
                line=line,
                found=found,
                save=SAVE,
            ),
        )
        return None
    if foreign := _FOREIGN.search(text):
        word = _around(text, foreign.start())
        reason = Message(
            "'%(word)s' would stand there: the letters are a Mac's or DOS's; %(save)s", word=word, save=SAVE
        )
        _tell(table, line, reason)
        return None
    # Told with a word, by which people see whether the guess is right.
    word = _around(text, len(data[:start].decode("windows-1252")))
    table.remarks.append(
        Message(
            "is not UTF-8 and was read as windows-1252: '%(word)s' in line %(line)s; %(save)s",
            word=word,
            line=line,
            save=SAVE,
        )
    )
    return text


def _around(text: str, place: int) -> str:
    """Return the word that stands at a place."""
    begin = max((text.rfind(one, 0, place) for one in ' \n\t;,"'), default=-1) + 1
    return re.split(r'[\s;,"]', text[begin:], maxsplit=1)[0][:40]

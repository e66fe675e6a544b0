"""Read plain content fast: operators with their operands as written, simple paths with what paints them.

From the first byte that is not plain (an inline image, a comment, a name with escapes) qpdf has to read on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import pikepdf

from printkit.content.objects import ContentError
from printkit.content.runs import Parted, part
from printkit.words import Message

# ISO 32000-1, 7.2.2 and 7.3: white space but NUL, numbers, and what ends a word.
# Python before 3.11.5 (Debian 12 has 3.11.2) matches a possessive group wrongly where something in it can
# give way, an alternative or a greedy repeat: what repeats possessively here is a class of bytes, or a group
# of such alone
_GAP = rb"[\t\n\f\r ]++"
_NUMBER = rb"[-+]?+(?=\.?+[0-9])[0-9]*+\.?+[0-9]*+"
# What gives way takes some 400 bytes for each time that it repeats: longer lists are left to qpdf
_MANY = rb"{0,20000}"
# No longer than a table of numbers should be wide
_SHORT = rb"[-+]?+(?=\.?+[0-9])[0-9]{0,9}+(?:\.[0-9]{0,9}+)?+" + _GAP
_END = rb"(?=[\t\n\f\r /\[(<]|$)"
# One subpath of any number of segments, closed or not, or one rectangle
_PATH = (
    rb"((?:NN){2}m_(?:(?:NN){2}(?:l_|(?:NN){2}(?:[vy]_|(?:NN){2}c_)))+(?:h_)?|(?:NN){4}re_)"
    rb"(f\*?|F|S|s|B\*?|b\*?)"
).replace(b"NN", _SHORT).replace(b"_", _GAP) + _END  # fmt: skip
_STRING = rb"\([^()\\]*+(?:\\.[^()\\]*+)*+\)"
_HEX = rb"<[0-9A-Fa-f\t\n\f\r ]*+>"
_NAME = rb"/[^\0\t\n\f\r ()<>\[\]{}/%#]*+"
_ARRAY = rb"\[(?:[^\[\]()<>{}%#\0]++|" + _STRING + rb"|" + _HEX + rb")" + _MANY + rb"\]"
_DICTIONARY = rb"<<(?:[^\[\]()<>{}%#\0]++|" + _ARRAY + rb"|" + _STRING + rb"|" + _HEX + rb")" + _MANY + rb">>"
_WHOLE_NUMBER = _NUMBER + rb"(?![^\0\t\n\f\r ()<>\[\]{}/%])"
_OPERAND = b"|".join((_WHOLE_NUMBER, _NAME, _STRING, _HEX, _ARRAY, _DICTIONARY))
_OPERATOR = rb"([A-Za-z'\"][^\0\t\n\f\r ()<>\[\]{}/%#]*+)"
_WORDS = (
    rb"((?:" + _NUMBER + _GAP + rb")*+)" + _OPERATOR
    + rb"|((?:(?:" + _OPERAND + rb")[\t\n\f\r ]*+){1,1000})" + _OPERATOR
)  # fmt: skip
# Simple paths, each with or without what sets its ink or width: such a run is found in whole, which takes a
# third of the time that one instruction after the other does
_PAINTED = (
    rb"[\t\n\f\r ]*+(?:((?:" + _NUMBER + _GAP + rb")++)(g|rg|k|G|RG|K|w)" + _END + _GAP + rb")?" + _PATH
)
_LEAST, _MOST = 4, 2048
_RUN = re.compile(rb"(?:" + _PAINTED + rb"){%d,%d}" % (_LEAST, _MOST))
_EACH = re.compile(_PAINTED)
_SIMPLE = re.compile(_PATH)
# A rectangle that what follows is cut to, which is how nearly all clips are written
_CUT = re.compile(rb"((?:NN){4}re_)(W\*?_n)".replace(b"NN", _SHORT).replace(b"_", _GAP) + _END)
_INSTRUCTION = re.compile(rb"[\t\n\f\r ]*+(?:" + _WORDS + rb"|(.))", re.DOTALL)
# What a path begins with
_BEGINS = (b"m", b"re")
# Strings without escapes or ends of lines, which read otherwise, and arrays of these and of figures
_TEXT, _CODES = rb"\([^()\\\r]*+\)", rb"<[0-9A-Fa-f]*+>"
_FIGURE = _NUMBER + rb"(?=[\t\n\f\r (<\]])"
_SHOWN = re.compile(
    rb"(?:(\[)(?:[\t\n\f\r ]++|" + b"|".join((_TEXT, _CODES, _FIGURE)) + rb")" + _MANY + rb"\]|"
    + _TEXT + rb"|" + _CODES + rb")[\t\n\f\r ]*+"
)  # fmt: skip
_PART = re.compile(rb"\(([^)]*+)\)|<([^>]*+)>|(" + _NUMBER + rb")")
# Operands, and images within the stream: not for here
_ODD = {b"true", b"false", b"null", b"BI", b"ID", b"EI"}


# Construction of a simple path (else None), operator, operands that are all numbers, any others, end
Plain: TypeAlias = tuple[bytes | None, bytes, bytes | None, bytes | None, int]
# Operands and operator that set something (else empty), construction of a simple path, what paints it
Painted: TypeAlias = tuple[bytes, bytes, bytes, bytes]


@dataclass
class Run:
    """Simple paths that follow each other, as written, and where the last one ends."""

    written: bytes
    end: int

    @cached_property
    def parted(self) -> Parted:
        """The paths all at once."""
        return part(self.written)

    @cached_property
    def painted(self) -> list[Painted]:
        """The paths one by one, which takes three times as long where they are many."""
        return _EACH.findall(self.written)


def plain(data: bytes) -> Iterator[Plain | Run]:
    """Yield what is plain at the beginning of a stream; a simple path with what paints or cuts by it."""
    data, at = data.rstrip(), 0
    while at < len(data):
        for found in _INSTRUCTION.finditer(data, at):
            figures, operator, objects, named, odd = found.groups()
            simple = _SIMPLE.match(data, found.start(1)) if operator in _BEGINS else None
            if simple is None and operator == b"re":
                simple = _CUT.match(data, found.start(1))
            if simple is None:
                operator, at = operator or named, found.end()
                if odd is not None or operator in _ODD:
                    return
                yield None, operator, figures, objects, at
                continue
            at = simple.end()
            yield simple[1], simple[2], None, None, at
            run = _RUN.match(data, at)
            if run:
                at = run.end()
                yield Run(run[0], at)
            break


def read_shown(written: bytes) -> list[Any]:
    """Return the operand of Tj or TJ: strings as bytes, figures as floats, where it is written plainly."""
    found = _SHOWN.fullmatch(written)
    if found is None:
        return list(read_objects(written))
    parts = [
        float(figure) if figure else bytes.fromhex(codes.decode() + "0" * (len(codes) % 2)) if codes else text
        for text, codes, figure in _PART.findall(written)
    ]
    return [parts] if found[1] else parts


def read_objects(written: bytes) -> list[pikepdf.Object]:
    """Return operands as objects; ContentError where they are none."""
    try:
        return list(pikepdf.Object.parse(b"[" + written + b"]"))
    except (pikepdf.PdfError, TypeError, ValueError) as error:
        raise ContentError(Message("page content cannot be read")) from error

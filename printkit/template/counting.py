"""Text as a person counts and writes it."""

import re
import unicodedata

from markupsafe import Markup, escape

from printkit.profiles import base
from printkit.words import Message

# A text of several lines holds their ends too.
LAWFUL = "\n\t" + base.LAWFUL
_BREAK = re.compile("\r\n|[\r\u2028\u2029]")
BOLD, ITEM = "**", "- "


def normalized(text: str) -> str:
    """Return composed characters (NFC), line feeds only, no blanks at the ends of lines."""
    # NFC, as macOS and some forms write e and its accent apart, which would count as two characters and miss
    # a font's glyph
    lines = _BREAK.sub("\n", unicodedata.normalize("NFC", text)).split("\n")
    return "\n".join(line.strip(" \t") for line in lines).strip("\n")


def characters(text: str) -> int:
    """Count what a person sees as characters: marks that combine and soft hyphens do not count."""
    if text.isascii():
        return len(text)
    # Marks stand on the letter before; formats such as the soft hyphen print nothing
    return sum(unicodedata.category(one) not in ("Mn", "Me", "Cf") for one in text)


def unprintable(text: str) -> str | None:
    """Name the first control character or noncharacter in `text`, whose lines may be several."""
    return base.unprintable(text, LAWFUL)


def text_fault(text: str) -> Message | None:
    """Say what a text of several lines holds that no text may hold."""
    return base.text_fault(text, LAWFUL)


def plain(rich: str) -> str:
    """Return rich text without its signs, for counting."""
    lines = (line.removeprefix(ITEM) for line in rich.split("\n"))
    return "\n".join(lines).replace(BOLD, "")


def rich_problem(rich: str) -> str | None:
    """Say which line opens bold and does not close it."""
    for number, line in enumerate(rich.split("\n"), 1):
        if line.count(BOLD) % 2:
            return Message("line %(number)s has an odd number of **; close what opens bold", number=number)
    return None


def rich_markup(rich: str) -> Markup:
    """Return `**bold**`, line breaks and `- item` lists as HTML; everything else is escaped."""
    parts: list[Markup] = []
    items: list[Markup] = []
    for line in [*rich.split("\n"), None]:
        if line is not None and line.startswith(ITEM):
            items.append(_bold(line.removeprefix(ITEM)))
            continue
        if items:
            parts.append(
                Markup("<ul>{}</ul>").format(Markup().join(map(Markup("<li>{}</li>").format, items)))
            )
            items = []
        if line is not None:
            parts.append(_bold(line))
    return _joined(parts)


def _bold(line: str) -> Markup:
    pieces = line.split(BOLD)
    marked = (
        Markup("<strong>{}</strong>").format(one) if n % 2 else escape(one) for n, one in enumerate(pieces)
    )
    return Markup().join(marked)


def _joined(parts: list[Markup]) -> Markup:
    """Put a line break between lines, none beside a list."""
    whole = Markup()
    for number, part in enumerate(parts):
        beside = part.startswith("<ul>") or parts[number - 1].startswith("<ul>")
        whole += part if number == 0 or beside else Markup("<br>") + part
    return whole

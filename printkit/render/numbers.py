"""Numbers in pages and style sheets that the layout engine would count up to: seen before any work."""

import re
from collections.abc import Iterator

from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.render.variables import plain_css
from printkit.words import Message

# HTML, 4.9.11: browsers take no more columns than a thousand, and no more rows than this
_MOST_SPAN = {"colspan": 1000, "span": 1000, "rowspan": 65_534}
# A search that begins with plain letters passes over a town's drawings ten times as fast.
_SPAN = re.compile(r"""span\s*=\s*["']?\s*(\d+)""")
# CSS Grid 2, section 5.4: lines beyond the ten thousandth may be cut off; nothing on paper has more
_MOST = 10_000
_COUNTING = re.compile(
    r"(?<![\w-])(grid|grid-[a-z-]+|tab-size|-moz-tab-size|pad|columns|column-count)\s*:([^;{}]*)",
    re.IGNORECASE,
)
# Words that may break before their first letter are broken there again and again
_BREAKING = re.compile(r"(?<![\w-])hyphenate-limit-chars\s*:([^;{}]*)", re.IGNORECASE)
_LEAST = 1
# A number without a unit
_NUMBER = re.compile(r"(?<![\w.#-])[+-]?(\d+\.?\d*(?:e\+?\d+)?)(?![\w.%])", re.IGNORECASE)


def check_numbers(file: str, text: str) -> None:
    """Raise WorkspaceErrors for spans, lines and counts that no page of paper has."""
    errors = list(_large(file, text))
    if errors:
        raise WorkspaceErrors(errors)


def _large(file: str, text: str) -> Iterator[WorkspaceError]:
    # By patterns before any work, as counting is what the engine would not come back from
    plain = plain_css(text)
    small = plain.lower()
    for at, name, number in _spans(small):
        if int(number) > _MOST_SPAN[name]:
            yield _complaint(file, (small, at), f'{name}="{number}"', _MOST_SPAN[name])
    for found in _COUNTING.finditer(plain):
        for written in _NUMBER.findall(found[2]):
            if float(written) > _MOST:
                yield _complaint(file, (plain, found.start(1)), f"{found[1]}: {written}", _MOST)
    for found in _BREAKING.finditer(plain):
        for written in _NUMBER.findall(found[1]):
            if float(written) < _LEAST:
                what = f"hyphenate-limit-chars: {written}"
                reason = Message(
                    "%(what)s is less than %(least)s; write a larger number", what=what, least=_LEAST
                )
                yield WorkspaceError(file, _line(plain, found.start()), reason)


def _spans(small: str) -> Iterator[tuple[int, str, str]]:
    """Yield where a tag spans columns or rows, by which name, and how many; of a text in small letters."""
    inside, since = False, 0
    for found in _SPAN.finditer(small):
        at, last = found.start(), found.start() + len("span")
        while at and (small[at - 1].isalnum() or small[at - 1] == "_"):
            at -= 1
        # A < began a tag, and no > has ended it
        begun, ended = small.rfind("<", since, at), small.rfind(">", since, at)
        inside, since = begun > ended if begun != ended else inside, at
        if inside and small[at:last] in _MOST_SPAN:
            yield at, small[at:last], found[1]


def _complaint(file: str, place: tuple[str, int], what: str, most: int) -> WorkspaceError:
    text, at = place
    reason = Message("%(what)s is more than %(most)s; write a smaller number", what=what[:60], most=most)
    return WorkspaceError(file, _line(text, at), reason)


def _line(text: str, at: int) -> str:
    return Message("line %(line)s", line=text.count("\n", 0, at) + 1)

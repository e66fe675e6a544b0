"""Rules about words: their sizes, lines, heights and signs."""

import re
import unicodedata
from collections.abc import Iterator

from printkit.review.page import MM_PER_PT, SAME_SIZE_PT, Line, Reviewed, in_columns
from printkit.review.registry import Hit, Limits, rule
from printkit.words import Message

# Lines of one text are nearer than this, in sizes
MOST_LEADING = 1.6
# Blanks that would part what belongs together: 50 000 and, in languages that count days so, the day and month
# of 3. toukokuuta
_PARTED = r"\d \d{3}\b|\d\. (?=[^\W\d_])"
# A day of a month or an hour, in figures
_NUMBER = re.compile(r"\d{1,2}([.:]\d{2}|\.)?")
# With a path, or with a name of three letters before its last dot, which no abbreviation has
_ADDRESS = re.compile(r"\S+\.\S+/\S*|\b([\w-]+\.)*[\w-]{3,}\.[a-z]{2,}\b")


@rule("type-sizes", "tolerance_pt", "number_share")
def type_sizes(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Text is set in the format's five sizes; day and hour in a disc have their part of the headline's."""
    sizes = sorted(piece.grid.sizes_pt.values())
    number_pt = limits["number_share"] * piece.grid.sizes_pt["headline"]
    for page in piece.pages:
        for line in page.lines:
            # Only figures alone: a word in that size would be a sixth one.
            allowed = [*sizes, number_pt] if _NUMBER.fullmatch(line.text.strip()) else sizes
            nearest = min(allowed, key=lambda size: abs(size - line.size_pt))
            if abs(nearest - line.size_pt) > limits["tolerance_pt"] and not _is_print_id(line, piece):
                what = Message(
                    "'%(short)s' is set in %(size_pt).1f pt", short=_short(line), size_pt=line.size_pt
                )
                cure = Message(
                    "take %(nearest)g pt, or another of %(sizes)s",
                    nearest=nearest,
                    sizes=", ".join(f"{size:g}" for size in sizes),
                )
                yield Hit(what, cure, page.number, line.ink, line.size_pt, nearest)


@rule("headline-size", "tolerance_pt")
def headline_size(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The headline has the format's own size in every family, place and language."""
    wanted = piece.grid.sizes_pt["headline"]
    largest = max(piece.front.lines, key=lambda line: line.size_pt, default=None)
    if largest and abs(largest.size_pt - wanted) > limits["tolerance_pt"]:
        what = Message(
            "the largest text, '%(short)s', has %(size_pt).1f pt",
            short=_short(largest),
            size_pt=largest.size_pt,
        )
        yield Hit(
            what,
            Message("set the headline in %(wanted)g pt", wanted=wanted),
            1,
            largest.ink,
            largest.size_pt,
            wanted,
        )


@rule("headline-lines", "most_lines", "tolerance_em")
def headline_lines(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The headline has few lines, none longer than its measure, and no word is broken."""
    lines, most = piece.headline, limits["most_lines"]
    if len(lines) > most:
        yield Hit(
            Message("the headline has %(count)s lines", count=len(lines)),
            Message("shorten it"),
            1,
            lines[-1].ink,
            len(lines),
            most,
        )
    for line in lines:
        ems = line.ink.width / (line.size_pt * MM_PER_PT)
        longest = piece.design.measure.headline + limits["tolerance_em"]
        if ems > longest:
            what = Message("'%(short)s' is %(ems).2f em long", short=_short(line), ems=ems)
            yield Hit(what, Message("shorten it, or break it elsewhere"), 1, line.ink, ems, longest)
        # The last line may end in a dash that belongs to its text.
        if line is not lines[-1] and line.text.rstrip().endswith(("-", "\u00ad", "\u2010")):
            yield Hit(
                Message("'%(short)s' breaks a word", short=_short(line)),
                Message("break the line between words"),
                1,
                line.ink,
            )


@rule("place-lines", "most_lines")
def place_lines(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The place's name stands in its own size, in few lines."""
    # By their bases, as a name in two faces is several lines to the reader of pages.
    found, most = {round(line.base, 1) for line in piece.place}, limits["most_lines"]
    if not found:
        wanted = piece.grid.sizes_pt["place"]
        yield Hit(
            Message("no name of a place stands above the act row"),
            Message("set it in %(wanted)g pt", wanted=wanted),
            1,
            None,
            0,
            1,
        )
    elif len(found) > most:
        yield Hit(
            Message("the place has %(count)s lines", count=len(found)),
            Message("shorten it"),
            1,
            piece.place[-1].ink,
            len(found),
            most,
        )


@rule("cap-height", "headline_mm", "place_mm")
def cap_height(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Capitals of headline and place are high enough for the distance that they are read from."""
    far = piece.format.viewing_distance_m
    for lines, least in (
        (piece.headline, limits["headline_mm"] * far),
        # Place and call are read from half as far, by whom the headline has stopped.
        ((*piece.place, *piece.call), limits["place_mm"] * far / 2),
    ):
        for line in lines:
            if line.cap_mm is not None and line.cap_mm < least:
                what = Message(
                    "'%(short)s' has capitals of %(cap_mm).1f mm", short=_short(line), cap_mm=line.cap_mm
                )
                cure = Message("set it larger: %(least).1f mm are read from %(far)g m", least=least, far=far)
                yield Hit(what, cure, 1, line.ink, line.cap_mm, least)


@rule("x-height", "text_mm", "least_pt")
def x_height(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Running text is large enough for the distance of whoever scans the code, and never too small."""
    near = piece.format.scanning_distance_m or piece.format.viewing_distance_m
    for page in piece.pages:
        for line in piece.lines_of("text", page):
            least = limits["text_mm"] * near
            if line.size_pt < limits["least_pt"]:
                what = Message("'%(short)s' has %(size_pt).1f pt", short=_short(line), size_pt=line.size_pt)
                yield Hit(
                    what, Message("set it larger"), page.number, line.ink, line.size_pt, limits["least_pt"]
                )
            elif line.x_mm is not None and line.x_mm < least:
                what = Message(
                    "small letters of '%(short)s' are %(x_mm).1f mm high", short=_short(line), x_mm=line.x_mm
                )
                cure = Message("set it larger: %(least).1f mm are read from %(far)g m", least=least, far=near)
                yield Hit(what, cure, page.number, line.ink, line.x_mm, least)


@rule("line-gap", "parts")
def line_gap(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Between the ink of a line and that of the next stays some room, in parts of the larger size."""
    for page in piece.pages:
        for upper, lower in in_columns(page.lines):
            gap = _top(lower) - upper.ink.bottom
            least = limits["parts"] * max(upper.size_pt, lower.size_pt) * MM_PER_PT
            # Lines of one text keep their leading: there ascenders may meet descenders.
            if gap < least and (upper.size_pt, upper.font) != (lower.size_pt, lower.font):
                what = Message(
                    "'%(short)s' and '%(below)s' are %(gap).1f mm apart",
                    short=_short(upper),
                    below=_short(lower),
                    gap=gap,
                )
                yield Hit(
                    what, Message("move them apart"), page.number, upper.ink.around(lower.ink), gap, least
                )


def _top(line: Line) -> float:
    """Return where a line begins; a ring stands above it, as its capitals do not."""
    ringed = any(one.isupper() and len(unicodedata.normalize("NFD", one)) > 1 for one in line.text)
    return line.ink.top if not ringed or line.cap_top is None else line.cap_top


@rule("widows", "least_characters")
def widows(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """No paragraph of running text ends in a line of one short word."""
    least, largest = limits["least_characters"], piece.grid.sizes_pt["text"] + SAME_SIZE_PT
    for page in piece.pages:
        running = [line for line in page.lines if line.size_pt <= largest and not _is_print_id(line, piece)]
        below = {upper: lower for upper, lower in in_columns(running) if _same_text(upper, lower)}
        for last in sorted(set(below.values()) - below.keys(), key=lambda line: line.base):
            word = last.text.strip()
            if " " not in word and len(word) < least:
                what = Message("a text ends in a line of its own: '%(word)s'", word=word)
                cure = Message("shorten the text, or lengthen it by a word")
                yield Hit(what, cure, page.number, last.ink, len(word), least)


def _same_text(upper: Line, lower: Line) -> bool:
    """Tell whether a line goes on with the one above it: one face and size, one edge, close below."""
    size = upper.size_pt * MM_PER_PT
    alike = (upper.font, upper.size_pt) == (lower.font, lower.size_pt)
    return (
        alike
        and lower.base - upper.base <= MOST_LEADING * size
        and abs(upper.ink.left - lower.ink.left) < size
    )


@rule("words", "most_words", "from_m")
def words(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """What is read from afar has few words; address, print id, and the names of place and sender apart."""
    if piece.format.viewing_distance_m < limits["from_m"]:
        return
    lines = [line for line in piece.front.lines if not _is_print_id(line, piece)]
    text = _ADDRESS.sub(" ", " ".join(line.text for line in lines))
    # A name is known by its look, and how long it is nobody chooses.
    found = len(_words_in(text)) - sum(len(_words_in(name)) for name in piece.names)
    if found > limits["most_words"]:
        yield Hit(
            Message("%(found)s words on the front", found=found),
            Message("leave some out"),
            1,
            None,
            found,
            limits["most_words"],
        )


def _words_in(text: str) -> list[str]:
    # A time is one word, and so are words with a hyphen or an apostrophe.
    return re.findall(r"\d+[.:]\d+|\w[\w'\u2019-]*", text.replace("\u00a0", ""))


@rule("hard-spaces")
def hard_spaces(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Numbers, dates and times stay together by hard spaces: 50 000, a day and its month, an hour's word."""
    for slot, text in piece.texts.items():
        for found in _parted(text, piece.before_hour):
            part = text[max(0, found.start() - 4) : found.end() + 8].strip()
            yield Hit(
                Message("slot '%(slot)s': '%(part)s' may break", slot=slot, part=part),
                Message("write a hard space (U+00A0) there"),
                1,
            )


def _parted(text: str, before_hour: str) -> Iterator[re.Match[str]]:
    """Yield the blanks of a text that would part a number from what belongs to it."""
    hour = rf"|(?<!\w){re.escape(before_hour)} (?=\d)" if before_hour else ""
    for found in re.finditer(_PARTED + hour, text):
        follows = text[found.end() : found.end() + 1]
        # A full stop before a capital ends a sentence.
        if not follows.isalpha() or follows.islower():
            yield found


def _is_print_id(line: Line, piece: Reviewed) -> bool:
    """Tell whether a line is the print id of a code: beneath it, in signs of ids alone."""
    return bool(re.fullmatch(r"[0-9A-Z]{3}-[0-9A-Z]{4}", line.text.strip()))


def _short(line: Line) -> str:
    text = line.text.strip()
    return text if len(text) <= 30 else text[:29] + "\u2026"

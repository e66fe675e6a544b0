"""Rules about words: their sizes, lines, heights and signs."""

import re
from collections.abc import Iterator

from printkit.review.page import MM_PER_PT, SAME_SIZE_PT, Line, Reviewed, in_columns
from printkit.review.registry import Hit, Limits, rule

# Lines of one text are nearer than this, in sizes
MOST_LEADING = 1.6
# Blanks that would part what belongs together: 50 000, 3. oktober, kl. 18.00
_PARTED = re.compile(r"\d \d{3}\b|\d\. (?=[a-zæøå])|\bkl\. (?=\d)")
# A day of a month, as Norwegian and English have it
_NUMBER = re.compile(r"\d{1,2}\.?")
_ADDRESS = re.compile(r"\S+\.\S+/\S*|\S+\.(no|com|org)\b")


@rule("type-sizes", "tolerance_pt", "number_share")
def type_sizes(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Text is set in the format's five sizes; a day's number in a disc has its part of the headline's."""
    sizes = sorted(piece.grid.sizes_pt.values())
    number_pt = limits["number_share"] * piece.grid.sizes_pt["headline"]
    for page in piece.pages:
        for line in page.lines:
            allowed = [*sizes, number_pt] if _NUMBER.fullmatch(line.text.strip()) else sizes
            nearest = min(allowed, key=lambda size: abs(size - line.size_pt))
            if abs(nearest - line.size_pt) > limits["tolerance_pt"] and not _is_print_id(line, piece):
                what = f"'{_short(line)}' is set in {line.size_pt:.1f} pt"
                cure = f"take {nearest:g} pt, or another of {', '.join(f'{size:g}' for size in sizes)}"
                yield Hit(what, cure, page.number, line.ink, line.size_pt, nearest)


@rule("headline-size", "tolerance_pt")
def headline_size(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The headline has the format's own size in every family, place and language."""
    wanted = piece.grid.sizes_pt["headline"]
    largest = max(piece.front.lines, key=lambda line: line.size_pt, default=None)
    if largest and abs(largest.size_pt - wanted) > limits["tolerance_pt"]:
        what = f"the largest text, '{_short(largest)}', has {largest.size_pt:.1f} pt"
        yield Hit(what, f"set the headline in {wanted:g} pt", 1, largest.ink, largest.size_pt, wanted)


@rule("headline-lines", "most_lines", "tolerance_em")
def headline_lines(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The headline has few lines, none longer than its measure, and no word is broken."""
    lines, most = piece.headline, limits["most_lines"]
    if len(lines) > most:
        yield Hit(f"the headline has {len(lines)} lines", "shorten it", 1, lines[-1].ink, len(lines), most)
    for line in lines:
        ems = line.ink.width / (line.size_pt * MM_PER_PT)
        longest = piece.design.measure.headline + limits["tolerance_em"]
        if ems > longest:
            what = f"'{_short(line)}' is {ems:.2f} em long"
            yield Hit(what, "shorten it, or break it elsewhere", 1, line.ink, ems, longest)
        if line is not lines[-1] and line.text.rstrip().endswith(("-", "\u00ad", "\u2010")):
            yield Hit(f"'{_short(line)}' breaks a word", "break the line between words", 1, line.ink)


@rule("place-lines", "most_lines")
def place_lines(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The place's name stands in its own size, in few lines."""
    found, most = {round(line.base, 1) for line in piece.place}, limits["most_lines"]
    if not found:
        wanted = piece.grid.sizes_pt["place"]
        yield Hit("no name of a place stands above the act row", f"set it in {wanted:g} pt", 1, None, 0, 1)
    elif len(found) > most:
        yield Hit(f"the place has {len(found)} lines", "shorten it", 1, piece.place[-1].ink, len(found), most)


@rule("cap-height", "headline_mm", "place_mm")
def cap_height(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Capitals of headline and place are high enough for the distance that they are read from."""
    far = piece.format.viewing_distance_m
    for lines, least in (
        (piece.headline, limits["headline_mm"] * far),
        ((*piece.place, *piece.call), limits["place_mm"] * far / 2),
    ):
        for line in lines:
            if line.cap_mm is not None and line.cap_mm < least:
                what = f"'{_short(line)}' has capitals of {line.cap_mm:.1f} mm"
                cure = f"set it larger: {least:.1f} mm are read from {far:g} m"
                yield Hit(what, cure, 1, line.ink, line.cap_mm, least)


@rule("x-height", "text_mm", "least_pt")
def x_height(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Running text is large enough for the distance of whoever scans the code, and never too small."""
    near = piece.format.scanning_distance_m or piece.format.viewing_distance_m
    for page in piece.pages:
        for line in piece.lines_of("text", page):
            least = limits["text_mm"] * near
            if line.size_pt < limits["least_pt"]:
                what = f"'{_short(line)}' has {line.size_pt:.1f} pt"
                yield Hit(what, "set it larger", page.number, line.ink, line.size_pt, limits["least_pt"])
            elif line.x_mm is not None and line.x_mm < least:
                what = f"small letters of '{_short(line)}' are {line.x_mm:.1f} mm high"
                cure = f"set it larger: {least:.1f} mm are read from {near:g} m"
                yield Hit(what, cure, page.number, line.ink, line.x_mm, least)


@rule("line-gap", "parts")
def line_gap(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Between the ink of a line and that of the next stays some room, in parts of the larger size."""
    for page in piece.pages:
        for upper, lower in in_columns(page.lines):
            gap = lower.ink.top - upper.ink.bottom
            least = limits["parts"] * max(upper.size_pt, lower.size_pt) * MM_PER_PT
            # Lines of one text keep their leading: there ascenders may meet descenders.
            if gap < least and (upper.size_pt, upper.font) != (lower.size_pt, lower.font):
                what = f"'{_short(upper)}' and '{_short(lower)}' are {gap:.1f} mm apart"
                yield Hit(what, "move them apart", page.number, upper.ink.around(lower.ink), gap, least)


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
                what = f"a text ends in a line of its own: '{word}'"
                cure = "shorten the text, or lengthen it by a word"
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
        yield Hit(f"{found} words on the front", "leave some out", 1, None, found, limits["most_words"])


def _words_in(text: str) -> list[str]:
    return re.findall(r"\w[\w'\u2019-]*", text.replace("\u00a0", ""))


@rule("hard-spaces")
def hard_spaces(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Numbers, dates and times stay together: 50 000, 3. oktober, kl. 18.00 have hard spaces."""
    for slot, text in piece.texts.items():
        for found in _PARTED.finditer(text):
            part = text[max(0, found.start() - 4) : found.end() + 8].strip()
            yield Hit(f"slot '{slot}': '{part}' may break", "write a hard space (U+00A0) there", 1)


def _is_print_id(line: Line, piece: Reviewed) -> bool:
    """Tell whether a line is the print id of a code: beneath it, in signs of ids alone."""
    return bool(re.fullmatch(r"[0-9A-Z]{3}-[0-9A-Z]{4}", line.text.strip()))


def _short(line: Line) -> str:
    text = line.text.strip()
    return text if len(text) <= 30 else text[:29] + "\u2026"

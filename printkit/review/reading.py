"""Read a laid-out piece for the rules: letters by PDFium, paths from the content, pictures as pressed."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence

import pikepdf
from PIL.Image import Image

from printkit.content import Element, Kind, walk
from printkit.profiles import Format
from printkit.raster.letters import Letter, read_letters
from printkit.raster.pdfium import PdfiumFile
from printkit.review.page import FLAT_CAPS, FLAT_SMALL, Box, CodeBox, Line, Page, Rgb8, Shape
from printkit.review.pressed import Pressed
from printkit.units import MM_PER_INCH, Rect, mm, pt

# Pixels of the longer side of what is seen: a sliver of 2 mm on an A3 is three
LONG_PIXELS = 700
PIXELS_PER_MODULE = 8
QUIET_MODULES = 4
# Letters stand on one line while their bases are as near, and in one column while gaps are narrower (ems)
SAME_BASE_PT, COLUMN_EM = 0.3, 1.2
_SHOWS = frozenset(("Tj", "TJ", "'", '"'))

Placed = Sequence[tuple[str, int, tuple[float, float, float, float], float]]


class PageReader:
    """Read the pages of one piece; `bleed_mm` lies round the trim in its PDF."""

    def __init__(self, format: Format, bleed_mm: float, pressed: Pressed) -> None:
        self.format, self.bleed, self.pressed = format, bleed_mm, pressed
        longer = max(format.visible.width, format.visible.height)
        self.ppmm = LONG_PIXELS / longer

    def read(self, layout: bytes, drawn: bytes, codes: Placed, is_shown: bool = False) -> tuple[Page, ...]:
        """Return the pages of a layout; `drawn` is the same with its codes, seen on the front if `is_shown`.

        Codes are slot, page, box in mm from the trim's lower left corner and the width of a module.
        """
        # Texts are judged against what lies behind them, so that this is drawn without any.
        sheets, bare = PdfiumFile(drawn), PdfiumFile(wordless(layout))
        try:
            with pikepdf.open(io.BytesIO(layout)) as pdf:
                return tuple(
                    Page(
                        number,
                        tuple(self._lines(read_letters(sheets, number))),
                        tuple(self._shapes(page)),
                        tuple(self._codes(sheets, number, codes)),
                        self._picture(bare, number),
                        self.ppmm,
                        self._picture(sheets, number) if is_shown and number == 1 else None,
                    )
                    for number, page in enumerate(pdf.pages, 1)
                )
        finally:
            sheets.close()
            bare.close()

    def box(self, found: Rect) -> Box:
        """Return a box of page space, in points, in mm from what is seen."""
        seen = self.format.visible
        left, right = (mm(x) - self.bleed - seen.x0 for x in (found.x0, found.x1))
        top, bottom = (seen.y1 - mm(y) + self.bleed for y in (found.y1, found.y0))
        return Box(left, top, right, bottom)

    def _lines(self, letters: Iterable[Letter]) -> Iterator[Line]:
        for group in grouped(letters):
            inked = [one for one in group if not one.sign.isspace() and not one.ink.empty]
            # A line of blanks has no place.
            if inked:
                ink = self.box(inked[0].ink)
                for one in inked[1:]:
                    ink = ink.around(self.box(one.ink))
                first = inked[0]
                base = self.box(Rect(0, first.base[1], 0, first.base[1])).top
                yield Line(
                    "".join(one.sign for one in group).strip(),
                    first.font,
                    round(first.size_pt, 2),
                    ink,
                    base,
                    self.pressed.colour(first.colour),
                    _height(inked, FLAT_CAPS),
                    _height(inked, FLAT_SMALL),
                )

    def _picture(self, sheets: PdfiumFile, number: int) -> Image:
        seen = self.format.visible.moved(self.bleed, self.bleed).scaled(pt(1))
        return self.pressed.picture(sheets.colour(number, self.ppmm * MM_PER_INCH, seen))

    def _shapes(self, page: pikepdf.Page) -> Iterator[Shape]:
        for order, element in enumerate(walk(page)):
            if element.kind is Kind.PATH and element.fills and _is_seen(element):
                box = element.visible
                # What its clip hides is not seen, whatever it would paint.
                if not box.empty:
                    whole, clip = self.box(element.box), self.box(element.state.clip)
                    yield Shape(self.box(box), _rgb(element), order, whole, clip)

    def _codes(self, sheets: PdfiumFile, number: int, codes: Placed) -> Iterator[CodeBox]:
        for slot, page, (x0, y0, x1, y1), module in codes:
            if page == number:
                on_page = Rect(x0, y0, x1, y1).moved(self.bleed, self.bleed)
                quiet = QUIET_MODULES * module
                part = on_page.inset(-quiet, -quiet, -quiet, -quiet).scaled(pt(1))
                picture = sheets.grey(number, PIXELS_PER_MODULE / module * MM_PER_INCH, part)
                yield CodeBox(slot, self.box(on_page.scaled(pt(1))), module, picture)


def grouped(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Yield letters that stand on one line, in one face, size and colour, without a gap of a column."""
    group: list[Letter] = []
    for letter in letters:
        if group and not _goes_on(group, letter):
            yield group
            group = []
        group.append(letter)
    if group:
        yield group


def _goes_on(group: list[Letter], letter: Letter) -> bool:
    # Blanks have no ink to measure a gap from.
    before = next((one for one in reversed(group) if not one.ink.empty), group[-1])
    same = (before.font, round(before.size_pt, 1), before.colour) == (
        letter.font,
        round(letter.size_pt, 1),
        letter.colour,
    )
    gap = letter.base[0] - before.ink.x1
    level = abs(before.base[1] - letter.base[1]) <= SAME_BASE_PT
    return same and level and -letter.size_pt < gap < COLUMN_EM * letter.size_pt


def _height(letters: Iterable[Letter], flat: frozenset[str]) -> float | None:
    """Return how high letters that end level are over their base, in mm."""
    found = [mm(one.ink.y1 - one.base[1]) for one in letters if one.sign in flat]
    return max(found, default=None)


def _is_seen(element: Element) -> bool:
    context = element.context
    return not (context.in_mask or context.in_pattern or context.in_glyph or context.hidden)


def _rgb(element: Element) -> Rgb8 | None:
    colour = element.fill
    if colour is None or len(colour.components) not in (1, 3):
        return None
    # Grey is the same of red, green and blue.
    parts = colour.components if len(colour.components) == 3 else colour.components * 3
    red, green, blue = (round(min(max(part, 0.0), 1.0) * 255) for part in parts)
    return red, green, blue


def wordless(pdf: bytes) -> bytes:
    """Return a PDF that shows no text."""
    with pikepdf.open(io.BytesIO(pdf)) as made:
        for page in made.pages:
            page.Contents = made.make_stream(_without(page, _is_text))
        for one in made.objects:
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form":
                one.write(_without(one, _is_text))
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def _is_text(operator: str) -> bool:
    return operator in _SHOWS


def _without(stream: pikepdf.Object | pikepdf.Page, drops: Callable[[str], bool]) -> bytes:
    kept = [one for one in pikepdf.parse_content_stream(stream) if not drops(str(one.operator))]
    return pikepdf.unparse_content_stream(kept)

"""The contact sheet: every layout at a glance, a section for each format."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reportlab.lib.styles import ParagraphStyle

from printkit.papers.paper import ALARM, FRAME, Paper, Picture, open_picture
from printkit.papers.parts import ContactSheet, ProofFonts, Tile
from printkit.units import Rect, pt

ROW, GAP, BENEATH = pt(52), pt(6), pt(1)
HEAD, SECTION = pt(22), pt(9)


@dataclass(frozen=True)
class _Cell:
    tile: Tile
    images: tuple[Picture, ...]

    @property
    def sizes(self) -> list[float]:
        return [ROW * image.width / image.height for image in self.images]

    @property
    def width(self) -> float:
        return max(sum(self.sizes) + pt(1) * (len(self.images) - 1), pt(30))


def contact_sheet(sheet: ContactSheet, fonts: ProofFonts) -> bytes:
    """Return the contact sheet as PDF, tiles in the order given, grouped by their `group`."""
    paper = Paper(sheet.title, fonts)
    y = _head(paper, sheet)
    for group, tiles in groupby(sheet.tiles, key=lambda tile: tile.group):
        cells = [_Cell(tile, tuple(open_picture(page) for page in tile.pages)) for tile in tiles]
        for number, row in enumerate(_rows(cells)):
            height = ROW + BENEATH + max(_caption_height(paper, cell) for cell in row) + GAP
            needed = height + (0 if number else SECTION)
            # The head of a section never stands alone at a page's foot.
            if y - needed < FRAME.y0:
                _turn(paper, sheet)
                y = FRAME.y1
            if number == 0:
                y = _section(paper, group, len(cells), y)
            _row(paper, row, y)
            y -= height
    paper.foot(sheet.title, str(paper.pages))
    return paper.close()


def _head(paper: Paper, sheet: ContactSheet) -> float:
    box = FRAME
    end = paper.text(sheet.title, paper.style("head", 24, 28), box)
    paper.text(
        sheet.subtitle, paper.style("text", 10.5, 14, muted=True), Rect(box.x0, box.y0, box.x1, end - pt(1))
    )
    return box.y1 - HEAD


def _turn(paper: Paper, sheet: ContactSheet) -> None:
    paper.foot(sheet.title, str(paper.pages))
    paper.next_page()


def _section(paper: Paper, group: str, count: int, y: float) -> float:
    paper.rule(FRAME.x0, FRAME.x1, y)
    title = f"{group} ({count})" if count > 1 else group
    paper.text(title, paper.style("strong", 12, 15), Rect(FRAME.x0, FRAME.y0, FRAME.x1, y - pt(1.6)))
    return y - SECTION


def _rows(cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """Return rows of as many cells each: ten of which eight would fit stand five and five."""
    filled = list(_filled(cells))
    count = math.ceil(len(cells) / len(filled))
    even = [list(cells[start : start + count]) for start in range(0, len(cells), count)]
    # Where the even rows are too wide, as with a spread among portraits, each is filled as it comes.
    return even if all(_width(row) <= FRAME.width for row in even) else filled


def _width(row: Sequence[_Cell]) -> float:
    return sum(cell.width for cell in row) + GAP * (len(row) - 1)


def _filled(cells: Iterable[_Cell]) -> Iterator[list[_Cell]]:
    row: list[_Cell] = []
    used = 0.0
    for cell in cells:
        if row and used + cell.width > FRAME.width:
            yield row
            row, used = [], 0.0
        row.append(cell)
        used += cell.width + GAP
    if row:
        yield row


def _row(paper: Paper, row: list[_Cell], y: float) -> None:
    x = FRAME.x0
    for cell in row:
        left = x
        for image, width in zip(cell.images, cell.sizes, strict=True):
            paper.picture(image, Rect(left, y - ROW, left + width, y))
            left += width + pt(1)
        _caption(paper, cell, Rect(x, FRAME.y0, x + cell.width, y - ROW - BENEATH))
        x += cell.width + GAP


def _caption(paper: Paper, cell: _Cell, box: Rect) -> None:
    caption, detail = _styles(paper)
    if cell.tile.held:
        caption.textColor = ALARM
    end = paper.text(cell.tile.caption, caption, box)
    paper.text(cell.tile.detail, detail, Rect(box.x0, box.y0, box.x1, end))


def _caption_height(paper: Paper, cell: _Cell) -> float:
    """Return what a caption takes in its font: committees may have long names."""
    caption, detail = _styles(paper)
    return paper.height(cell.tile.caption, caption, cell.width) + paper.height(
        cell.tile.detail, detail, cell.width
    )


def _styles(paper: Paper) -> tuple[ParagraphStyle, ParagraphStyle]:
    """Return how a caption and the line beneath it are set."""
    return paper.style("strong", 8.5, 10.5), paper.style("text", 7.5, 9.5, muted=True)

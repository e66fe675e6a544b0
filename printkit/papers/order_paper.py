"""An order on paper, as an archive keeps it: what was ordered, who approved it, what was printed."""

from printkit.papers.paper import FRAME, Paper, open_picture
from printkit.papers.parts import OrderSheet, ProofFonts
from printkit.units import Rect, pt

SIZE, LEADING, PAD = 9.5, 12.5, pt(1.2)
# How far from the left the words of a row begin, and how high a page is shown
NAMES, PAGE_HIGH, GAP = pt(76), pt(70), pt(6)


def order_paper(sheet: OrderSheet, fonts: ProofFonts) -> bytes:
    """Return the order as PDF, on as many A4 pages as it takes."""
    paper = Paper(sheet.title, fonts)
    y = paper.text(sheet.title, paper.style("head", 22, 26), FRAME) - pt(1)
    below = Rect(FRAME.x0, FRAME.y0, FRAME.x1, y)
    y = paper.text(sheet.subtitle, paper.style("text", 10.5, 14, muted=True), below) - pt(4)
    y = paper.figures(sheet.figures, y)
    for head, rows in sheet.parts:
        y = _part(paper, head, rows, y)
    _pages(paper, sheet, y)
    paper.foot(sheet.title, str(paper.pages))
    return paper.close()


def _part(paper: Paper, head: str, rows: tuple[tuple[str, str], ...], y: float) -> float:
    # A head never ends a page
    y = _room(paper, y, pt(20))
    y = paper.text(head, paper.style("strong", 12, 16), Rect(FRAME.x0, FRAME.y0, FRAME.x1, y)) - PAD
    named, told = paper.style("text", SIZE, LEADING, muted=True), paper.style("text", SIZE, LEADING)
    for name, words in rows:
        width = FRAME.width - NAMES
        y = _room(paper, y, paper.height(words, told, width) + 2 * PAD)
        paper.rule(FRAME.x0, FRAME.x1, y)
        first = paper.text(name, named, Rect(FRAME.x0, FRAME.y0, FRAME.x0 + NAMES - pt(3), y - PAD))
        second = paper.text(words, told, Rect(FRAME.x0 + NAMES, FRAME.y0, FRAME.x1, y - PAD))
        y = min(first, second) - PAD
    return y - pt(4)


def _pages(paper: Paper, sheet: OrderSheet, y: float) -> None:
    """Set the printed pages beside each other, all of one height."""
    x, style = FRAME.x0, paper.style("text", 8, 10, muted=True)
    for number, (name, png) in enumerate(sheet.pages):
        picture = open_picture(png)
        width = min(PAGE_HIGH * picture.width / picture.height, FRAME.width)
        high = width * picture.height / picture.width
        if number == 0 or x + width > FRAME.x1:
            y = _room(paper, y if number == 0 else y - PAGE_HIGH - pt(14), PAGE_HIGH + pt(14))
            x = FRAME.x0
        paper.picture(picture, Rect(x, y - high, x + width, y))
        paper.text(name, style, Rect(x, FRAME.y0, x + max(width, pt(30)), y - PAGE_HIGH - pt(1)))
        x += max(width, pt(30)) + GAP


def _room(paper: Paper, y: float, height: float) -> float:
    """Return where to go on: here, or at the top of the next page."""
    if y - height >= FRAME.y0:
        return y
    paper.foot(paper.title, str(paper.pages))
    paper.next_page()
    return FRAME.y1

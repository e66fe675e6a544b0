"""The statement of an account: its sums, and every entry that they are made of."""

from printkit.papers.paper import FRAME, Paper
from printkit.papers.parts import ProofFonts, Statement
from printkit.units import Rect, pt

SIZE, LEADING, PAD = 9.5, 12.5, pt(1.6)
# Shares of the page's width: the day, what, the order, three sums
COLUMNS = (0.14, 0.38, 0.09, 0.13, 0.13, 0.13)
SUMS = 3


def statement(sheet: Statement, fonts: ProofFonts) -> bytes:
    """Return the statement as PDF, on as many A4 pages as it takes."""
    paper = Paper(sheet.title, fonts)
    end = paper.text(sheet.title, paper.style("head", 22, 26), FRAME)
    below = Rect(FRAME.x0, FRAME.y0, FRAME.x1, end - pt(1))
    y = paper.text(sheet.subtitle, paper.style("text", 10.5, 14, muted=True), below) - pt(4)
    y = paper.figures(sheet.figures, y)
    y = _row(paper, sheet.heads, y, "strong")
    for row in sheet.rows:
        # A row is never divided, and every page names its columns.
        if y - _height(paper, row) < FRAME.y0:
            paper.foot(sheet.title, str(paper.pages))
            paper.next_page()
            y = _row(paper, sheet.heads, FRAME.y1, "strong")
        y = _row(paper, row, y, "text")
    paper.foot(sheet.title, str(paper.pages))
    return paper.close()


def _height(paper: Paper, row: tuple[str, ...]) -> float:
    style = paper.style("text", SIZE, LEADING)
    heights = (
        paper.height(cell, style, FRAME.width * share) for cell, share in zip(row, COLUMNS, strict=True)
    )
    return max(heights) + 2 * PAD


def _row(paper: Paper, row: tuple[str, ...], y: float, role: str) -> float:
    """Set a row between hairlines; sums stand at the right of their columns."""
    paper.rule(FRAME.x0, FRAME.x1, y)
    style, x = paper.style(role, SIZE, LEADING), FRAME.x0
    for number, (cell, share) in enumerate(zip(row, COLUMNS, strict=True)):
        width = FRAME.width * share
        style.alignment = 2 if number >= len(COLUMNS) - SUMS else 0
        paper.text(cell, style, Rect(x, FRAME.y0, x + width - pt(2), y - PAD))
        x += width
    return y - _height(paper, row)

"""The proof of one committee: a cover to sign, then every layout large with all that must be right on it."""

from collections.abc import Iterator, Sequence

from printkit.papers.paper import ALARM, FRAME, MUTED, Paper, Picture, open_picture
from printkit.papers.parts import Delivery, Leaf, ProofBook, ProofFonts
from printkit.units import Rect, pt
from printkit.words import Words, translate

COLUMN, GAP, PAGES_GAP = pt(80), pt(9), pt(4)
SIGN = pt(15)
# An answer's box with the blank before its words, what follows them, and between and of both fields to sign
TICK, ANSWER_GAP, FIELD_GAP, LEAST_SIGNED = pt(5.5), pt(9), pt(6), pt(90)
# What the view from afar may take of the column, its label's width, and what facts need beside it
AFAR_WIDTH, AFAR_HEIGHT, AFAR_LABEL, LEAST_FACTS = pt(52), pt(108), pt(34), pt(72)
MOST_PLACES = 20


def committee_book(book: ProofBook, fonts: ProofFonts) -> bytes:
    """Return the proof as PDF, to send for approval."""
    paper = Paper(f"{book.title}: {book.subtitle}", fonts)
    # Opened once: the cover and the leaves show the same.
    pictures = [[open_picture(page) for page in leaf.pages] for leaf in book.leaves]
    _cover(paper, book, pictures)
    for leaf, images in zip(book.leaves, pictures, strict=True):
        paper.next_page()
        _leaf(paper, book, leaf, images)
    return paper.close()


def _cover(paper: Paper, book: ProofBook, pictures: Sequence[Sequence[Picture]]) -> None:
    y = paper.text(book.title, paper.style("text", 12, 15, muted=True), FRAME) - pt(1)
    y = paper.text(book.subtitle, paper.style("head", 28, 32), _below(FRAME, y)) - pt(5)
    lines = paper.style("text", 11.5, 16)
    left = Rect(FRAME.x0, FRAME.y0, FRAME.x0 + pt(190), FRAME.y1)
    for line in book.lines:
        y = paper.text(line, lines, _below(left, y)) - pt(1.5)
    shown = [(leaf.title, images) for leaf, images in zip(book.leaves, pictures, strict=True) if images]
    _overview(paper, shown, Rect(FRAME.x0, FRAME.y0 + pt(48), FRAME.x1, y - pt(6)))
    _signature(paper, translate(book.language), Rect(FRAME.x0, FRAME.y0, FRAME.x1, FRAME.y0 + pt(38)))
    paper.foot(book.title, "1")


def _overview(paper: Paper, shown: Sequence[tuple[str, Sequence[Picture]]], box: Rect) -> None:
    """Show all pages of every layout in one row that fills the box."""
    if not shown:
        return
    ratio = sum(image.width / image.height for _, images in shown for image in images)
    gaps = (len(shown) - 1) * GAP + sum(len(images) - 1 for _, images in shown) * PAGES_GAP
    # All in one height: sizes beside each other would be read as those of the paper.
    height = min(box.height - pt(6), (box.width - gaps) / ratio)
    style, x = paper.style("strong", 9, 11), box.x0
    for title, images in shown:
        end = _pictures(paper, images, Rect(x, box.y1 - height, box.x1, box.y1))
        width = max(end - x, pt(24))
        paper.text(title, style, Rect(x, 0, x + width, box.y1 - height - pt(1)))
        x += width + GAP


def _signature(paper: Paper, words: Words, box: Rect) -> None:
    paper.rule(box.x0, box.x1, box.y1)
    middle = box.x0 + pt(92)
    label = paper.style("strong", 10.5, 13)
    y = paper.text(
        words.gettext("Answer to the proof"), label, Rect(box.x0, box.y0, middle, box.y1 - pt(4))
    ) - pt(3)
    answers = (
        words.gettext("Approved without changes"),
        words.gettext("Approved with the changes that are marked"),
        words.gettext("A new proof is wanted"),
    )
    for text in answers:
        _tick(paper, box.x0, y - pt(4))
        row = Rect(box.x0 + pt(6), 0, middle, y)
        y = paper.text(text, paper.style("text", 10, 13), row) - pt(2)
    width = (box.x1 - middle - 2 * GAP) / 3
    fields = (words.gettext("Name"), words.gettext("Role"), words.gettext("Date and signature"))
    for number, text in enumerate(fields):
        x = middle + number * (width + GAP)
        _field(paper, text, x, box.y0 + pt(8), width=width)


def _tick(paper: Paper, x: float, y: float) -> None:
    paper.canvas.setStrokeColor(MUTED)
    paper.canvas.setLineWidth(0.8)
    paper.canvas.rect(x, y, pt(3.6), pt(3.6))


def _field(paper: Paper, label: str, x: float, y: float, *, width: float) -> None:
    paper.canvas.setStrokeColor(MUTED)
    paper.canvas.setLineWidth(0.8)
    paper.canvas.line(x, y, x + width, y)
    paper.line(label, paper.style("text", 8, 10, muted=True), x, y - pt(4), room=width)


def _leaf(paper: Paper, book: ProofBook, leaf: Leaf, images: Sequence[Picture]) -> None:
    area = Rect(FRAME.x0, FRAME.y0 + SIGN, FRAME.x1 - COLUMN - GAP, FRAME.y1)
    end = _pictures(paper, images, area)
    # Pages that are tall and narrow leave room, which the texts take.
    column = Rect(max(end + GAP, FRAME.x1 - pt(130)), FRAME.y0 + SIGN, FRAME.x1, FRAME.y1)
    words = translate(book.language)
    _facts(paper, words, leaf, _beside_afar(paper, words, leaf, images, column=column))
    _approve(paper, words)
    paper.foot(f"{book.title}: {book.subtitle}", str(paper.pages))


def _beside_afar(paper: Paper, words: Words, leaf: Leaf, images: Sequence[Picture], *, column: Rect) -> Rect:
    """Show the first page as it is seen from afar in the column's lower right corner; return what is left.

    The nearest distance is taken from which it is no wider than the column has room for.
    """
    ratio = images[0].height / images[0].width if images else 0.0
    for one in leaf.afar if images else ():
        width = pt(one.width_mm)
        height = width * ratio
        # Never scaled to fit: its size is what it tells.
        if width <= AFAR_WIDTH and height <= AFAR_HEIGHT:
            label = words.gettext(
                "Seen from %(metres)s m, with the sheet at arm's length", metres=f"{one.metres:g}"
            )
            room = max(width, AFAR_LABEL)
            box = Rect(column.x1 - room, column.y0, column.x1, column.y1)
            style = paper.style("text", 7.5, 9.5, muted=True)
            top = column.y0 + height + paper.height(label, style, room) + pt(1.5)
            paper.text(label, style, _below(box, top))
            paper.picture(images[0], Rect(box.x0, column.y0, box.x0 + width, column.y0 + height))
            if column.width - room - GAP >= LEAST_FACTS:
                return Rect(column.x0, column.y0, box.x0 - GAP, column.y1)
            return Rect(column.x0, top + pt(3), column.x1, column.y1)
    return column


def _pictures(paper: Paper, images: Sequence[Picture], box: Rect) -> float:
    """Draw the pages side by side, as large as the box takes; return where they end."""
    if not images:
        return box.x0
    ratios = [image.width / image.height for image in images]
    height = min(box.height, (box.width - PAGES_GAP * (len(images) - 1)) / sum(ratios))
    x = box.x0
    for image, ratio in zip(images, ratios, strict=True):
        paper.picture(image, Rect(x, box.y1 - height, x + height * ratio, box.y1))
        x += height * ratio + PAGES_GAP
    return x - PAGES_GAP


def _facts(paper: Paper, words: Words, leaf: Leaf, box: Rect) -> None:
    y = paper.text(leaf.title, paper.style("head", 17, 20), box)
    y = paper.text(leaf.detail, paper.style("text", 9, 12, muted=True), _below(box, y)) - pt(3)
    for remark in leaf.remarks:
        style = paper.style("strong", 9, 12)
        style.textColor = ALARM
        y = paper.text(remark, style, _below(box, y)) - pt(1.5)
    places = list(_places(words, leaf.places))
    rows = [
        *leaf.texts,
        (words.gettext("The code leads to"), "\n".join(leaf.addresses)),
        (words.gettext("Places and copies"), "\n".join(places)),
    ]
    shown = [(label, text) for label, text in rows if text]
    size = _size(paper, shown, box.width, y - box.y0)
    for label, text in shown:
        paper.rule(box.x0, box.x1, y - pt(0.8))
        y = paper.text(label, paper.style("text", size - 1.5, size + 1, muted=True), _below(box, y - pt(1.6)))
        y = paper.text(text, paper.style("text", size, size * 1.3), _below(box, y)) - pt(1.2)


def _size(paper: Paper, rows: Sequence[tuple[str, str]], width: float, height: float) -> float:
    """Return the largest type size at which all rows fit the column."""
    for size in (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5):
        style = paper.style("text", size, size * 1.3)
        needed = sum(paper.height(text, style, width) + size + 1 + pt(2.8) for _, text in rows)
        if needed <= height:
            return size
    # Smaller nobody reads it.
    return 6.0


def _places(words: Words, places: Sequence[Delivery]) -> Iterator[str]:
    """Yield a line for each place, as many as a sheet has room for; the driver's list has them all."""
    yield from (_place(words, place) for place in places[:MOST_PLACES])
    others = places[MOST_PLACES:]
    if others:
        copies = sum(place.quantity for place in others)
        yield words.ngettext(
            "and %(count)s more place with %(copies)s copies, see distribution.csv",
            "and %(count)s more places with %(copies)s copies, see distribution.csv",
            len(others),
            copies=copies,
        )


def _place(words: Words, place: Delivery) -> str:
    line = f"{place.name}: {place.quantity}"
    if not place.print_ids:
        return line
    codes = words.gettext("code %(ids)s", ids=", ".join(place.print_ids))
    return f"{line} · {codes}"


def _approve(paper: Paper, words: Words) -> None:
    """Set both answers on one line, each as wide as its words are, and beside them the fields to sign."""
    y, size = FRAME.y0 + pt(4), 9.0
    labels = (words.gettext("Approved"), words.gettext("To be changed, see the marks on the sheet"))
    boxes = len(labels) * (TICK + ANSWER_GAP)
    widths = [paper.width(label, "text", size) for label in labels]
    # Wide letters become smaller only where nobody could write a name beside them any more.
    scale = min(1.0, (FRAME.width - boxes - LEAST_SIGNED) / sum(widths))
    x = FRAME.x0
    for label, width in zip(labels, widths, strict=True):
        _tick(paper, x, y)
        paper.line(label, paper.style("text", size * scale, size, muted=True), x + TICK, y + pt(0.8))
        x += TICK + width * scale + ANSWER_GAP
    left = FRAME.x1 - x - FIELD_GAP
    name = min(pt(80), left * 2 / 3)
    _field(paper, words.gettext("Name"), x, y, width=name)
    _field(paper, words.gettext("Date"), x + name + FIELD_GAP, y, width=min(pt(40), left / 3))


def _below(box: Rect, y: float) -> Rect:
    return Rect(box.x0, box.y0, box.x1, y)

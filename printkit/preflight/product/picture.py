"""The picture of a page, beside that of the layout that it was made from."""

from collections.abc import Iterator
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from printkit.preflight.core.registry import Hit, NotAsked, rule
from printkit.preflight.core.subject import PageView, Subject
from printkit.profiles import PictureFigures
from printkit.raster.small import SmallPicture, small_picture
from printkit.units import Rect
from printkit.words import Message

LAYOUT = Message("the layout")
WHITE = 255
# Under the darkness of one printed cell in four hundred a page counts as bare.
BARE = 0.0025


@rule("product/picture", "error", LAYOUT, needs="pictures", draws=True)
def picture(subject: Subject) -> Iterator[Hit]:
    """Seen from afar each page looks like its layout; tell the makers of printkit, and make it anew."""
    rules = subject.expected.product_rules
    if rules is None:
        raise NotAsked(Message("no rules for products were given"))
    for view, meant in zip(subject.pages, subject.expected.pictures or (), strict=False):
        shown = small_picture(subject.shapes, view.number, view.shown(view.trim), meant.columns)
        if (shown.columns, shown.rows) != (meant.columns, meant.rows):
            yield Hit(Message("the page has not the shape of its layout"), view.number, view.in_mm(view.trim))
            continue
        # A layout has its code boxes empty, and each site another code in them
        free = _without_codes(subject, view, meant)
        yield from _compared(view, _dark(meant) * free, _dark(shown) * free, rules.picture)


def _compared(
    view: PageView, meant: npt.NDArray[np.float64], shown: npt.NDArray[np.float64], figures: PictureFigures
) -> Iterator[Hit]:
    low, high = float(meant.mean()) * figures.least_share, float(meant.mean()) * figures.most_share
    mean = float(shown.mean())
    if not low - BARE <= mean <= high + BARE:
        message = Message(
            "the page is %(mean).1f%% dark, its layout %(meant).1f%%",
            mean=100 * mean,
            meant=100 * float(meant.mean()),
        )
        yield Hit(message, view.number, view.in_mm(view.trim), round(mean, 4), round(float(meant.mean()), 4))
    # The worst cell alone: a missing picture is many, and one finding
    away = np.abs(shown - meant)
    row, column = np.unravel_index(int(away.argmax()), away.shape)
    if away[row, column] > figures.cell:
        than = Message("darker") if shown[row, column] > meant[row, column] else Message("lighter")
        message = Message(
            "the page is %(than)s here than its layout by %(away).0f%% of black",
            than=than,
            away=100 * away[row, column],
        )
        box = _cell(view, away.shape, (int(row), int(column)))
        yield Hit(message, view.number, view.shown_mm(box), round(float(away[row, column]), 3), figures.cell)


def _dark(picture: SmallPicture) -> npt.NDArray[np.float64]:
    """Return how dark each cell is, 1 is black."""
    grey = np.frombuffer(picture.grey, np.uint8).reshape(picture.rows, picture.columns)
    return 1 - grey.astype(np.float64) / WHITE


def _cell(view: PageView, shape: tuple[int, ...], place: tuple[int, int]) -> Rect:
    trim = view.shown(view.trim)
    high, wide = trim.height / shape[0], trim.width / shape[1]
    x0, y1 = trim.x0 + place[1] * wide, trim.y1 - place[0] * high
    return Rect(x0, y1 - high, x0 + wide, y1)


def _without_codes(subject: Subject, view: PageView, picture: SmallPicture) -> npt.NDArray[np.float64]:
    """Return 0 for cells that a code's box touches, which the layout leaves free, else 1."""
    free = np.ones((picture.rows, picture.columns))
    trim = view.shown(view.trim)
    across, down = picture.columns / trim.width, picture.rows / trim.height
    for code in subject.expected.codes or ():
        if code.box.page == view.number:
            box = code.box.box.scaled(1 / view.unit)
            rows = slice(max(0, floor((trim.height - box.y1) * down)), ceil((trim.height - box.y0) * down))
            free[rows, max(0, floor(box.x0 * across)) : ceil(box.x1 * across)] = 0
    return free

"""Page boxes and the origin that moves with them."""

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Pdf

from printkit.errors import RenderError
from printkit.pdfx.stream import own_resources
from printkit.units import PageBoxes, Rect, mm
from printkit.words import Message

# What a layout engine may round away from a page's size, in points (0.04 mm)
ROUNDING_PT = 0.1
# CropBox and ArtBox go: PDF/X-4 takes TrimBox or ArtBox, not both, and wants trim inside bleed inside crop.
# Annotations, thumbnails and structure serve screens
KEPT = {"/Type", "/Parent", "/Contents", "/Resources", "/Group"}


def check_size(page: pikepdf.Page, number: int, layout: Rect) -> None:
    """Raise RenderError unless the page is trim and bleed from 0 0, upright, in points."""
    x0, y0, x1, y1 = (float(value) for value in page.mediabox)
    found = Rect(x0, y0, x1, y1)
    turned = int(page.obj.get(Name.Rotate, 0)) or float(page.obj.get(Name.UserUnit, 1)) != 1
    if turned or not (layout.contains(found, ROUNDING_PT) and found.contains(layout, ROUNDING_PT)):
        raise RenderError(
            Message(
                "page %(number)s measures %(width).2f x %(height).2f mm; trim and bleed make "
                "%(wide).2f x %(high).2f mm from 0 0, upright",
                number=number,
                width=mm(found.width),
                height=mm(found.height),
                wide=mm(layout.width),
                high=mm(layout.height),
            )
        )


def set_boxes(page: pikepdf.Page, boxes: PageBoxes) -> None:
    """Leave what a press page needs and set the three boxes (points)."""
    for key in set(page.obj.keys()) - KEPT:
        del page.obj[key]
    page.obj.MediaBox = _array(boxes.media)
    page.obj.BleedBox = _array(boxes.bleed)
    page.obj.TrimBox = _array(boxes.trim)


def move_patterns(pdf: Pdf, page: pikepdf.Page, distance: float) -> None:
    """Move the page's own patterns right and up by `distance` points.

    A pattern's matrix counts from the page's origin, not from the current matrix. Forms and nested patterns
    have theirs counted from the content around them, so a pattern that they share with the page is copied.
    """
    patterns = page.resources.get(Name.Pattern)
    if patterns is None:
        return
    moved = Dictionary()
    for name, pattern in patterns.items():
        moved[name] = _moved(pdf, pattern, distance)
    own_resources(page)[Name.Pattern] = moved


def _moved(pdf: Pdf, pattern: pikepdf.Object, distance: float) -> pikepdf.Object:
    old = Matrix(pattern.get(Name.Matrix, Array([1, 0, 0, 1, 0, 0])))
    keys = {key: value for key, value in pattern.items() if key not in ("/Matrix", "/Length")}
    if isinstance(pattern, pikepdf.Stream):
        copy: pikepdf.Object = pikepdf.Stream(pdf, pattern.read_raw_bytes(), keys)
    else:
        copy = Dictionary(keys)
    copy[Name.Matrix] = (old @ Matrix(1, 0, 0, 1, distance, distance)).as_array()
    return pdf.make_indirect(copy)


def _array(rect: Rect) -> Array:
    return Array([round(value, 4) for value in rect.as_tuple()])

"""Read a finished layout back: where each line of text, picture and code stands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from printkit.render.engine import engine
from printkit.render.fonts import FontQuestion
from printkit.render.placed import (
    Clamped,
    Clip,
    FitBox,
    Line,
    Matrix,
    Part,
    PlacedCode,
    PlacedImage,
    Reading,
    Run,
)
from printkit.units import PT_PER_INCH, PT_PER_PX, Rect

PX_PER_INCH = PT_PER_INCH / PT_PER_PX


@dataclass(frozen=True)
class _Place:
    """What a box takes over from those around it."""

    page: int
    slot: str | None = None
    fit: FitBox | None = None
    clips: tuple[Clip, ...] = ()
    matrix: Matrix | None = None
    block: int = 0
    line: int = 0
    # How far a line's first letter hangs out, in px
    hung: float = 0


def read_boxes(document: Any) -> Reading:
    """Walk the boxes of every page."""
    reading = Reading(len(document.pages))
    for number, page in enumerate(document.pages, 1):
        reading.size_px = (page.width, page.height)
        for child in page._page_box.children:
            _walk(child, _Place(number), reading)
    return reading


def _walk(box: Any, place: _Place, reading: Reading) -> None:
    # Boxes out of the flow stand behind a placeholder.
    box = getattr(box, "_box", box)
    if getattr(box, "transformation_matrix", None):
        matrix = box.transformation_matrix
        place = replace(place, matrix=matrix @ place.matrix if place.matrix else matrix)
    kind = type(box).__name__
    if kind == "TextBox":
        _read_text(box, place, reading)
        return
    # By the class's name, as the engine has no types and the classes would have to be imported here
    if kind == "LineBox":
        place = replace(place, line=id(box))
        if place.fit is not None:
            place.fit.lines.extend(_line(box, place.hung))
    place = _enter(box, place, reading)
    _read_pictures(box, place, reading)
    begun, children = len(reading.runs), getattr(box, "children", ())
    # Lines come last: a box that has any holds one block of text
    if children and type(children[-1]).__name__ == "LineBox":
        place = replace(place, block=id(box))
    for child in children:
        _walk(child, place, reading)
    # The engine drops what a clamp leaves out without a word, and half a sentence would be printed
    if box.style["max_lines"] != "none" or box.style["continue"] == "discard":
        _read_clamped(box, place, (reading, begun))


def _enter(box: Any, place: _Place, reading: Reading) -> _Place:
    """Note what an element's attributes say of it."""
    element = box.element
    own = element is not None and box.element_tag and "::" not in box.element_tag and _is_principal(box)
    if own:
        slot = element.get("data-slot", place.slot)
        place = replace(place, slot=slot)
        if element.get("data-code") is not None:
            frame = _border(box)
            reading.codes.append(PlacedCode(element.get("data-code"), place.page, frame, bool(place.matrix)))
        if element.get("data-first") is not None:
            place = replace(place, hung=-min(box.margin_left, 0))
        if element.get("data-fit") is not None:
            fit = _fit(box, element, place.page)
            reading.fits.append(fit)
            place = replace(place, fit=fit)
    clips = [Clip(frame, place.matrix) for frame in _clips(box)]
    return replace(place, clips=(*place.clips, *clips)) if clips else place


def _clips(box: Any) -> Iterator[Rect]:
    """Yield what a box cuts its content off by: overflow, and the old property clip."""
    style = box.style
    if style["overflow"] != "visible" and hasattr(box, "width") and box.width != "auto":
        yield _padding(box)
    if style["clip"] and box.is_absolutely_positioned():
        frame = _border(box)
        sizes = (0.0, frame.width, frame.height, 0.0)
        top, right, bottom, left = (
            size if one == "auto" else one for one, size in zip(style["clip"], sizes, strict=True)
        )
        yield Rect(frame.x0 + left, frame.y0 + top, frame.x0 + right, frame.y0 + bottom)


def _read_clamped(box: Any, place: _Place, read: tuple[Reading, int]) -> None:
    """Note a text that is not printed to its end: every letter of it must come, one after the other."""
    reading, begun = read
    if box.element is None or not _is_principal(box):
        return
    text = "".join(box.element.itertext())
    printed = (letter for run in reading.runs[begun:] for letter in _letters(run.text))
    if not all(letter in printed for letter in _letters(text)):
        reading.clamped.append(Clamped(place.page, " ".join(text.split()), place.slot))


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _is_principal(box: Any) -> bool:
    """Tell an element's own box from anonymous ones, which share its element."""
    return type(box.style).__name__ != "AnonymousStyle"


def _fit(box: Any, element: Any, page: int) -> FitBox:
    # A box that grows with its text fits any size, so there would be nothing to fit into
    definite = box.style["height"] != "auto" or box.style["position"] in ("absolute", "fixed")
    definite = definite or box.is_flex_item or box.is_grid_item
    align = box.style["text_align_all"]
    balanced = element.get("data-balance") is not None
    return FitBox(element.get("data-fit"), _content(box), balanced, align, definite, page=page)


def _read_text(box: Any, place: _Place, reading: Reading) -> None:
    # Blanks print nothing, wherever they stand
    if not box.text.strip() or box.style["visibility"] == "hidden":
        return
    frame = Rect(box.position_x, box.position_y, box.position_x + box.width, box.position_y + box.height)
    style = box.style
    run = Run(
        place.page,
        box.text,
        frame,
        box.baseline,
        style["font_size"],
        _font(style),
        place.slot,
        place.clips,
        place.matrix,
        place.block,
        place.line,
    )
    reading.runs.append(run)


def _line(line: Any, hung: float) -> Iterator[Line]:
    """Yield a line that has content; what hangs out on purpose does not count."""
    parts = [child for child in _leaves(line) if child.width]
    if parts:
        left = min(part.position_x for part in parts) + hung
        right = max(part.position_x + part.width for part in parts)
        frame = Rect(left, line.position_y, right, line.position_y + line.height)
        whole = all(part.style["white_space"] in ("nowrap", "pre") for part in parts)
        yield Line(frame, tuple(map(_part, parts)), whole)


def _part(box: Any) -> Part:
    return Part(getattr(box, "text", ""), box.width, box.style["font_size"], _font(box.style))


def _font(style: Any) -> FontQuestion:
    families, stretch = tuple(style["font_family"]), style["font_stretch"]
    return FontQuestion(families, style["font_weight"], style["font_style"], stretch)


def _leaves(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        # Out of the flow: its place is not in this line
        if hasattr(child, "_box"):
            continue
        if type(child).__name__ in ("InlineBox", "LineBox"):
            yield from _leaves(child)
        else:
            yield child


def _read_pictures(box: Any, place: _Place, reading: Reading) -> None:
    image = getattr(box, "replacement", None)
    if image is not None and hasattr(image, "image_data"):
        width, height, _, _ = engine().replaced_layout(box)
        _add_image(reading, place, image, (width, height, _source(box)))
    background = getattr(box, "background", None)
    for layer in background.layers if background else ():
        if hasattr(layer.image, "image_data"):
            _add_image(reading, place, layer.image, (*layer.size, "a background"))


def _add_image(reading: Reading, place: _Place, image: Any, drawn: tuple[float, float, str]) -> None:
    width, height, address = drawn
    # A picture that is scaled up by a transformation has fewer pixels to the inch
    across, along = _scale(place.matrix)
    inches = (width * across / PX_PER_INCH, height * along / PX_PER_INCH)
    reading.images.append(PlacedImage(place.page, (image.width, image.height), inches, place.slot, address))


def _scale(matrix: Matrix | None) -> tuple[float, float]:
    if not matrix:
        return 1.0, 1.0
    a, b, c, d = matrix.values[:4]
    return float((a * a + b * b) ** 0.5), float((c * c + d * d) ** 0.5)


def _source(box: Any) -> str:
    return (
        str(box.element.get("src") or box.element.get("data") or "a picture")
        if box.element is not None
        else ""
    )


def _content(box: Any) -> Rect:
    left, top = box.content_box_x(), box.content_box_y()
    return Rect(left, top, left + box.width, top + box.height)


def _padding(box: Any) -> Rect:
    left, top = box.padding_box_x(), box.padding_box_y()
    return Rect(left, top, left + box.padding_width(), top + box.padding_height())


def _border(box: Any) -> Rect:
    left, top = box.border_box_x(), box.border_box_y()
    return Rect(left, top, left + box.border_width(), top + box.border_height())

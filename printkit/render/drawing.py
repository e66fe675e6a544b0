"""What stands in the layout where a drawing is: the engine draws plain ones, typst all others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from printkit.raster.svg_drawing import Drawing
from printkit.render.vector import drawn, place

# As far as a form reaches that cuts nothing off
_EVERYWHERE = 100_000
# Sizes at which a drawing's operators are kept; a family shows it at a few
_SIZES = 16
# What the engine sets for each path anew, filled or stroked, and what it hardly ever sets otherwise: no
# transparency, no dashes, butt ends, mitred corners as SVG 1.1 has them (ISO 32000-1, Tables 57 and 58)
_USUAL = (b"/a1.0 gs", b"/A1.0 gs", b"[] 0 d", b"0 J", b"0 j", b"4 M")


@dataclass(frozen=True)
class Operators:
    """What draws a plain drawing at a size: lines of a content stream, and the states that they name."""

    lines: list[Any] = field(repr=False)
    states: dict[str, Any] = field(repr=False)


class PlacedDrawing:
    """Take the place of WeasyPrint's image of an SVG; `native` is WeasyPrint's own."""

    def __init__(self, native: Any, drawing: Drawing) -> None:
        self.native, self.drawing = native, drawing

    def get_intrinsic_size(self, image_resolution: float, font_size: float) -> Any:
        return self.native.get_intrinsic_size(image_resolution, font_size)

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Draw at a size in px, cut to it as browsers do, by whom it is drawn rightly."""
        if not self.drawing.plain:
            self._draw_over(stream, width, height, style)
            return
        # A form of its own, which separation and plates know again in the next layout: two thirds of a layout
        # went into its picture before
        form = _form(stream, width, height, _EVERYWHERE if self._overflows(style) else 0)
        drawn_at = self.drawing.drawn
        if (width, height) not in drawn_at:
            # Not by its image's own method, which logs what fails and goes on
            self.native._svg.draw(form, width, height, self.native._base_url, self.native._context)
            while len(drawn_at) >= _SIZES:
                del drawn_at[next(iter(drawn_at))]
            lines = once_set(form.stream)
            drawn_at[width, height] = Operators(lines, dict(form._resources["ExtGState"]))
        known = drawn_at[width, height]
        form.stream[:] = known.lines
        form._resources["ExtGState"].update(known.states)
        stream.draw_x_object(form.id)

    def _overflows(self, style: Any) -> bool:
        return self.drawing.inline and style["overflow"] == "visible"

    def _draw_over(self, stream: Any, width: float, height: float, style: Any) -> None:
        # Drawings without a size of their own take the one they are shown at
        across, along, _ = self.native.get_intrinsic_size(1, 16)
        intrinsic = (across, along) if across and along else None
        colour = _written(style["color"]) if self.drawing.inline else "#000000"
        svg = self.drawing.file((width, height), intrinsic, colour)
        place(stream, drawn(svg, (width, height)), (width, height))


def once_set(lines: Sequence[bytes]) -> list[bytes]:
    """Return a stream's lines with the usual states set once in front, and not where they are set already.

    A third of what draws a picture is that, and separation, plates and checks read all of it.
    """
    state = {_kind(line): line for line in _USUAL if line in lines}
    written, outer = list(state.values()), []
    for line in lines:
        if line == b"q":
            outer.append(dict(state))
        elif line == b"Q":
            state = outer.pop()
        elif (kind := _kind(line)) in state:
            if state[kind] == line:
                continue
            state[kind] = line
        elif kind == b"gs":
            # Whatever it sets may be any of them
            state = dict.fromkeys(state, b"")
        written.append(line)
    return written


def _kind(line: bytes) -> bytes:
    """Return what a line sets: its operator, or the letter by which the engine names states of alpha."""
    operator = line.rpartition(b" ")[2]
    return line[:2] if operator == b"gs" and line[:2] in (b"/a", b"/A") else operator


def _form(stream: Any, width: float, height: float, beyond: float) -> Any:
    """Return a form of WeasyPrint's stream, which cuts at its edges; no group, as nothing in it is mixed."""
    across, along = width + 2 * beyond, height + 2 * beyond
    form = stream.add_group(-beyond, -beyond, across, along)
    del form.extra["Group"]
    # Plain drawings name no font and no colour space
    del form._resources["Font"], form._resources["ColorSpace"]
    return form


def _written(colour: Any) -> str:
    """Write a colour of the layout as SVG 1.1 has it."""
    red, green, blue = (round(255 * min(max(part, 0), 1)) for part in colour.to("srgb").coordinates)
    return f"rgba({red}, {green}, {blue}, {colour.alpha:g})"


def take_over(images: Any, html: Any) -> None:
    """Let WeasyPrint place drawings by this module, for good: in its modules `images` and `html`."""
    # Workers are copies of a process that loaded the engine, and load it once more.
    if images.SVGImage.__module__ == __name__:
        return
    native = images.SVGImage

    def of_file(tree: Any, address: str, fetcher: Any, context: Any) -> Any:
        own = native(tree, address, fetcher, context)
        return PlacedDrawing(own, fetcher.drawing_at(address)) if _is_ours(fetcher) else own

    def of_page(element: Any, address: str, fetcher: Any, context: Any) -> Any:
        if not _is_ours(fetcher):
            return native(element, address, fetcher, context)
        whole, drawing = fetcher.by_element[element]
        return PlacedDrawing(native(whole, address, fetcher, context), drawing)

    images.SVGImage, html.SVGImage = of_file, of_page


def _is_ours(fetcher: Any) -> bool:
    """Tell whether a layout is printkit's; others in this process draw as WeasyPrint does."""
    return hasattr(fetcher, "drawing_at")

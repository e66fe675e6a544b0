"""What stands in the layout where a drawing is: the engine draws plain ones, typst all others."""

import hashlib
from typing import Any, Protocol

from printkit.raster import Drawing
from printkit.render.vector import MARK, drawn


class Drawings(Protocol):
    """Know the drawings of one piece: by address, by the element that holds an inline one, and as drawn."""

    by_address: dict[str, Drawing]
    by_element: dict[Any, Drawing]
    drawn: dict[str, bytes]


class PlacedDrawing:
    """Take the place of WeasyPrint's image of an SVG; `native` is WeasyPrint's own."""

    def __init__(self, native: Any, drawing: Drawing, drawings: Drawings) -> None:
        self.native, self.drawing, self.drawings = native, drawing, drawings

    def get_intrinsic_size(self, image_resolution: float, font_size: float) -> Any:
        return self.native.get_intrinsic_size(image_resolution, font_size)

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Draw at a size in px, cut to it as browsers do, or leave a form that waits for its drawing."""
        if not self.drawing.plain:
            self._leave_room(stream, width, height, style)
            return
        with stream.stacked():
            if not self._overflows(style):
                stream.rectangle(0, 0, width, height)
                stream.clip()
                stream.end()
            self.native.draw(stream, width, height, style)

    def _overflows(self, style: Any) -> bool:
        return self.drawing.inline and style["overflow"] == "visible"

    def _leave_room(self, stream: Any, width: float, height: float, style: Any) -> None:
        across, along, _ = self.native.get_intrinsic_size(1, 16)
        intrinsic = (across, along) if across and along else None
        colour = _written(style["color"]) if self.drawing.inline else "#000000"
        svg = self.drawing.file((width, height), intrinsic, colour)
        key = hashlib.sha256(svg).hexdigest()
        self.drawings.drawn[key] = drawn(svg, (width, height))
        group = stream.add_group(0, 0, width, height)
        group.extra[MARK] = f"({key})"
        stream.draw_x_object(group.id)


def _written(colour: Any) -> str:
    """Write a colour of the layout as SVG 1.1 has it."""
    red, green, blue = (round(255 * min(max(part, 0), 1)) for part in colour.to("srgb").coordinates)
    return f"rgba({red}, {green}, {blue}, {colour.alpha:g})"


def take_over(images: Any, html: Any) -> None:
    """Let WeasyPrint place drawings by this module, for good: in its modules `images` and `html`."""
    native = images.SVGImage

    def of_file(tree: Any, address: str, fetcher: Any, context: Any) -> PlacedDrawing:
        return PlacedDrawing(native(tree, address, fetcher, context), fetcher.by_address[address], fetcher)

    def of_page(element: Any, address: str, fetcher: Any, context: Any) -> PlacedDrawing:
        return PlacedDrawing(native(element, address, fetcher, context), fetcher.by_element[element], fetcher)

    images.SVGImage, html.SVGImage = of_file, of_page

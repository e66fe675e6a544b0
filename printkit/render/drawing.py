"""What stands in the layout where a drawing is: the engine draws plain ones, typst all others."""

from typing import Any

from printkit.raster.svg_drawing import Drawing
from printkit.render.vector import drawn, place


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
        with stream.stacked():
            if not self._overflows(style):
                stream.rectangle(0, 0, width, height)
                stream.clip()
                stream.end()
            self.native.draw(stream, width, height, style)

    def _overflows(self, style: Any) -> bool:
        return self.drawing.inline and style["overflow"] == "visible"

    def _draw_over(self, stream: Any, width: float, height: float, style: Any) -> None:
        across, along, _ = self.native.get_intrinsic_size(1, 16)
        intrinsic = (across, along) if across and along else None
        colour = _written(style["color"]) if self.drawing.inline else "#000000"
        svg = self.drawing.file((width, height), intrinsic, colour)
        place(stream, drawn(svg, (width, height)), (width, height))


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
        own = native(element, address, fetcher, context)
        return PlacedDrawing(own, fetcher.by_element[element]) if _is_ours(fetcher) else own

    images.SVGImage, html.SVGImage = of_file, of_page


def _is_ours(fetcher: Any) -> bool:
    """Tell whether a layout is printkit's; others in this process draw as WeasyPrint does."""
    return hasattr(fetcher, "drawing_at")

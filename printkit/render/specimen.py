"""A word across a piece that shows samples: outlines, not text, so it is no piece's content."""

from math import atan2, cos, degrees, sin

from fontTools.pens.svgPathPen import SVGPathPen

from printkit.render.fonts import Face, Faces
from printkit.template import Artwork
from printkit.typeface import capital_height

# Part of the visible page that the word takes.
SHARE = 0.92
OPACITY = 0.5
# Only the edge of its letters is drawn, in parts of their height: what stands beneath is read.
EDGE = 0.03


def overlay(artwork: Artwork, faces: Faces) -> str:
    """Return HTML that lies over every page."""
    width, height = (side + 2 * artwork.bleed_mm for side in artwork.format.trim_mm)
    heaviest = max(faces, key=lambda face: face.weight, default=None)
    paths, long, high = _outlines(heaviest, artwork.specimen) if heaviest else ("", 1.0, 1.0)
    seen = artwork.format.visible.moved(artwork.bleed_mm, artwork.bleed_mm)
    scale, angle = _placed(seen.width, seen.height, (long, high))
    # In the middle of what is seen: a roll-up hides its foot in the cassette
    x, y = (seen.x0 + seen.x1) / 2, height - (seen.y0 + seen.y1) / 2
    move = f"translate({x:.3f} {y:.3f}) rotate({-degrees(angle):.3f}) scale({scale:.6f} {-scale:.6f})"
    shadow = _layer(paths, (long, high), ("#fff", high / 40))
    word = _layer(paths, (long, high), ("#000", 0))
    size = f'width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}"'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><g transform="{move}">{shadow}{word}</g></svg>'
    return f'<div class="printkit-specimen">{drawing}</div>'


def _layer(paths: str, size: tuple[float, float], ink: tuple[str, float]) -> str:
    """Return the word around the origin; white behind black is seen on dark and on light."""
    color, lift = ink
    centre = f"translate({lift - size[0] / 2:.1f} {lift - size[1] / 2:.1f})"
    line = f'stroke="{color}" stroke-opacity="{OPACITY}" stroke-width="{size[1] * EDGE:.1f}"'
    return f'<g transform="{centre}" fill="none" {line}>{paths}</g>'


def _placed(width: float, height: float, word: tuple[float, float]) -> tuple[float, float]:
    """Return scale and angle of a word that stands along the diagonal, inside a page."""
    long, high = word
    angle = atan2(height, width)
    across, along = long * cos(angle) + high * sin(angle), long * sin(angle) + high * cos(angle)
    return SHARE * min(width / across, height / along), angle


def _outlines(face: Face, word: str) -> tuple[str, float, float]:
    """Return the word's paths, its length and the height of its capitals in units of the font."""
    glyphs, at, paths = face.font.getGlyphSet(), 0.0, []
    for character in word:
        # In a script that the font lacks it shows boxes, which still say that something stands there
        name = face.cmap.get(ord(character), ".notdef")
        pen = SVGPathPen(glyphs)
        glyphs[name].draw(pen)
        paths.append(f'<path transform="translate({at:.1f} 0)" d="{pen.getCommands()}"/>')
        at += glyphs[name].width
    return "".join(paths), at, capital_height(face.font)

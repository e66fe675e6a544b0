"""Type on the grid: a design's sizes as variables, where a line's capitals stand, and the optical left edge.

An element of the class `type-<style>` is set in that style; a line in it that names its first letter in
`data-first` moves out by that letter's side bearing, so that its ink begins at the margin.
"""

import re
from collections.abc import Iterator

from printkit.profiles import TypeStyle
from printkit.render.fonts import Face, Faces
from printkit.template import Artwork

_FIRST = re.compile(r'data-first="([^"])"')
_FROM_THE_RIGHT = re.compile(r'<html\b[^>]*\bdir="rtl"')


def type_variables(artwork: Artwork, faces: Faces) -> Iterator[tuple[str, str]]:
    """Yield the variables of each style of type, in points and ems.

    Where the style sheets declare its font, `above` is how far the capitals of a first line stand under the
    line's upper edge, `rise` how far its base does, `below` what is left under the base, all in ems.
    """
    design, page = artwork.design, artwork.format
    for name, style in design.type.items():
        size = design.size(name, page.id)
        if size is None:
            continue
        yield f"size-{name}", f"{size:g}pt"
        yield f"leading-{name}", f"{style.leading:g}"
        yield f"tracking-{name}", f"{style.tracking:g}em"
        face = _face_of(artwork, style, faces)
        if face is not None:
            ascent, descent, capitals = face.heights
            # Half the leading above, half below the font's own height, as CSS sets lines (CSS 2.1, 10.8.1)
            rise = (style.leading - ascent - descent) / 2 + ascent
            yield f"rise-{name}", f"{rise:g}em"
            yield f"above-{name}", f"{rise - capitals:g}em"
            yield f"below-{name}", f"{style.leading - rise:g}em"


def hanging_sheet(artwork: Artwork, faces: Faces) -> str:
    """Return the rules that hang the first letters which a page names.

    From right to left none hangs: a first letter's shape depends on the next there, and a Latin name in such
    a page begins at its far end.
    """
    if _FROM_THE_RIGHT.search(artwork.html):
        return ""
    letters = sorted(set(_FIRST.findall(artwork.html)))
    found = [(name, _face_of(artwork, style, faces)) for name, style in artwork.design.type.items()]
    return "".join(
        f'.type-{name} [data-first="{letter}"] {{ margin-inline-start: {-bearing:g}em }}\n'
        for name, face in found
        if face is not None
        for letter in letters
        if (bearing := face.bearing(letter)) is not None and letter != "\\"
    )


def _face_of(artwork: Artwork, style: TypeStyle, faces: Faces) -> Face | None:
    """Return the face of a style: a font file, or the brand's for head, text or strong."""
    brand = artwork.fonts.get(style.font)
    file = next(iter(brand.values())) if brand else style.font
    return next((face for face in faces if face.file == file), None)

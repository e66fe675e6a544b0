"""A piece that breaks no rule, made of plain values, to be broken in one place."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from printkit.profiles import Profiles, load_profiles
from printkit.qr.symbol import make_symbol
from printkit.review.page import Box, CodeBox, Line, Page, Reviewed, Shape
from printkit.workspace import Workspace

DARK, LIGHT, GROUND = (15, 66, 82), (244, 194, 71), (255, 255, 255)
SKIN = (105, 64, 48)
# Pixels a mm of the sample's picture
PPMM = 1.0


def load() -> Profiles:
    return load_profiles(Workspace(Path(__file__).parents[2]))


def line(text: str, size_pt: float, left: float, base: float, **more: Any) -> Line:
    """Return a line whose letters are half as wide as high, with the heights that type usually has."""
    em = size_pt * 25.4 / 72
    ink = Box(left, base - 0.72 * em, left + 0.5 * em * len(text), base + 0.2 * em)
    made = Line(text, "Face", size_pt, ink, base, DARK, cap_mm=0.7 * em, x_mm=0.5 * em)
    return replace(made, **more)


def code(module: float = 2.0) -> CodeBox:
    """Return a code that the A3's act row takes."""
    symbol = make_symbol("https://a.no/1", "M", (1, 10))
    side = 8 * (symbol.modules + 8)
    picture = Image.new("L", (side, side), 255)
    draw = ImageDraw.Draw(picture)
    for y, row in enumerate(symbol.matrix):
        for x, dark in enumerate(row):
            if dark:
                draw.rectangle([8 * (x + 4), 8 * (y + 4), 8 * (x + 4) + 7, 8 * (y + 4) + 7], fill=0)
    return CodeBox("qr", Box(219, 342, 279, 402), module, picture)


def front() -> Page:
    """Return the front of an A3: headline, place, act row with code and mark, the sun, a ground field."""
    lines = (
        line("Kom du", 141, 18, 52.8),
        line("trenger", 141, 18, 97),
        line("Meld deg i", 23, 18, 280),
        line("Svelvik", 57, 18, 320),
        line("Innen oktober", 57, 18, 356.07),
        line("kommune.no/narutvalg", 23, 18, 375),
        line("ABC-1234", 8, 219, 408),
    )
    shapes = (
        Shape(Box(0, 0, 297, 270), LIGHT, 0),
        Shape(Box(200, 130, 257.9, 187.9), (255, 255, 255), 1),
        Shape(Box(18, 391.9, 60, 402), DARK, 2),
    )
    bare = Image.new("RGB", (297, 420), LIGHT)
    ImageDraw.Draw(bare).rectangle([0, 270, 297, 420], fill=GROUND)
    ImageDraw.Draw(bare).ellipse([200, 130, 257, 187], fill=GROUND)
    return Page(1, lines, shapes, (code(),), bare, PPMM, shown(bare, lines))


def shown(bare: Image.Image, lines: Iterable[Line], colour: tuple[int, int, int] = DARK) -> Image.Image:
    """Return the picture with each line as a bar as high as its small letters."""
    picture = bare.copy()
    for one in lines:
        top = one.base - (one.x_mm or 0)
        ImageDraw.Draw(picture).rectangle([one.ink.left, top, one.ink.right, one.base], fill=colour)
    return picture


def piece(profiles: Profiles, page: Page | None = None, format: str = "poster-a3", **more: Any) -> Reviewed:
    """Return the sample, or one with another front."""
    made = Reviewed(
        "nu03",
        profiles.formats[format],
        "nb",
        "own",
        profiles.design,
        (page or front(),),
        skins={SKIN: SKIN},
        before_hour="kl.",
    )
    return replace(made, **more)

"""Font files: damage, rights, and other outlines, made with fontTools and read with Pillow's FreeType."""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.sfnt import calcChecksum
from fontTools.ttLib.tables._g_l_y_f import Glyph
from PIL import Image, ImageDraw, ImageFont

from printkit.finish.font import id_font
from printkit.typeface import TypefaceProblem, as_truetype, capital_height, check_typeface

FONTS = Path(__file__).parents[1] / "assets" / "fonts"
SANS = (FONTS / "SourceSans3-Regular.ttf").read_bytes()


def changed(change: Callable[[Any], object], flavor: str | None = None, content: bytes = SANS) -> bytes:
    """Write the font anew, with checksums that fit, after a change."""
    font: Any = TTFont(io.BytesIO(content), recalcTimestamp=False)
    change(font)
    font.flavor = flavor
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def table(name: bytes, content: bytes = SANS) -> tuple[int, int]:
    """Return where a table's bytes begin and end."""
    at = content.index(name, 12)
    start = int.from_bytes(content[at + 8 : at + 12])
    return start, start + int.from_bytes(content[at + 12 : at + 16])


def zeroed(name: bytes) -> bytes:
    start, end = table(name)
    return SANS[:start] + bytes(end - start) + SANS[end:]


def postscript(advance: int = 600) -> bytes:
    """Build a font with outlines of three points a curve: each sign is a disc of its own height."""
    signs = "ABCDEFGHKMX0123456789-aeon"
    builder = FontBuilder(1000, isTTF=False)
    names = [".notdef", *(f"s{ord(sign)}" for sign in signs)]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(sign): f"s{ord(sign)}" for sign in signs})
    drawn = {}
    for number, name in enumerate(names):
        pen, top = T2CharStringPen(advance, None), 500 + 10 * number
        pen.moveTo((100, 0))
        pen.curveTo((500, 0), (500, top), (100, top))
        pen.closePath()
        drawn[name] = pen.getCharString()
    builder.setupCFF("Disc", {}, drawn, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (advance, 100)))
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupNameTable({"familyName": "Disc", "styleName": "Regular", "psName": "Disc"})
    builder.setupOS2(sCapHeight=700, fsType=0)
    builder.setupPost()
    target = io.BytesIO()
    builder.save(target)
    return target.getvalue()


def test_the_workspaces_fonts_are_whole_in_every_package() -> None:
    for file in FONTS.glob("*.ttf"):
        check_typeface(file.read_bytes())
    for flavor in ("woff", "woff2"):
        check_typeface(changed(lambda _: None, flavor))
    check_typeface(postscript())


@pytest.mark.parametrize("name", [b"glyf", b"loca", b"hmtx", b"hhea", b"maxp", b"cmap", b"head"])
def test_a_table_of_zeros_is_damage(name: bytes) -> None:
    with pytest.raises(TypefaceProblem, match="the font is damaged: .*; get it again"):
        check_typeface(zeroed(name))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.9])
def test_one_changed_byte_is_damage(share: float) -> None:
    start, end = table(b"glyf")
    at = start + int((end - start - 1) * share)
    with pytest.raises(TypefaceProblem, match="table glyf is not what its checksum says"):
        check_typeface(SANS[:at] + bytes([SANS[at] ^ 255]) + SANS[at + 1 :])


@pytest.mark.parametrize("length", [0, 3, 100, 5000])
def test_a_font_that_is_cut_off_is_damaged(length: int) -> None:
    with pytest.raises(TypefaceProblem, match="damaged"):
        check_typeface(SANS[:length])


def test_a_table_whose_name_is_none_is_damage() -> None:
    with pytest.raises(TypefaceProblem, match="it has a table without a name"):
        check_typeface(SANS.replace(b"gasp", b"gas\x84", 1))


def test_names_that_lie_outside_their_table_are_damage() -> None:
    start, end = table(b"name")
    at = start + 6 + 8
    names = SANS[start:at] + b"\xff\xff" + SANS[at + 2 : end]
    entry = SANS.index(b"name", 12) + 4
    total = calcChecksum(names).to_bytes(4)
    changed_font = SANS[:entry] + total + SANS[entry + 4 : start] + names + SANS[end:]
    with pytest.raises(TypefaceProblem, match="table name does not lead to its words"):
        check_typeface(changed_font)


def test_nothing_of_the_library_is_heard() -> None:
    speak = "import logging, printkit.typeface; logging.getLogger('fontTools.ttLib').warning('odd')"
    assert subprocess.run([sys.executable, "-c", speak], capture_output=True, check=True).stderr == b""


def _no_widths(font: Any) -> None:
    for name, (_, bearing) in font["hmtx"].metrics.items():
        font["hmtx"].metrics[name] = (0, bearing)


def _narrow(font: Any) -> None:
    for name, (width, bearing) in font["hmtx"].metrics.items():
        font["hmtx"].metrics[name] = (width // 8, bearing)


def _no_heights(font: Any) -> None:
    font["hhea"].ascent = font["hhea"].descent = 0


def _no_shape(font: Any) -> None:
    font["glyf"]["n"].numberOfContours = 0
    font["glyf"]["n"].__dict__.pop("data", None)


def test_points_that_end_early_under_right_checksums_are_damage() -> None:
    def cut(font: Any) -> None:
        font.recalcBBoxes = False
        glyphs = font["glyf"].glyphs
        glyphs["n"] = Glyph(glyphs["n"].compile(font["glyf"])[:16])

    with pytest.raises(TypefaceProblem, match="the font is damaged"):
        check_typeface(changed(cut))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_no_widths, "the letter A has no width"),
        (_narrow, "far wider than the room"),
        (_no_heights, "the heights in table hhea"),
        (_no_shape, "the letter n has no shape"),
    ],
)
def test_damage_under_right_checksums_is_found(change: Callable[[Any], object], words: str) -> None:
    for flavor in (None, "woff2"):
        with pytest.raises(TypefaceProblem, match=words):
            check_typeface(changed(change, flavor))


@pytest.mark.parametrize(
    ("rights", "free"),
    [
        (0x0000, True),
        (0x0002, False),
        (0x0004, True),
        (0x0008, True),
        (0x0006, True),
        (0x0202, False),
        (0x0200, False),
    ],
)
def test_what_the_maker_forbids_is_refused(rights: int, free: bool) -> None:
    content = changed(lambda font: setattr(font["OS/2"], "fsType", rights))
    if free:
        check_typeface(content)
    else:
        with pytest.raises(TypefaceProblem, match="does not let it be embedded"):
            check_typeface(content)


def shown(content: bytes, text: str) -> Image.Image:
    image = Image.new("L", (400, 120))
    ImageDraw.Draw(image).text((5, 5), text, 255, ImageFont.truetype(io.BytesIO(content), 80))
    return image


def test_other_outlines_become_truetype_and_look_the_same() -> None:
    truetype = as_truetype(postscript())
    check_typeface(truetype)
    assert "glyf" in TTFont(io.BytesIO(truetype))
    before, after = (shown(content, "ABX-9") for content in (postscript(), truetype))
    assert before.getbbox() == after.getbbox()
    # Each kind of outline is fitted to the pixels in its own way, along edges.
    assert sum(abs(a - b) > 100 for a, b in zip(before.tobytes(), after.tobytes(), strict=True)) < 100
    assert sum(before.tobytes()) / sum(after.tobytes()) == pytest.approx(1, abs=0.02)


def test_a_packed_font_is_unpacked_and_a_plain_one_left_alone() -> None:
    assert as_truetype(SANS) is SANS
    packed = changed(lambda _: None, "woff2")
    assert packed[:4] == b"wOF2"
    assert shown(as_truetype(packed), "Agø").tobytes() == shown(SANS, "Agø").tobytes()


def of_an_older_kind(font: Any) -> None:
    """Leave what a font of 1998 says: its table OS/2 ends before the height of capitals."""
    font["OS/2"].version = 1


def of_apple(font: Any) -> None:
    del font["OS/2"], font["name"]


@pytest.mark.parametrize("change", [of_an_older_kind, of_apple])
def test_capitals_are_as_high_as_they_are_drawn_where_a_font_does_not_say_it(
    change: Callable[[Any], object],
) -> None:
    content = changed(change)
    check_typeface(content)
    assert capital_height(TTFont(io.BytesIO(SANS))) == 660
    assert capital_height(TTFont(io.BytesIO(content))) == 656


@pytest.mark.parametrize("change", [of_an_older_kind, of_apple])
def test_print_ids_can_be_set_in_fonts_of_every_age(change: Callable[[Any], object]) -> None:
    old, new = id_font(changed(change)), id_font(SANS)
    assert (old.widths, old.bounds) == (new.widths, new.bounds)
    assert (old.capitals, new.capitals) == (656, 660)
    assert old.name.partition("+")[2] in ("SourceSans3-Regular", "PrintIds")

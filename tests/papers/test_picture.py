"""Pictures show the trimmed page, all of it and nothing else, and say DRAFT where they must."""

import re
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from pikepdf import Pdf
from PIL import Image

from printkit.papers.parts import Stamp
from printkit.papers.picture import as_jpeg, as_png, page_pictures, thumbnail
from printkit.units import Rect

BLEED = 10.0
TRIM = Rect(BLEED, BLEED, BLEED + 200, BLEED + 300)
RED, WHITE = (255, 0, 0), (255, 255, 255)


def page() -> bytes:
    """Return a white page of 200 x 300 points with a red bleed round it."""
    with Pdf.new() as pdf:
        sheet = pdf.add_blank_page(page_size=(220, 320))
        sheet.Contents = pdf.make_stream(b"1 0 0 rg 0 0 220 320 re f 1 g 10 10 200 300 re f")
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def picture(stamp: Stamp | None = None) -> Image.Image:
    return Image.open(BytesIO(page_pictures(page(), TRIM, stamp)[0].png))


@pytest.mark.parametrize("edge", ["left", "top", "right", "bottom"])
def test_no_bleed_shows_at_any_edge(edge: str) -> None:
    image = picture()
    width, height = image.size
    x, y = {
        "left": (2, height // 2),
        "right": (width - 3, height // 2),
        "top": (width // 2, 2),
        "bottom": (width // 2, height - 3),
    }[edge]
    assert image.getpixel((x, y)) == WHITE


def test_the_longest_side_has_1600_pixels_and_the_shape_stays() -> None:
    width, height = picture().size
    assert abs(height - 1600) <= 2
    assert width / height == pytest.approx(200 / 300, abs=0.002)


def test_the_small_picture_is_the_large_one_made_smaller() -> None:
    (made,) = page_pictures(page(), TRIM, None)
    small = Image.open(BytesIO(made.thumbnail))
    assert (small.format, small.size) == ("JPEG", (round(520 * 2 / 3), 520))
    assert thumbnail(made.png) == made.thumbnail


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (9, 1), (37, 531)])
@pytest.mark.parametrize("kind", ["smooth", "flat", "grey"])
def test_a_reader_sees_the_same_in_the_png_as_was_drawn(size: tuple[int, int], kind: str) -> None:
    drawn = Image.linear_gradient("L").resize(size) if kind != "flat" else Image.new("RGB", size, WHITE)
    drawn = drawn if kind == "grey" else drawn.convert("RGB")
    drawn.paste(RED if drawn.mode == "RGB" else 90, (5, 7, 20, 9))
    read = Image.open(BytesIO(as_png(drawn)))
    assert (read.format, read.mode, read.size) == ("PNG", "RGB", size)
    assert read.tobytes() == drawn.convert("RGB").tobytes()


@pytest.mark.parametrize(("filter", "smooth"), [(0, False), (1, True)])
def test_rows_are_packed_after_the_filter_that_suits_them(filter: int, smooth: bool) -> None:
    # Dots of a few colours: what they differ from the left by is of more kinds than they are.
    flat = Image.fromarray(np.random.default_rng(1).integers(0, 8, (512, 512)).astype(np.uint8) * 31)
    drawn = Image.radial_gradient("L").resize((512, 512)) if smooth else flat
    png = as_png(drawn)
    (data,) = re.findall(rb"IDAT(.*)....\0\0\0\0IEND", png, re.DOTALL)
    rows = zlib.decompress(data)
    assert {rows[at] for at in range(0, len(rows), 1 + 512 * 3)} == {filter}


def test_the_jpeg_is_that_of_the_png() -> None:
    (made,) = page_pictures(page(), TRIM, None)
    assert as_jpeg(Image.open(BytesIO(made.png))) == made.jpeg


def test_draft_stands_across_and_inside(repository: Path) -> None:
    font = (repository / "assets/fonts/SourceSans3-SemiBold.ttf").read_bytes()
    image = picture(Stamp("UTKAST", font)).convert("L").point(lambda value: 255 * (value < 250))
    box = image.getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert min(left, top, image.width - right, image.height - bottom) > 10
    assert right - left > image.width / 2


@pytest.mark.parametrize("paper", [b"1 1 1", b"0.78 0.12 0.12", b"0.06 0.26 0.32", b"0 0 0"])
def test_draft_is_seen_on_every_colour(repository: Path, paper: bytes) -> None:
    font = (repository / "assets/fonts/SourceSans3-SemiBold.ttf").read_bytes()
    with Pdf.new() as pdf:
        sheet = pdf.add_blank_page(page_size=(220, 320))
        sheet.Contents = pdf.make_stream(paper + b" rg 0 0 220 320 re f")
        out = BytesIO()
        pdf.save(out)
    shown = Image.open(BytesIO(page_pictures(out.getvalue(), TRIM, Stamp("UTKAST", font))[0].png))
    grey = np.asarray(shown.convert("L"), np.int16)
    assert grey.max() - grey.min() > 80


def test_equal_pages_give_equal_bytes() -> None:
    assert page_pictures(page(), TRIM, None) == page_pictures(page(), TRIM, None)

"""Reading: text, place, direction, mirror."""

import pytest
import zxingcpp
from PIL import Image, ImageOps

from printkit.qr.reading import read, sample
from printkit.qr.symbol import make_symbol
from tests.qr.test_symbol import raster

URL = "https://example.no/nu03"


def test_a_plain_code_is_upright_and_its_corners_are_in_pixels() -> None:
    (reading,) = read(raster(make_symbol(URL, "M", (6, 6)).matrix))
    assert reading.upright
    assert reading.corners == ((24, 24), (270, 24), (270, 270), (24, 270))


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_code_is_not_upright_and_not_mirrored(turns: int) -> None:
    (reading,) = read(raster(make_symbol(URL, "M", (6, 6)).matrix).rotate(-90 * turns))
    assert (reading.text, reading.turned, reading.mirrored) == (URL, 90 * turns, False)


@pytest.mark.parametrize("level", "LMQH")
@pytest.mark.parametrize("mask", range(8))
def test_a_mirrored_code_is_told_from_a_turned_one(level: str, mask: int) -> None:
    image = raster(make_symbol(URL, level, (6, 6), mask).matrix, 3)
    assert not read(image)[0].mirrored
    assert all(read(mirror(image))[0].mirrored for mirror in (ImageOps.mirror, ImageOps.flip))


def test_the_sampled_modules_are_the_symbols() -> None:
    symbol = make_symbol(URL, "Q", (6, 10))
    image = raster(symbol.matrix)
    assert sample(image, read(image)[0].corners, symbol.modules) == symbol.matrix


def test_several_codes_come_from_top_to_bottom_and_light_on_dark_is_not_read() -> None:
    image = raster(make_symbol(URL, "M", (6, 6)).matrix)
    other = raster(make_symbol("https://b.no", "M", (6, 6)).matrix)
    both = Image.new("L", (image.width, 2 * image.height), 255)
    both.paste(other, (0, 0))
    both.paste(image, (0, image.height))
    assert [reading.text for reading in read(both)] == ["https://b.no", URL]
    assert read(ImageOps.invert(image)) == []


@pytest.mark.parametrize("kind", ["MicroQRCode", "RMQRCode"])
def test_codes_of_other_shapes_are_passed_over(kind: str) -> None:
    (formats,) = zxingcpp.barcode_formats_from_str(kind)
    symbol = Image.fromarray(zxingcpp.create_barcode("12345", formats).to_image(scale=6))
    image = Image.new("L", (600, 400), 255)
    image.paste(symbol, (10, 10))
    assert read(image) == []
    image.paste(raster(make_symbol(URL, "M", (6, 6)).matrix), (300, 60))
    assert [reading.text for reading in read(image)] == [URL]

"""The second reader reads what the first one reads, byte for byte."""

import subprocess
import sys

import pytest
from PIL import Image, ImageOps

from printkit.qr.reading import read
from printkit.qr.symbol import make_symbol
from printkit.qr.zbar import read_again, second_reader_version
from tests.qr.test_symbol import raster

LETTERS = ("https://example.no/nu03", "https://example.no/nærutvalg-Strømsø", "ø", "Grünerløkka – 日本")


def test_zbar_is_installed_where_the_tests_run() -> None:
    assert second_reader_version() is not None


@pytest.mark.parametrize("text", LETTERS)
def test_two_readers_agree_to_the_byte(text: str) -> None:
    image = raster(make_symbol(text, "M", (6, 6)).matrix)
    (reading,) = read(image)
    assert (reading.text, reading.content) == (text, text.encode())
    assert read_again(image) == [text.encode()]


def test_several_codes_are_read_and_an_empty_picture_gives_nothing() -> None:
    one, other = (raster(make_symbol(text, "M", (6, 6)).matrix) for text in LETTERS[:2])
    both = Image.new("RGB", (2 * one.width, one.height), "white")
    both.paste(one, (0, 0))
    both.paste(other, (one.width, 0))
    assert sorted(read_again(both)) == sorted(text.encode() for text in LETTERS[:2])
    assert read_again(Image.new("L", (40, 40), 255)) == []


def test_a_picture_of_any_width_is_passed_row_by_row() -> None:
    image = ImageOps.expand(raster(make_symbol(LETTERS[0], "M", (6, 6)).matrix), (1, 0, 2, 5), 255)
    assert read_again(image) == [LETTERS[0].encode()]


def test_places_and_addresses_load_no_engine() -> None:
    engines = "'numpy', 'zxingcpp', 'qrcode', 'PIL'"
    code = f"import sys, printkit.qr; print([name for name in ({engines}) if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"

"""What an image is taken for, and which images are taken for one: bands, masks, edges of the rules."""

import zlib
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import Image

from printkit.separate.images import ImagePress, ImageRules, convert_image
from tests.separate.test_images import FJORD, N, embed, photo, press, to


def differing(pdf: pikepdf.Pdf, key: str) -> list[pikepdf.Object]:
    """Return two images whose pixels are packed alike, and that look otherwise by one entry."""
    grey = pdf.make_indirect(embed(pdf, Image.new("L", (96, 64), 90)))
    entries: dict[str, tuple[Any, ...]] = {
        "/Decode": (pikepdf.Array([0, 1] * 3), pikepdf.Array([1, 0] * 3)),
        "/SMask": (grey, pdf.make_indirect(embed(pdf, Image.new("L", (96, 64), 200)))),
        "/Mask": (pikepdf.Array([0, 9] * 3), pikepdf.Array([0, 200] * 3)),
        "/DecodeParms": tuple(
            pikepdf.Dictionary(Predictor=kind, Colors=3, BitsPerComponent=8, Columns=96) for kind in (1, 2)
        ),
    }
    found = []
    for entry in entries[key]:
        image = embed(pdf, photo())
        image.write(zlib.compress(photo().tobytes()), filter=N.FlateDecode)
        image[key] = entry
        found.append(image)
    return found


@pytest.mark.parametrize("key", ["/Decode", "/SMask", "/Mask", "/DecodeParms"])
def test_images_that_differ_in_one_entry_are_not_taken_for_one(key: str) -> None:
    with pikepdf.new() as pdf:
        press_of_both = to()
        for image in differing(pdf, key):
            convert_image(pdf, image, press_of_both, 300)
    assert len(press_of_both.cache) == 2


def test_an_image_is_converted_for_each_size_and_each_presss_rules() -> None:
    with pikepdf.new() as pdf:
        image, usual = embed(pdf, photo()), to()
        other = ImagePress(press(), ImageRules(450, 300, 60), usual.cache)
        for one, ppi in ((usual, 300), (usual, 600), (usual, 900), (other, 300), (other, 310)):
            convert_image(pdf, image, one, ppi)
    assert len(usual.cache) == 4


def cornered(ground: tuple[int, int, int], size: tuple[int, int] = (48, 32)) -> Image.Image:
    """Return a ground in one colour with a photograph in its upper left corner."""
    picture = Image.new("RGB", (96, 64), ground)
    picture.paste(photo(size), (0, 0))
    return picture


def test_red_and_green_alike_are_no_grey_while_blue_is_another() -> None:
    grey = np.asarray(photo())[..., 0]
    with pikepdf.new() as pdf:
        yellowish = Image.fromarray(np.stack([grey, grey, grey // 2], axis=2))
        assert convert_image(pdf, embed(pdf, yellowish), to(), 300).ColorSpace == N.DeviceCMYK


def test_a_mask_of_another_size_does_not_tell_what_is_seen() -> None:
    with pikepdf.new() as pdf:
        image = embed(pdf, cornered((200, 40, 60)), SMask=embed(pdf, Image.new("L", (48, 32), 128)))
        assert convert_image(pdf, image, to(), 300).Filter == N.FlateDecode


def test_a_mask_of_another_size_is_made_smaller_with_its_image() -> None:
    with pikepdf.new() as pdf:
        image = embed(pdf, photo(), SMask=embed(pdf, Image.new("L", (48, 32), 128)))
        made = convert_image(pdf, image, to(), 900)
        assert (int(made.Width), int(made.SMask.Width)) == (32, 16)


def test_each_band_has_its_own_part_of_the_mask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printkit.separate.images._BAND", 96 * 7)
    mask = Image.new("L", (96, 64), 255)
    mask.paste(0, (0, 0, 96, 40))
    picture = Image.new("RGB", (96, 64))
    picture.paste(photo((96, 24)), (0, 40))
    with pikepdf.new() as pdf:
        made = convert_image(pdf, embed(pdf, picture, SMask=embed(pdf, mask)), to(), 300)
        assert made.Filter == N.DCTDecode


def test_colours_of_all_bands_together_tell_a_photograph(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printkit.separate.images._BAND", 96 * 4)
    monkeypatch.setattr("printkit.separate.images._MANY_COLOURS", 200)
    with pikepdf.new() as pdf:
        image = embed(pdf, cornered((200, 40, 60), (30, 64)))
        assert convert_image(pdf, image, to(), 300).Filter == N.DCTDecode


def test_a_brand_colour_that_nobody_sees_is_no_ground() -> None:
    mask = Image.new("L", (96, 64), 255)
    mask.paste(0, (48, 0, 96, 64))
    with pikepdf.new() as pdf:
        image = embed(pdf, cornered(FJORD, (48, 64)), SMask=embed(pdf, mask))
        assert convert_image(pdf, image, to(), 300).Filter == N.DCTDecode


def test_flat_art_in_grey_has_the_greys_of_line_work() -> None:
    with pikepdf.new() as pdf:
        made = convert_image(pdf, embed(pdf, Image.new("L", (96, 64), 40)), to(), 300)
        black = press().solids([(40, 40, 40)])[0][3]
        assert made.read_bytes()[0] == round(255 * (1 - black))
        assert press().grey_pixels(Image.new("L", (1, 1), 40)).getpixel((0, 0)) != made.read_bytes()[0]


def test_flat_art_keeps_the_ink_limit_to_the_last_step_of_eight_bits() -> None:
    art = Image.new("RGB", (64, 64))
    for number in range(27):
        art.paste((number % 3, number // 3 % 3, number // 9), (2 * number, 0, 2 * number + 2, 64))
    with pikepdf.new() as pdf:
        made = convert_image(pdf, embed(pdf, art), to(240), 300)
        inks = np.frombuffer(made.read_bytes(), np.uint8).reshape(-1, 4)
    assert inks.sum(axis=1, dtype=int).max() <= 240 * 2.55


def test_a_line_of_pixels_stays_one_when_it_comes_down() -> None:
    with pikepdf.new() as pdf:
        made = convert_image(pdf, embed(pdf, photo((1, 96))), to(), 900)
        assert (int(made.Width), int(made.Height)) == (1, 32)


def test_where_no_jpeg_keeps_the_limit_pixels_are_kept_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printkit.separate.images._ATTEMPTS", 0)
    with pikepdf.new() as pdf:
        assert convert_image(pdf, embed(pdf, photo()), to(), 300).Filter == N.FlateDecode

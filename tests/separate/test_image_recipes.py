"""Brand colours in pictures: a cut-out's ground prints as the ground of its page."""

from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import Image

from printkit.separate.images import convert_image
from tests.separate.test_images import FJORD, RECIPE, Inks, N, embed, jpeg, photo, to


def cut_out(share: float = 0.5) -> Image.Image:
    """Make a photograph whose left part is exactly the brand colour, with a soft edge between."""
    image = photo((96, 64))
    edge = round(96 * share)
    image.paste(FJORD, (0, 0, edge, 64))
    middle = Image.blend(image.crop((edge, 0, edge + 1, 64)), Image.new("RGB", (1, 64), FJORD), 0.5)
    image.paste(middle, (edge, 0))
    return image


def made(image: Image.Image, **entries: Any) -> tuple[pikepdf.Object, Inks]:
    with pikepdf.new() as pdf:
        new = convert_image(pdf, embed(pdf, image, **entries), to(), 300)
        width, height = image.size
        raw = np.frombuffer(new.read_bytes(pikepdf.StreamDecodeLevel.all), np.uint8)
        return new, raw.reshape(height, width, 4).astype(int)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_out_on_a_brand_ground_has_the_grounds_recipe(share: float) -> None:
    _, inks = made(cut_out(share))
    edge = round(96 * share)
    wanted = [round(ink * 255) for ink in RECIPE]
    assert (inks[:, :edge] == wanted).all()
    assert [tuple(inks[row, 0]) for row in (0, 63)] == [tuple(wanted)] * 2
    assert (inks[:, edge + 1 :] != wanted).any()


def test_what_is_near_a_brand_colour_prints_near_its_recipe() -> None:
    steps = Image.new("RGB", (64, 64), FJORD)
    noise = np.random.default_rng(3).integers(0, 256, (64, 32, 3)).astype(np.uint8)
    steps.paste(Image.fromarray(noise), (32, 0))
    for level in range(24):
        steps.paste((FJORD[0] + level, FJORD[1] + level, FJORD[2] + level), (level, 0, level + 1, 8))
    _, inks = made(steps)
    jumps = np.abs(np.diff(inks[0, :24], axis=0)).max()
    assert jumps <= 12


def test_a_photograph_with_hardly_any_brand_colour_stays_a_jpeg() -> None:
    image = photo((96, 64))
    image.putpixel((3, 3), FJORD)
    with pikepdf.new() as pdf:
        assert convert_image(pdf, embed(pdf, image), to(), 300).Filter == N.DCTDecode
        assert convert_image(pdf, jpeg(pdf, cut_out()), to(), 300).Filter == N.DCTDecode


def test_bands_give_what_the_whole_picture_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = [photo((96, 64)), cut_out(), photo((96, 64)).quantize(4).convert("RGB")]
    with pikepdf.new() as pdf:
        whole = [convert_image(pdf, embed(pdf, one), to(), 300).read_raw_bytes() for one in pictures]
    monkeypatch.setattr("printkit.separate.images._BAND", 96 * 7)
    with pikepdf.new() as pdf:
        assert [convert_image(pdf, embed(pdf, one), to(), 300).read_raw_bytes() for one in pictures] == whole

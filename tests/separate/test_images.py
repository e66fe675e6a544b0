"""Images of every kind become DeviceCMYK or DeviceGray, and both renderers show the right inks."""

import io
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from printkit.color import PressColor, PressProfile
from printkit.errors import RenderError
from printkit.raster.page import page_image
from printkit.separate.image_streams import encode_flat, encode_jpeg, place
from printkit.separate.images import ImagePress, ImageRules, convert_image

FOGRA39 = Path(__file__).parents[2] / "assets" / "icc" / "FOGRA39L_coated.icc"
FJORD, RECIPE = (0, 75, 110), (1.0, 0.45, 0.2, 0.35)
PLATES = ("Cyan", "Magenta", "Yellow", "Black")
Inks = NDArray[np.int64]
N = pikepdf.Name


@cache
def press(limit: float = 300) -> PressColor:
    return PressColor(PressProfile(FOGRA39.read_bytes()), limit, {FJORD: RECIPE})


def to(limit: float = 300) -> ImagePress:
    return ImagePress(press(limit), ImageRules(450, 300, 92))


def photo(size: tuple[int, int] = (96, 64), low: int = 0, high: int = 256) -> Image.Image:
    """Make noise with large and small features, as a photograph has."""
    rng = np.random.default_rng(5)
    coarse = Image.fromarray(rng.integers(low, high, (8, 12, 3)).astype(np.uint8)).resize(size)
    fine = Image.fromarray(rng.integers(low, high, (size[1], size[0], 3)).astype(np.uint8))
    return Image.blend(coarse, fine, 0.3)


def embed(pdf: pikepdf.Pdf, image: Image.Image, **entries: Any) -> pikepdf.Object:
    space = {"L": N.DeviceGray, "RGB": N.DeviceRGB, "P": None}[image.mode]
    return stream(pdf, image.tobytes(), image.size, ColorSpace=space, **entries)


def stream(pdf: pikepdf.Pdf, data: bytes, size: tuple[int, int], **entries: Any) -> pikepdf.Object:
    width, height = size
    made = {"BitsPerComponent": 8, "Interpolate": True} | entries
    return pdf.make_stream(data, Type=N.XObject, Subtype=N.Image, Width=width, Height=height, **made)


def jpeg(pdf: pikepdf.Pdf, image: Image.Image) -> pikepdf.Object:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=95)
    made = embed(pdf, image)
    made.write(target.getvalue(), filter=N.DCTDecode)
    return made


def shown(pdf: pikepdf.Pdf, image: pikepdf.Object, background: bytes = b"") -> bytes:
    """Return a PDF that shows the image at one pixel a point."""
    width, height = int(image.Width), int(image.Height)
    page = pdf.add_blank_page(page_size=(width, height))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    page.Contents = pdf.make_stream(background + b" q %d 0 0 %d 0 0 cm /I Do Q" % (width, height))
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def plates(pdf: bytes, folder: Path) -> Inks:
    """Return the inks (height, width, 4) of the only page, by Ghostscript's tiffsep."""
    (folder / "in.pdf").write_bytes(pdf)
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r72"]
    subprocess.run([*command, f"-o{folder / 'out.tif'}", str(folder / "in.pdf")], check=True)
    files = [next(folder.glob(f"out*({plate})*")) for plate in PLATES]
    return np.dstack([255 - np.asarray(Image.open(file).convert("L"), dtype=np.int64) for file in files])


PURE = [(255, 0, 0, 0), (0, 255, 0, 0), (0, 0, 255, 0), (0, 0, 0, 255), (0, 0, 0, 0)]


@pytest.mark.parametrize("way", ["jpeg", "flat"])
def test_pure_inks_come_out_right_in_both_renderers(way: str, tmp_path: Path) -> None:
    patches = Image.new("CMYK", (80, 16))
    for index, ink in enumerate(PURE):
        patches.paste(ink, (index * 16, 0, index * 16 + 16, 16))
    pdf = pikepdf.new()
    encoded = encode_jpeg(patches, 92) if way == "jpeg" else encode_flat(patches)
    file = shown(pdf, place(pdf, encoded))
    inks = plates(file, tmp_path)
    assert [tuple(inks[8, index * 16 + 8]) for index in range(5)] == PURE
    seen = [page_image(file, 1, 72).getpixel((index * 16 + 8, 8)) for index in range(5)]
    expected = [(0, 174, 239), (236, 0, 140), (255, 242, 0), (35, 31, 32), (255, 255, 255)]
    assert np.abs(np.array(seen) - np.array(expected)).max() <= 3


def test_photograph_is_cmyk_dct_without_subsampling_or_interpolation() -> None:
    pdf = pikepdf.new()
    image = convert_image(pdf, jpeg(pdf, photo()), to(), 300)
    assert (image.ColorSpace, image.Filter) == (N.DeviceCMYK, N.DCTDecode)
    assert "/Interpolate" not in image
    layers = Image.open(io.BytesIO(image.read_raw_bytes())).layer  # type: ignore[attr-defined]
    assert {layer[1:3] for layer in layers} == {(1, 1)}


def test_photograph_has_the_inks_of_the_profile(tmp_path: Path) -> None:
    pdf, source = pikepdf.new(), photo()
    inks = plates(shown(pdf, convert_image(pdf, embed(pdf, source), to(), 300)), tmp_path)
    wanted = np.asarray(press().pixels(source), dtype=np.int64)
    assert np.abs(inks - wanted).mean() < 4


@pytest.mark.parametrize("limit", [300, 240, 200])
def test_dark_photograph_keeps_the_ink_limit_after_decoding(limit: float, tmp_path: Path) -> None:
    pdf = pikepdf.new()
    image = convert_image(pdf, jpeg(pdf, photo(high=60)), to(limit), 300)
    assert image.Filter == N.DCTDecode
    inks = plates(shown(pdf, image), tmp_path).sum(axis=2).max() / 255
    assert limit / 100 - 0.25 < inks <= limit / 100 + 0.02


def flat_art() -> Image.Image:
    art = Image.new("RGB", (64, 48), (255, 255, 255))
    art.paste(FJORD, (0, 0, 32, 48))
    art.paste((0, 0, 0), (40, 8, 56, 24))
    art.paste((128, 128, 128), (40, 28, 56, 44))
    return art


def test_flat_art_has_recipes_and_greys_in_k_alone(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    image = convert_image(pdf, embed(pdf, flat_art()), to(), 900)
    assert (image.ColorSpace, image.Filter, int(image.Width)) == (N.DeviceCMYK, N.FlateDecode, 64)
    inks = plates(shown(pdf, image), tmp_path)
    assert inks[20, 10] / 255 == pytest.approx(RECIPE, abs=0.003)
    assert tuple(inks[16, 48]) == (0, 0, 0, 255)
    assert inks[36, 48] / 255 == pytest.approx((0, 0, 0, press().grey(128 / 255)), abs=0.003)
    assert not inks[4, 60].any()


def test_palette_image_reads_its_base_colours(tmp_path: Path) -> None:
    pdf, table = pikepdf.new(), bytes((255, 255, 255, *FJORD))
    space = pikepdf.Array([N.Indexed, N.DeviceRGB, 1, table])
    source = stream(pdf, b"\x55\x80" * 4, (9, 4), BitsPerComponent=1, ColorSpace=space)
    inks = plates(shown(pdf, convert_image(pdf, source, to(), 300)), tmp_path)
    assert [bool(ink.any()) for ink in inks[2]] == [False, True] * 4 + [True]


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_grey_photograph_is_one_channel_of_equal_lightness(mode: str, tmp_path: Path) -> None:
    pdf, grey = pikepdf.new(), photo().convert("L")
    image = convert_image(pdf, jpeg(pdf, grey.convert(mode)), to(), 300)
    assert (image.ColorSpace, image.Filter) == (N.DeviceGray, N.DCTDecode)
    inks = plates(shown(pdf, image), tmp_path)
    assert not inks[:, :, :3].any()
    assert np.abs(255 - inks[:, :, 3] - np.asarray(press().grey_pixels(grey), dtype=int)).mean() < 4


def test_grey_art_is_flate_and_black_is_full_k() -> None:
    pdf = pikepdf.new()
    art = flat_art().convert("L").point(lambda level: 255 * (level > 99))
    image = convert_image(pdf, embed(pdf, art), to(), 300)
    assert (image.ColorSpace, image.Filter) == (N.DeviceGray, N.FlateDecode)
    assert set(image.read_bytes()) == {0, 255}


def test_soft_mask_is_kept_and_shows_the_ground_through(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    mask = Image.new("L", (64, 48), 255)
    mask.paste(0, (0, 0, 32, 48))
    source = embed(pdf, flat_art(), SMask=embed(pdf, mask))
    file = shown(pdf, convert_image(pdf, source, to(), 300), b"0 1 0 0 k 0 0 64 48 re f")
    inks = plates(file, tmp_path)
    assert tuple(inks[20, 10]) == (0, 255, 0, 0)
    assert tuple(inks[16, 48]) == (0, 0, 0, 255)
    assert page_image(file, 1, 72).getpixel((10, 20)) == pytest.approx((236, 0, 140), abs=3)


def test_soft_mask_that_hides_nothing_goes() -> None:
    pdf = pikepdf.new()
    source = embed(pdf, flat_art(), SMask=embed(pdf, Image.new("L", (64, 48), 255)))
    assert "/SMask" not in convert_image(pdf, source, to(), 300)


def test_colour_key_becomes_a_soft_mask() -> None:
    pdf = pikepdf.new()
    source = embed(pdf, flat_art(), Mask=pikepdf.Array([255] * 6))
    mask = convert_image(pdf, source, to(), 300).SMask
    alpha = Image.frombytes("L", (64, 48), mask.read_bytes())
    assert [alpha.getpixel(spot) for spot in [(2, 2), (60, 2), (48, 16)]] == [255, 0, 255]


def test_stencil_mask_stays_with_its_image() -> None:
    pdf = pikepdf.new()
    stencil = stream(pdf, b"\xaa" * 8, (8, 8), BitsPerComponent=1, ImageMask=True)
    image = convert_image(pdf, embed(pdf, flat_art(), Mask=stencil), to(), 300)
    assert image.Mask.ImageMask
    assert image.Mask.read_bytes() == b"\xaa" * 8


def test_stencil_alone_is_not_touched_but_for_interpolation() -> None:
    pdf = pikepdf.new()
    stencil = stream(pdf, b"\xaa" * 8, (8, 8), BitsPerComponent=1, ImageMask=True)
    same = convert_image(pdf, stencil, to(), 900)
    assert same.read_bytes() == b"\xaa" * 8
    assert "/Interpolate" not in same


def test_matte_is_taken_out_again() -> None:
    pdf, alpha = pikepdf.new(), Image.new("L", (64, 48), 128)
    blended = flat_art().point(lambda level: round(level * 128 / 255))
    source = embed(pdf, blended, SMask=embed(pdf, alpha, Matte=pikepdf.Array([0, 0, 0])))
    levels = convert_image(pdf, source, to(), 300).read_bytes()
    assert levels[-4:] == b"\0\0\0\0"


def test_decode_turns_the_levels_round() -> None:
    pdf = pikepdf.new()
    turned = Image.eval(flat_art(), lambda level: 255 - level)
    plain, back = (
        convert_image(pdf, embed(pdf, art, **entries), to(), 300)
        for art, entries in ((flat_art(), {}), (turned, {"Decode": pikepdf.Array([1, 0] * 3)}))
    )
    assert plain.read_bytes() == back.read_bytes()


@pytest.mark.parametrize(
    ("bits", "row"), [(1, b"\x40"), (2, b"\x30"), (4, b"\x0f\x00"), (16, b"\0\0\xff\xff\0\0")]
)
def test_grey_of_any_depth_is_read(bits: int, row: bytes) -> None:
    pdf = pikepdf.new()
    source = stream(pdf, row * 2, (3, 2), BitsPerComponent=bits, ColorSpace=N.DeviceGray)
    assert convert_image(pdf, source, to(), 300).read_bytes() == b"\0\xff\0" * 2


def test_profile_of_an_image_is_heard() -> None:
    pdf = pikepdf.new()
    icc = pdf.make_stream(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), N=3)
    source = embed(pdf, flat_art())
    plain = convert_image(pdf, source, to(), 300).read_bytes()
    source.ColorSpace = pikepdf.Array([N.ICCBased, icc])
    assert convert_image(pdf, source, to(), 300).read_bytes() == plain


@pytest.mark.parametrize(("ppi", "width"), [(450, 96), (451, 64), (600, 48), (100, 96)])
def test_only_photographs_over_the_most_come_down(ppi: float, width: int) -> None:
    pdf = pikepdf.new()
    mask = embed(pdf, photo().convert("L"))
    image = convert_image(pdf, embed(pdf, photo(), SMask=mask), to(), ppi)
    assert (int(image.Width), int(image.SMask.Width)) == (width, width)


def test_hidden_colour_does_not_bleed_in_when_made_smaller() -> None:
    pdf, source = pikepdf.new(), photo(low=200)
    mask = Image.new("L", source.size, 255)
    mask.paste(0, (0, 0, 47, 64))
    source.paste((0, 0, 0), (0, 0, 47, 64))
    image = convert_image(pdf, embed(pdf, source, SMask=embed(pdf, mask)), to(), 900)
    black = np.asarray(Image.open(io.BytesIO(image.read_raw_bytes())))[:, :, 3]
    alpha = np.frombuffer(image.SMask.read_bytes(), np.uint8).reshape(black.shape)
    assert black[alpha > 200].max() < 60


def test_each_content_is_converted_once() -> None:
    pdf, target = pikepdf.new(), to()
    first, twin = (convert_image(pdf, embed(pdf, photo()), target, 300) for _ in range(2))
    assert first.objgen == twin.objgen
    other = convert_image(pdf, embed(pdf, photo().rotate(180)), target, 300)
    assert other.objgen != first.objgen
    assert len(target.cache) == 2


def test_a_batch_shares_its_cache_and_gets_the_same_bytes() -> None:
    shared = to()
    files = []
    for target in (shared, ImagePress(press(), shared.rules, shared.cache), to()):
        pdf = pikepdf.new()
        files.append(convert_image(pdf, embed(pdf, photo()), target, 300).read_raw_bytes())
    assert files[0] == files[1] == files[2]
    assert len(shared.cache) == 1


def test_two_presses_do_not_share_a_result() -> None:
    low = ImagePress(press(200), to().rules, to().cache)
    pdf = pikepdf.new()
    dark = embed(pdf, photo(high=60))
    assert (
        convert_image(pdf, dark, low, 300).read_raw_bytes()
        != convert_image(pdf, dark, to(), 300).read_raw_bytes()
    )


@pytest.mark.parametrize("entries", [{}, {"ColorSpace": N.DeviceRGB}])
def test_jpeg_2000_is_an_error(entries: dict[str, Any]) -> None:
    pdf = pikepdf.new()
    source = stream(pdf, b"", (9, 9), **entries)
    source.write(b"\0\0\0\x0cjP  ", filter=N.JPXDecode)
    with pytest.raises(RenderError, match=r"without a colour space|cannot be decoded"):
        convert_image(pdf, source, to(), 300)


@pytest.mark.parametrize(
    ("space", "words"),
    [(N.DeviceCMYK, "DeviceCMYK cannot be separated"), (N.DeviceRGB, "9 x 9 pixels is cut off")],
)
def test_what_cannot_be_read_is_an_error(space: pikepdf.Name, words: str) -> None:
    pdf = pikepdf.new()
    with pytest.raises(RenderError, match=words):
        convert_image(pdf, stream(pdf, b"1234", (9, 9), ColorSpace=space), to(), 300)


def test_an_image_that_is_cut_off_is_told_without_words_of_a_library() -> None:
    with pikepdf.new() as pdf:
        image = jpeg(pdf, photo())
        image.write(image.read_raw_bytes()[:-600], filter=N.DCTDecode)
        with pytest.raises(RenderError, match="cannot be decoded; replace it") as caught:
            convert_image(pdf, image, to(), 300)
        assert "0x" not in str(caught.value)


def ground_with_noise(share: float) -> Image.Image:
    """Return a ground of one colour, no brand's, of which so much is left free of noise."""
    picture, noise = Image.new("RGB", (100, 100), (200, 40, 60)), photo((100, 100))
    picture.paste(noise.crop((0, 0, 100, round(100 * (1 - share)))), (0, 0))
    return picture


@pytest.mark.parametrize(("share", "flat"), [(0.75, True), (0.45, False)])
def test_art_is_flat_where_few_colours_cover_most_of_it(share: float, flat: bool) -> None:
    pdf = pikepdf.new()
    made = convert_image(pdf, embed(pdf, ground_with_noise(share)), to(), 300)
    assert (made.Filter == N.FlateDecode) == flat


@pytest.mark.parametrize(
    ("hidden", "shown", "flat"),
    [
        # a photograph cut out of black: what nobody sees is no colour of it
        (Image.new("RGB", (100, 70)), photo((100, 30)), False),
        # a drawing cut out of a photograph
        (photo((100, 70)), Image.new("RGB", (100, 30), (200, 40, 60)), True),
        # a drawing that is black itself
        (photo((100, 70)), Image.new("RGB", (100, 30)), True),
    ],
)
def test_only_what_is_seen_tells_art_from_a_photograph(
    hidden: Image.Image, shown: Image.Image, flat: bool
) -> None:
    picture, mask = Image.new("RGB", (100, 100)), Image.new("L", (100, 100), 255)
    picture.paste(hidden, (0, 0))
    picture.paste(shown, (0, 70))
    mask.paste(0, (0, 0, 100, 70))
    pdf = pikepdf.new()
    made = convert_image(pdf, embed(pdf, picture, SMask=embed(pdf, mask)), to(), 300)
    assert (made.Filter == N.FlateDecode) == flat


def test_art_of_two_dozen_colours_is_flat() -> None:
    stripes = Image.new("RGB", (96, 96))
    for number in range(24):
        stripes.paste((10 * number, 255 - 9 * number, 40), (4 * number, 0, 4 * number + 4, 96))
    pdf = pikepdf.new()
    assert convert_image(pdf, embed(pdf, stripes), to(), 300).Filter == N.FlateDecode


def test_a_jpeg_stays_a_photograph_however_flat() -> None:
    pdf = pikepdf.new()
    made = convert_image(pdf, jpeg(pdf, Image.new("RGB", (64, 64), (200, 40, 60))), to(), 300)
    assert made.Filter == N.DCTDecode


def test_a_soft_mask_wins_over_a_stencil_and_a_stencil_loses_its_softening() -> None:
    pdf = pikepdf.new()
    stencil = stream(pdf, bytes(8 * 64), (64, 64), ImageMask=True, BitsPerComponent=1)
    soft = stream(pdf, bytes(64 * 64), (64, 64), ColorSpace=N.DeviceGray)
    both = embed(pdf, photo((64, 64)), Mask=stencil, SMask=soft)
    assert "/Mask" not in convert_image(pdf, both, to(), 300)
    alone = convert_image(pdf, embed(pdf, photo((64, 64)), Mask=stencil), to(), 300)
    assert "/Interpolate" not in alone.Mask

"""Pictures that others hand in: what is taken, what is refused, in which words."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms

from printkit.raster.decoding import check_head, is_bare_cmyk
from printkit.raster.picture import open_picture, read_picture
from printkit.raster.problem import PictureProblem

MOST = 1_000_000
FOGRA39 = Path(__file__).parents[2] / "assets" / "icc" / "FOGRA39L_coated.icc"


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def heic(image: Image.Image) -> bytes:
    target = io.BytesIO()
    pillow_heif.from_pillow(image).save(target, format="HEIF", quality=-1)
    return target.getvalue()


def png(width: int, height: int, depth: int = 8) -> bytes:
    """Write a PNG's head by hand, so that a small file claims any size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    rows = b"" if width * height > MOST else (b"\0" + b"\7" * (width * 3 * depth // 8)) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def noise(size: tuple[int, int] = (64, 48)) -> Image.Image:
    values = np.random.default_rng(3).integers(0, 256, (size[1], size[0], 3))
    return Image.fromarray(values.astype(np.uint8))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_plain_picture_passes_byte_for_byte(kind: str) -> None:
    data = saved(noise(), kind)
    picture = open_picture(data, MOST)
    assert (picture.data, picture.format, picture.turned) == (data, kind, False)
    assert (picture.width, picture.height) == (64, 48)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_photo_that_exif_turns_comes_upright(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = Image.new("L", (64, 48), 255)
    lying.paste(0, (0, 0, 8, 8))
    picture = open_picture(saved(lying, kind, exif=exif), MOST)
    shown = Image.open(io.BytesIO(picture.data))
    assert picture.turned
    assert (picture.width, picture.height) == shown.size == (48, 64)
    assert [shown.getpixel(spot) for spot in [(4, 4), (43, 4), (4, 59), (43, 59)]] == [255, 0, 255, 255]


@pytest.mark.parametrize("turned", [1, 3])
def test_a_picture_seen_before_comes_the_same_and_a_change_is_seen(turned: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turned
    data = saved(noise(), "JPEG", exif=exif)
    assert open_picture(data, MOST) == open_picture(bytes(bytearray(data)), MOST)
    with pytest.raises(PictureProblem, match="damaged"):
        open_picture(data[: len(data) // 2], MOST)
    with pytest.raises(PictureProblem, match="million pixels"):
        open_picture(data, 64)
    assert open_picture(saved(noise((32, 24)), "JPEG", exif=exif), MOST).width == 32


def test_wrong_name_does_not_matter_but_content_does(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(saved(noise(), "JPEG"))
    (tmp_path / "photo.jpg").write_bytes(saved(noise(), "GIF"))
    assert read_picture(tmp_path / "photo.png", MOST).format == "JPEG"
    with pytest.raises(PictureProblem, match="a GIF file; save it as PNG"):
        read_picture(tmp_path / "photo.jpg", MOST)


REFUSED = {
    "empty file": (b"", "empty file"),
    "text": (b"hello", "not a picture; save it as JPEG or PNG"),
    "gif": (saved(Image.new("P", (2, 2)), "GIF"), "a GIF file"),
    "pdf": (b"%PDF-1.7", "a PDF file; save it as PNG"),
    "photoshop": (b"8BPS\0\1", "a Photoshop file; save it as TIFF"),
    "jpeg 2000": (b"\0\0\0\x0cjP  \r\n", "a JPEG 2000 file; save it as JPEG"),
    "webp by its mark": (b"RIFF\0\0\0\0WEBPVP8 ", "damaged or cut off"),
    "heic by its mark": (b"\0\0\0\x18ftypheic\0\0\0\0", "damaged or cut off"),
    "truncated heic": (heic(noise())[:-300], "damaged or cut off"),
    "truncated webp": (saved(noise(), "WEBP")[:-300], "damaged or cut off"),
    "truncated avif": (saved(noise(), "AVIF")[:-300], "damaged or cut off"),
    "truncated tiff": (saved(noise(), "TIFF", compression="tiff_lzw")[:-300], "damaged or cut off"),
    "tiff of two pages": (
        saved(noise(), "TIFF", save_all=True, append_images=[noise()]),
        "several pictures, 2 in all; save one",
    ),
    "moving webp": (
        saved(noise(), "WEBP", save_all=True, append_images=[noise().rotate(90)]),
        "a moving picture",
    ),
    "moving avif": (
        saved(noise(), "AVIF", save_all=True, append_images=[noise().rotate(90)]),
        "a moving picture",
    ),
    "numbers": (saved(Image.new("F", (4, 4)), "TIFF"), "kind 'F'; save it in RGB"),
    "svg": (b"<svg/>", "SVG, XML or HTML"),
    "truncated jpeg": (saved(noise(), "JPEG")[:-300], "damaged or cut off"),
    "truncated png": (saved(noise(), "PNG")[:3000], "damaged or cut off"),
    "only a head": (b"\xff\xd8\xff\xe0", "damaged or cut off"),
    "bomb": (png(60_000, 60_000), "3600 million pixels, more than 1 million pixels; make it smaller, to 1 %"),
    "slightly too large": (
        png(1001, 1000),
        "1001 x 1000 pixels, more .*; make it 1000 x 999 pixels or smaller",
    ),
    "no pixels": (png(0, 5), "damaged|no pixels"),
    "cmyk jpeg": (
        saved(Image.new("CMYK", (8, 8)), "JPEG"),
        "CMYK picture without a profile.*; save it in sRGB",
    ),
    "moving png": (
        saved(noise(), "PNG", save_all=True, append_images=[noise((64, 48)).rotate(90)]),
        "moving",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_in_clear_words(case: str) -> None:
    data, words = REFUSED[case]
    with pytest.raises(PictureProblem, match=words):
        open_picture(data, MOST)


def test_missing_file_is_a_problem_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(PictureProblem, match=r"gone\.jpg cannot be read"):
        read_picture(tmp_path / "gone.jpg", MOST)


def test_srgb_profile_leaves_the_bytes_alone() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(noise(), "PNG", icc_profile=profile)
    assert open_picture(data, MOST).data == data


def swapped_profile() -> bytes:
    """Make a profile whose red and blue are exchanged, so that a conversion shows."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    text = data.find("sRGB".encode("utf-16-be"))
    data[text : text + 8] = "swap".encode("utf-16-be")
    tags = {bytes(data[at : at + 4]): at for at in range(132, 132 + 12 * data[131], 12)}
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    data[red + 4 : red + 12], data[blue + 4 : blue + 12] = (
        data[blue + 4 : blue + 12],
        data[red + 4 : red + 12],
    )
    return bytes(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_other_rgb_profile_is_turned_into_srgb(kind: str) -> None:
    red = Image.new("RGB", (16, 16), (250, 10, 10))
    picture = open_picture(saved(red, kind, icc_profile=swapped_profile()), MOST)
    shown = Image.open(io.BytesIO(picture.data))
    assert shown.getpixel((8, 8)) == pytest.approx((10, 10, 250), abs=6)
    assert "icc_profile" not in shown.info


def test_transparency_survives_a_change_of_profile() -> None:
    clear = Image.new("RGBA", (4, 4), (250, 10, 10, 77))
    picture = open_picture(saved(clear, "PNG", icc_profile=swapped_profile()), MOST)
    assert Image.open(io.BytesIO(picture.data)).getchannel("A").getextrema() == (77, 77)


def test_turned_palette_keeps_colours_and_transparency() -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    data = saved(noise().quantize(16), "PNG", exif=exif, transparency=3)
    stored, shown = (Image.open(io.BytesIO(one)) for one in (data, open_picture(data, MOST).data))
    assert shown.tobytes() == stored.convert("RGBA").transpose(Image.Transpose.ROTATE_180).tobytes()
    assert shown.getchannel("A").getextrema() == (0, 255)


def test_profile_that_does_not_fit_is_refused() -> None:
    data = saved(noise(), "JPEG", icc_profile=FOGRA39.read_bytes())
    with pytest.raises(PictureProblem, match="colour profile is damaged or does not fit"):
        open_picture(data, MOST)


SCENE = Image.new("RGB", (40, 30), (200, 30, 30))
SCENE.paste((20, 60, 160), (0, 0, 20, 30))


@pytest.mark.parametrize("kind", ["WEBP", "AVIF", "TIFF", "HEIC"])
def test_pictures_that_telephones_and_scanners_make_are_taken(kind: str) -> None:
    picture = open_picture(heic(SCENE) if kind == "HEIC" else saved(SCENE, kind), MOST)
    shown = Image.open(io.BytesIO(picture.data))
    assert (picture.format, shown.format) == (("PNG", "PNG") if kind == "TIFF" else ("JPEG", "JPEG"))
    assert shown.size == (40, 30)
    assert shown.getpixel((5, 15)) == pytest.approx((20, 60, 160), abs=8)
    assert shown.getpixel((35, 15)) == pytest.approx((200, 30, 30), abs=8)


@pytest.mark.parametrize("kind", ["WEBP", "AVIF", "TIFF", "PNG"])
def test_what_is_transparent_stays_so(kind: str) -> None:
    glass = Image.new("RGBA", (20, 20), (200, 30, 30, 255))
    glass.paste((0, 0, 0, 0), (0, 0, 10, 20))
    shown = Image.open(io.BytesIO(open_picture(saved(glass, kind), MOST).data)).convert("RGBA")
    alpha = shown.getchannel("A")
    assert [alpha.getpixel(place) for place in [(3, 10), (16, 10)]] == [0, 255]


def test_exact_pixels_stay_exact() -> None:
    for data in (saved(noise(), "WEBP", lossless=True), saved(noise(), "TIFF", compression="tiff_lzw")):
        picture = open_picture(data, MOST)
        assert picture.format == "PNG"
        assert Image.open(io.BytesIO(picture.data)).tobytes() == noise().tobytes()


def test_sixteen_bits_become_eight_and_are_not_cut() -> None:
    grey = Image.frombytes("I;16", (3, 1), np.array([0, 0x10F0, 0xFFFF], "<u2").tobytes())
    for kind in ("PNG", "TIFF"):
        shown = Image.open(io.BytesIO(open_picture(saved(grey, kind), MOST).data))
        assert (shown.mode, list(shown.tobytes())) == ("L", [0, 17, 255])
    shown = Image.open(io.BytesIO(open_picture(png(4, 4, 16), MOST).data))
    assert (shown.mode, shown.getpixel((1, 1))) == ("RGB", (7, 7, 7))


def test_a_cmyk_jpeg_is_shown_by_its_own_profile() -> None:
    inks = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    picture = open_picture(saved(inks, "JPEG", icc_profile=FOGRA39.read_bytes(), quality=95), MOST)
    shown = Image.open(io.BytesIO(picture.data))
    # Magenta and yellow in full are a warm red by FOGRA39
    assert shown.getpixel((8, 8)) == pytest.approx((227, 6, 19), abs=12)


def test_a_jpeg_with_damaged_data_is_refused_though_it_opens() -> None:
    data = bytearray(saved(noise((160, 120)), "JPEG", quality=95))
    data[len(data) // 2 : len(data) // 2 + 40] = bytes(40)
    with pytest.raises(PictureProblem, match="damaged"):
        open_picture(bytes(data), MOST)


def test_cmyk_without_a_profile_is_taken_by_the_press() -> None:
    green = Image.new("CMYK", (16, 16), (255, 0, 255, 0))
    named = open_picture(saved(green, "JPEG", quality=95, icc_profile=FOGRA39.read_bytes()), MOST)
    for kind in ("JPEG", "TIFF"):
        data = saved(green, kind, quality=95)
        assert is_bare_cmyk(data)
        picture = open_picture(data, MOST, FOGRA39.read_bytes())
        shown, wanted = (Image.open(io.BytesIO(one.data)).getpixel((8, 8)) for one in (picture, named))
        assert shown == pytest.approx(wanted, abs=2)
        assert shown == pytest.approx((0, 152, 63), abs=12)
        with pytest.raises(PictureProblem, match="without a profile"):
            open_picture(data, MOST)


def test_only_bare_cmyk_is_taken_by_the_press() -> None:
    named = saved(Image.new("CMYK", (8, 8)), "JPEG", icc_profile=FOGRA39.read_bytes())
    for data in (named, saved(noise(), "JPEG"), saved(noise(), "PNG"), b"hello", png(60_000, 60_000)):
        assert not is_bare_cmyk(data)


HARMLESS = {
    "bytes before a marker": lambda data: data[:20] + b"stray" + data[20:],
    "bytes before the end": lambda data: data[:-2] + b"\x12\x34\x56" + data[-2:],
    "bytes after the end": lambda data: data + b"\0" * 5000 + b"SEFT",
    "filling before a marker": lambda data: data[:2] + b"\xff\xff" + data[2:],
    "a version that nobody knows": lambda data: data.replace(b"JFIF\0\1", b"JFIF\0\7"),
}


@pytest.mark.parametrize("case", HARMLESS)
@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_that_libjpeg_only_warns_of_is_taken(case: str, progressive: bool) -> None:
    sound = saved(noise(), "JPEG", progressive=progressive)
    picture = open_picture(HARMLESS[case](sound), MOST)
    shown, wanted = (Image.open(io.BytesIO(one)).tobytes() for one in (picture.data, sound))
    assert shown == wanted


@pytest.mark.parametrize("damage", [b"", b"\xff\xd9", b"\0" * 900])
def test_jpeg_whose_pixels_would_be_wrong_is_refused(damage: bytes) -> None:
    sound = saved(noise(), "JPEG")
    with pytest.raises(PictureProblem, match="damaged or cut off"):
        open_picture(sound[:1500] + damage + sound[2400:] if damage else sound[:-2][:-400], MOST)


@pytest.mark.parametrize("case", ["bomb", "slightly too large"])
def test_a_head_tells_of_too_many_pixels(case: str) -> None:
    data, words = REFUSED[case]
    with pytest.raises(PictureProblem, match=words):
        check_head(data, MOST)


@pytest.mark.parametrize("data", [png(4, 4), b"\xff\xd8\xff\xe0", saved(noise(), "JPEG")[:-300]])
def test_a_head_tells_nothing_of_damage(data: bytes) -> None:
    check_head(data, MOST)

"""What a picture's file says of its colours counts, and no profile's name."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from printkit.raster.picture import open_picture
from printkit.raster.problem import PictureProblem
from printkit.raster.rgb_profile import ADOBE_GAMMA, ADOBE_RGB, DISPLAY_P3, SRGB, is_srgb, matrix_profile

MOST = 1_000_000
GREEN = (128, 200, 100)
# sRGB's chromaticities as a PNG writes them
SRGB_CHUNK = struct.pack(">8I", *(round(number * 100_000) for number in SRGB))


def png(chunks: dict[bytes, bytes]) -> bytes:
    """Write a green PNG with chunks of ours behind its head."""
    target = io.BytesIO()
    Image.new("RGB", (8, 8), GREEN).save(target, "PNG")
    data = target.getvalue()
    more = b"".join(
        struct.pack(">I", len(one)) + name + one + struct.pack(">I", zlib.crc32(name + one))
        for name, one in chunks.items()
    )
    return data[:33] + more + data[33:]


def shown(data: bytes) -> tuple[int, ...]:
    colour = Image.open(io.BytesIO(open_picture(data, MOST).data)).convert("RGB").getpixel((4, 4))
    assert isinstance(colour, tuple)
    return colour


def named(profile: bytes, name: bytes) -> bytes:
    """Return the profile under another description of at most three letters."""
    return profile.replace(b"RGB\0", name + b"\0", 1)


def profiled(profile: bytes, mode: str = "RGB") -> bytes:
    target = io.BytesIO()
    Image.new(mode, (8, 8), GREEN if mode == "RGB" else 128).save(target, "PNG", icc_profile=profile)
    return target.getvalue()


@pytest.mark.parametrize(
    ("profile", "wanted"),
    [
        (matrix_profile(SRGB, None), GREEN),
        # 128 / 255 as light is 188 by sRGB's curve
        (matrix_profile(SRGB, 1.0), (188, 229, 168)),
        (matrix_profile(ADOBE_RGB, ADOBE_GAMMA), (77, 201, 92)),
        (matrix_profile(DISPLAY_P3, None), (103, 202, 85)),
    ],
)
def test_a_profile_is_known_by_what_it_does(profile: bytes, wanted: tuple[int, ...]) -> None:
    assert ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile.version == pytest.approx(2.4)
    assert shown(profiled(profile)) == pytest.approx(wanted, abs=2)
    assert is_srgb(profile, "RGB") == (wanted == GREEN)


def test_two_linear_profiles_look_alike_whatever_their_names() -> None:
    one = matrix_profile(SRGB, 1.0).replace(b"RGB\0", b"sRGB"[1:] + b"\0", 1)
    renamed = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    at = renamed.find("sRGB".encode("utf-16-be"))
    renamed[at : at + 8] = "mine".encode("utf-16-be")
    assert shown(profiled(one)) == shown(profiled(named(one, b"abc")))
    assert shown(profiled(bytes(renamed))) == GREEN


@pytest.mark.parametrize(
    ("chunks", "wanted"),
    [
        ({b"sRGB": b"\0"}, GREEN),
        ({b"gAMA": struct.pack(">I", 45455)}, GREEN),
        ({b"gAMA": struct.pack(">I", 45455), b"cHRM": SRGB_CHUNK}, GREEN),
        ({b"gAMA": struct.pack(">I", 100_000)}, (188, 229, 168)),
        ({b"gAMA": struct.pack(">I", 100_000), b"sRGB": b"\0"}, GREEN),
        ({b"gAMA": struct.pack(">I", 0)}, GREEN),
        ({b"cICP": bytes((1, 13, 0, 1)), b"gAMA": struct.pack(">I", 100_000)}, GREEN),
        ({b"cICP": bytes((12, 13, 0, 1))}, (103, 202, 85)),
    ],
)
def test_what_a_png_says_of_its_colours_counts_in_the_standards_order(
    chunks: dict[bytes, bytes], wanted: tuple[int, ...]
) -> None:
    assert shown(png(chunks)) == pytest.approx(wanted, abs=2)


@pytest.mark.parametrize(
    ("chunks", "words"),
    [
        ({b"cICP": bytes((9, 16, 0, 1))}, "HDR"),
        ({b"cHRM": struct.pack(">8I", 31270, 32900, 0, 0, 0, 0, 0, 0)}, "make no colours"),
    ],
)
def test_colours_that_nobody_can_tell_are_refused(chunks: dict[bytes, bytes], words: str) -> None:
    with pytest.raises(PictureProblem, match=words):
        open_picture(png(chunks), MOST)


def test_a_camera_that_names_adobe_rgb_without_a_profile_is_believed() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA005] = {1: "R03"}
    target = io.BytesIO()
    Image.new("RGB", (32, 32), GREEN).save(target, "JPEG", quality=95, exif=exif)
    assert shown(target.getvalue()) == pytest.approx((77, 201, 92), abs=4)


def test_a_grey_profile_counts_too() -> None:
    profile = bytearray(matrix_profile(SRGB, 1.0))
    assert not is_srgb(bytes(profile), "RGB")
    data = profiled(b"damaged", "L")
    with pytest.raises(PictureProblem, match="profile is damaged"):
        open_picture(data, MOST)


def test_figures_that_are_nearly_srgbs_leave_the_bytes_alone() -> None:
    near = struct.pack(">8I", 31269, 32899, 63999, 33001, 30000, 59999, 15000, 6000)
    data = png({b"gAMA": struct.pack(">I", 45454), b"cHRM": near})
    assert open_picture(data, MOST).data == data
    assert np.asarray(Image.open(io.BytesIO(data))).shape == (8, 8, 3)

"""Only a CMYK output profile may describe a press."""

from pathlib import Path

import pytest
from PIL import ImageCms

from printkit.color import PressProfile, ProfileProblem

FOGRA39 = (Path(__file__).parents[2] / "assets" / "icc" / "FOGRA39L_coated.icc").read_bytes()


def test_profile_tells_its_version() -> None:
    assert PressProfile(FOGRA39).version == (2, 2)


def test_monitor_profile_is_refused_by_its_class() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with pytest.raises(ProfileProblem, match="class mntr; a press needs one of class prtr"):
        PressProfile(srgb)


def test_output_profile_for_rgb_is_refused_by_its_space() -> None:
    with pytest.raises(ProfileProblem, match="for RGB; a press needs one for CMYK"):
        PressProfile(FOGRA39[:16] + b"RGB " + FOGRA39[20:])


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "not an ICC"), (b"%PDF-1.6" * 40, "not an ICC"), (FOGRA39[:5000], "cut off")],
)
def test_broken_profile_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(ProfileProblem, match=words):
        PressProfile(data)


def test_profile_with_damaged_tables_is_refused() -> None:
    with pytest.raises(ProfileProblem, match="damaged"):
        PressProfile(FOGRA39[:128] + b"\xff" * (len(FOGRA39) - 128))

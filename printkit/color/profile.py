"""Read what an ICC profile says of itself (ICC.1:2022, clause 7.2) before LittleCMS sees it."""

import hashlib
import io
from dataclasses import dataclass, field
from functools import lru_cache

from PIL import Image, ImageCms

from printkit.words import Message

_HEADER_LENGTH = 128
_ID = slice(84, 100)
# Of 255 for each ink: white lays down less than the one, black more than the other, on any press
_PAPER, _BLACK = 80, 255
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
# Without a table made for many pixels, which takes ten times as long
_QUICK = ImageCms.Flags.NOOPTIMIZE
_DAMAGED = Message("the ICC profile is damaged; get it again from its source")


class ProfileProblem(ValueError):
    """Say why a file cannot be the ICC profile of a press, and what to do."""


@dataclass(frozen=True)
class PressProfile:
    """An ICC profile of class prtr in CMYK; anything else raises ProfileProblem."""

    data: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _check_header(self.data)
        _check_whole(self.data)

    def open(self) -> ImageCms.ImageCmsProfile:
        """Return the profile for LittleCMS."""
        return ImageCms.ImageCmsProfile(io.BytesIO(self.data))

    @property
    def version(self) -> tuple[int, int]:
        """Return the ICC version, as (4, 3)."""
        return self.data[8], self.data[9] >> 4


# The doctor, every press and every worker ask of the same few files
@lru_cache(maxsize=16)
def _check_whole(data: bytes) -> None:
    """Raise ProfileProblem for a profile that is not what it was, or gives no inks for white and black."""
    given = data[_ID]
    if any(given) and given != _id_of(data):
        raise ProfileProblem(_DAMAGED)
    try:
        press, srgb = ImageCms.ImageCmsProfile(io.BytesIO(data)), ImageCms.createProfile("sRGB")
        there = ImageCms.buildTransform(srgb, press, "RGB", "CMYK", _INTENT, _QUICK)
        ImageCms.buildTransform(press, ImageCms.createProfile("LAB"), "CMYK", "LAB", _INTENT, _QUICK)
        inks = ImageCms.applyTransform(Image.frombytes("RGB", (2, 1), bytes((255,) * 3 + (0,) * 3)), there)
    except (OSError, ValueError, ImageCms.PyCMSError) as error:
        raise ProfileProblem(_DAMAGED) from error
    white, black = (sum(inks.tobytes()[at : at + 4]) for at in (0, 4)) if inks else (0, 0)
    if white > _PAPER or black < _BLACK:
        raise ProfileProblem(_DAMAGED)


def _id_of(data: bytes) -> bytes:
    """Return a profile's ID (ICC.1:2022, 7.2.18): MD5 of all but flags, intent and the ID itself."""
    plain = bytearray(data[: int.from_bytes(data[:4])])
    for part in (slice(44, 48), slice(64, 68), _ID):
        plain[part] = bytes(part.stop - part.start)
    return hashlib.md5(plain, usedforsecurity=False).digest()


def _check_header(data: bytes) -> None:
    if len(data) <= _HEADER_LENGTH or data[36:40] != b"acsp":
        raise ProfileProblem(Message("not an ICC profile; name a file that ends in .icc or .icm"))
    if int.from_bytes(data[:4], "big") > len(data):
        raise ProfileProblem(Message("the ICC profile is cut off; get it again from its source"))
    kind, space = (data[at : at + 4].decode("ascii", "replace").strip() for at in (12, 16))
    if kind != "prtr":
        raise ProfileProblem(
            Message("an ICC profile of class %(kind)s; a press needs one of class prtr (output)", kind=kind)
        )
    if space != "CMYK":
        raise ProfileProblem(Message("an ICC profile for %(space)s; a press needs one for CMYK", space=space))

"""Read what an ICC profile says of itself (ICC.1:2022, clause 7.2) before LittleCMS sees it."""

import io
from dataclasses import dataclass, field

from PIL import ImageCms

_HEADER_LENGTH = 128


class ProfileProblem(ValueError):
    """Say why a file cannot be the ICC profile of a press, and what to do."""


@dataclass(frozen=True)
class PressProfile:
    """Hold an ICC profile of class prtr in CMYK; anything else raises ProfileProblem."""

    data: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _check_header(self.data)
        try:
            self.open()
        except (OSError, ImageCms.PyCMSError) as error:
            raise ProfileProblem("the ICC profile is damaged; get it again from its source") from error

    def open(self) -> ImageCms.ImageCmsProfile:
        """Return the profile for LittleCMS."""
        return ImageCms.ImageCmsProfile(io.BytesIO(self.data))

    @property
    def description(self) -> str:
        """Return the profile's own name."""
        return (self.open().profile.profile_description or "").strip()

    @property
    def version(self) -> tuple[int, int]:
        """Return the ICC version, as (4, 3)."""
        return self.data[8], self.data[9] >> 4


def _check_header(data: bytes) -> None:
    if len(data) <= _HEADER_LENGTH or data[36:40] != b"acsp":
        raise ProfileProblem("not an ICC profile; name a file that ends in .icc or .icm")
    if int.from_bytes(data[:4], "big") > len(data):
        raise ProfileProblem("the ICC profile is cut off; get it again from its source")
    kind, space = (data[at : at + 4].decode("ascii", "replace").strip() for at in (12, 16))
    if kind != "prtr":
        raise ProfileProblem(f"an ICC profile of class {kind}; a press needs one of class prtr (output)")
    if space != "CMYK":
        raise ProfileProblem(f"an ICC profile for {space}; a press needs one for CMYK")

"""How inks look on a screen: the way back from a press to sRGB."""

from functools import lru_cache

from PIL import Image, ImageCms

from printkit.color.profile import PressProfile

_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
# The paper is shown white and the darkest ink black, as an eye takes them that sees nothing else beside.
_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION


def soft_proof(inks: Image.Image, profile: PressProfile) -> Image.Image:
    """Return a picture in mode CMYK (255 is full ink) as it will look in print, in sRGB."""
    made = Image.new("RGB", inks.size)
    _way(profile).transform.apply(inks.getim(), made.getim())
    return made


def prepare_proof(profile: PressProfile) -> None:
    """Build what soft proofs of a press need, which works without Python's lock."""
    _way(profile)


# Building one takes longer than applying it to a page.
@lru_cache(maxsize=4)
def _way(profile: PressProfile) -> ImageCms.ImageCmsTransform:
    srgb = ImageCms.createProfile("sRGB")
    return ImageCms.buildTransform(profile.open(), srgb, "CMYK", "RGB", _INTENT, _FLAGS)

"""Images inside luminosity masks: plain DeviceGray of what the mask reads from them."""

import pikepdf

from printkit.separate.image_samples import read_samples
from printkit.separate.image_streams import encode_flat, place


def grey_for_mask(pdf: pikepdf.Pdf, image: pikepdf.Object) -> pikepdf.Object:
    """Return the image as DeviceGray by luminance, lossless, its alpha kept; a stencil stays as it is."""
    if image.get("/ImageMask", False):
        return image
    samples = read_samples(image)
    return place(pdf, encode_flat(samples.colour.convert("L")).with_alpha(samples.alpha))

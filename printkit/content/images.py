"""What an image is: its pixels, bits and colour space; JPEG 2000 tells its own."""

from typing import Any, NamedTuple

import pikepdf

from printkit.content.colour import Space, space_of
from printkit.content.jpx import Jpx, read_jpx
from printkit.content.objects import BadOperand, entry, number, text_of
from printkit.words import Message

JPEG_2000 = "JPXDecode"
# Compressions that know one bit only, where nothing else tells (ISO 32000-1, Table 6 and Table 94)
_ONE_BIT = ("CCITTFaxDecode", "CCF", "JBIG2Decode")


class ImageFacts(NamedTuple):
    """An image's size in pixels and the bits of a component; 0 where nothing tells."""

    width: int
    height: int
    bits: int


def image_facts(source: Any) -> ImageFacts:
    """Return the size and depth of an image XObject or inline image; those of JPEG 2000 are its data's.

    BadOperand where an image XObject has no size.
    """
    if isinstance(source, pikepdf.PdfInlineImage):
        bits = 1 if source.image_mask else source.bits_per_component
        return ImageFacts(source.width, source.height, bits)
    jpx = jpx_of(source)
    # What the data say is what is decoded; the dictionary may say anything beside it.
    if jpx is not None:
        return ImageFacts(jpx.width, jpx.height, jpx.bits)
    width, height = (int(number(entry(source, key))) for key in ("/Width", "/Height"))
    return ImageFacts(width, height, _bits(source))


def image_space(source: Any, resources: Any) -> Space:
    """Return the colour space of an image; BadOperand where it has none, or none that PDF knows.

    The dictionary's counts; JPEG 2000 without one brings its own (ISO 32000-1, 7.4.9).
    """
    named = entry(source.obj if isinstance(source, pikepdf.PdfInlineImage) else source, "/ColorSpace")
    if named is not None:
        space = space_of(named, resources)
        # A pattern has no colour of its own that pixels could choose
        if space.family == "Pattern":
            raise BadOperand(named)
        return space
    jpx = jpx_of(source)
    if jpx is None or not jpx.family:
        raise BadOperand(Message("an image without a colour space"))
    return Space(jpx.family, jpx.components)


def jpx_of(source: Any) -> Jpx | None:
    """Return what an image's data say of themselves; None where they are not JPEG 2000, or broken."""
    if not isinstance(source, pikepdf.Stream) or image_filters(source) != [JPEG_2000]:
        return None
    return read_jpx(memoryview(source.get_raw_stream_buffer()))


def image_filters(source: pikepdf.Stream) -> list[str]:
    """Return the names of an image's filters, in the order in which data are decoded."""
    named = source.get("/Filter")
    found = list(named) if isinstance(named, pikepdf.Array) else [] if named is None else [named]
    return [text_of(name)[1:] for name in found]


def _bits(source: Any) -> int:
    if entry(source, "/ImageMask") is True:
        return 1
    bits = entry(source, "/BitsPerComponent")
    if isinstance(bits, int):
        return bits
    return 1 if image_filters(source)[-1:] and image_filters(source)[-1] in _ONE_BIT else 0

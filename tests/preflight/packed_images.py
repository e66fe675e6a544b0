"""Images in every packing that PDF knows, of pixels made here."""

import struct
import zlib
from base64 import a85encode
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from tests.preflight.inked_pages import image, spot

# Wide enough for a mean to be taken of blocks, no multiple of eight
SIZE = 404, 300


def waves(channels: int, size: tuple[int, int] = SIZE) -> Any:
    """Return smooth samples (height x width x channels) of eight bits."""
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    turns = [x / size[0], y / size[1], (x + y) % 128 / 128, (x > size[0] / 2) * 0.6, (y % 90) / 90]
    return np.rint(np.stack(turns[:channels], axis=2) * 255).astype(np.uint8)


def rings() -> Image.Image:
    """Return a picture of two tones."""
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    return Image.fromarray(((x - 150) ** 2 + (y - 100) ** 2) % 20_000 < 8_000).convert("1")


def packed(samples: Any, bits: int) -> bytes:
    """Return samples of eight bits as rows of so many bits a sample."""
    rows = samples.reshape(len(samples), -1)
    if bits == 16:
        return bytes((rows.astype(">u2") * 257).tobytes())
    ones = np.unpackbits((rows >> (8 - bits))[:, :, None], axis=2)[:, :, -bits:]
    return bytes(np.packbits(ones.reshape(len(rows), -1), axis=1).tobytes())


def filtered(data: bytes, row: int, pixel: int) -> bytes:
    """Return rows under PNG's five filters in turn (ISO/IEC 15948, 9.2)."""
    above, made = bytes(row), bytearray()
    for number, start in enumerate(range(0, len(data), row)):
        line = data[start : start + row]
        left, corner = bytes(pixel) + line[:-pixel], bytes(pixel) + above[:-pixel]
        guesses = [_guess(number % 5, *three) for three in zip(left, above, corner, strict=True)]
        made += bytes((number % 5,)) + bytes((v - g) & 255 for v, g in zip(line, guesses, strict=True))
        above = line
    return bytes(made)


def _guess(kind: int, left: int, above: int, corner: int) -> int:
    if kind == 4:
        nearest = left + above - corner
        return min((left, above, corner), key=lambda value: abs(nearest - value))
    return (0, left, above, (left + above) // 2)[kind]


def group4(picture: Image.Image) -> bytes:
    """Return a picture of two tones as ITU-T T.6 has it, which Pillow puts into TIFF."""
    out = BytesIO()
    picture.save(out, "TIFF", compression="group4", tiffinfo={278: picture.height})
    out.seek(0)
    with TiffImageFile(out) as made:
        start, length = made.tag_v2[273][0], made.tag_v2[279][0]
    return out.getvalue()[start : start + length]


def jbig2(picture: Image.Image) -> bytes:
    """Return a picture as JBIG2 in a PDF: a page and one generic region in T.6 (ITU-T T.88, 7.4.6, 7.4.8)."""
    size = struct.pack(">II", *picture.size)
    page = size + struct.pack(">IIBH", 0, 0, 0, 0)
    region = size + struct.pack(">IIBB", 0, 0, 0, 1) + group4(picture)
    segments = ((0, 48, page), (1, 38, region))
    return b"".join(struct.pack(">IBBBI", n, kind, 0, 1, len(data)) + data for n, kind, data in segments)


def ccitt(**entries: Any) -> Dictionary:
    return Dictionary(K=-1, Columns=SIZE[0], Rows=SIZE[1], **entries)


def inks_of(pdf: pikepdf.Pdf, *names: str) -> Array:
    """Return a space of so many inks that have no look of their own."""
    code = ("{" + " pop" * len(names) + " 0 0 0 0}").encode()
    domain, four = [0, 1] * len(names), [0, 1] * 4
    tint = pikepdf.Stream(pdf, code, FunctionType=4, Domain=Array(domain), Range=Array(four))
    colorants = Array([Name("/" + name) for name in names])
    return Array([Name.DeviceN, colorants, Name.DeviceCMYK, pdf.make_indirect(tint)])


def table(base: Any, colours: Sequence[Sequence[int]]) -> Array:
    data = b"".join(map(bytes, colours))
    return Array([Name.Indexed, base, len(colours) - 1, pikepdf.String(data)])


def made(pdf: pikepdf.Pdf, data: bytes, **entries: Any) -> pikepdf.Stream:
    return image(pdf, data, SIZE, **entries)


def saved(samples: Any, mode: str, kind: str, **options: Any) -> bytes:
    """Return samples as a JPEG or JPEG 2000."""
    out = BytesIO()
    height, width = samples.shape[:2]
    Image.frombytes(mode, (width, height), samples.tobytes()).save(out, kind, **options)
    return out.getvalue()


def two_tones(pdf: pikepdf.Pdf) -> list[Any]:
    """Return images of one bit in colours of their own."""
    rich, light = (255, 200, 0, 40), (0, 30, 90, 0)
    fax, one = group4(rings()), {"BitsPerComponent": 1}
    return [
        made(pdf, fax, ColorSpace=table(Name.DeviceCMYK, [rich, light]), Filter=Name.CCITTFaxDecode,
             DecodeParms=ccitt(), **one),
        made(pdf, jbig2(rings()), ColorSpace=spot(pdf), Filter=Name.JBIG2Decode, **one),
        made(pdf, a85encode(fax) + b"~>", ColorSpace=table(Name.DeviceCMYK, [rich, light]), Decode=[1, 0],
             Filter=[Name.ASCII85Decode, Name.CCITTFaxDecode],
             DecodeParms=Array([None, ccitt(BlackIs1=True)]), **one),
        made(pdf, rings().tobytes(), ColorSpace=table(Name.DeviceCMYK, [rich, light]), Mask=[1, 1], **one),
    ]  # fmt: skip


def bits(pdf: pikepdf.Pdf) -> list[Any]:
    """Return images of 2, 4 and 16 bits."""
    shades = [(0, 0, 0, 17 * i) for i in range(16)]
    return [
        made(pdf, packed(waves(1), 2), ColorSpace=spot(pdf), BitsPerComponent=2, Decode=[0.9, 0.1]),
        made(pdf, packed(waves(4), 4), ColorSpace=Name.DeviceCMYK, BitsPerComponent=4),
        made(pdf, packed(waves(4), 16), ColorSpace=Name.DeviceCMYK, BitsPerComponent=16,
             Decode=[0, 0.5, 1, 0, 0, 1, 0.2, 0.8]),
        made(pdf, packed(waves(1), 4), ColorSpace=table(Name.DeviceCMYK, shades), BitsPerComponent=4),
    ]  # fmt: skip


def jpegs(pdf: pikepdf.Pdf) -> list[Any]:
    """Return JPEGs in spaces of their own; two are not transformed and do not tell."""
    three = inks_of(pdf, "Cyan", "Orange", "Black")
    plain = saved(waves(3), "RGB", "JPEG", quality=95, keep_rgb=True)
    return [
        made(pdf, saved(waves(3), "RGB", "JPEG", quality=95), ColorSpace=three, Filter=Name.DCTDecode),
        made(pdf, saved(waves(1), "L", "JPEG", quality=95), ColorSpace=spot(pdf), Filter=Name.DCTDecode,
             Decode=[1, 0]),
        made(pdf, plain, ColorSpace=three, Filter=Name.DCTDecode),
        made(pdf, zlib.compress(saved(waves(4), "CMYK", "JPEG", quality=95)), ColorSpace=Name.DeviceCMYK,
             Filter=[Name.FlateDecode, Name.DCTDecode], Decode=[1, 0] * 4),
    ]  # fmt: skip


def jpegs_2000(pdf: pikepdf.Pdf) -> list[Any]:
    """Return JPEG 2000 in spaces of the page and in their own."""
    jpx, three = {"Filter": Name.JPXDecode}, inks_of(pdf, "Cyan", "Orange", "Black")
    return [
        made(pdf, saved(waves(4), "RGBA", "JPEG2000", no_jp2=True), ColorSpace=Name.DeviceCMYK, **jpx),
        made(pdf, saved(waves(1), "L", "JPEG2000"), ColorSpace=spot(pdf), **jpx),
        made(pdf, saved(waves(3), "RGB", "JPEG2000"), ColorSpace=three, **jpx),
        made(pdf, saved(waves(1), "L", "JPEG2000"), ColorSpace=Name.DeviceGray, **jpx),
    ]  # fmt: skip


def chains(pdf: pikepdf.Pdf) -> list[Any]:
    """Return images under several filters, and under predictors."""
    data = waves(4).tobytes()
    told = Dictionary(Predictor=15, Colors=4, BitsPerComponent=8, Columns=SIZE[0])
    up, flate = zlib.compress(filtered(data, SIZE[0] * 4, 4)), Name.FlateDecode
    differences = np.diff(waves(4), axis=1, prepend=np.zeros((SIZE[1], 1, 4), np.uint8)).astype(np.uint8)
    cmyk = {"ColorSpace": Name.DeviceCMYK}
    return [
        made(pdf, up, Filter=flate, DecodeParms=told, **cmyk),
        made(pdf, up.hex().encode() + b">", Filter=[Name.ASCIIHexDecode, flate],
             DecodeParms=[Dictionary(), told], **cmyk),
        made(pdf, zlib.compress(differences.tobytes()), Filter=flate,
             DecodeParms=Dictionary(Predictor=2, Colors=4, Columns=SIZE[0]), **cmyk),
        made(pdf, zlib.compress(data), Filter=flate, **cmyk),
    ]  # fmt: skip


def keyed(pdf: pikepdf.Pdf) -> list[Any]:
    """Return images with parts that a colour key hides."""
    shades = [(0, 255, 17 * i, 0) for i in range(16)]
    return [
        made(pdf, waves(4).tobytes(), ColorSpace=Name.DeviceCMYK, Mask=[0, 255, 0, 80, 0, 255, 0, 255]),
        made(pdf, packed(waves(1), 4), ColorSpace=table(Name.DeviceCMYK, shades), BitsPerComponent=4,
             Mask=[3, 9]),
        made(pdf, waves(1).tobytes(), ColorSpace=spot(pdf), Mask=[0, 100]),
        made(pdf, packed(waves(1), 2), ColorSpace=spot(pdf), BitsPerComponent=2, Mask=[2, 3]),
    ]  # fmt: skip


KINDS = {
    "two tones": two_tones, "few and many bits": bits, "JPEG": jpegs, "JPEG 2000": jpegs_2000,
    "chains of filters": chains, "colour keys": keyed,
}  # fmt: skip

"""Say what is wrong with the data of an image: as packed, and by what its dictionary says of them."""

from io import BytesIO
from typing import Any

import pikepdf
from PIL.JpegImagePlugin import JpegImageFile

from printkit.content import (
    BadOperand,
    Space,
    entry,
    image_facts,
    image_filters,
    image_space,
    number,
)
from printkit.content.images import ImageFacts
from printkit.content.jpx import read_jpx
from printkit.preflight.core.limits import CannotRun
from printkit.preflight.ink.codecs import DAMAGE
from printkit.preflight.ink.fax import has_end, whole_rows
from printkit.preflight.ink.flate import inflated
from printkit.preflight.ink.jbig2 import page_size
from printkit.preflight.ink.rows import data_after, last_parameters
from printkit.preflight.ink.samples import decode_of
from printkit.streams import data_of
from printkit.words import Message

_JPEG = ("DCTDecode", "DCT")
_FLATE = ("FlateDecode", "Fl")
# Packed by what only a whole picture tells of: whether it is whole, no length says
_FAX, _JBIG2, _JPX = ("CCITTFaxDecode", "CCF"), "JBIG2Decode", "JPXDecode"
_OTHER_CODECS = (*_FAX, _JBIG2, _JPX)
# ISO 32000-1, Table 11: what CCITT data are where DecodeParms do not say
_FAX_COLUMNS, _FAX_KIND = 1728, 0
# ISO 32000-1, Table 6, and the short names of Table 94; x4/images tells of Crypt
_FILTERS = {
    *_JPEG, *_FLATE, *_OTHER_CODECS, "ASCIIHexDecode", "AHx", "ASCII85Decode", "A85", "LZWDecode", "LZW",
    "RunLengthDecode", "RL", "Crypt",
}  # fmt: skip
_PNG_PREDICTORS = range(10, 16)
# The marker that ends a JPEG file and a JPEG 2000 codestream; writers may fill up behind it
_END, _FILLED = b"\xff\xd9", 64
_BAND = 1_000_000


def data_fault(source: pikepdf.Stream, resources: Any) -> str:
    """Say what is wrong with an image's data, nothing where nothing is."""
    # Of a stencil the one component is no colour, whatever space is named beside it
    stencil = entry(source, "/ImageMask") is True
    filters, space = image_filters(source), None if stencil else space_in(source, resources)
    unknown = next((name for name in filters if name not in _FILTERS), None)
    if unknown is not None:
        return Message("is packed by %(unknown)s, which PDF does not know", unknown=unknown)
    try:
        if len(decode_of(source)) not in (0, 2 * (space.size if space else 1)):
            return Message("has a Decode array of another length than its colour space asks for")
        key = entry(source, "/Mask")
        if space and isinstance(key, pikepdf.Array) and len(key) != 2 * space.size:
            return Message("has a colour key of another length than its colour space asks for")
        if filters[-1:] and filters[-1] in _JPEG:
            return _jpeg_fault(source, data_after(source, len(filters) - 1), space)
        if filters[-1:] and filters[-1] in _OTHER_CODECS:
            return _codec_fault(source, filters, space)
        return _short(source, filters, space)
    except (CannotRun, pikepdf.PdfError):
        return Message("cannot be unpacked: its data are damaged")
    except BadOperand:
        return Message("has no width, height or depth that can be made out")


def _codec_fault(source: pikepdf.Stream, filters: list[str], space: Space | None) -> str:
    # Uncopied where nothing else packs them, as most are
    outer = len(filters) - 1
    data = memoryview(data_after(source, outer) if outer else source.get_raw_stream_buffer())
    if not len(data):
        return Message("has no data")
    if filters[-1] == _JPX:
        return _jpx_fault(source, data, space)
    if filters[-1] == _JBIG2:
        return _jbig2_fault(source, data)
    return _fax_fault(source, data, last_parameters(source, len(filters)) or {})


def _jpx_fault(source: pikepdf.Stream, data: memoryview, space: Space | None) -> str:
    jpx = read_jpx(data)
    if jpx is None:
        return Message("is no JPEG 2000, as its filter says")
    # By the dictionary alone: elsewhere the data's own size counts
    width, height = (int(number(source.get(key))) for key in ("/Width", "/Height"))
    other_size = _size_fault(ImageFacts(width, height, 0), "JPEG 2000", jpx.width, jpx.height)
    if other_size:
        return other_size
    # A channel more may be what shows through (SMaskInData)
    opaque = not number(source.get("/SMaskInData", 0))
    if space is not None and (jpx.channels < space.size or (opaque and jpx.channels > space.size)):
        return _components_fault(space, "JPEG 2000", jpx.channels)
    return "" if _END in bytes(data[-_FILLED:]) else Message("ends before its JPEG 2000 data do")


def _components_fault(space: Space, packing: str, found: int) -> str:
    return Message(
        "is in %(family)s of %(size)s components, and its %(packing)s data have %(found)s",
        family=space.family,
        size=space.size,
        packing=packing,
        found=found,
    )


def _size_fault(facts: ImageFacts, packing: str, width: int, height: int) -> str:
    if (width, height) == facts[:2]:
        return ""
    return Message(
        "says %(columns)s x %(rows)s pixels, and its %(packing)s data are %(width)s x %(height)s",
        columns=facts.width,
        rows=facts.height,
        packing=packing,
        width=width,
        height=height,
    )


def _jbig2_fault(source: pikepdf.Stream, data: memoryview) -> str:
    facts, size = image_facts(source), page_size(bytes(data))
    if size is None:
        return Message("is no JBIG2 that can be made out, or ends before its data do")
    return _size_fault(facts, "JBIG2", size.width, facts.height if size.height is None else size.height)


def _fax_fault(source: pikepdf.Stream, data: memoryview, told: Any) -> str:
    facts = image_facts(source)
    columns = int(number(told.get("/Columns", _FAX_COLUMNS)))
    if columns != facts.width:
        return _size_fault(facts, "CCITT", columns, facts.height)
    # Group 3 has marks between its rows, and readers go on behind damage
    if number(told.get("/K", _FAX_KIND)) >= 0 or has_end(bytes(data)):
        return ""
    aligned = told.get("/EncodedByteAlign", False) is True
    rows = whole_rows(bytes(data), facts.width, facts.height, aligned)
    return Message("has fewer data than its width and height ask for") if rows < facts.height else ""


def _jpeg_fault(source: pikepdf.Stream, data: bytes, space: Space | None) -> str:
    try:
        picture = JpegImageFile(BytesIO(data))
    except DAMAGE:
        return Message("is no JPEG, as its filter says")
    other_size = _size_fault(image_facts(source), "JPEG", *picture.size)
    if other_size:
        return other_size
    if space is not None and picture.layers != space.size:
        return _components_fault(space, "JPEG", picture.layers)
    # By the last marker, as decoders fill up what is missing without a word
    return "" if _END in data[-_FILLED:] else Message("ends before its JPEG data do")


def _short(source: pikepdf.Stream, filters: list[str], space: Space | None) -> str:
    """Tell whether unpacked data are fewer than the pixels take; of an unknown space one component counts."""
    facts = image_facts(source)
    # Table 89 of ISO 32000-1 knows no others, and a product of wrong ones may be huge
    if facts.bits not in (1, 2, 4, 8, 16) or min(facts[:2]) < 1:
        raise BadOperand(facts)
    row = (facts.width * (space.size if space else 1) * facts.bits + 7) // 8
    if filters and filters[-1] in _FLATE and len(filters) == 1:
        needed = (row + _is_filtered(source)) * facts.height
        found = _count(source, needed)
    else:
        needed, found = row * facts.height, len(data_of(source))
    return Message("has fewer data than its width and height ask for") if found < needed else ""


def _is_filtered(source: pikepdf.Stream) -> bool:
    """Tell whether each row has a byte more, which says how PNG's filters changed it."""
    predictor = entry(last_parameters(source, 1), "/Predictor")
    return predictor is not None and number(predictor) in _PNG_PREDICTORS


def _count(source: pikepdf.Stream, needed: int) -> int:
    """Return how many bytes Flate data unpack to; not more are unpacked than needed."""
    found = 0
    # No further than the pixels need, so a bomb costs nothing
    for part in inflated(source.read_raw_bytes(), _BAND):
        found += len(part)
        if found >= needed:
            break
    return found


def space_in(source: Any, resources: Any) -> Space | None:
    """Return the colour space of an image, None where it has none that PDF knows."""
    try:
        return image_space(source, resources)
    except BadOperand:
        return None

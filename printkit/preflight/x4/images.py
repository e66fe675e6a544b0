"""PDF/X-4: images whose data and colour space can be made out."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from PIL.JpegImagePlugin import JpegImageFile

from printkit.content import (
    BadOperand,
    Element,
    Space,
    entry,
    image_facts,
    image_filters,
    image_space,
    jpx_of,
    number,
)
from printkit.content.state import IMAGES
from printkit.preflight.core.findings import Severity
from printkit.preflight.core.limits import CannotRun
from printkit.preflight.core.registry import Hit, rule
from printkit.preflight.core.subject import PageView, Subject
from printkit.preflight.ink.codecs import DAMAGE
from printkit.preflight.ink.flate import inflated
from printkit.preflight.ink.samples import decode_of, palette_of
from printkit.words import Message

PDF = "ISO 32000-1"
_JPEG = ("DCTDecode", "DCT")
_FLATE = ("FlateDecode", "Fl")
# Packed by what only a whole picture tells of: whether it is whole, no length says
_OTHER_CODECS = ("CCITTFaxDecode", "CCF", "JBIG2Decode", "JPXDecode")
# ISO 32000-1, Table 6, and the short names of Table 94; x4/images tells of Crypt
_FILTERS = {
    *_JPEG, *_FLATE, *_OTHER_CODECS, "ASCIIHexDecode", "AHx", "ASCII85Decode", "A85", "LZWDecode", "LZW",
    "RunLengthDecode", "RL", "Crypt",
}  # fmt: skip
_PNG_PREDICTORS = range(10, 16)
# The marker that ends a JPEG file and a JPEG 2000 codestream; writers may fill up behind it
_END, _FILLED = b"\xff\xd9", 64
_BAND = 1_000_000


@rule("x4/image-data", "error", PDF)
def image_data(subject: Subject) -> Iterator[Hit]:
    """Each image's data can be unpacked and are all there, or part of it goes missing: place it anew."""
    seen: set[tuple[int, int]] = set()
    for view, element in _images(subject):
        subject.clock.check()
        if isinstance(element.source, pikepdf.PdfInlineImage):
            faults: list[tuple[str, str]] = [(Message("an image"), _inline_fault(element))]
        else:
            parts = [(what, one) for what, one in _with_masks(element.source) if one.objgen not in seen]
            seen |= {one.objgen for _, one in parts}
            faults = [(what, _fault(one, element.context.resources)) for what, one in parts]
        for what, fault in faults:
            if fault:
                yield Hit(
                    Message("%(what)s %(fault)s", what=what, fault=fault),
                    view.number,
                    view.in_mm(element.box),
                )


@rule("x4/image-space", "error", PDF)
def image_spaces(subject: Subject) -> Iterator[Hit]:
    """Each image has a colour space that PDF knows, its soft mask DeviceGray: export it anew."""
    for view, element in _images(subject):
        source, box = element.source, view.in_mm(element.box)
        if not element.fills and _space(source, element.context.resources) is None:
            named = entry(source.obj if isinstance(source, pikepdf.PdfInlineImage) else source, "/ColorSpace")
            why = (
                Message("no colour space")
                if named is None
                else Message("a colour space that PDF does not know")
            )
            yield Hit(Message("an image has %(why)s", why=why), view.number, box)
        for fault, severity in (*_mask_faults(source), *_palette_faults(source, element)):
            yield Hit(Message("an image's %(fault)s", fault=fault), view.number, box, severity=severity)


def _mask_faults(source: Any) -> Iterator[tuple[str, Severity]]:
    mask, key = entry(source, "/SMask"), entry(source, "/Mask")
    space = _space(mask, None) if isinstance(mask, pikepdf.Stream) else None
    if isinstance(mask, pikepdf.Stream) and (space is None or space.family != "DeviceGray"):
        found = space.family if space else Message("no space that PDF knows")
        yield Message("soft mask is in %(found)s, not DeviceGray", found=found), "error"
    if mask is not None and not isinstance(mask, pikepdf.Stream):
        yield Message("soft mask is no image"), "error"
    if key is not None and not isinstance(key, pikepdf.Stream | pikepdf.Array):
        yield Message("mask is neither an image nor a range of colours"), "error"


def _palette_faults(source: Any, element: Element) -> Iterator[tuple[str, Severity]]:
    """Tell of a palette with fewer colours than its space says, which readers fill up as they like."""
    space = None if element.fills else _space(source, element.context.resources)
    if space is not None and space.family == "Indexed" and isinstance(space.source, pikepdf.Array):
        try:
            said, found = number(space.source[2]) + 1, len(palette_of(space))
        except (BadOperand, IndexError, pikepdf.PdfError):
            yield Message("palette cannot be made out"), "error"
            return
        if found < said:
            yield (
                Message("palette has %(found)s colours, and its space says %(said)g", found=found, said=said),
                "warning",
            )


def _images(subject: Subject) -> Iterator[tuple[PageView, Element]]:
    for view, marks in subject.marks:
        images = marks.of_kind(*IMAGES)
        yield from ((view, image) for image in images if not image.context.hidden)


def _with_masks(source: Any) -> Iterator[tuple[str, pikepdf.Stream]]:
    """Yield an image's stream with those of its masks."""
    yield Message("an image"), source
    for key, what in (("/SMask", Message("an image's soft mask")), ("/Mask", Message("an image's mask"))):
        mask = source.get(key)
        if isinstance(mask, pikepdf.Stream):
            yield what, mask


def _space(source: Any, resources: Any) -> Space | None:
    try:
        return image_space(source, resources)
    except BadOperand:
        return None


def _inline_fault(element: Element) -> str:
    """Say what is wrong with an inline image's data.

    What draws a letter of a Type 3 font is left alone: it comes again with each letter that is set.
    """
    if element.context.in_glyph:
        return ""
    source: Any = element.source
    with pikepdf.new() as scratch:
        return _fault(pikepdf.Stream(scratch, source.read_raw_bytes(), source.obj), element.context.resources)


def _fault(source: pikepdf.Stream, resources: Any) -> str:
    """Say what is wrong with an image's data, nothing where nothing is."""
    filters, space = image_filters(source), _space(source, resources)
    unknown = next((name for name in filters if name not in _FILTERS), None)
    if unknown is not None:
        return Message("is packed by %(unknown)s, which PDF does not know", unknown=unknown)
    try:
        if len(decode_of(source)) not in (0, 2 * (space.size if space else 1)):
            return Message("has a Decode array of another length than its colour space asks for")
        if filters[-1:] and filters[-1] in _JPEG:
            return _jpeg_fault(source, len(filters), space)
        if filters[-1:] and filters[-1] in _OTHER_CODECS:
            return _codec_fault(source, filters)
        return _short(source, filters, space)
    except (CannotRun, pikepdf.PdfError):
        return Message("cannot be unpacked: its data are damaged")
    except BadOperand:
        return Message("has no width, height or depth that can be made out")


def _codec_fault(source: pikepdf.Stream, filters: list[str]) -> str:
    data = memoryview(source.get_raw_stream_buffer())
    if not len(data):
        return Message("has no data")
    if filters != ["JPXDecode"]:
        return ""
    if jpx_of(source) is None:
        return Message("is no JPEG 2000, as its filter says")
    return "" if _END in bytes(data[-_FILLED:]) else Message("ends before its JPEG 2000 data do")


def _jpeg_fault(source: pikepdf.Stream, filters: int, space: Space | None) -> str:
    data = source.read_raw_bytes() if filters == 1 else b""
    # Packed once more, which nobody does but by chance: unpacking it to look would cost a picture's memory
    if filters > 1:
        return ""
    try:
        picture = JpegImageFile(BytesIO(data))
    except DAMAGE:
        return Message("is no JPEG, as its filter says")
    size = tuple(image_facts(source)[:2])
    if picture.size != size:
        return Message(
            "says %(columns)s x %(rows)s pixels, and its JPEG data are %(width)s x %(height)s",
            columns=size[0],
            rows=size[1],
            width=picture.width,
            height=picture.height,
        )
    if space is not None and picture.layers != space.size:
        return Message(
            "is in %(family)s of %(size)s components, and its JPEG data have %(layers)s",
            family=space.family,
            size=space.size,
            layers=picture.layers,
        )
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
        needed, found = row * facts.height, len(source.read_bytes())
    return Message("has fewer data than its width and height ask for") if found < needed else ""


def _is_filtered(source: pikepdf.Stream) -> bool:
    """Tell whether each row has a byte more, which says how PNG's filters changed it."""
    told = source.get("/DecodeParms")
    predictor = entry(told[0] if isinstance(told, pikepdf.Array) and len(told) else told, "/Predictor")
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

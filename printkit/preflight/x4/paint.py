"""PDF/X-4: fonts, graphics state, images. Restated from public manuals."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Dictionary, Name, Stream

from printkit.content import Font, Kind, entry, items_of, jpx_of, text_of
from printkit.content.colour import PROCESS
from printkit.content.fonts import FONT_FILES
from printkit.content.state import INVISIBLE
from printkit.preflight.core.registry import Hit, rule
from printkit.preflight.core.subject import Subject
from printkit.preflight.x4.file import X4
from printkit.preflight.x4.font_maps import composite_fault
from printkit.words import Message

FONTS = {"/Type1", "/MMType1", "/TrueType", "/CIDFontType0", "/CIDFontType2"}
# ISO 32000-1, Table 110 "Font types"
KINDS = {"/Type0", "/Type1", "/MMType1", "/Type3", "/TrueType", "/CIDFontType0", "/CIDFontType2"}
# ISO 32000-1, tables of standard blend modes
BLEND_MODES = {
    "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge",
    "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color",
    "/Luminosity",
}  # fmt: skip
USUAL_BITS = 8
FOREIGN = {
    "/OPI": Message("an OPI reference"),
    "/Alternates": Message("alternate images"),
    "/Ref": Message("a reference to another file"),
}


@rule("x4/fonts", "error", X4)
def fonts(subject: Subject) -> Iterator[Hit]:
    """Every font that text is painted in is embedded, the standard fourteen too: embed all, or outline."""
    for font, paints in subject.once(fonts_of_text).values():
        fault = composite_fault(font) if paints else ""
        if fault:
            yield Hit(Message("composite font %(name)s %(fault)s", name=font.name, fault=fault))
        for holder in (font.source, *items_of(font.source.get("/DescendantFonts"), one=True)):
            kind = text_of(entry(holder, "/Subtype") or "/no kind")
            if kind not in KINDS:
                yield Hit(Message("a font is of kind %(kind)s, which PDF does not know", kind=kind[1:]))
            # Type 0 has its program in its descendant, Type 3 is content
            if kind not in FONTS or entry(holder, "/BaseFont") is None:
                continue
            if any(entry(holder, "/FontDescriptor", key) is not None for key in FONT_FILES):
                continue
            # Whoever rips it takes another font, and nobody sees that before it is printed
            message = Message("font %(get)s is not embedded", get=text_of(holder.get("/BaseFont", "/?"))[1:])
            if paints:
                yield Hit(message)
            else:
                yield Hit(
                    Message("%(message)s; all its text is invisible (rendering mode 3)", message=message),
                    severity="warning",
                )


def fonts_of_text(subject: Subject) -> dict[int, tuple[Font, bool]]:
    """Return the fonts that text is set in, with whether any of it paints; ask `subject.once` for it.

    Text that only clips shapes what is painted next. A font is known by its place in memory.
    """
    found: dict[int, tuple[Font, bool]] = {}
    for look in (look for _, marks in subject.marks for look in marks.kinds):
        text = look.state.text
        if look.kind is Kind.TEXT and text.font is not None:
            paints = text.mode != INVISIBLE or found.get(id(text.font), (None, False))[1]
            found[id(text.font)] = text.font, paints
    return found


@rule("x4/transfer", "error", X4)
def transfer(subject: Subject) -> Iterator[Hit]:
    """No graphics state has a transfer function or a halftone phase: take them out at export."""
    for state in _states(subject):
        if "/HTP" in state or "/TR" in state or state.get("/TR2", Name.Default) != Name.Default:
            yield Hit(Message("a graphics state sets a transfer function or a halftone phase"))
        if any(map(_transfers, _halftones(state.get("/HT")))):
            yield Hit(Message("a graphics state sets a halftone with a transfer function"))


@rule("x4/blend-mode", "error", X4)
def blend_mode(subject: Subject) -> Iterator[Hit]:
    """Blend modes are those of the PDF standard: flatten what uses another."""
    for state in _states(subject):
        for mode in items_of(state.get("/BM"), one=True):
            if text_of(mode) not in BLEND_MODES:
                yield Hit(Message("blend mode %(mode)s is not a standard one", mode=text_of(mode)[1:]))


@rule("x4/images", "error", X4)
def images(subject: Subject) -> Iterator[Hit]:
    """No OPI, PostScript, alternate image, outside reference, encrypted stream: place the pictures."""
    for holder in _external_objects(subject):
        for key, what in FOREIGN.items():
            if key in holder:
                yield Hit(Message("the file holds %(what)s", what=what))
        if holder.get("/Subtype") == Name.PS or holder.get("/Subtype2") == Name.PS:
            yield Hit(Message("the file holds a PostScript fragment"))
    if any(Name.Crypt in _filters(stream) for stream in subject.holders):
        yield Hit(Message("the file holds a stream that is encrypted by itself"))


@rule("x4/lzw", "warning", "PDF/X-1a (ISO 15930-4)")
def lzw(subject: Subject) -> Iterator[Hit]:
    """No stream is compressed by LZW, which some workflows refuse: compress by Flate."""
    for stream in subject.holders:
        if Name.LZWDecode in _filters(stream):
            yield Hit(Message("a stream is compressed by LZW"))
    for view, marks in subject.marks:
        for element in marks.of_kind(Kind.INLINE_IMAGE):
            if "/LZWDecode" in _inline_filters(element.source):
                yield Hit(
                    Message("an inline image is compressed by LZW"), view.number, view.in_mm(element.box)
                )


@rule("x4/image-depth", "warning", X4)
def image_depth(subject: Subject) -> Iterator[Hit]:
    """Images have at most 8 bits a component, which every RIP takes: convert deeper ones."""
    for holder in subject.holders:
        jpx = jpx_of(holder)
        bits = holder.get("/BitsPerComponent") if jpx is None else jpx.bits
        if holder.get("/Subtype") == Name.Image and isinstance(bits, int) and bits > USUAL_BITS:
            yield Hit(
                Message("an image has %(bits)s bits a component", bits=bits), measured=bits, limit=USUAL_BITS
            )


def _halftones(halftone: Any) -> Iterator[Any]:
    """Yield a halftone, and those of the process inks that one of type 5 has (ISO 32000-1, Table 134)."""
    yield halftone
    yield from (entry(halftone, f"/{ink}") for ink in PROCESS)


def _transfers(halftone: Any) -> bool:
    return entry(halftone, "/TransferFunction") not in (None, Name.Identity)


def _external_objects(subject: Subject) -> Iterator[Any]:
    return (item for item in subject.holders if item.get("/Subtype") in (Name.Image, Name.Form, Name.PS))


def _filters(holder: Any) -> list[Any]:
    return items_of(holder.get("/Filter"), one=True) if isinstance(holder, Stream) else []


def _inline_filters(source: Any) -> list[str]:
    return list(map(text_of, source.filters))


def _states(subject: Subject) -> Iterator[Any]:
    """Yield the graphics states of resources and of patterns; a soft mask's own TR is none."""
    for holder in subject.holders:
        states = holder.get("/ExtGState")
        if not isinstance(states, Dictionary):
            continue
        # A shading pattern has one state in the place where resources have many
        if "/PatternType" in holder and "/Resources" not in holder:
            yield states
        yield from (state for _, state in states.items() if isinstance(state, Dictionary))

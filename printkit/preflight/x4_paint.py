"""PDF/X-4: fonts, colour, graphics state, images. Restated from public manuals."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from printkit.content import Space, entry, text_of
from printkit.preflight.colours import used_spaces
from printkit.preflight.registry import Hit, rule
from printkit.preflight.subject import Subject
from printkit.preflight.x4_file import X4

FONTS = (Name.Type1, Name.MMType1, Name.TrueType, Name.CIDFontType0, Name.CIDFontType2)
PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
# ISO 32000-1, tables of standard blend modes
BLEND_MODES = {
    "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge",
    "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color",
    "/Luminosity",
}  # fmt: skip
FOREIGN = {
    "/OPI": "an OPI reference",
    "/Alternates": "alternate images",
    "/Ref": "a reference to another file",
}


@rule("x4/fonts", "error", X4)
def fonts(subject: Subject) -> Iterator[Hit]:
    """Every font is embedded, the standard fourteen too: embed all, or outline the text."""
    for holder in subject.holders:
        if holder.get("/Subtype") not in FONTS or "/BaseFont" not in holder:
            continue
        if not any(entry(holder, "/FontDescriptor", key) is not None for key in PROGRAMS):
            yield Hit(f"font {text_of(holder.get('/BaseFont', '/?'))[1:]} is not embedded")


@rule("x4/colour", "error", X4)
def colour(subject: Subject) -> Iterator[Hit]:
    """Colours are legal under a CMYK output intent, RGB without DefaultRGB is not: convert at export."""
    profiles = set(map(_digest, _intent_profiles(subject)))
    for used in used_spaces(subject):
        for space in _chain(used.space):
            if space.family == "DeviceRGB" and space.default is None:
                yield Hit(f"{used.what} in DeviceRGB", used.page, used.box_mm)
            if space.family == "ICCBased" and space.size == 4 and _digest(_stream(space)) in profiles:
                yield Hit(f"{used.what} in the output intent's own profile", used.page, used.box_mm)


@rule("x4/transfer", "error", X4)
def transfer(subject: Subject) -> Iterator[Hit]:
    """No graphics state has a transfer function or a halftone phase: take them out at export."""
    for state in _states(subject):
        if "/HTP" in state or "/TR" in state or state.get("/TR2", Name.Default) != Name.Default:
            yield Hit("a graphics state sets a transfer function or a halftone phase")


@rule("x4/blend-mode", "error", X4)
def blend_mode(subject: Subject) -> Iterator[Hit]:
    """Blend modes are those of the PDF standard: flatten what uses another."""
    for state in _states(subject):
        for mode in _one_or_more(state.get("/BM")):
            if text_of(mode) not in BLEND_MODES:
                yield Hit(f"blend mode {text_of(mode)[1:]} is not a standard one")


@rule("x4/images", "error", X4)
def images(subject: Subject) -> Iterator[Hit]:
    """No OPI, PostScript, alternate image, outside reference, encrypted stream: place the pictures."""
    for holder in _external_objects(subject):
        for key, what in FOREIGN.items():
            if key in holder:
                yield Hit(f"the file holds {what}")
        if holder.get("/Subtype") == Name.PS or holder.get("/Subtype2") == Name.PS:
            yield Hit("the file holds a PostScript fragment")
    if any(Name.Crypt in _filters(stream) for stream in subject.holders):
        yield Hit("the file holds a stream that is encrypted by itself")


@rule("x4/lzw", "warning", "PDF/X-1a (ISO 15930-4)")
def lzw(subject: Subject) -> Iterator[Hit]:
    """No stream is compressed by LZW, which some workflows refuse: compress by Flate."""
    for stream in subject.holders:
        if Name.LZWDecode in _filters(stream):
            yield Hit("a stream is compressed by LZW")


def _chain(space: Space) -> Iterator[Space]:
    """Yield a space and those it stands on; alternates of spot colours are for screens only."""
    yield space
    if space.base is not None and space.family in ("Indexed", "Pattern"):
        yield from _chain(space.base)


def _stream(space: Space) -> Any:
    return space.source[1] if isinstance(space.source, Array) else None


def _digest(stream: Any) -> bytes:
    return sha256(stream.read_bytes()).digest() if isinstance(stream, Stream) else b""


def _intent_profiles(subject: Subject) -> list[Any]:
    intents = entry(subject.pdf.Root, "/OutputIntents")
    return [entry(intent, "/DestOutputProfile") for intent in intents] if isinstance(intents, Array) else []


def _external_objects(subject: Subject) -> Iterator[Any]:
    return (item for item in subject.holders if item.get("/Subtype") in (Name.Image, Name.Form, Name.PS))


def _filters(holder: Any) -> list[Any]:
    return _one_or_more(holder.get("/Filter")) if isinstance(holder, Stream) else []


def _one_or_more(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Array) else [] if value is None else [value]


def _states(subject: Subject) -> Iterator[Any]:
    """Yield the graphics states that resources name; a soft mask's own TR is none."""
    for holder in subject.holders:
        states = holder.get("/ExtGState")
        if isinstance(states, Dictionary):
            yield from (state for _, state in states.items() if isinstance(state, Dictionary))

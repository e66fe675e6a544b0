"""What a page draws, as a hash: two pages that draw the same need one picture."""

from hashlib import sha256
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from printkit.content import entry, text_of

_TAG = b"+"
# Of a page's own entries those that are seen; what stands beside them is for readers and archives.
_SEEN = ("/Contents", "/Resources", "/MediaBox", "/BleedBox", "/TrimBox", "/Rotate", "/Group", "/UserUnit")


def drawn(pdf: pikepdf.Pdf) -> list[bytes]:
    """Return the hash of what each page draws.

    A font counts by its names, not by its letters: those that a layout writes are cut down to the letters in
    use, on any page, and keep the numbers of glyphs that their content streams ask for. Only files whose
    fonts of one name are cut from one file may be compared.
    """
    known: dict[Any, bytes] = {}
    return [_hash(_part(page.obj, _SEEN, known)) for page in pdf.pages]


def _hash(parts: list[bytes]) -> bytes:
    # Each with its length, so that no two lists of parts are written alike
    return sha256(b"".join(b"%d:%b" % (len(part), part) for part in parts)).digest()


def _of(thing: Any, known: dict[Any, bytes]) -> bytes:
    """Return the hash of an object and of all that it leads to; what leads back to itself ends there."""
    if not isinstance(thing, Array | Dictionary | Stream):
        return b"%b %b" % (type(thing).__name__.encode(), text_of(thing).encode(errors="surrogateescape"))
    key = thing.objgen if thing.is_indirect else None
    if key in known:
        return known[key]
    if key:
        known[key] = b""
    if isinstance(thing, Array):
        parts = [b"array", *(_of(one, known) for one in thing)]
    elif thing.get("/Subtype") == Name.Type0:
        parts = [b"font", *_font(thing)]
    else:
        parts = _part(thing, tuple(sorted(thing.keys())), known)
    if isinstance(thing, Stream):
        parts.append(thing.read_raw_bytes())
    found = _hash(parts)
    if key:
        known[key] = found
    return found


def _part(holder: Any, keys: tuple[str, ...], known: dict[Any, bytes]) -> list[bytes]:
    """Return the entries of a dictionary, each its name and what it holds."""
    there = [(key, entry(holder, key)) for key in keys if key in holder]
    return [part for key, value in there for part in (key.encode(), _of(value, known))]


def _font(font: Any) -> list[bytes]:
    """Return a font's encoding, and its name without the tag of its subset (ISO 32000-1, 9.6.4)."""
    name = text_of(entry(font, "/BaseFont")).encode(errors="surrogateescape")
    return [name.rpartition(_TAG)[2], str(entry(font, "/Encoding")).encode()]

"""Composite fonts: whether their codes lead to glyphs at all (ISO 32000-1, 9.7)."""

from typing import Any

from pikepdf import Array, Dictionary, Name, PdfError, Stream

from printkit.content import Font, entry, text_of
from printkit.streams import data_of
from printkit.words import Message

# ISO 32000-1, Table 118: by character collection; each with -H, -V or as it stands
_BOTH_WAYS = (
    "Identity GB-EUC GBpc-EUC GBK-EUC GBKp-EUC GBK2K UniGB-UCS2 UniGB-UTF16 B5pc HKscs-B5 ETen-B5 ETenms-B5 "
    "CNS-EUC UniCNS-UCS2 UniCNS-UTF16 83pv-RKSJ 90ms-RKSJ 90msp-RKSJ 90pv-RKSJ Add-RKSJ EUC Ext-RKSJ "
    "UniJIS-UCS2 UniJIS-UCS2-HW UniJIS-UTF16 KSC-EUC KSCms-UHC KSCms-UHC-HW KSCpc-EUC UniKS-UCS2 UniKS-UTF16"
)
CMAPS = frozenset({"/H", "/V", *(f"/{name}-{way}" for name in _BOTH_WAYS.split() for way in "HV")})
# What each CMap has, or takes from another by UseCMap
_SPACES = (b"begincodespacerange", b"usecmap")


def composite_fault(font: Font) -> str:
    """Say why a composite font's codes lead to no glyphs; nothing where they do, or for a simple font."""
    if not font.wide:
        return ""
    below = font.source.get("/DescendantFonts")
    if not (isinstance(below, Array) and len(below) == 1 and isinstance(below[0], Dictionary)):
        return Message("has no descendant font, so no glyphs")
    # Without a map a reader shows .notdef for each letter, and says nothing
    if _is_map(font.source.get("/Encoding")):
        return ""
    return Message("has no character map (Encoding) that PDF knows")


def _is_map(encoding: Any) -> bool:
    if isinstance(encoding, Name):
        return text_of(encoding) in CMAPS
    if not isinstance(encoding, Stream):
        return False
    try:
        data = data_of(encoding)
    except PdfError:
        return False
    return entry(encoding, "/UseCMap") is not None or any(word in data for word in _SPACES)

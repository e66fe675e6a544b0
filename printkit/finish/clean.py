"""What a press file must not hold."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from printkit.content import items_of
from printkit.content.fonts import FONT_FILES
from printkit.errors import RenderError
from printkit.streams import data_of
from printkit.words import Message

# Layers decide what is drawn; all else in a catalog (forms, actions, structure, views) serves screens, and
# PDF/X-4 forbids much of it
KEPT = {"/Type", "/Pages", "/OCProperties"}
STRUCTURE = ("/StructParent", "/StructParents")


def clean(pdf: Pdf) -> None:
    """Remove interaction and structure from the catalog and objects; recode LZW.

    Raise RenderError for a font that is not embedded and for a stream in another file.
    """
    for key in set(pdf.Root.keys()) - KEPT:
        del pdf.Root[key]
    missing: set[str] = set()
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            _clean_stream(item)
        elif isinstance(item, Dictionary):
            missing.update(_missing_fonts(item))
    if missing:
        raise RenderError(Message("fonts are not embedded: %(missing)s", missing=", ".join(sorted(missing))))


def _clean_stream(stream: pikepdf.Stream) -> None:
    # PDF/X-4: a printer gets one file
    if "/F" in stream:
        raise RenderError(Message("a stream's data lies in another file"))
    for key in STRUCTURE:
        if key in stream:
            del stream[key]
    # Banned in PDF/X-1a, and preflights warn of it in PDF/X-4
    if Name.LZWDecode in _filters(stream):
        stream.write(data_of(stream))


def _filters(stream: pikepdf.Stream) -> list[pikepdf.Object]:
    return items_of(stream.get(Name.Filter), one=True)


def _missing_fonts(item: Dictionary) -> Iterator[str]:
    """Yield the font's name unless its program, or itself as Type 0 or Type 3, is in the file."""
    if item.get(Name.Type) != Name.Font or item.get(Name.Subtype) in (Name.Type0, Name.Type3):
        return
    descriptor = item.get(Name.FontDescriptor, Dictionary())
    if not any(key in descriptor for key in FONT_FILES):
        yield str(item.get(Name.BaseFont, "a font without a name")).lstrip("/")

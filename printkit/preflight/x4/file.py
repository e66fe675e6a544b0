"""PDF/X-4: file and metadata. Restated from public manuals (callas, PDFlib, prepressure.com)."""

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

from pikepdf import Array, Name, Stream, String

from printkit.content import entry, text_of
from printkit.preflight.core.registry import Hit, rule
from printkit.preflight.core.subject import Subject, well_formed
from printkit.preflight.x4.dates import from_info, from_xmp, same
from printkit.words import Message

X4 = "PDF/X-4 (ISO 15930-7)"
LATEST = 1.6
PDFXID = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
# Info key and the XMP property that says the same
PAIRS = (
    ("/Title", "dc:title"),
    ("/Author", "dc:creator"),
    ("/Subject", "dc:description"),
    ("/Keywords", "pdf:Keywords"),
    ("/Producer", "pdf:Producer"),
    ("/Creator", "xmp:CreatorTool"),
)
_NO_XML = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f]")
# How programs write several authors into Info
SEPARATORS = ("; ", ", ", ";", ",")
DATES = (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate"))


@rule("x4/version", "error", X4)
def version(subject: Subject) -> Iterator[Hit]:
    """The file is PDF 1.6 or older: export it as PDF/X-4, or save it as 1.6."""
    # The catalog may say a later one than the header does.
    said = text_of(entry(subject.pdf.Root, "/Version") or "")[1:]
    versions = [subject.pdf.pdf_version, said if re.fullmatch(r"\d\.\d", said) else "0.0"]
    # Readers go by the later of both
    found = max(versions, key=float)
    if float(found) > LATEST:
        yield Hit(
            Message("the file is PDF %(found)s; write it as %(latest)s", found=found, latest=LATEST),
            measured=float(found),
            limit=LATEST,
        )


@rule("x4/encryption", "error", X4)
def encryption(subject: Subject) -> Iterator[Hit]:
    """The file is not encrypted: save it without a password and without restrictions."""
    if subject.pdf.is_encrypted:
        yield Hit(Message("the file is encrypted; save it without a password or restrictions"))


@rule("x4/file-id", "error", X4)
def file_id(subject: Subject) -> Iterator[Hit]:
    """The trailer has an ID of two strings: export the file anew, every usual program writes one."""
    found = entry(subject.pdf.trailer, "/ID")
    parts = list(found) if isinstance(found, Array) else []
    if len(parts) != 2 or not all(isinstance(part, String) and bytes(part) for part in parts):
        yield Hit(Message("the trailer has no ID of two strings"))


@rule("x4/external-stream", "error", X4)
def external_stream(subject: Subject) -> Iterator[Hit]:
    """No stream keeps its data in another file: embed what is linked, and export anew."""
    for holder in subject.holders:
        if isinstance(holder, Stream) and "/F" in holder:
            yield Hit(Message("a stream keeps its data in another file; embed it"))


@rule("x4/metadata", "error", X4)
def metadata(subject: Subject) -> Iterator[Hit]:
    """The file has XMP metadata, well-formed and not compressed: export as PDF/X-4, which writes them so."""
    packet = entry(subject.pdf.Root, "/Metadata")
    if not isinstance(packet, Stream):
        yield Hit(Message("the file has no XMP metadata"))
    # Programs that know no PDF look for it as plain text
    elif "/Filter" in packet:
        yield Hit(Message("the XMP metadata is compressed"))
    if isinstance(packet, Stream) and subject.xmp is None:
        told = Message("the XMP metadata is not well-formed XML")
        yield Hit(Message("the metadata is XML, but no XMP") if well_formed(packet) else told)


# Without XMP that can be read, x4/metadata alone tells: one finding for one cause.
@rule("x4/identification", "error", X4)
def identification(subject: Subject) -> Iterator[Hit]:
    """XMP says pdfxid:GTS_PDFXVersion PDF/X-4: export with that preset; renaming alone mends nothing."""
    if subject.xmp is None:
        return
    found = subject.xmp.get(PDFXID)
    if found != "PDF/X-4":
        yield Hit(Message("pdfxid:GTS_PDFXVersion is %(found)s, not PDF/X-4", found=found or "absent"))


@rule("x4/document-id", "error", X4)
def document_id(subject: Subject) -> Iterator[Hit]:
    """XMP has xmpMM:DocumentID, VersionID and RenditionClass: export as PDF/X-4, which writes them."""
    for name in ("DocumentID", "VersionID", "RenditionClass") if subject.xmp is not None else ():
        if not subject.xmp.get(f"xmpMM:{name}"):
            yield Hit(Message("XMP has no xmpMM:%(name)s", name=name))


@rule("x4/dates", "error", X4)
def dates(subject: Subject) -> Iterator[Hit]:
    """XMP has the dates of creation, change and metadata, the same as Info: export the file anew."""
    if subject.xmp is None:
        return
    for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
        if from_xmp(subject.xmp.get(name)) is None:
            yield Hit(Message("XMP has no readable %(name)s", name=name))
    for key, name in DATES:
        written = entry(subject.info, key)
        theirs, ours = from_info(written), from_xmp(subject.xmp.get(name))
        if written is not None and theirs is None:
            yield Hit(Message("Info %(key)s is not readable as a date", key=key[1:]))
        if theirs is not None and ours is not None and not same(theirs, ours):
            yield Hit(Message("Info %(key)s and %(name)s differ", key=key[1:], name=name))


@rule("x4/title", "error", X4)
def title(subject: Subject) -> Iterator[Hit]:
    """XMP dc:title is not empty: give the document a title and export anew."""
    if subject.xmp is not None and not str(subject.xmp.get("dc:title") or "").strip():
        yield Hit(Message("dc:title is empty"))


@rule("x4/info", "error", X4)
def info(subject: Subject) -> Iterator[Hit]:
    """Info and XMP agree: save the metadata in one program and export anew."""
    for key, name in PAIRS if subject.xmp is not None else ():
        written = entry(subject.info, key)
        if written is not None and _lines(text_of(written)) not in _said(subject.xmp.get(name)):
            yield Hit(Message("Info %(key)s and XMP %(name)s differ", key=key[1:], name=name))


@rule("x4/trapped", "error", X4)
def trapped(subject: Subject) -> Iterator[Hit]:
    """Info says Trapped True or False, as a name, and XMP the same: choose one of both at export."""
    found = entry(subject.info, "/Trapped")
    if not isinstance(found, Name) or str(found) not in ("/True", "/False"):
        yield Hit(Message("Info Trapped is not the name True or False"))
    elif subject.xmp is not None and subject.xmp.get("pdf:Trapped") not in (None, str(found)[1:]):
        yield Hit(Message("Info Trapped and pdf:Trapped differ"))


def _said(value: Any) -> set[str]:
    """Return how Info may say what XMP says; nothing in both is the same."""
    if isinstance(value, str) or value is None:
        return {_lines(value or "")}
    # A list in XMP is one text in Info, joined as each program likes
    return {_lines(separator.join(map(str, value))) for separator in SEPARATORS}


def _lines(text: str) -> str:
    """Return a text as XML can hold it: CR becomes LF (XML 1.0, 2.11), other controls have no place (2.2).

    Letters with marks may be one character or two.
    """
    return _NO_XML.sub("", normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))

"""Samples of PDF/X-4: the file and its metadata."""

import re
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, String

from tests.preflight.matrix.base import CLEAN, Draft, draft
from tests.preflight.matrix.x4_table import root, saved, table


def xmp(old: str, new: str) -> Draft:
    def change(pdf: pikepdf.Pdf, _: Any) -> None:
        data = pdf.Root.Metadata.read_bytes()
        assert old.encode() in data
        pdf.Root.Metadata.write(data.replace(old.encode(), new.encode()))

    return draft("", change)


def in_utf_16(pdf: pikepdf.Pdf, _: Any) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().decode().encode("utf-16"))


def info(key: str, value: Any) -> Draft:
    def change(pdf: pikepdf.Pdf, _: Any) -> None:
        if value is None:
            del pdf.trailer.Info[f"/{key}"]
        else:
            pdf.trailer.Info[f"/{key}"] = value

    return draft("", change)


table(
    "x4/version",
    {
        "1.7": saved(force_version="1.7"),
        "2.0": saved(force_version="2.0"),
        "catalog 1.7": root("Version", "/1.7"),
    },
    {"1.6": CLEAN, "1.4": saved(force_version="1.4"), "catalog 1.6": root("Version", "/1.6")},
)
LOCKED = pikepdf.Encryption(owner="owner", user="", R=4, aes=False, metadata=False)
table("x4/encryption", {"owner's password": saved(encryption=LOCKED)}, {"none": CLEAN})


def embedded(external: bool) -> Draft:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        stream = pdf.make_stream(b"a")
        if external:
            stream.F = String("a.bin")
        page.PieceInfo = Dictionary(A=Dictionary(Private=pdf.make_indirect(stream)))

    return draft("", change)


table("x4/external-stream", {"data in another file": embedded(True)}, {"data of its own": embedded(False)})


def compress_metadata(data: bytes) -> bytes:
    """Name a filter; qpdf itself never writes one here."""
    return data.replace(b"/Subtype /XML /Type /Metadata", b"/Filter [] /Subtype /XML     ")


table(
    "x4/metadata",
    {"compressed": Draft(bytes_change=compress_metadata)},
    {"as it is": CLEAN, "in UTF-16": draft("", in_utf_16)},
)
VERSION = "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
table(
    "x4/identification",
    {
        "PDF/X-3": xmp("PDF/X-4", "PDF/X-3"),
        "PDF/X-4p": xmp("PDF/X-4", "PDF/X-4p"),
        "absent": xmp(VERSION, ""),
    },
    {"as it is": CLEAN},
)
IDS = {
    "DocumentID": "uuid:0b5e8a4c-0000-4000-8000-000000000001",
    "VersionID": "1",
    "RenditionClass": "default",
}
table(
    "x4/document-id",
    {f"no {key}": xmp(f"<xmpMM:{key}>{value}</xmpMM:{key}>", "") for key, value in IDS.items()},
    {"another version": xmp("VersionID>1<", "VersionID>2<")},
)
DAY = "2026-09-01T00:00:00+00:00"
DATES = ("CreateDate", "ModifyDate", "MetadataDate")
table(
    "x4/dates",
    {
        **{f"no {key}": xmp(f"<xmp:{key}>{DAY}</xmp:{key}>", "") for key in DATES},
        "a blank between day and hour": xmp(f"ModifyDate>{DAY}", "ModifyDate>2026-09-01 00:00:00Z"),
        **{f"{key} a second later": xmp(f"{key}>{DAY}", f"{key}>{DAY[:18]}1{DAY[19:]}") for key in DATES[:2]},
    },
    {
        "the same in another zone": xmp(f"ModifyDate>{DAY}", "ModifyDate>2026-09-01T02:00:00+02:00"),
        "the same with Z": xmp(f"ModifyDate>{DAY}", "ModifyDate>2026-09-01T00:00:00Z"),
        "the same to a part of a second": xmp(f"ModifyDate>{DAY}", "ModifyDate>2026-09-01T00:00:00.25Z"),
        "the same by the month": xmp(f"ModifyDate>{DAY}", "ModifyDate>2026-09"),
    },
)
TITLE = ">Clean<"


def titled(written: str | None, said: str) -> Draft:
    """Return a file with a title as Info has it and as XMP says it."""

    def change(pdf: pikepdf.Pdf, _: Any) -> None:
        del pdf.trailer.Info["/Title"]
        if written is not None:
            pdf.trailer.Info.Title = String(written)
        packet = pdf.Root.Metadata
        packet.write(packet.read_bytes().replace(TITLE.encode(), f">{said}<".encode()))

    return draft("", change)


table(
    "x4/title",
    {"empty": titled(None, ""), "blanks alone": titled("  ", "  ")},
    {"none in Info": info("Title", None)},
)
table(
    "x4/info",
    {
        "another title": info("Title", "Cleaner"),
        "another producer": info("Producer", "by machine"),
        "another program": info("Creator", "by machine"),
        "an author that XMP lacks": info("Author", "Somebody"),
    },
    {
        "a producer in XMP alone": info("Producer", None),
        "lines that end otherwise": titled("Clean\rlines", "Clean\nlines"),
        "a letter and its mark": titled("Bla\N{COMBINING RING ABOVE}", "Bl\xe5"),
        "a sign that XML cannot hold": info("Title", String("Clean\0")),
    },
)
table(
    "x4/trapped",
    {
        "absent": info("Trapped", None),
        "a string": info("Trapped", String("False")),
        "unknown": info("Trapped", Name.Unknown),
        "true here, false in XMP": info("Trapped", Name("/True")),
    },
    {"said in Info alone": xmp("<pdf:Trapped>False</pdf:Trapped>", "")},
)


def without_id(data: bytes) -> bytes:
    return data.replace(b"/ID [", b"/Ib [")


def with_half_an_id(data: bytes) -> bytes:
    return re.sub(rb"/ID \[(<[0-9a-f]+>)<[0-9a-f]+>\]", rb"/ID [\1]", data)


HALF = Draft(bytes_change=with_half_an_id)
table("x4/file-id", {"absent": Draft(bytes_change=without_id), "one string": HALF}, {"as it is": CLEAN})

"""Info and XMP, which say the same."""

from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from printkit.pdfx.identity import Identity

STANDARD = "PDF/X-4"
# ISO 16684-1: a packet about one file, with what is said of it
_FRAME = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
{namespaces}>
{properties}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
_SAID = """<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>{standard}</pdfxid:GTS_PDFXVersion>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{uuid}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>"""


def packet(properties: str, *prefixes: str) -> bytes:
    """Return an XMP packet with these properties, which are written with these prefixes of namespaces."""
    namespaces = "\n".join(f' xmlns:{one}="{_NAMESPACES[one]}"' for one in prefixes)
    return _FRAME.format(namespaces=namespaces, properties=properties).encode()


def set_metadata(pdf: Pdf, identity: Identity) -> None:
    """Write Info and an uncompressed XMP packet from the file's identity."""
    info = _info(identity)
    # PDF/X-4 wants both, of one mind, and the packet readable without unpacking
    pdf.trailer.Info = pdf.make_indirect(info)
    packet = pikepdf.Stream(pdf, _packet(identity), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = pdf.make_indirect(packet)


def info_date(identity: Identity) -> str:
    """Return when a file was made, as Info says it."""
    # A year of less than four figures, which strftime does not fill up, is no date of PDF
    return f"D:{identity.utc.year:04}{identity.utc:%m%d%H%M%S}+00'00'"


def _info(identity: Identity) -> Dictionary:
    date = info_date(identity)
    return Dictionary(
        Title=identity.title,
        Producer=identity.producer,
        CreationDate=date,
        ModDate=date,
        # A name, as PDF/X-4 asks; the layout engine writes a string
        Trapped=Name("/False"),
        GTS_PDFXVersion=STANDARD,
    )


def _packet(identity: Identity) -> bytes:
    properties = _SAID.format(
        title=escape(identity.title),
        producer=escape(identity.producer),
        standard=STANDARD,
        date=identity.utc.isoformat(timespec="seconds"),
        uuid=identity.uuid,
    )
    return packet(properties, "dc", "pdf", "pdfxid", "xmp", "xmpMM")

"""PDF/X-4 form by pikepdf: boxes, output intent, Info, XMP, identifier; nothing is checked."""

import datetime
import zlib
from io import BytesIO
from uuid import uuid4
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name

MM = 72 / 25.4
TRIM, BLEED = (148 * MM, 210 * MM), 3 * MM
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>bench</pdf:Producer><pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate><xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{uuid}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>
"""


class Finish:
    """Finish files for one printing condition; its profile is compressed once."""

    def __init__(self, profile: bytes) -> None:
        self.profile = zlib.compress(profile, 6)
        self.date = datetime.datetime.now(datetime.UTC).replace(microsecond=0)

    def __call__(self, data: bytes, title: str) -> bytes:
        """Return Typst's page as PDF/X-4."""
        out = BytesIO()
        with pikepdf.open(BytesIO(data)) as pdf:
            page = pdf.pages[0].obj
            edges = (BLEED, BLEED, BLEED + TRIM[0], BLEED + TRIM[1])
            page.TrimBox = Array([round(edge, 4) for edge in edges])
            page.BleedBox = page.MediaBox
            for key in set(pdf.Root.keys()) - {"/Type", "/Pages"}:
                del pdf.Root[key]
            self._intent(pdf)
            self._metadata(pdf, title)
            pdf.save(
                out,
                force_version="1.6",
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                fix_metadata_version=False,
            )
        return out.getvalue()

    def _intent(self, pdf: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(pdf, self.profile, Filter=Name.FlateDecode, N=4)
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFX,
            OutputConditionIdentifier="FOGRA39",
            RegistryName="http://www.color.org",
            Info="Offset on coated paper, ISO 12647-2:2004/Amd 1, paper type 1 or 2",
            DestOutputProfile=pdf.make_indirect(stream),
        )
        pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])

    def _metadata(self, pdf: pikepdf.Pdf, title: str) -> None:
        stamp = self.date.strftime("D:%Y%m%d%H%M%S+00'00'")
        pdf.trailer.Info = pdf.make_indirect(
            Dictionary(
                Title=title,
                Producer="bench",
                CreationDate=stamp,
                ModDate=stamp,
                Trapped=Name("/False"),
                GTS_PDFXVersion="PDF/X-4",
            )
        )
        packet = XMP.format(title=escape(title), date=self.date.isoformat(), uuid=uuid4())
        pdf.Root.Metadata = pikepdf.Stream(pdf, packet.encode(), Type=Name.Metadata, Subtype=Name.XML)

"""Files that archives take: PDF/A-2b (ISO 19005-2), with what it asks beside fonts that are embedded."""

from functools import lru_cache
from io import BytesIO
from struct import pack
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import ImageCms

from printkit.pdfx.identity import Identity
from printkit.pdfx.metadata import info_date, packet
from printkit.pdfx.saved import saved

_SAID = """<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>"""
# ICC.1, profile header: when a profile was made, which a library takes from the clock
MADE, NO_DAY = slice(24, 36), pack(">6H", 2000, 1, 1, 0, 0, 0)


def archival(data: bytes, identity: Identity) -> bytes:
    """Return an sRGB PDF with embedded fonts as PDF/A-2b; equal input gives equal bytes."""
    with Pdf.open(BytesIO(data)) as pdf:
        properties = _SAID.format(
            title=escape(identity.title),
            producer=escape(identity.producer),
            date=identity.utc.isoformat(timespec="seconds"),
        )
        said = packet(properties, "dc", "pdf", "pdfaid", "xmp")
        pdf.Root.Metadata = pikepdf.Stream(pdf, said, Type=Name.Metadata, Subtype=Name.XML)
        # All that Info says must stand in the packet too, and ReportLab says more
        date = info_date(identity)
        pdf.trailer.Info = pdf.make_indirect(
            Dictionary(Title=identity.title, Producer=identity.producer, CreationDate=date, ModDate=date)
        )
        profile = pikepdf.Stream(pdf, _srgb(), N=3)
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier="sRGB",
            Info="sRGB IEC61966-2.1",
            DestOutputProfile=pdf.make_indirect(profile),
        )
        pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
        return saved(pdf, identity)


@lru_cache(maxsize=1)
def _srgb() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[MADE] = NO_DAY
    return bytes(profile)

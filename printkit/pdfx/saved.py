"""How `finish` and `merge` write a file, so that equal pages give equal bytes."""

from io import BytesIO

import pikepdf
from pikepdf import Name, Pdf

from printkit.pdfx.identity import Identity

# PDF/X-4 allows no later header
VERSION = "1.6"
# What qpdf writes in place of a random identifier
STATIC_ID = b"31415926535897932384626433832795"
# Only so many bytes at the end are searched: content may hold the same digits by chance
TRAILER = 300


def saved(pdf: Pdf, identity: Identity) -> bytes:
    """Write without object streams, which old workflows misread; streams stay as they were compressed."""
    # An old identifier would be carried on as the first of the two
    if Name.ID in pdf.trailer:
        del pdf.trailer.ID
    out = BytesIO()
    pdf.save(
        out,
        force_version=VERSION,
        fix_metadata_version=False,
        static_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    data = out.getvalue()
    return data[:-TRAILER] + data[-TRAILER:].replace(STATIC_ID, identity.file_id.encode())

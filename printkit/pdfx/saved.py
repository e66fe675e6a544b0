"""How `finish` and `merge` write a file, so that equal pages give equal bytes."""

from io import BytesIO

import pikepdf
from pikepdf import Name, Pdf

from printkit.pdfx.identity import Identity

VERSION = "1.6"
# What qpdf writes in place of a random identifier
STATIC_ID = b"31415926535897932384626433832795"
TRAILER = 300


def saved(pdf: Pdf, identity: Identity) -> bytes:
    """Write without object streams, which old workflows misread; streams stay as they were compressed."""
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

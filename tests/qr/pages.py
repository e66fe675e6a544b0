"""Little pages to draw on."""

from io import BytesIO

import pikepdf


def one_page(size: tuple[float, float], content: bytes) -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=size)
    page.contents_add(content)
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()

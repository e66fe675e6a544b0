"""Codes and print ids as page content, for press files and for the layout behind proofs alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from printkit.errors import RenderError
from printkit.finish.font import IdFont, embed, id_font
from printkit.pdfx.stream import add_resources, compressed, content_list, own_resources
from printkit.qr import Code
from printkit.qr.outline import symbol_path
from printkit.units import Rect, mm, pt, short
from printkit.words import Message

FONT, KNOCKOUT, OVERPRINT = "PkId", "PkKnockout", "PkOverprint"
WHITE, BLACK = "0 0 0 0 k", "0 0 0 1 k"
# A reserved box may be smaller than asked by what a layout engine rounds away.
ROUNDING_MM = 0.05


@dataclass(frozen=True)
class CodeStyle:
    """The print ids' TrueType font and the size in points under which they overprint."""

    font: bytes
    overprint_under_pt: float


def draw_codes(pdf: bytes, codes: Iterable[Code], style: CodeStyle, bleed_mm: float) -> bytes:
    """Return the layout, whose MediaBox starts at 0 0 with trim at the bleed, with its codes drawn."""
    with Pdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            page.obj.Contents = pikepdf.Array(wrapped(document, page, b"", b""))
        add_codes(document, codes, style, round(pt(bleed_mm), 4))
        out = BytesIO()
        document.save(out, static_id=True)
    return out.getvalue()


def wrapped(pdf: Pdf, page: pikepdf.Page, before: bytes, after: bytes) -> list[pikepdf.Object]:
    """Return the page's streams between q and Q, with `before` inside and `after` behind them."""
    head, tail = compressed(pdf, b"q\n" + before), compressed(pdf, b"\nQ\n" + after)
    return [head, *content_list(page), tail]


def add_codes(pdf: Pdf, codes: Iterable[Code], style: CodeStyle, origin: float) -> None:
    """Append one stream of codes to each page that has any; `origin` is the trim's corner in points."""
    drawn = codes_by_page(codes, style, origin, len(pdf.pages))
    if not drawn:
        return
    resources = (embed(pdf, id_font(style.font)), _state(pdf, overprint=False), _state(pdf, overprint=True))
    for number, content in drawn.items():
        _append(pdf, pdf.pages[number - 1], content, resources)


def codes_by_page(codes: Iterable[Code], style: CodeStyle, origin: float, pages: int) -> dict[int, bytes]:
    """Return the content of each page's codes, by page number from 1; `origin` as `add_codes` has it."""
    drawn: dict[int, str] = {}
    # In one order whoever calls: equal inputs must give equal bytes
    for code in sorted(codes, key=lambda code: (code.box.page, code.box.slot)):
        _check_place(code, pages)
        text = _draw(code, id_font(style.font), style, origin)
        drawn[code.box.page] = drawn.get(code.box.page, "") + text
    return {number: content.encode() for number, content in drawn.items()}


def _append(pdf: Pdf, page: pikepdf.Page, drawn: bytes, resources: tuple[Dictionary, ...]) -> None:
    font, knockout, overprint = resources
    # The last stream and nothing else in it: a variant exchanges just this one, and preflight reads the print
    # id from it
    page.obj.Contents = pikepdf.Array([*content_list(page), compressed(pdf, drawn)])
    own = own_resources(page)
    add_resources(own, "Font", {FONT: font})
    add_resources(own, "ExtGState", {KNOCKOUT: knockout, OVERPRINT: overprint})


def _draw(code: Code, font: IdFont, style: CodeStyle, origin: float) -> str:
    box, symbol = (rect.moved(origin, origin) for rect in (code.box.box, code.symbol_box))
    return "\n".join(
        (
            # The ground covers the quiet zone too: a reader needs four light modules on each side whatever
            # the design has there
            f"q /{KNOCKOUT} gs {WHITE}",
            f"{short(box.x0)} {short(box.y0)} {short(box.width)} {short(box.height)} re f",
            BLACK,
            symbol_path(code.symbol.matrix, symbol).decode().rstrip(),
            _text(code, font, style, code.geometry.id_box(box)),
            "Q\n",
        )
    )


def _text(code: Code, font: IdFont, style: CodeStyle, line: Rect) -> str:
    size = code.geometry.id_size_pt
    baseline = (line.y0 + line.y1 - font.capitals / 1000 * size) / 2
    state = OVERPRINT if size < style.overprint_under_pt else KNOCKOUT
    place = f"{short(line.x0)} {short(baseline)} Td"
    return f"/{state} gs BT /{FONT} {short(size)} Tf {place} {font.shown(code.print_id)} Tj ET"


def _state(pdf: Pdf, *, overprint: bool) -> Dictionary:
    state = Dictionary(Type=Name.ExtGState, op=overprint, OP=overprint, OPM=int(overprint))
    return pdf.make_indirect(state)


def _check_place(code: Code, pages: int) -> None:
    box, wanted = code.box.box, code.geometry
    if not 1 <= code.box.page <= pages:
        raise RenderError(
            Message(
                "code '%(slot)s' stands on page %(page)s of %(pages)s",
                slot=code.box.slot,
                page=code.box.page,
                pages=pages,
            )
        )
    width, height = mm(box.width) + ROUNDING_MM, mm(box.height) + ROUNDING_MM
    if width < wanted.box_width_mm or height < wanted.box_height_mm:
        raise RenderError(
            Message(
                "code '%(slot)s' on page %(page)s has a box of %(width).2f x %(height).2f mm "
                "and needs %(wide).2f x %(high).2f mm",
                slot=code.box.slot,
                page=code.box.page,
                width=mm(box.width),
                height=mm(box.height),
                wide=wanted.box_width_mm,
                high=wanted.box_height_mm,
            )
        )

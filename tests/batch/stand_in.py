"""A producer of real but tiny PDFs, fast enough to run a whole campaign in a test."""

import hashlib
import pickle
import time
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from printkit.batch.piece import guarded
from printkit.batch.planned import Planned
from printkit.errors import PrintkitError, RenderError, SlotErrors, SlotProblem
from printkit.papers.drawing import draw
from printkit.papers.paper import open_picture
from printkit.papers.parts import ContactSheet, PagePicture, ProofBook, ProofFonts
from printkit.papers.picture import thumbnail
from printkit.produce import Begun, Inputs, PlacedCode, Product, Variant
from printkit.produce.product import Verdict
from printkit.qr import print_id

VERDICTS: dict[str, Verdict] = {"check": "fail", "stop": "not-checked"}


class StandIn:
    """Make one page that holds the piece's id; `bad` ids fail as a slot, a rendering or a check would."""

    def __init__(self, salt: str = "", *, seconds: float = 0.0, bad: dict[str, str] | None = None) -> None:
        self.salt, self.seconds, self.bad = salt, seconds, bad or {}
        self.unconfirmed: tuple[str, ...] = ()
        self.made: list[str] = []
        self.shrunk = 0
        self.layouts: set[str] = set()

    def inputs(self, piece: Planned) -> Inputs:
        if self.bad.get(piece.id) == "slot":
            raise SlotErrors(
                [SlotProblem(f"{piece.template}/{piece.format}", "title", "74 characters, 60 fit")]
            )
        layout = hashlib.sha256(f"{piece.committee} {piece.format} {self.salt}".encode()).hexdigest()
        key = hashlib.sha256(f"{piece.id} {self.salt}".encode()).hexdigest()
        return Inputs(key, layout, {"texts": self.salt}, (("Overskrift", "Bli med"),), self.unconfirmed)

    def begin(self, piece: Planned, pictures: bool) -> Begun:
        shown = self.pictures(piece) if pictures else ()
        return Begun(self.make(piece), self.inputs(piece).key, pickle.dumps(piece), shown)

    def vary(self, master: bytes, variants: Sequence[Variant]) -> list[Product | PrintkitError]:
        first: Planned = pickle.loads(master)
        made = (guarded(self.make, replace(first, id=one.piece)) for one in variants)
        return [one if isinstance(one, PrintkitError) else replace(one, variant=True) for one in made]

    def make(self, piece: Planned) -> Product:
        time.sleep(self.seconds)
        fault = self.bad.get(piece.id)
        if fault == "render":
            raise RenderError("the page cannot be laid out")
        if fault == "bug":
            raise ZeroDivisionError("division by zero")
        layout = self.inputs(piece).layout
        variant = layout in self.layouts
        self.layouts.add(layout)
        self.made.append(piece.id)
        finding = {"id": "product/trim-size", "severity": "error", "page": 1, "message": "1 mm too wide"}
        pdf = little_pdf(f"{piece.id} {self.salt}")
        code = print_id(piece.id)
        return Product(
            pdf=pdf,
            sha256=hashlib.sha256(pdf).hexdigest(),
            pages=1,
            trim_mm=(148.0, 210.0),
            bleed_mm=3.0,
            codes=(PlacedCode("qr", "https://example.org/", code, 1, (10, 10, 40, 40), 0.6, True),),
            verdict=VERDICTS.get(fault or "", "pass"),
            not_checked=("not checked: rule R0009, because it took 12 s",) if fault == "stop" else (),
            findings=(finding,) if fault == "check" else (),
            variant=variant,
        )

    def pictures(self, piece: Planned) -> tuple[PagePicture, ...]:
        png = page_png(int(self.inputs(piece).layout[:2], 16))
        return (PagePicture(png, jpeg(png), thumbnail(png)),)

    def thumbnail(self, png: bytes) -> bytes:
        self.shrunk += 1
        return thumbnail(png)

    def draw(self, paper: ProofBook | ContactSheet, fonts: ProofFonts) -> bytes:
        return draw(paper, fonts)


def page_png(shade: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (148, 210), (shade, 90, 120)).save(out, "PNG")
    return out.getvalue()


def jpeg(png: bytes) -> bytes:
    """Return what a book has of a picture."""
    return open_picture(png).jpeg


def little_pdf(text: str) -> bytes:
    with Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(420, 595))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Resources = Dictionary(Font=Dictionary(F=font))
        page.Contents = pdf.make_stream(f"BT /F 12 Tf 40 40 Td ({text}) Tj ET".encode())
        page.TrimBox = Array([0, 0, 420, 595])
        out = BytesIO()
        pdf.save(out, static_id=True)
    return out.getvalue()

"""The same card of 105 x 148 mm, written by other programs: a panel, words in three sizes, a line, a picture.

Each asks its program for what a careful user would: the finest way to print that it offers.
"""

import subprocess
from io import BytesIO
from pathlib import Path

import typst
from PIL import Image
from reportlab.lib.colors import CMYKColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from weasyprint import HTML

ROOT = Path(__file__).parents[3]
FONTS = ROOT / "assets/fonts"
PROFILE = ROOT / "assets/icc/FOGRA39L_coated.icc"
TITLE, WORDS, NOTE = "Bli med i nærutvalget", "Møt opp og si hva du mener.", "Nærutvalg 3, Drammen"
WIDE, HIGH, BLEED = 105.0, 148.0, 3.0

PAGE = f"""<title>{TITLE}</title><style>
@font-face {{ font-family: Source; src: url({(FONTS / "SourceSans3-Regular.ttf").as_uri()}) }}
@page {{ size: {WIDE}mm {HIGH}mm; bleed: {BLEED}mm; margin: 0; background: #eef4f4 }}
body {{ font: 11pt Source; margin: 10mm }}
h1 {{ font-size: 22pt; background: #0b6b6b; color: white; padding: 4mm }}
small {{ font-size: 7pt; color: #555 }}
hr {{ border: 0; border-top: 0.2pt solid #333 }}
div {{ opacity: 0.9 }}
</style>
<h1>{TITLE}</h1><p>{WORDS}</p><hr><img src="card.png" style="width: 60mm"><div><small><a href="https://example.no/">{NOTE}</a></small></div>"""


def photograph() -> bytes:
    """Return a picture of 90 x 60 pixels in RGB."""
    tones = Image.linear_gradient("L").resize((90, 60))
    out = BytesIO()
    Image.merge("RGB", (tones, tones.transpose(Image.Transpose.ROTATE_180), tones)).save(out, "PNG")
    return out.getvalue()


def weasyprint(folder: Path) -> bytes:
    """Write PDF/X-4 with a CMYK profile, as its documentation says."""
    (folder / "card.png").write_bytes(photograph())
    named = "components: cyan, magenta, yellow, black"
    intent = f"<style>@color-profile device-cmyk {{ src: url({PROFILE.as_uri()}); {named} }}</style>"
    written = HTML(string=intent + PAGE, base_url=f"{folder}/").write_pdf(pdf_variant="pdf/x-4")
    assert isinstance(written, bytes)
    return written


def ghostscript(folder: Path) -> bytes:
    """Turn WeasyPrint's sRGB into CMYK by pdfwrite."""
    (folder / "card.png").write_bytes(photograph())
    HTML(string=PAGE, base_url=f"{folder}/").write_pdf(folder / "in.pdf")
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=pdfwrite"]
    command += ["-sColorConversionStrategy=CMYK", "-sProcessColorModel=DeviceCMYK"]
    subprocess.run([*command, "-o", folder / "out.pdf", folder / "in.pdf"], check=True, capture_output=True)
    return (folder / "out.pdf").read_bytes()


def reportlab(folder: Path) -> bytes:
    """Draw in CMYK with boxes of trim and bleed."""
    out, edge = BytesIO(), BLEED * mm
    wide, high = WIDE * mm + 2 * edge, HIGH * mm + 2 * edge
    trim, bleed = (edge, edge, wide - edge, high - edge), (0, 0, wide, high)
    canvas = Canvas(
        out, (wide, high), trimBox=trim, bleedBox=bleed, pdfVersion=(1, 6), enforceColorSpace="CMYK"
    )
    registerFont(TTFont("Source", str(FONTS / "SourceSans3-Regular.ttf")))
    canvas.setTitle(TITLE)
    canvas.setFillColor(CMYKColor(0.07, 0.02, 0.04, 0))
    canvas.rect(0, 0, wide, high, stroke=0, fill=1)
    canvas.setFillColor(CMYKColor(0.87, 0.4, 0.5, 0.25))
    canvas.rect(12 * mm, 115 * mm, 87 * mm, 22 * mm, stroke=0, fill=1)
    for size, y, ink, words in (
        (22, 122, CMYKColor(0, 0, 0, 0), TITLE),
        (11, 105, CMYKColor(0, 0, 0, 1), WORDS),
        (7, 20, CMYKColor(0, 0, 0, 0.7), NOTE),
    ):
        canvas.setFillColor(ink)
        canvas.setFont("Source", size)
        canvas.drawString(14 * mm, y * mm, words)
    canvas.setStrokeColor(CMYKColor(0, 0, 0, 0.8))
    canvas.setLineWidth(0.2)
    canvas.line(12 * mm, 100 * mm, 99 * mm, 100 * mm)
    canvas.drawImage(
        ImageReader(Image.open(BytesIO(photograph())).convert("CMYK")), 14 * mm, 50 * mm, 60 * mm, 40 * mm
    )
    canvas.save()
    return out.getvalue()


def typst_pdf(folder: Path) -> bytes:
    """Set in CMYK by Typst."""
    (folder / "card.png").write_bytes(photograph())
    (folder / "card.typ").write_text(CARD, encoding="utf-8")
    return bytes(typst.compile(folder / "card.typ", font_paths=[FONTS], ignore_system_fonts=True))


CARD = f"""#set document(title: "{TITLE}", date: none)
#set page(width: {WIDE + 2 * BLEED}mm, height: {HIGH + 2 * BLEED}mm, margin: 13mm, fill: cmyk(7%, 2%, 4%, 0%))
#set text(font: "Source Sans 3", size: 11pt, fill: cmyk(0%, 0%, 0%, 100%))
#block(fill: cmyk(87%, 40%, 50%, 25%), inset: 4mm, width: 100%)[
  #text(size: 22pt, fill: cmyk(0%, 0%, 0%, 0%))[{TITLE}]
]
{WORDS}
#line(length: 100%, stroke: 0.2pt + cmyk(0%, 0%, 0%, 80%))
#image("card.png", width: 60mm)
#text(size: 7pt, fill: cmyk(0%, 0%, 0%, 70%))[{NOTE}]
"""

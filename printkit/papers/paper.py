"""What both proof files are drawn with: an A4 page, its type, its pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from xml.sax.saxutils import escape

from PIL import Image
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from printkit.papers.fonts import register
from printkit.papers.parts import ProofFonts
from printkit.papers.picture import as_jpeg
from printkit.units import Rect, pt

# Binary, not in the letters that ReportLab writes by default
rl_config.useA85 = 0
WIDTH, HEIGHT = landscape(A4)
MARGIN = pt(14)
INK, MUTED, LINE, ALARM = HexColor("#16232b"), HexColor("#5d6b73"), HexColor("#c9d1d4"), HexColor("#b3261e")
FRAME = Rect(MARGIN, MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN)


@dataclass
class Paper:
    """Draw on landscape A4 pages; the same calls give the same bytes."""

    title: str
    fonts: ProofFonts

    def __post_init__(self) -> None:
        self._out = BytesIO()
        # `invariant` leaves out the clock and the random identifier.
        self.canvas = Canvas(self._out, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
        self.canvas.setTitle(self.title)
        self.canvas.setProducer("printkit")
        self.pages = 1

    @cached_property
    def names(self) -> Mapping[str, str]:
        return register(self.fonts)

    def style(self, role: str, size: float, leading: float, muted: bool = False) -> ParagraphStyle:
        color = MUTED if muted else INK
        return ParagraphStyle(
            role, fontName=self.names[role], fontSize=size, leading=leading, textColor=color
        )

    def text(self, text: str, style: ParagraphStyle, box: Rect) -> float:
        """Set text from the top of the box; return where it ends."""
        # ReportLab reads markup in paragraphs; what people wrote is none.
        paragraph = Paragraph(escape(text).replace("\n", "<br/>"), style)
        _, height = paragraph.wrap(box.width, box.height)
        paragraph.drawOn(self.canvas, box.x0, box.y1 - height)
        return box.y1 - height

    def height(self, text: str, style: ParagraphStyle, width: float) -> float:
        return float(Paragraph(escape(text).replace("\n", "<br/>"), style).wrap(width, HEIGHT)[1])

    def width(self, text: str, role: str, size: float) -> float:
        """Return how wide a line is in the font it is set in."""
        return float(stringWidth(text, self.names[role], size))

    def line(
        self, text: str, style: ParagraphStyle, x: float, y: float, *, room: float | None = None
    ) -> None:
        """Set one line on the baseline `y`, smaller where it is wider than its room."""
        size = style.fontSize
        if room is not None and text:
            size = min(size, size * room / self.width(text, style.name, size))
        self.canvas.setFont(style.fontName, size)
        self.canvas.setFillColor(style.textColor)
        self.canvas.drawString(x, y, text)

    def rule(self, x0: float, x1: float, y: float) -> None:
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(x0, y, x1, y)

    def picture(self, picture: "Picture", box: Rect) -> None:
        """Draw a picture into exactly this box, with a hairline round it."""
        self.canvas.drawImage(_reader(picture.jpeg), box.x0, box.y0, box.width, box.height)
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.4)
        self.canvas.rect(box.x0, box.y0, box.width, box.height)

    def figures(self, figures: Sequence[tuple[str, str]], y: float) -> float:
        """Set sums side by side, large, each below its name; return where they end."""
        width = FRAME.width / max(len(figures), 1)
        for number, (name, sum_) in enumerate(figures):
            x = FRAME.x0 + number * width
            below = self.text(name, self.style("text", 10, 13, muted=True), Rect(x, FRAME.y0, x + width, y))
            self.text(sum_, self.style("strong", 16, 20), Rect(x, FRAME.y0, x + width, below))
        return y - pt(16)

    def foot(self, left: str, right: str) -> None:
        style = self.style("text", 8, 10, muted=True)
        number = self.width(right, "text", style.fontSize)
        self.line(left, style, FRAME.x0, pt(7), room=FRAME.width - number - pt(6))
        self.line(right, style, FRAME.x1 - number, pt(7))

    def next_page(self) -> None:
        self.canvas.showPage()
        self.pages += 1

    def close(self) -> bytes:
        self.canvas.save()
        return self._out.getvalue()


@dataclass(frozen=True)
class Picture:
    """A picture as it goes into the file, so that it need not be packed again each time it is shown."""

    width: int
    height: int
    jpeg: bytes


def open_picture(data: bytes) -> Picture:
    """Return a picture of our own making as it goes into the file, which a JPEG does as it is."""
    image: Image.Image = Image.open(BytesIO(data))
    # Packed again it would lose a little more each time.
    return Picture(*image.size, data if image.format == "JPEG" else as_jpeg(image))


def _reader(jpeg: bytes) -> ImageReader:
    """Return a JPEG as ReportLab takes it into the file as it is."""
    reader = ImageReader(BytesIO(jpeg))
    # It is known by these bytes; by its pixels it would be unpacked each time.
    vars(reader).update(_data=jpeg, _dataA=None)
    return reader

"""Pictures of each slot kind and helper for the guide: `python -m tests.template.guide` makes them."""

import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from printkit.raster.pdfium import PdfiumFile
from printkit.units import MM_PER_INCH, Rect, pt
from tests.cases.design import design

IMAGES = Path(__file__).parents[2] / "docs/images/guide"
# The page is 100 x 60 mm in its bleed of 3 mm; so many pixels wide it stands in a table.
PIXELS, SEEN = 300, Rect(0, 40, 100, 100)
STYLE = """.at { left: 10mm; top: 10mm; width: 80mm; font-size: 18pt; line-height: 1.2 }
.at { color: var(--brand-fjord) }
.at ul, ul.at { padding-left: 8mm } .at img { width: 40mm; height: 26mm; object-fit: cover; display: block }
.line { outline: 0.3mm dashed var(--brand-elv) }
"""


@dataclass(frozen=True)
class Shown:
    """What one picture shows: the slot's own keys, its value, the page."""

    keys: str
    value: str
    body: str = '<p class="at" data-slot="word">{{ word }}</p>'
    css: str = ""


CODE = '<div class="code" data-code="word" style="right: auto; bottom: auto; left: 10mm; top: 7mm"></div>'
PHOTO = "assets/photo.png@0.9,0.5"
BOX = ".at { height: 34mm; font-size: var(--fit-word); }"
SHOWN = {
    "text": Shown('kind = "text"', "Åpent møte"),
    "rich": Shown(
        'kind = "rich"', "Ta med **ideer**\n- om veien\n- om parken", body='<div class="at">{{ word }}</div>'
    ),
    "date": Shown(
        'kind = "date"', "2027-10-03", '<p class="at">{{ word }}<br>{{ word | date("weekday") }}</p>'
    ),
    "time": Shown('kind = "time"', "18:00", '<p class="at">kl. {{ word }}</p>'),
    "integer": Shown('kind = "integer"', "50000", '<p class="at">{{ word }} kr</p>'),
    "url": Shown('kind = "url"', "https://example.org/moete"),
    "choice": Shown('kind = "choice"\nchoices = ["Møte", "Tur"]', "Tur"),
    "list": Shown(
        'kind = "list"',
        "Kaffe;Kart;Kom som du er",
        '<ul class="at">{% for one in word %}<li>{{ one }}</li>{% endfor %}</ul>',
    ),
    "image": Shown(
        'kind = "image"',
        PHOTO,
        '<div class="at">'
        '<img src="{{ word.src }}" style="object-position: {{ word.position }}" alt=""></div>',
    ),
    "qr": Shown('kind = "qr"\ndefault = "https://example.org/"', "https://example.org/", CODE),
    "fit": Shown(
        'kind = "text"\nmax_characters = 80',
        "Størst mulig i boksen",
        '<p class="at line" data-slot="word" data-fit="word">{{ word }}</p>',
        BOX,
    ),
    "balance": Shown(
        'kind = "text"\nmax_characters = 80',
        "Linjer som er like lange",
        '<div class="at line" data-slot="word" data-fit="word" data-balance>'
        '<div class="printkit-balance">{{ word }}</div></div>',
        BOX,
    ),
    "drawing": Shown(
        'kind = "text"',
        "x",
        '{% set place = drawing("assets/illustrations/nu03.svg") %}<div class="at picture">'
        '{{ place.draw(["far", "near", "landmark", "people"], view=[250, 620, 700, 380]) }}</div>',
        ".picture { height: 36mm } .picture svg { width: 100%; height: 100% }",
    ),
}


def photo() -> bytes:
    """Return a picture whose right side differs from its left, to see what a focus point does."""
    made = Image.new("RGB", (1200, 400), (58, 128, 145))
    made.paste((244, 194, 71), (800, 0, 1200, 400))
    data = io.BytesIO()
    made.save(data, "PNG")
    return data.getvalue()


def picture(root: Path, shown: Shown) -> Image.Image:
    """Return what a page shows."""
    made = design(root)
    (root / "assets/photo.png").write_bytes(photo())
    slots = f'[slots.word]\nlabel = "x"\n{shown.keys}\n'
    made.page(shown.body, slots=slots, css=STYLE + shown.css)
    if "data-fit" in shown.body:
        file = root / "templates/t/template.toml"
        file.write_text(file.read_text("utf-8") + "fit.word = { largest = 60, smallest = 8 }\n", "utf-8")
    done = made.render("--rgb", "--set", f"word={shown.value}")
    if done.code:
        raise ValueError(done.text)
    pages = PdfiumFile(made.pdf)
    try:
        part = SEEN.moved(3, 3).scaled(pt(1))
        return pages.colour(1, PIXELS / SEEN.width * MM_PER_INCH, part)
    finally:
        pages.close()


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, shown in SHOWN.items():
        with tempfile.TemporaryDirectory() as folder:
            made = picture(Path(folder) / "w", shown).quantize(64)
            made.save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()

"""The bleed: that something is painted in all of it."""

from collections.abc import Iterator
from itertools import product

from PIL import Image

from printkit.content import Element, Kind, entry
from printkit.preflight.core.registry import CannotRun, Hit, NotAsked, rule
from printkit.preflight.core.subject import PageView, Subject
from printkit.preflight.product.file import FORMAT
from printkit.profiles import BleedCover
from printkit.raster.pdfium import MOST_PIXELS
from printkit.units import PT_PER_INCH, Rect, pt
from printkit.words import Message, noted

OPAQUE = 255
# Spaces whose colours all readers paint with, and blend modes that leave paint as it is
SOLID = {"DeviceGray", "DeviceRGB", "DeviceCMYK", "ICCBased"}
OPAQUE_BLENDS = ("Normal", "Compatible")
# Images that are less wide or high are decoded in no time
SOON_DECODED = 400
NO_RULES = Message("no rules for products were given")


@rule("product/bleed-covered", "error", FORMAT, needs="bleed_mm", draws=True)
def bleed_covered(subject: Subject) -> Iterator[Hit]:
    """The background, white included, is painted to the bleed's edge on all four sides; draw it larger."""
    rules, bleed = subject.expected.product_rules, pt(subject.expected.bleed_mm or 0)
    if rules is None:
        raise NotAsked(NO_RULES)
    if len(subject.pages) > rules.bleed_cover.most_pages:
        raise CannotRun(
            Message(
                "the file has %(count)s pages, more than %(most_pages)s",
                count=len(subject.pages),
                most_pages=rules.bleed_cover.most_pages,
            )
        )
    for view in subject.pages if bleed else ():
        yield from _bare(subject, view, bleed / view.unit, rules.bleed_cover)


def _bare(subject: Subject, view: PageView, bleed: float, figures: BleedCover) -> Iterator[Hit]:
    """Yield where nothing is painted on a page: for each edge, and for a corner between whole edges."""
    if _has_ground(subject, view, bleed):
        return
    unpainted = [OPAQUE * (alpha < figures.least_alpha * OPAQUE) for alpha in range(OPAQUE + 1)]
    named: set[str] = set()
    for name, (strip, picture) in _strips(subject, view, bleed, figures).items():
        bare = picture.point(unpainted)
        found = bare.getbbox()
        # A corner between bare edges says nothing new
        if found is not None and not named.intersection(name.split()):
            named.add(name)
            part = bare.histogram()[OPAQUE] / (bare.width * bare.height)
            message = Message(
                "nothing is painted in %(part).0f%% of the bleed at the %(name)s",
                part=100 * part,
                name=Message.of(name),
            )
            shown = _shown(strip, picture, found)
            yield Hit(message, view.number, view.shown_mm(shown), round(part, 4), 0)


def _has_ground(subject: Subject, view: PageView, bleed: float) -> bool:
    """Tell whether an opaque rectangle is painted over all of the bleed: then no picture need be drawn."""
    whole = view.trim.inset(-bleed, -bleed, -bleed, -bleed)
    marks = next(marks for on, marks in subject.marks if on is view)
    return any(_is_opaque(element) for element in marks.grounds(whole))


def _is_opaque(element: Element) -> bool:
    """Tell whether a fill hides all beneath it; spot colours may be of an ink that paints nothing."""
    state, context = element.state, element.context
    apart = context.in_mask or context.in_pattern or context.in_glyph or context.in_masked_group
    clear = state.blend in OPAQUE_BLENDS and not context.group_blends and state.soft_mask is None
    solid = state.fill.space.family in SOLID and element.alpha >= 1
    return solid and clear and not (apart or context.hidden or context.step)


def _strips(
    subject: Subject, view: PageView, bleed: float, figures: BleedCover
) -> dict[str, tuple[Rect, Image.Image]]:
    """Return the strips between trim and bleed as the page is shown, edges first, and what covers them."""
    trim = view.shown(view.trim)
    out = trim.inset(-bleed, -bleed, -bleed, -bleed)

    def seen(x0: float, y0: float, x1: float, y1: float) -> tuple[Rect, Image.Image]:
        strip = Rect(x0, y0, x1, y1)
        return strip, _drawn(subject, view, figures.ppi * view.unit, strip)

    bottom = _cut(*seen(out.x0, out.y0, out.x1, trim.y0), bleed)
    top = _cut(*seen(out.x0, trim.y1, out.x1, out.y1), bleed)
    return {
        "left": seen(out.x0, trim.y0, trim.x0, trim.y1),
        "bottom": bottom[1],
        "right": seen(trim.x1, trim.y0, out.x1, trim.y1),
        "top": top[1],
        noted("bottom left"): bottom[0],
        noted("bottom right"): bottom[2],
        noted("top left"): top[0],
        noted("top right"): top[2],
    }


def _drawn(subject: Subject, view: PageView, ppi: float, strip: Rect) -> Image.Image:
    """Return what covers a strip, drawn in parts that are no larger than its images.

    PDFium decodes an image anew for each picture that has more pixels than it, in either direction.
    """
    scale = ppi / PT_PER_INCH
    width, height = round(strip.width * scale), round(strip.height * scale)
    across, along = _least_image(subject, view, strip)
    if min(width, height) < 1 or (width <= across and height <= along):
        # What covers and not what colour it has: white is a background too
        return subject.shapes.painted(view.number, ppi, strip)
    picture = Image.new("L", (width, height))
    for left, top in product(range(0, width, across), range(0, height, along)):
        right, lower = min(left + across, width), min(top + along, height)
        part = Rect(left, -lower, right, -top).scaled(1 / scale).moved(strip.x0, strip.y1)
        picture.paste(subject.shapes.painted(view.number, ppi, part), (left, top))
    return picture


def _least_image(subject: Subject, view: PageView, strip: Rect) -> tuple[int, int]:
    """Return the least width and height of the images in a strip."""
    images = subject.once(_images).get(view.number, ())
    sizes = [size for box, size in images if not box.intersection(strip).empty]
    widths, heights = zip((MOST_PIXELS, MOST_PIXELS), *sizes, strict=True)
    return min(widths), min(heights)


def _images(subject: Subject) -> dict[int, list[tuple[Rect, tuple[int, int]]]]:
    """Return the places and sizes of each page's images that take long to decode."""
    found: dict[int, list[tuple[Rect, tuple[int, int]]]] = {}
    for view, marks in subject.marks:
        for element in marks.of_kind(Kind.IMAGE):
            width, height = (int(entry(element.source, key)) for key in ("/Width", "/Height"))
            if min(width, height) >= SOON_DECODED:
                here = found.setdefault(view.number, [])
                here.append((view.shown(element.visible), (width, height)))
    return found


def _cut(strip: Rect, picture: Image.Image, bleed: float) -> list[tuple[Rect, Image.Image]]:
    """Return the left corner, the edge and the right corner of a strip over the whole width."""
    corner = round(bleed * picture.width / strip.width)
    columns = ((0, corner), (corner, picture.width - corner), (picture.width - corner, picture.width))
    edges = ((strip.x0, strip.x0 + bleed), (strip.x0 + bleed, strip.x1 - bleed), (strip.x1 - bleed, strip.x1))
    return [
        (Rect(x0, strip.y0, x1, strip.y1), picture.crop((left, 0, right, picture.height)))
        for (x0, x1), (left, right) in zip(edges, columns, strict=True)
    ]


def _shown(strip: Rect, picture: Image.Image, found: tuple[int, int, int, int]) -> Rect:
    """Return a box of pixels in points of the shown page."""
    scale = strip.width / picture.width
    left, upper, right, lower = found
    return Rect(left, -lower, right, -upper).scaled(scale).moved(strip.x0, strip.y1)

"""What a file is made of: pages and boxes, fonts, images, colour spaces, intents, spot names, layers."""

from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream
from PIL import ImageCms

from printkit.content import entry, items_of, read_layers, rect_of, text_of
from printkit.content.fonts import FONT_FILES
from printkit.preflight.core.findings import BoxMm, printable
from printkit.preflight.core.limits import BROKEN, CannotRun
from printkit.preflight.core.subject import Expected, PageView, Subject
from printkit.preflight.report.painted import Image, SpaceUse, look_through
from printkit.profiles import CheckLimits
from printkit.streams import data_of
from printkit.words import Message

# What a list holds at most; a person reads less, and a file may have a million of anything.
MOST_LISTED = 500
# So much of its time the inventory looks through pages; the rest is for what it has begun.
SHARE = 0.6
SUBSET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Page:
    """A page's boxes in mm from the trim's lower left corner as the page is shown; None where absent.

    MediaBox and CropBox are what is in force, inherited or by default.
    """

    page: int
    media_mm: BoxMm
    crop_mm: BoxMm
    bleed_mm: BoxMm | None
    trim_mm: BoxMm | None
    art_mm: BoxMm | None
    rotate: int
    user_unit: float


@dataclass(frozen=True, order=True)
class Font:
    """A font by its name without the mark of a subset."""

    name: str
    type: str
    embedded: bool
    subset: bool


@dataclass(frozen=True)
class FoundIntent:
    """An output intent; `profile` is the embedded profile's own name."""

    kind: str
    condition: str
    registry: str
    info: str
    profile: str | None


@dataclass(frozen=True)
class Layer:
    """An optional-content group and whether it is shown by default."""

    name: str
    shown: bool


@dataclass(frozen=True)
class Inventory:
    """What a file is made of; `left_out` says in sentences what was not looked at or listed."""

    pdf_version: str
    page_count: int
    pages: tuple[Page, ...]
    fonts: tuple[Font, ...]
    images: tuple[Image, ...]
    colour_spaces: tuple[SpaceUse, ...]
    spots: tuple[str, ...]
    intents: tuple[FoundIntent, ...]
    layers: tuple[Layer, ...]
    left_out: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def take_inventory(pdf: bytes, limits: CheckLimits | None = None) -> Inventory | None:
    """Return what a PDF is made of; None where it cannot be opened, or is past the limits."""
    # Time of its own: what a file is made of must never cost its verdict
    own = limits and limits.model_copy(update={"seconds": limits.beside_seconds * SHARE})
    try:
        with pikepdf.open(BytesIO(pdf)) as opened:
            return _inventory(Subject(pdf, opened, Expected(limits=own)))
    # The report stands without it, and says why the file was not read
    except (pikepdf.PasswordError, CannotRun, *BROKEN):
        return None


def _inventory(subject: Subject) -> Inventory:
    painted = look_through(subject)
    fonts = sorted({_font(holder) for holder in subject.holders if _is_font(holder)})
    count = len(subject.pages)
    left = [*painted.left_out]
    if count > MOST_LISTED:
        told = Message("the boxes of pages %(first)s to %(last)s", first=MOST_LISTED + 1, last=count)
        left.append(told)
    if len(fonts) > MOST_LISTED:
        left.append(Message("%(count)s fonts", count=len(fonts) - MOST_LISTED))
    return Inventory(
        pdf_version=subject.pdf.pdf_version,
        page_count=count,
        pages=tuple(_page(view) for view in subject.pages[:MOST_LISTED]),
        fonts=tuple(fonts[:MOST_LISTED]),
        images=painted.images,
        colour_spaces=painted.spaces,
        spots=painted.spots,
        intents=tuple(_intent(one) for one in items_of(entry(subject.pdf.Root, "/OutputIntents"))),
        layers=_layers(subject.pdf),
        left_out=tuple(left),
    )


def _page(view: PageView) -> Page:
    stated = {key: rect_of(view.page.obj, f"/{key}Box") for key in ("Bleed", "Trim", "Art")}
    bleed, trim, art = (view.in_mm(box) if box else None for box in stated.values())
    return Page(
        page=view.number,
        media_mm=view.in_mm(view.media),
        crop_mm=view.in_mm(view.crop),
        bleed_mm=bleed,
        trim_mm=trim,
        art_mm=art,
        rotate=view.rotate,
        user_unit=view.unit,
    )


def _is_font(holder: Any) -> bool:
    """Tell whether a dictionary is a font that text can name; descendants belong to a Type0 font."""
    kind = text_of(holder.get("/Subtype", ""))
    return holder.get("/Type") == Name.Font and kind != "" and not kind.startswith("/CIDFont")


def _font(holder: Any) -> Font:
    kind = text_of(holder.get("/Subtype"))[1:]
    source = next(iter(items_of(holder.get("/DescendantFonts"))), holder)
    descriptor = entry(source, "/FontDescriptor")
    embedded = kind == "Type3" or any(entry(descriptor, key) is not None for key in FONT_FILES)
    name = text_of(holder.get("/BaseFont", holder.get("/Name", "/(no name)")))[1:]
    tag, plus, rest = name.partition("+")
    subset = plus == "+" and len(tag) == 6 and set(tag) <= set(SUBSET)
    # A composite font is known by both kinds
    if source is not holder:
        kind = f"{kind} ({text_of(entry(source, '/Subtype') or '/?')[1:]})"
    return Font(printable(rest if subset else name), printable(kind), embedded, subset)


def _intent(intent: Any) -> FoundIntent:
    words = ("/S", "/OutputConditionIdentifier", "/RegistryName", "/Info")
    kind, condition, registry, info = (printable(text_of(entry(intent, key) or "")) for key in words)
    return FoundIntent(kind.removeprefix("/"), condition, registry, info, _profile(intent))


def _profile(intent: Any) -> str | None:
    stream = entry(intent, "/DestOutputProfile")
    if not isinstance(stream, Stream):
        return None
    try:
        opened = ImageCms.ImageCmsProfile(BytesIO(data_of(stream)))
    except (OSError, ImageCms.PyCMSError, pikepdf.PdfError):
        return Message("damaged")
    return printable((opened.profile.profile_description or "").strip()) or Message("without a name")


def _layers(pdf: pikepdf.Pdf) -> tuple[Layer, ...]:
    off = read_layers(pdf).off
    groups = items_of(entry(pdf.Root, "/OCProperties", "/OCGs"))[:MOST_LISTED]
    found = (group for group in groups if isinstance(group, Dictionary))
    return tuple(Layer(printable(text_of(one.get("/Name", ""))), one.objgen not in off) for one in found)

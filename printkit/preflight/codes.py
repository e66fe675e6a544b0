"""Codes: read from the rendered page, at their place."""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from printkit.preflight.registry import Hit, rule
from printkit.preflight.report import BoxMm, FoundCode, Severity
from printkit.preflight.subject import PageView, Subject
from printkit.qr import Code, Reading, read, sample
from printkit.raster import PictureProblem, page_image
from printkit.units import PT_PER_INCH, PT_PER_MM, Rect

QR = "ISO/IEC 18004"
# The resolution at which a page is looked at, and the paper round the symbol
PIXELS_A_MODULE, QUIET_MODULES = 8, 4


@dataclass(frozen=True)
class Look:
    """Hold what was read at a code's place, or why nothing could be."""

    readings: tuple[Reading, ...] = ()
    wrong_modules: int = 0
    found: FoundCode | None = None
    failure: str = ""


@rule("product/qr-decodes", "error", QR, needs="codes")
def qr_decodes(subject: Subject) -> Iterator[Hit]:
    """Each code is read at its place, upright, and says the address that was ordered."""
    for code, look in looks(subject):
        for problem in _problems(code, look):
            yield Hit(f"code '{code.box.slot}' {problem}", code.box.page, _symbol_mm(code))


@rule("product/qr-size", "error", QR, needs="code_rules")
def qr_size(subject: Subject) -> Iterator[Hit]:
    """A code is wide enough, and its modules are large enough, to be read from paper."""
    rules = subject.expected.code_rules
    for code in subject.expected.codes or ():
        if rules is not None:
            yield from _too_small(code, "wide", code.geometry.width_mm, (rules.least_width_mm, "error"))
            module = code.module_mm
            severity: Severity = "error" if module < rules.module_mm.error else "warning"
            limit = rules.module_mm.error if severity == "error" else rules.module_mm.warning
            yield from _too_small(code, "a module", module, (limit, severity))


def looks(subject: Subject) -> list[tuple[Code, Look]]:
    """Return every expected code with what is read at its place; each page part is rendered once."""
    for code in subject.expected.codes or ():
        if code not in subject.looks:
            subject.looks[code] = _look(subject, code)
    return [(code, subject.looks[code]) for code in subject.expected.codes or ()]


def _look(subject: Subject, code: Code) -> Look:
    if code.box.page > len(subject.pages):
        return Look(failure=f"stands on page {code.box.page}, the file has {len(subject.pages)}")
    view = subject.pages[code.box.page - 1]
    symbol = code.symbol_box.moved(view.trim.x0, view.trim.y0)
    module = symbol.width / code.symbol.modules
    quiet = QUIET_MODULES * module
    shown = symbol.inset(-quiet, -quiet, -quiet, -quiet).moved(-view.crop.x0, -view.crop.y0)
    try:
        dpi = PIXELS_A_MODULE / module * PT_PER_INCH
        image = page_image(subject.data, view.number, dpi, shown)
    except PictureProblem as problem:
        return Look(failure=f"cannot be looked at: {problem}")
    return _compared(code, view, image, symbol)


def _compared(code: Code, view: PageView, image: Image.Image, symbol: Rect) -> Look:
    edge, far = PIXELS_A_MODULE * QUIET_MODULES, PIXELS_A_MODULE * (QUIET_MODULES + code.symbol.modules)
    place = ((edge, edge), (far, edge), (far, far), (edge, far))
    modules = sample(image, place, code.symbol.modules)
    wrong = sum(
        one != other
        for row, wanted in zip(modules, code.symbol.matrix, strict=True)
        for one, other in zip(row, wanted, strict=True)
    )
    readings = tuple(read(image))
    return Look(readings, wrong, _found(code, view, readings, (wrong, symbol)) if readings else None)


def _found(code: Code, view: PageView, readings: tuple[Reading, ...], place: tuple[int, Rect]) -> FoundCode:
    """Describe the first reading; its corners from pixels back to the page."""
    wrong, symbol = place
    reading = readings[0]
    scale = symbol.width / code.symbol.modules / PIXELS_A_MODULE
    edge = PIXELS_A_MODULE * QUIET_MODULES
    xs = [symbol.x0 + (x - edge) * scale for x, _ in reading.corners]
    ys = [symbol.y1 - (y - edge) * scale for _, y in reading.corners]
    box = view.in_mm(Rect(min(xs), min(ys), max(xs), max(ys)))
    return FoundCode(code.box.slot, code.box.page, reading.text, box, reading.upright, wrong == 0)


def _problems(code: Code, look: Look) -> Iterator[str]:
    if look.failure or not look.readings:
        yield look.failure or "is not read at its place"
        return
    reading = look.readings[0]
    if len(look.readings) > 1:
        yield f"shares its place with {len(look.readings) - 1} other"
    if reading.text != code.url:
        yield f"says {reading.text}, not {code.url}"
    if not reading.upright:
        yield "is mirrored" if reading.mirrored else f"is turned by {reading.turned} degrees"
    elif look.wrong_modules:
        yield f"differs from its symbol in {look.wrong_modules} modules: out of place or damaged"


def _too_small(code: Code, what: str, measured: float, limit: tuple[float, Severity]) -> Iterator[Hit]:
    least, severity = limit
    if measured < least:
        size = f"{measured:.2f} mm {what}, at least {least:g} mm are needed"
        place = (code.box.page, _symbol_mm(code))
        yield Hit(f"code '{code.box.slot}' is {size}", *place, round(measured, 3), least, severity)


def _symbol_mm(code: Code) -> BoxMm:
    x0, y0, x1, y1 = code.symbol_box.scaled(1 / PT_PER_MM).as_tuple()
    return round(x0, 3), round(y0, 3), round(x1, 3), round(y1, 3)

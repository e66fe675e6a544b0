"""Codes under worse conditions than a press proof's."""

from collections.abc import Iterator

from PIL import Image, ImageFilter

from printkit.preflight.codes.near import Near
from printkit.preflight.codes.reading import PRACTICE, measured
from printkit.preflight.core.registry import Hit, NotAsked, rule
from printkit.preflight.core.subject import Subject
from printkit.profiles import CodeReading, CodeRules
from printkit.qr.reading import read_texts
from printkit.words import Message

WHITE = 255
# So many pixels of the picture at press size become one.
COARSER = 2


@rule("product/qr-robust", "warning", PRACTICE, needs="code_rules", draws=True, of_code=True)
def qr_robust(subject: Subject) -> Iterator[Hit]:
    """The densest code is read blurred, turned, faded and from the viewing distance too; make it larger."""
    if not subject.expected.robust:
        raise NotAsked(Message("it was not asked for"))
    seen = list(measured(subject))
    if not seen:
        return
    # The densest fails first
    sight, near, rules = min(seen, key=lambda found: found[1].module_mm)
    # Who reads it under all of this at once reads it under each.
    if near.reading.text in read_texts(_all_at_once(subject, near, rules)):
        return
    for how, picture in _strained(subject, near, rules):
        if near.reading.text not in read_texts(picture):
            yield Hit(
                Message("%(name)s is not read %(how)s", name=sight.name, how=how), sight.page, sight.box_mm
            )


def _strained(subject: Subject, near: Near, rules: CodeRules) -> Iterator[tuple[str, Image.Image]]:
    # A telephone sees fewer pixels of a module than a press proof has.
    image, pixels, figures = near.image.reduce(COARSER), near.pixels / COARSER, rules.reading
    yield Message("in a soft picture"), _soft(image, figures.blur_modules * pixels)
    yield (
        Message("when turned by %(turn_degrees)g degrees", turn_degrees=figures.turn_degrees),
        _turned(image, figures.turn_degrees),
    )
    yield (
        Message("with %(contrast).0f%% of its contrast", contrast=100 * figures.contrast),
        image.point(_faded(figures.contrast)),
    )
    page = subject.expected.format
    if page is not None:
        metres = page.code_distance_m
        yield Message("from %(metres)g m", metres=metres), _from_afar(near, figures, metres)


def _all_at_once(subject: Subject, near: Near, rules: CodeRules) -> Image.Image:
    """Return a code from the scanning distance, no larger than the coarse picture, turned, soft and faded."""
    image, figures, page = near.image.reduce(COARSER), rules.reading, subject.expected.format
    afar = _from_afar(near, figures, page.code_distance_m) if page else image
    small = min(image, afar, key=lambda picture: picture.width)
    pixels = near.pixels * small.width / near.image.width
    turned = _turned(small, figures.turn_degrees)
    return _soft(turned, figures.blur_modules * pixels).point(_faded(figures.contrast))


def _soft(image: Image.Image, pixels: float) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(pixels))


def _turned(image: Image.Image, degrees: float) -> Image.Image:
    return image.rotate(degrees, Image.Resampling.BILINEAR, expand=True, fillcolor=WHITE)


def _faded(contrast: float) -> list[float]:
    """Return what each grey becomes when it is brought nearer to white."""
    return [WHITE - (WHITE - grey) * contrast for grey in range(WHITE + 1)]


def _from_afar(near: Near, figures: CodeReading, metres: float) -> Image.Image:
    """Return what a camera sees of a code: each of its pixels the mean of what falls on it."""
    # A thousandth of a radian is a millimetre at one metre
    seen_mm = metres * figures.camera_mrad
    factor = near.module_mm / seen_mm / near.pixels
    size = max(1, round(near.image.width * factor)), max(1, round(near.image.height * factor))
    # BOX is the mean, which is what a sensor's pixel takes in
    return near.image.resize(size, Image.Resampling.BOX)

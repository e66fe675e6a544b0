"""The product: what the order says the file must be."""

from collections.abc import Iterator

from printkit.preflight.core.registry import Hit, rule
from printkit.preflight.core.subject import PageView, Subject
from printkit.preflight.seen.colours import SpaceInUse, used_spaces
from printkit.words import Message

FORMAT = "the format's profile"
# Boxes are compared to a hundredth of a millimetre.
EXACT_MM = 0.01
EVERY_PLATE = ("All",)


@rule("product/page-count", "error", FORMAT, needs="pages")
def page_count(subject: Subject) -> Iterator[Hit]:
    """The file has as many pages as the format: add what is missing, take out what is too much."""
    found, wanted = len(subject.pages), subject.expected.pages
    if wanted is not None and found != wanted:
        yield Hit(
            Message("the file has %(found)s pages, the format %(wanted)s", found=found, wanted=wanted),
            measured=found,
            limit=wanted,
        )


@rule("product/trim-size", "error", FORMAT, needs="trim_mm")
def trim_size(subject: Subject) -> Iterator[Hit]:
    """The trimmed page has the format's size to 0.01 mm: set the page size, do not scale the page."""
    for view in subject.pages:
        _, _, *found = view.in_mm(view.trim)
        for side, measured, limit in zip(
            (Message("wide"), Message("high")), found, subject.expected.trim_mm or (), strict=False
        ):
            if _differ(measured, limit):
                message = Message(
                    "the page is %(measured).2f mm %(side)s after trimming, the format %(limit).2f mm",
                    measured=measured,
                    side=side,
                    limit=limit,
                )
                yield Hit(message, view.number, view.in_mm(view.trim), measured, limit)


@rule("product/bleed-size", "error", FORMAT, needs="bleed_mm")
def bleed_size(subject: Subject) -> Iterator[Hit]:
    """BleedBox reaches as far out of the trim as the format says: export with that bleed all round."""
    limit = subject.expected.bleed_mm or 0.0
    for view in subject.pages:
        for side, measured in _margins(view).items():
            if _differ(measured, limit):
                message = Message(
                    "the bleed is %(measured).2f mm %(side)s, the format asks for %(limit).2f mm",
                    measured=measured,
                    side=side,
                    limit=limit,
                )
                yield Hit(message, view.number, view.in_mm(view.bleed), measured, limit)


@rule("product/process-colours", "error", "the press's profile", needs="process_only")
def process_colours(subject: Subject) -> Iterator[Hit]:
    """Inks are CMYK, grey in images and masks only, All in marks outside the bleed only: convert the rest."""
    if not subject.expected.process_only:
        return
    for used in used_spaces(subject):
        if not _process(used):
            colorants = f" {', '.join(used.space.colorants)}" if used.space.colorants else ""
            yield Hit(
                Message(
                    "%(what)s in %(family)s%(colorants)s",
                    what=used.what,
                    family=used.space.family,
                    colorants=colorants,
                ),
                used.page,
                used.box_mm,
                count=used.count,
            )


@rule("product/unconfirmed", "warning", "the workspace's profiles", needs="unconfirmed")
def unconfirmed(subject: Subject) -> Iterator[Hit]:
    """Every value that the piece uses is confirmed: ask its owner, then set confirmed = true."""
    for name in subject.expected.unconfirmed or ():
        yield Hit(Message("%(name)s is not confirmed", name=name))


@rule("product/picture-profile", "warning", "the press's profile", needs="by_press")
def picture_profile(subject: Subject) -> Iterator[Hit]:
    """Every CMYK picture says which press its inks are for: save it with its ICC profile."""
    for told in subject.expected.by_press or ():
        yield Hit(told)


def _process(used: SpaceInUse) -> bool:
    base = used.space.base if used.space.family == "Indexed" else used.space
    family = base.family if base else ""
    # All in marks is right, where the knife takes it; within the trim it would print on every plate
    if family == "Separation":
        return used.space.colorants == EVERY_PLATE and not used.printed
    return family == "DeviceCMYK" or (family == "DeviceGray" and used.role in ("image", "mask"))


def _margins(view: PageView) -> dict[str, float]:
    x0, y0, x1, y1 = view.in_mm(view.bleed)
    _, _, width, height = view.in_mm(view.trim)
    margins = (-x0, -y0, x1 - width, y1 - height)
    return dict(
        zip(
            (
                Message("on the left"),
                Message("at the bottom"),
                Message("on the right"),
                Message("at the top"),
            ),
            margins,
            strict=True,
        )
    )


def _differ(measured: float, limit: float) -> bool:
    return abs(measured - limit) > EXACT_MM

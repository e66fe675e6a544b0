"""Pictures in slots: they open, and have the size and shape that the slot asks for."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from printkit.errors import MissingError, WorkspaceError, system_words
from printkit.profiles import Press
from printkit.raster.head import size_of
from printkit.raster.kinds import is_picture
from printkit.raster.problem import PictureProblem
from printkit.template.manifest import Slot
from printkit.template.values import ImageValue, ValueProblem
from printkit.words import Message, sentence
from printkit.workspace import Workspace

if TYPE_CHECKING:
    from printkit.raster.picture import Picture

# Guards of this machine's memory, not of print: a roll-up at 200 ppi has 110 million pixels, and a worker,
# which may take 2 GB, makes it with half of that.
MOST_PIXELS = 120_000_000
MOST_SVG_BYTES = 8_000_000
# How far a picture may be from the slot's ratio before it must be cropped by hand.
RATIO_TOLERANCE = 0.02


def check_image(workspace: Workspace, press: Press, slot: Slot, image: ImageValue) -> None:
    """Raise ValueProblem where a slot's picture cannot be printed."""
    try:
        path = workspace.path(image.file)
    except WorkspaceError as error:
        raise ValueProblem(
            Message("'%(file)s' leaves the workspace; put the picture below its folder", file=image.file)
        ) from error
    if not path.is_file():
        raise ValueProblem(Message("no picture '%(file)s' in the workspace", file=image.file))
    try:
        picture, _ = open_for(press, path.read_bytes(), workspace.read_bytes)
    except OSError as error:
        raise ValueProblem(
            Message(
                "picture '%(file)s' cannot be read: %(strerror)s",
                file=image.file,
                strerror=system_words(error),
            )
        ) from error
    except PictureProblem as error:
        raise ValueProblem(
            Message("picture '%(file)s': %(problem)s", file=image.file, problem=sentence(error))
        ) from error
    check_size(slot, (picture.width, picture.height), cropped=image.cropped)


def check_heads(files: Mapping[str, bytes]) -> None:
    """Raise WorkspaceError for a picture that has too many pixels, before any work: by its head."""
    for file, content in files.items():
        if is_picture(content) and not _is_small(content):
            # Loads Pillow and more, which a plan can do without.
            from printkit.raster.decoding import check_head

            try:
                check_head(content, MOST_PIXELS)
            except PictureProblem as error:
                raise WorkspaceError(file, None, sentence(error)) from error


def _is_small(content: bytes) -> bool:
    """Tell of a picture that plainly has no more pixels than are taken; all others are opened."""
    width, height = size_of(content) or (0, 0)
    return 0 < width * height <= MOST_PIXELS


def open_for(press: Press, content: bytes, read: Callable[[str], bytes]) -> "tuple[Picture, bool]":
    """Return a picture, and whether its inks were taken as the press's: CMYK that names no profile.

    `read` reads a file of the workspace, the press's profile. Raises PictureProblem, MissingError for that.
    """
    # Loads Pillow, which pieces without a picture do without.
    from printkit.raster.decoding import is_bare_cmyk
    from printkit.raster.picture import open_picture

    if not is_bare_cmyk(content):
        return open_picture(content, MOST_PIXELS), False
    return open_picture(content, MOST_PIXELS, press_profile(press, read)), True


def press_profile(press: Press, read: Callable[[str], bytes]) -> bytes:
    """Return a press's profile; raise MissingError for one that is damaged."""
    from printkit.color import PressProfile, ProfileProblem

    try:
        return PressProfile(read(press.profile)).data
    except ProfileProblem as problem:
        raise MissingError(
            Message("ICC profile %(profile)s: %(problem)s", profile=press.profile, problem=problem)
        ) from problem


def kept_of(size: tuple[int, int], ratio: float | None) -> tuple[int, int]:
    """Return how many pixels across and down a crop to a shape keeps; all of them without a shape."""
    width, height = size
    return size if ratio is None else (min(width, round(height * ratio)), min(height, round(width / ratio)))


def check_size(slot: Slot, size: tuple[int, int], *, cropped: bool) -> None:
    """Raise ValueProblem for fewer pixels or another shape than the slot asks for.

    A picture with a focus point is cropped to the shape by the layout; what that keeps counts.
    """
    # What the crop leaves is what prints, so it must have the pixels
    width, height = kept_of(size, slot.ratio) if cropped else size
    if slot.min_px and (width < slot.min_px[0] or height < slot.min_px[1]):
        least = f"{slot.min_px[0]} x {slot.min_px[1]}"
        raise ValueProblem(
            Message(
                "the picture has %(width)s x %(height)s pixels, at least %(least)s are due",
                width=width,
                height=height,
                least=least,
            )
        )
    if slot.ratio and abs(width / height / slot.ratio - 1) > RATIO_TOLERANCE:
        ratio = f"{width / height:.2f}"
        shape = Message("%(ratio)s times as wide as high, %(due)g is due", ratio=ratio, due=slot.ratio)
        raise ValueProblem(Message("the picture is %(shape)s; crop it, or give a focus point", shape=shape))

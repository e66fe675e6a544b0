"""Pictures in slots: they open, and have the size and shape that the slot asks for."""

from printkit.errors import WorkspaceError
from printkit.raster import PictureProblem
from printkit.template.manifest import Slot
from printkit.template.values import ImageValue, ValueProblem
from printkit.workspace import Workspace

# Guards of this machine's memory, not of print: a roll-up at 200 ppi has 110 million pixels, and a worker,
# which may take 2 GB, makes it with half of that.
MOST_PIXELS = 120_000_000
MOST_SVG_BYTES = 8_000_000
# How far a picture may be from the slot's ratio before it must be cropped by hand.
RATIO_TOLERANCE = 0.02


def check_image(workspace: Workspace, slot: Slot, image: ImageValue) -> None:
    """Raise ValueProblem where a slot's picture cannot be printed."""
    try:
        path = workspace.path(image.file)
    except WorkspaceError as error:
        raise ValueProblem(
            f"'{image.file}' leaves the workspace; put the picture below its folder"
        ) from error
    if not path.is_file():
        raise ValueProblem(f"no picture '{image.file}' in the workspace")
    # Loads Pillow, which pieces without such a slot do without.
    from printkit.raster import read_picture

    try:
        picture = read_picture(path, MOST_PIXELS)
    except PictureProblem as error:
        raise ValueProblem(f"picture '{image.file}': {error}") from error
    _check_size(slot, picture.width, picture.height)


def _check_size(slot: Slot, width: int, height: int) -> None:
    if slot.min_px and (width < slot.min_px[0] or height < slot.min_px[1]):
        least = f"{slot.min_px[0]} x {slot.min_px[1]}"
        raise ValueProblem(f"the picture has {width} x {height} pixels, at least {least} are due")
    if slot.ratio and abs(width / height / slot.ratio - 1) > RATIO_TOLERANCE:
        ratio = f"{width / height:.2f}"
        raise ValueProblem(f"the picture is {ratio} times as wide as high, {slot.ratio:g} is due; crop it")

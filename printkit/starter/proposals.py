"""Inks proposed for colours that are known on screens only."""

from collections.abc import Iterable, Sequence

from printkit.color import PressColor, PressProfile
from printkit.profiles import Press
from printkit.workspace import Workspace

# What rounding four inks to whole percent can add
ROUNDING = 2


def propose(workspace: Workspace, presses: Iterable[Press], colors: Sequence[str]) -> dict[str, list[int]]:
    """Return inks in percent for each sRGB colour, by the profile of the presses and under all their limits.

    The presses share a paper, so the first one's profile stands for all.
    """
    used = list(presses)
    limit = min(press.ink_limit for press in used) - ROUNDING
    press = PressColor(PressProfile(workspace.read_bytes(used[0].profile)), limit, {})
    return {color: [round(100 * ink) for ink in press.solids([_rgb8(color)])[0]] for color in colors}


def _rgb8(color: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(color[1:])
    return red, green, blue

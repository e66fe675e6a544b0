"""What is proposed: inks of colours known on screens only, currency and time zone by a language's country."""

from collections.abc import Iterable, Sequence

from babel.core import get_global
from babel.numbers import get_territory_currencies

from printkit.color import PressColor, PressProfile
from printkit.profiles import Press, locale_of, territory_of
from printkit.workspace import Workspace

# Where a language is at home in several countries, or its country has several zones
ANYWHERE = "UTC"
NO_CURRENCY = "EUR"
# What rounding four inks to whole percent can add
ROUNDING = 2


def propose(workspace: Workspace, presses: Iterable[Press], colors: Sequence[str]) -> dict[str, list[int]]:
    """Return inks in percent for each sRGB colour, by the profile of the presses and under all their limits.

    The presses share a paper, so the first one's profile stands for all.
    """
    used = list(presses)
    # Under the limit of all of them, as a colour has one recipe for a paper.
    limit = min(press.ink_limit for press in used) - ROUNDING
    press = PressColor(PressProfile(workspace.read_bytes(used[0].profile)), limit, {})
    return {color: [round(100 * ink) for ink in press.solids([_rgb8(color)])[0]] for color in colors}


def _rgb8(color: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(color[1:])
    return red, green, blue


def currency_of(language: str) -> str:
    """Return the currency (ISO 4217) of the country where a language is most at home."""
    found = get_territory_currencies(_country(language))
    return found[0] if found else NO_CURRENCY


def zone_of(language: str) -> str:
    """Return the time zone of that country, where it has one."""
    zones = get_global("territory_zones").get(_country(language), [])
    # Which of several zones it is only the municipality can say.
    return str(zones[0]) if len(zones) == 1 else ANYWHERE


def _country(language: str) -> str:
    locale = locale_of(language, {})
    return territory_of(locale) if locale else ""

"""List the values that still await their owner's word."""

from collections.abc import Iterator
from typing import NamedTuple

from printkit.profiles.base import Stated
from printkit.profiles.check import BRAND, Profiles


class Unconfirmed(NamedTuple):
    """Name a value marked `confirmed = false`: file, key and the value in use."""

    file: str
    key: str
    value: str


def list_unconfirmed(profiles: Profiles) -> Iterator[Unconfirmed]:
    """Yield every unconfirmed value of the workspace, in the order of its files."""
    for name, color in profiles.brand.colors.items():
        if not color.confirmed:
            yield Unconfirmed(BRAND, f"colors.{name}", color.srgb)
    if not profiles.brand.logo.confirmed:
        yield Unconfirmed(BRAND, "logo", profiles.brand.logo.file)
    for campaign in profiles.campaigns.values():
        for key, value in campaign.values.items():
            if not value.confirmed:
                yield Unconfirmed(f"profiles/campaigns/{campaign.id}.toml", f"values.{key}", str(value.value))
    for committee in profiles.committees.values():
        for key in ("page", "form", "short_address"):
            stated = getattr(committee, key)
            # A committee may have no form
            if isinstance(stated, Stated) and not stated.confirmed:
                yield Unconfirmed(f"profiles/committees/{committee.id}.toml", key, str(stated.value))

"""What all pieces of a run have in common."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from printkit.profiles import Campaign, Profiles, SlotValue
from printkit.workspace import Workspace


@dataclass(frozen=True)
class Production:
    """What pieces are made from beside what each says itself.

    `values` fill slots of all pieces, over a campaign's and over a piece's own: somebody gave them for this
    run, as `--set` does. `sample` fills required slots that stay empty.
    """

    workspace: Workspace
    profiles: Profiles
    campaign: Campaign | None
    date: datetime.datetime
    values: Mapping[str, SlotValue] = field(default_factory=dict)
    sample: bool = False

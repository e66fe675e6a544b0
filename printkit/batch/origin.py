"""Where the pieces of a run come from: the seam by which campaigns, tables and orders meet a batch.

Whoever has pieces makes a Planned of each, with its values where they are its own, and names what all of
them are pieces of; `execute` asks no more.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from printkit.batch.planning import piece_ids
from printkit.profiles import Campaign, Profiles
from printkit.rows import Source
from printkit.workspace import Workspace


@dataclass(frozen=True)
class Delivery:
    """Say where copies of a piece without a site go: an address, whom to ask for there, how many."""

    address: str
    contact: str
    copies: int


@dataclass(frozen=True)
class Origin:
    """Name what a folder's pieces are pieces of: a campaign, orders, or anything else that has some.

    `id` marks the folder, which takes pieces of no other origin; `name` is for people, `edition` the short
    code by which lists tell its prints from those of another round. `ids` returns the ids
    of all its pieces; a run that was asked for some of them keeps what the folder has of the others.
    `deliveries` has by id the addresses that a piece without a site goes to, for the driver.
    """

    id: str
    name: str
    edition: str
    ids: Callable[[], Collection[str]] = tuple
    kind: str = "campaign"
    deliveries: Mapping[str, Sequence[Delivery]] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """Name it as an error does that somebody can mend there."""
        return f"{self.kind} {self.id}"


def campaign_origin(
    workspace: Workspace, profiles: Profiles, campaign: Campaign, table: Source | None = None
) -> Origin:
    """Return the origin of a campaign's pieces, with a table in the place of the one that it names."""
    ids = partial(piece_ids, workspace, profiles, campaign, table)
    return Origin(campaign.id, campaign.name, campaign.edition, ids)

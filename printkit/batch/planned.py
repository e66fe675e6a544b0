"""What a piece of a campaign is, apart from how it is planned: workers read no tables."""

from dataclasses import dataclass

from printkit.produce import Piece


@dataclass(frozen=True, order=True)
class Planned(Piece):
    """Name one piece of a campaign and how many of it the site gets."""

    quantity: int
    note: str

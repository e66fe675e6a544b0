"""How a worker of a review is set up; the layout engine is loaded there, not by whoever imports this."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from printkit.workspace import Workspace

if TYPE_CHECKING:
    from printkit.review.reviewer import Reviewer


@dataclass(frozen=True)
class ReviewSetup:
    """Set a reviewer up in the process that is to work; it can be pickled."""

    workspace: Workspace
    campaign: str | None
    date: datetime.datetime

    def __call__(self) -> "Reviewer":
        from printkit.review.reviewer import Reviewer

        return Reviewer(self)

"""Bind the pieces of a preview; the first one beside the worker that is still loading the layout engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from printkit.errors import PrintkitError, WorkspaceError
from printkit.preview.asked import Ask, Previewed
from printkit.preview.current import CurrentWorkspace, Stamps
from printkit.preview.known import Known
from printkit.profiles import Profiles
from printkit.template import READINGS, Artwork, BindRequest, Readings, Template
from printkit.template.fillings import fill
from printkit.words import Message
from printkit.work.copies import Ended, apart
from printkit.work.limits import binding
from printkit.workspace import Workspace

T = TypeVar("T")
# What a piece is bound from beside profiles and templates
ASSETS = "assets/**/*"


@dataclass(frozen=True)
class BoundFirst:
    """What the first piece is laid out from, what was read of templates for it, its assets' stamps."""

    artwork: Artwork
    readings: Readings
    stamps: Stamps


def bound(
    ask: Ask, begun: Previewed, workspace: Workspace, *, profiles: Profiles, template: Template
) -> Artwork:
    """Return what a piece is laid out from; raise PrintkitError."""
    cell = ask.cell
    page = _known(profiles.formats, "formats", cell.format)
    request = BindRequest(
        workspace=workspace,
        profiles=profiles,
        template=begun.template,
        committee=_known(profiles.committees, "committees", cell.committee),
        format=page,
        press=profiles.presses[page.default_press],
        language=cell.language,
        campaign=profiles.campaigns.get(begun.campaign) if begun.campaign else None,
        values=dict(ask.values),
        loaded=template,
    )
    return fill(request, cell.filling)


def bind_first(ask: Ask, begun: Previewed, known: Known) -> BoundFirst | None:
    """Bind a piece in a copy of this process; None where that fails, as a worker then says why."""

    def bind() -> BoundFirst:
        stamps = CurrentWorkspace(begun.root).stamps(ASSETS)
        artwork = bound(ask, begun, Workspace(begun.root), profiles=known.profiles, template=known.template)
        return BoundFirst(artwork, READINGS, stamps)

    try:
        return apart(bind, binding(known.profiles.batch))
    except (PrintkitError, Ended):
        return None


def _known(known: Mapping[str, T], folder: str, identifier: str) -> T:
    if identifier not in known:
        raise WorkspaceError(
            f"profiles/{folder}/{identifier}.toml", None, Message("it is gone; choose another")
        )
    return known[identifier]

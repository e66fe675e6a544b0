"""Transparency groups: in which space they are blended, and which belong to luminosity masks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pikepdf import Dictionary, Name, Stream

from printkit.content import entry, resources_of
from printkit.preflight.core.subject import PageView, Subject

Key = tuple[int, int]


@dataclass(frozen=True)
class Group:
    """A group's blend space, what names in it stand for, and the page or stream that it belongs to."""

    space: Any
    resources: Any
    owner: Key
    view: PageView | None = None


def groups(subject: Subject) -> tuple[Group, ...]:
    """Return all transparency groups that name a blend space; ask `subject.once` for it."""
    return tuple(_groups(subject))


def in_luminosity_masks(subject: Subject) -> set[Key]:
    """Return the streams of luminosity soft masks, with the forms, patterns and masks that they use."""
    left = [
        holder.get("/G")
        for holder in subject.holders
        if holder.get("/S") == Name.Luminosity and isinstance(holder.get("/G"), Stream)
    ]
    found: set[Key] = set()
    while left:
        stream = left.pop()
        if stream.objgen not in found:
            found.add(stream.objgen)
            # Content of a mask's content is masked as well
            left += _used(stream)
    return found


def _groups(subject: Subject) -> Iterator[Group]:
    pages = {view.page.obj.objgen: view for view in subject.pages}
    for holder in subject.holders:
        if entry(holder, "/Group", "/S") != Name.Transparency:
            continue
        space = entry(holder, "/Group", "/CS")
        view = pages.get(holder.objgen)
        if space is not None:
            resources = resources_of(view.page) if view else holder.get("/Resources")
            yield Group(space, resources, holder.objgen, view)


def _used(stream: Any) -> list[Any]:
    """Return the streams of content that a stream's resources name."""
    named = (entry(stream, "/Resources", kind) for kind in ("/XObject", "/Pattern", "/ExtGState"))
    things = [one for kind in named if isinstance(kind, Dictionary) for _, one in kind.items()]
    masks = [entry(one, "/SMask", "/G") for one in things if isinstance(one, Dictionary)]
    return [one for one in (*things, *masks) if isinstance(one, Stream) and one.get("/Subtype") != Name.Image]

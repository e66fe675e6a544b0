"""The resources of one content stream, made anew from what its content uses."""

from typing import Any

from pikepdf import Array, Dictionary, Name, Object


class Resources:
    """Gather resources under the names that the content gives them."""

    def __init__(self) -> None:
        self._kinds: dict[str, dict[str, Any]] = {}

    def add(self, kind: str, name: str, thing: Any) -> Name:
        """Keep `thing` as resource `name` of a kind ("/Font"), under another name where it is taken."""
        names = self._kinds.setdefault(kind, {})
        free, count = name, 1
        while free in names and not _same(names[free], thing):
            count += 1
            free = f"{name}-{count}"
        names[free] = thing
        return Name(free)

    def dictionary(self) -> Dictionary:
        """Return the resource dictionary, sorted, without empty kinds."""
        kinds = sorted(self._kinds.items())
        return Dictionary({kind: Dictionary(dict(sorted(names.items()))) for kind, names in kinds})


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Object) and isinstance(other, Object) and one.is_indirect:
        return one.objgen == other.objgen
    return bool(one == other)


def uncoloured(space: str) -> Array:
    """Return the colour space of uncoloured patterns over a device space."""
    return Array([Name.Pattern, Name(space)])

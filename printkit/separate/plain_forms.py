"""Plain forms that were separated once: the next file that holds the same one takes what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Dictionary, Object

from printkit.content import plain_states
from printkit.separate.overprint import Overprint
from printkit.streams import data_of

# A campaign has a few dozen drawings, each at some sizes
KEPT = 64


@dataclass(frozen=True)
class SeparatedForm:
    """A form's content in inks, and its graphics states by name: what overprints, or as they are written."""

    content: bytes = field(repr=False)
    states: Mapping[str, bytes | Overprint]
    transparent: bool

    @classmethod
    def of(
        cls, form: Any, overprints: Mapping[Overprint, Object], transparent: bool
    ) -> "SeparatedForm | None":
        """Return what is to be kept of a form; None where it came to need more than states."""
        written = plain_states(form.Resources)
        if written is None:
            return None
        known = {made.objgen: overprint for overprint, made in overprints.items()}
        states = form.Resources.get("/ExtGState", Dictionary())
        found = {name: known.get(states[name].objgen, text) for name, text in written.items()}
        return cls(data_of(form), found, transparent)


def keep(cache: dict[Any, SeparatedForm], key: Any, form: SeparatedForm) -> None:
    """Keep a form; those that came first go first."""
    cache[key] = form
    while len(cache) > KEPT:
        del cache[next(iter(cache))]

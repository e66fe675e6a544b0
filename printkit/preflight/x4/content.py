"""PDF/X-4: what a reader must make out before it can print: content and the resources that it names."""

from collections.abc import Iterator

from printkit.content import Space, Trouble, items_of
from printkit.content.functions import is_function
from printkit.preflight.core.registry import Hit, rule
from printkit.preflight.core.subject import Subject
from printkit.preflight.seen.colours import used_spaces
from printkit.words import Message

PDF = "ISO 32000-1"
# A reader needs one to look for
MOST_NAMED = 5
# The place of its tint transform in a spot colour's space
_FUNCTION = 3
NAMED = (Trouble.RESOURCE, Trouble.FONT, Trouble.SPACE)


@rule("x4/resources", "error", PDF)
def resources(subject: Subject) -> Iterator[Hit]:
    """Fonts, images, spaces, states that content names are there, of a kind that PDF knows: export anew."""
    for view, fault in subject.faults:
        if fault.trouble in NAMED:
            yield Hit(fault.message, view.number)
    for used in used_spaces(subject):
        for spot in _without_function(used.space):
            names = ", ".join(spot.colorants)
            told = Message(
                "%(what)s in %(names)s, which has no function that says how it looks",
                what=used.what,
                names=names,
            )
            yield Hit(told, used.page, used.box_mm, count=used.count)


def _without_function(space: Space | None) -> Iterator[Space]:
    """Yield the spot colours that a space is or stands on, and that readers have no look for."""
    while space is not None:
        if space.family in ("Separation", "DeviceN") and space.base is not None:
            parts = items_of(space.source)
            if len(parts) < _FUNCTION + 1 or not is_function(parts[_FUNCTION], space.size, space.base.size):
                yield space
        space = space.base


@rule("x4/content", "error", PDF)
def content(subject: Subject) -> Iterator[Hit]:
    """Page content has an end, and operators that PDF knows, or part of it goes missing: export anew."""
    unknown: dict[int, list[str]] = {}
    for view, fault in subject.faults:
        if fault.trouble is Trouble.UNKNOWN:
            # Gathered: garbage among the operators comes in many words
            unknown.setdefault(view.number, []).append(fault.message or Message("(no text)"))
        elif fault.trouble not in NAMED:
            yield Hit(fault.message, view.number)
    for page, names in unknown.items():
        more = ", ..." if len(names) > MOST_NAMED else ""
        yield Hit(
            Message(
                "operators that PDF does not know: %(names)s%(more)s",
                names=", ".join(names[:MOST_NAMED]),
                more=more,
            ),
            page,
        )

"""Overprint that a press file promises and a RIP cannot keep."""

from collections.abc import Iterator

from printkit.preflight.core.registry import Hit, rule
from printkit.preflight.core.subject import Subject
from printkit.preflight.gwg.found import Found, gathered
from printkit.preflight.seen.visible import visible_elements
from printkit.words import Message

TRANSPARENCY = "PDF 1.6 (ISO 32000-1, 11.4.5 and 11.7.4)"


@rule("x4/group-overprint", "warning", TRANSPARENCY)
def group_overprint(subject: Subject) -> Iterator[Hit]:
    """Nothing in an isolated group overprints what lies beneath the group, as it knocks out: ungroup it."""
    found = (
        one
        for one in subject.once(visible_elements)
        if one.over_group and any(paint.keeps for paint in one.paints)
    )
    return gathered(
        Message("what is set to overprint knocks out, as it stands in an isolated group"), map(Found, found)
    )

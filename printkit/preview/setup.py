"""What the page is made of: formats with their zones, languages, committees, and a form for the slots."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from printkit.preview.asked import Previewed, Shown
from printkit.preview.problems import problems_of
from printkit.preview.schedule import PieceState
from printkit.preview.zones import mark_lines, slot_lines, zones
from printkit.profiles import Design, Format, PreviewFigures, Profiles
from printkit.template import Slot, Template
from printkit.template.fillings import FILLINGS
from printkit.words import Message
from printkit.workspace import Workspace

FILLING_NAMES = {
    "own": Message("The committee's own"),
    "sample": Message("Samples"),
    "shortest": Message("Shortest"),
    "longest": Message("Longest"),
}
LONGEST_SUMMARY = 90
# As many as a field of the form shows on one line
SHORT_CHARACTERS = 26


def describe(
    begun: Previewed, template: Template, profiles: Profiles, figures: PreviewFigures
) -> dict[str, Any]:
    """Return all that the page shows beside the pieces."""
    formats = [profiles.formats[name] for name in template.layouts if name in profiles.formats]
    away = [
        {"id": f"{one:g}", "name": Message("From %(metres)g m", metres=one)} for one in figures.distances_m
    ]
    return {
        "template": template.id,
        "name": template.name,
        "campaign": begun.campaign or "",
        "first": vars(begun.first),
        "format": [_format(one, profiles.design) for one in formats],
        "language": list(template.languages),
        "committee": [{"id": one.id, "name": one.name} for one in profiles.committees.values()],
        "filling": [{"id": one, "name": FILLING_NAMES[one]} for one in FILLINGS],
        "distance": [{"id": "", "name": Message("On the screen")}, *away],
        "words": {
            "working": Message("Working"),
            "large": Message("Show it large"),
            "saved": Message("Saved; printkit render takes it by"),
            "away": Message("Not connected: start printkit preview again"),
        },
        "slots": [_slot(name, slot) for name, slot in template.slots.items()],
        "figures": {
            "cell_pixels": figures.cell_pixels,
            "screen_m": figures.screen_m,
            "soft_mm": softness_mm(figures),
        },
    }


def softness_mm(figures: PreviewFigures) -> float:
    """Return the standard deviation of a blur on the screen that hides what an eye does not tell apart."""
    # Two standard deviations wide is about what a blur hides
    return math.radians(figures.eye_arcmin / 60) * figures.screen_m * 1000 / 2


def told(state: PieceState, page: Format, workspace: Workspace) -> dict[str, Any]:
    """Return what is known of a piece as the page is told of it."""
    error = state.error or (state.shown.complaint if state.shown else None)
    problems = problems_of(error, workspace) if error else ()
    marks = state.checked.marks if state.checked else ()
    message: dict[str, Any] = {
        "problems": [{**asdict(one), "place": one.place} for one in problems],
        "marks": list(_marks(state)),
        "lines": [*(slot_lines(page, state.shown.slots) if state.shown else ()), *mark_lines(page, marks)],
        "status": Message("The last good picture")
        if state.error and state.shown
        else Message("No picture yet"),
        "summary": "",
    }
    errors = sum(one.severity == "error" for one in marks)
    if problems:
        message["summary"] = problems[0].words[:LONGEST_SUMMARY]
    elif errors:
        message["summary"] = Message("%(count)s to mend", count=errors)
    return message | (_shown(state.shown, state.error) if state.shown else {})


def _shown(shown: Shown, error: Exception | None) -> dict[str, Any]:
    spent = round(sum(milliseconds for _, milliseconds in shown.spent))
    made = Message("Up to date, %(spent)s ms", spent=spent) if shown.settled else Message("Fitting texts")
    most = [f"{one.most_ink}\u00a0%" for one in shown.pictures if one]
    return {
        "bleed": shown.bleed_mm,
        "limit": shown.ink_limit,
        "ink": Message("Most ink: %(most)s", most=most),
        "pages": [{"src": f"/picture/{one.digest}.png" if one else None} for one in shown.pictures],
        "texts": dict(shown.texts),
        "spent": dict(shown.spent),
        "settled": shown.settled,
        "computing": shown.computing_ms,
        **({} if error else {"status": made}),
    }


def _marks(state: PieceState) -> Iterator[dict[str, str]]:
    """Yield the findings as a list shows them; one line where there is none."""
    if state.checked is None:
        return
    for number, mark in enumerate(state.checked.marks, 1):
        place = Message("%(rule)s, page %(page)s", rule=mark.rule, page=mark.page) if mark.page else mark.rule
        yield {"severity": mark.severity, "sign": str(number), "words": mark.words, "place": place}
    if not state.checked.marks:
        yield {"severity": "", "sign": "✓", "words": Message("Nothing found"), "place": ""}


def _format(page: Format, design: Design) -> dict[str, Any]:
    return {
        "id": page.id,
        "name": page.name,
        "trim": page.trim_mm,
        "bleed": page.bleed_mm,
        "pages": page.pages,
        "distance": page.viewing_distance_m,
        "lines": zones(page, design),
    }


def _slot(name: str, slot: Slot) -> Mapping[str, Any]:
    """Return a slot as a field of the form."""
    limits = (
        Message("at most %(count)s characters", count=slot.max_characters) if slot.max_characters else "",
        Message("at most %(count)s lines, one for each item", count=slot.max_items) if slot.max_items else "",
        Message("required") if slot.required else "",
    )
    long = slot.kind in ("rich", "list") or (slot.max_lines or 1) > 1
    long = long or (slot.max_characters or 0) > SHORT_CHARACTERS
    return {
        "name": name,
        "label": slot.label,
        "note": Message("%(help)s %(limits)s", help=slot.help, limits=[one for one in limits if one]),
        "tag": "select" if slot.choices else "textarea" if long else "input",
        "type": {"date": "date", "time": "time"}.get(slot.kind, "text"),
        "choices": slot.choices or None,
    }

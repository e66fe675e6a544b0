"""What the page is made of: formats with their zones, languages, committees, and a form for the slots."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from printkit.preview.asked import INKS, TOTAL, Begun, Shown
from printkit.preview.board import Face
from printkit.preview.problems import problems_of
from printkit.preview.zones import mark_lines, slot_lines, zones
from printkit.profiles import Design, Format, PreviewFigures, Profiles
from printkit.template import Slot, Template
from printkit.template.fillings import FILLINGS
from printkit.workspace import Workspace

FILLING_NAMES = {
    "own": "The committee's own",
    "sample": "Samples",
    "shortest": "Shortest",
    "longest": "Longest",
}
# As many as a field of the form shows on one line
SHORT_CHARACTERS = 26


def describe(begun: Begun, template: Template, profiles: Profiles, figures: PreviewFigures) -> dict[str, Any]:
    """Return all that the page shows beside the pieces."""
    formats = [profiles.formats[name] for name in template.layouts if name in profiles.formats]
    return {
        "template": template.id,
        "name": template.name,
        "campaign": begun.campaign,
        "formats": [_format(one, profiles.design) for one in formats],
        "languages": list(template.languages),
        "committees": [{"id": one.id, "name": one.name} for one in profiles.committees.values()],
        "fillings": [{"id": one, "name": FILLING_NAMES[one]} for one in FILLINGS],
        "first": vars(begun.first),
        "slots": [_slot(name, slot) for name, slot in template.slots.items()],
        "inks": [*INKS, TOTAL],
        "figures": figures.model_dump(mode="json"),
    }


def told(face: Face, page: Format, workspace: Workspace) -> dict[str, Any]:
    """Return what is known of a piece as the page is told of it."""
    lines = [
        *(slot_lines(page, face.shown.slots) if face.shown else ()),
        *(mark_lines(page, face.checked.marks) if face.checked else ()),
    ]
    message: dict[str, Any] = {"problems": [], "marks": [], "lines": lines}
    if face.error is not None:
        message["problems"] = [asdict(one) for one in problems_of(face.error, workspace)]
    if face.shown is not None:
        message |= _shown(face.shown)
    if face.checked is not None:
        message["verdict"] = face.checked.verdict
        message["marks"] = [asdict(one) for one in face.checked.marks]
    return message


def _shown(shown: Shown) -> dict[str, Any]:
    return {
        "bleed": shown.bleed_mm,
        "limit": shown.ink_limit,
        "pages": [
            {"src": f"/picture/{one.digest}.png", "size": one.size, "ink": one.most_ink}
            for one in shown.pictures
        ],
        "texts": dict(shown.texts),
        "settled": shown.settled,
        "spent": dict(shown.spent),
    }


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
    """Return a slot as a field of the form: `long` ones have several lines, `type` is for the others."""
    limits = (
        f"at most {slot.max_characters} characters" if slot.max_characters else "",
        f"at most {slot.max_items} lines, one for each item" if slot.max_items else "",
        "required" if slot.required else "",
    )
    return {
        "name": name,
        "label": slot.label,
        "note": " ".join(part for part in (slot.help, ", ".join(filter(None, limits))) if part),
        "kind": slot.kind,
        "long": slot.kind in ("rich", "list")
        or (slot.max_lines or 1) > 1
        or (slot.max_characters or 0) > SHORT_CHARACTERS,
        "type": {"date": "date", "time": "time"}.get(slot.kind, "text"),
        "choices": slot.choices or None,
    }

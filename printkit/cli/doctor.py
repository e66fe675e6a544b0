"""`doctor`: what is missing or unconfirmed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from printkit.cli.options import Settings, common, settings
from printkit.cli.output import end_at_once
from printkit.words import Message, Words

if TYPE_CHECKING:
    from printkit.doctor import Concern

# What a concern is of
AREAS = {
    str(area): area
    for area in (
        Message("ICC profile"),
        Message("address"),
        Message("brand colour"),
        Message("campaign"),
        Message("committee"),
        Message("date"),
        Message("edition"),
        Message("font"),
        Message("language"),
        Message("logo"),
        Message("native library"),
        Message("ordering"),
        Message("prices"),
        Message("slot"),
        Message("template"),
        Message("text"),
        Message("translation"),
    )
}
HEADS = {
    "missing": Message("Missing: nothing can be made without these"),
    "unconfirmed": Message("Not confirmed: proofs say DRAFT, --final holds the pieces"),
    "advice": Message("Worth a look"),
}


@click.command()
@common
@settings
def doctor(given: Settings) -> int:
    """Say what is missing or not confirmed, and what to do about it."""
    from printkit.doctor.examination import examine
    from printkit.errors import MissingError
    from printkit.profiles import load_profiles

    end_at_once()
    workspace = given.workspace()
    # By the calendar: whether a date of a campaign is past is what is asked.
    today = datetime.datetime.now(datetime.UTC).date()
    found = examine(workspace, load_profiles(workspace), today)
    missing = any(finding.level == "missing" for finding in found)
    given.result(
        {"ok": not missing, "findings": [asdict(finding) for finding in found]}, _text(found, given.words)
    )
    # What is not confirmed stops no proof, so that it is no failure.
    return MissingError.exit_code if missing else 0


def _text(found: Sequence[Concern], words: Words) -> str:
    if not found:
        return words.gettext("Nothing is missing, everything is confirmed.")
    return "\n\n".join(
        _part(level, found, words) for level in HEADS if any(one.level == level for one in found)
    )


def _part(level: str, found: Sequence[Concern], words: Words) -> str:
    """Return one part, findings with the same advice under one line of it."""
    # Ten fonts that are missing are one thing to do.
    groups: dict[tuple[str, str], list[str]] = {}
    for finding in found:
        if finding.level == level:
            groups.setdefault((finding.area, finding.todo), []).append(finding.what)
    lines = [words.say(HEADS[level])]
    for (area, todo), whats in groups.items():
        lines += [
            f"  {words.say(AREAS[area])}: {words.say(todo)}",
            *(f"    {words.say(what)}" for what in whats),
        ]
    return "\n".join(lines)

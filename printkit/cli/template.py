"""`template` and `gallery`: start a design, judge and show it before anyone else sees it."""

from __future__ import annotations

import datetime
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from printkit.cli.arguments import NewFolder
from printkit.cli.completion import ids
from printkit.cli.options import Settings, common, settings
from printkit.cli.table import table
from printkit.words import Message, Words, translate

if TYPE_CHECKING:
    from printkit.profiles import Profiles
    from printkit.review.asked import Ask, Judged
    from printkit.review.run import Review
    from printkit.template import Template
    from printkit.workspace import Workspace

DIR = NewFolder()
# An id is part of files' names.
MOST_LETTERS = 40
# Pixels of a picture's longer side: on a screen an A5 is read, an A3 is judged
PIXELS = 900
# The keys of --only and the field of a piece that each compares
KEYS = {"format": "format", "committee": "committee", "lang": "language", "filling": "filling"}


@click.group()
@common
def template() -> None:
    """Start a design, and judge it."""


@template.command()
@click.argument("name")
@click.option("--like", metavar="NAME", shell_complete=ids("templates"), help="Copy this design.")
@common
@settings
def new(given: Settings, /, name: str, like: str | None) -> None:
    """Start a design: a copy of one that is there, or a small sound one."""
    from printkit.cli.arguments import choose
    from printkit.profiles import load_profiles
    from printkit.starter.new_template import start_template
    from printkit.template import list_templates

    # It becomes a folder, a part of ids and of files' names, on every system.
    if len(name) > MOST_LETTERS:
        told = Message("%(count)s characters, %(most)s fit; shorten it", count=len(name), most=MOST_LETTERS)
        raise click.BadParameter(told, param_hint="NAME")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        reason = Message(
            "'%(name)s' is not small letters from a to z, digits, and hyphens between them", name=name
        )
        raise click.BadParameter(reason, param_hint="NAME")
    workspace = given.own_workspace()
    known = {one: one for one in list_templates(workspace)}
    files = start_template(
        workspace, load_profiles(workspace), name, choose(known, "--like", like) if like else None
    )
    text = Message(
        "templates/%(name)s: %(count)s files; '%(command)s preview %(name)s' shows it",
        # As it was called: without the folder the next command would look elsewhere.
        command=f"printkit -w {shlex.quote(str(given.folder))}" if given.folder else "printkit",
        name=name,
        count=len(files),
    )
    given.result({"ok": True, "template": name, "files": files}, "" if given.quiet else text)


@template.command()
@click.argument("names", metavar="[NAME]...", nargs=-1, shell_complete=ids("templates"))
@click.option("--quick", is_flag=True, help="Only the committees of the shortest and the longest name.")
@click.option(
    "--only", metavar="KEY=VALUE,...", multiple=True, help=f"Only these: {', '.join(KEYS)}; may be repeated."
)
@click.option("--campaign", metavar="ID", shell_complete=ids("campaigns"), help="Whose values are used.")
@click.option("--jobs", metavar="N", type=click.IntRange(1), help="Workers.  [default: one for each core]")
@click.option("--list", "list_rules", is_flag=True, help="List the rules of design; needs no NAME.")
@click.option("--explain", metavar="RULE", help="Say what a rule asks, with its figures.")
@common
@settings
def check(given: Settings, /, names: tuple[str, ...], **chosen: Any) -> int:
    """Make each piece of designs with short and long texts, and judge it."""
    from printkit.profiles import load_profiles

    profiles = load_profiles(given.workspace())
    if chosen["list_rules"] or chosen["explain"]:
        _explain(given, profiles, chosen["explain"])
        return 0
    from printkit.review.run import review

    workspace = given.workspace()
    templates = _templates(workspace, names)
    asked = _asked(profiles, templates, chosen)
    judged = _run(given, profiles, "judge", asked, chosen=chosen)
    found = review(workspace, profiles, templates, judged)
    _tell(given, found, asked)
    # Warnings are a matter of taste, on which no script should stop.
    return 1 if found.errors else 0


@click.command()
@click.argument("names", metavar="[NAME]...", nargs=-1, shell_complete=ids("templates"))
@click.option("-o", "--output", metavar="DIR", type=DIR, required=True, help="Folder to fill.")
@click.option("--quick", is_flag=True, help="Only the committees of the shortest and the longest name.")
@click.option(
    "--only", metavar="KEY=VALUE,...", multiple=True, help=f"Only these: {', '.join(KEYS)}; may be repeated."
)
@click.option("--campaign", metavar="ID", shell_complete=ids("campaigns"), help="Whose values are used.")
@click.option("--jobs", metavar="N", type=click.IntRange(1), help="Workers.  [default: one for each core]")
@click.option("--pixels", metavar="N", type=click.IntRange(50, 4000), default=PIXELS, help="The longer side.")
@common
@settings
def gallery(given: Settings, /, names: tuple[str, ...], output: Path, **chosen: Any) -> int:
    """Show each piece of designs as PNG, with a page that filters them."""
    from printkit.profiles import load_profiles
    from printkit.review.gallery import INDEX, put_index, put_pictures, take_folder

    profiles = load_profiles(given.workspace())
    templates = _templates(given.workspace(), names)
    asked = _asked(profiles, templates, chosen)
    take_folder(output)
    shown = [
        # Pictures of a large design together would fill the memory.
        (replace(judged, pictures=()), put_pictures(output, judged))
        for judged in _run(given, profiles, "picture", asked, chosen["pixels"], chosen=chosen)
    ]
    designs = given.words.say(Message("%(count)s designs", count=len(templates)))
    name = templates[0].name if len(templates) == 1 else f"{profiles.brand.name}: {designs}"
    put_index(output, name, shown)
    wrong = sum(bool(judged.findings) for judged, _ in shown)
    data = {"ok": not wrong, "output": str(output), "pieces": len(shown), "not_made": wrong}
    given.result(data, str(output / INDEX))
    if wrong:
        given.fault(
            Message(
                "%(wrong)s of %(count)s could not be made; %(index)s says why",
                wrong=wrong,
                count=len(shown),
                index=INDEX,
            )
        )
    return 1 if wrong else 0


def _templates(workspace: Workspace, names: Sequence[str]) -> list[Template]:
    from printkit.cli.arguments import choose
    from printkit.template import list_templates, load_template

    known = {name: name for name in list_templates(workspace)}
    wanted = [choose(known, "NAME", name) for name in names] or list(known)
    return [load_template(workspace, name) for name in wanted]


def _asked(profiles: Profiles, templates: Sequence[Template], chosen: Any) -> tuple[Ask, ...]:
    """Return the pieces that `--quick` and `--only` leave."""
    from printkit.cli.arguments import only_asked
    from printkit.produce.chosen import only_these
    from printkit.review.run import asks

    with only_asked(chosen["only"], KEYS) as filters:
        every = asks(profiles, templates, chosen["quick"])
        return only_these(every, filters, KEYS, ", ".join(one.id for one in templates))


def _run(
    given: Settings, profiles: Profiles, method: str, asked: Sequence[Ask], *more: object, chosen: Any
) -> Iterator[Judged]:
    """Yield what workers make of the pieces; a bar shows how far they are."""
    from printkit.cli.arguments import choose
    from printkit.cli.progress import counted
    from printkit.review.run import run
    from printkit.review.setup import ReviewSetup
    from printkit.template import READINGS, after_reading
    from printkit.work.pool import cores
    from printkit.work.workers import Workers

    campaign = choose(profiles.campaigns, "--campaign", chosen["campaign"]) if chosen["campaign"] else None
    # A fixed day where there is none: a judgement must be the same tomorrow.
    day = campaign.date if campaign and campaign.date else datetime.date(2000, 1, 1)
    date = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    # What this process has read of templates, workers need not read again.
    setup = partial(
        after_reading,
        READINGS,
        ReviewSetup(given.workspace(), campaign.id if campaign else None, date),
    )
    # A worker takes a while to load; one without work would only cost.
    jobs = min(chosen["jobs"] or cores(), max(len(asked), 1))
    with counted(given, len(asked)) as hear, Workers(setup, jobs, profiles.batch) as pool:
        yield from run(pool, method, asked, *more, hear=hear)


def _tell(given: Settings, found: Review, asked: Sequence[Ask]) -> None:
    from printkit.review.run import grouped

    rows = [
        (
            group.worst.piece,
            group.worst.rule,
            "" if group.worst.page is None else str(group.worst.page),
            _place(group.worst.box_mm),
            _figure(group.worst.measured),
            _figure(group.worst.limit),
            _said(given.words, group),
        )
        for group in grouped(found.findings, asked)
    ]
    heads = (
        Message("piece"),
        Message("rule"),
        Message("page"),
        "mm",
        Message("measured"),
        Message("limit"),
        Message("what is wrong, and what to do"),
    )
    errors = len(found.errors)
    warnings = len(found.findings) - errors
    ending = Message(
        "%(pieces)s pieces: %(errors)s errors, %(warnings)s warnings",
        pieces=found.pieces,
        errors=errors,
        warnings=warnings,
    )
    # The five that are fullest say where a longer text would break first.
    least = sorted(found.room.items(), key=lambda item: item[1])[:5]
    room = ", ".join(f"{slot} {page} {left:.0%}" for (_, page, slot), left in least)
    parts = (Message("least room: %(room)s", room=room) if room else "", ending)
    say = given.words.say
    text = "\n\n".join(filter(None, (table(heads, rows, say), *map(say, parts))))
    data = {
        "ok": not errors,
        "pieces": found.pieces,
        "findings": [one.as_json() for one in found.findings],
        "room": [
            {"template": name, "format": page, "slot": slot, "least": left}
            for (name, page, slot), left in sorted(found.room.items())
        ],
    }
    given.result(data, text)


def _said(words: Words, group: Any) -> str:
    """Return what is wrong, what to do about it, and how many more places have it."""
    told = "; ".join(words.say(one) for one in (group.worst.message, group.worst.cure) if one)
    more = Message("and %(count)s more", count=group.count - 1)
    return f"{told} ({words.say(more)})" if group.count > 1 else told


def _place(box: tuple[float, ...] | None) -> str:
    return "" if box is None else f"{box[0]:.1f} {box[1]:.1f} {box[2]:.1f} {box[3]:.1f}"


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _explain(given: Settings, profiles: Profiles, id: str | None) -> None:
    """List the rules, or say one's sentence with the figures of this workspace."""
    from printkit.cli.arguments import choose
    from printkit.review.rules import RULES

    known = dict(sorted(RULES.items()))
    wanted = [choose(known, "--explain", id)] if id else list(known.values())
    asked = profiles.design.rules
    told = [
        {
            "id": one.id,
            "asked": one.id in asked,
            "limits": dict(asked.get(one.id, {})),
            "sentence": one.sentence,
        }
        for one in wanted
    ]
    called = translate(given.words.language, "rules").find
    rows = [(one.id, _limits(asked.get(one.id)), called(one.sentence)) for one in wanted]
    given.result(
        {"ok": True, "rules": told},
        table((Message("rule"), Message("figures"), Message("what it asks")), rows, given.words.say),
    )


def _limits(found: Any) -> str:
    if found is None:
        return Message("not asked")
    return ", ".join(f"{name} {value:g}" for name, value in found.items()) or Message("none")

"""`check`: judge any PDF against GWG 2022, PDF/X-4 and what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from printkit.cli.arguments import Address, Positive, RegularFile, check_folder, choose
from printkit.cli.completion import ids
from printkit.cli.options import Settings, common, settings
from printkit.cli.output import end_at_once
from printkit.version import VERSION
from printkit.words import Message

if TYPE_CHECKING:
    from printkit.preflight import Specification
    from printkit.preflight.checks import Brief, Checked, Imprint
    from printkit.profiles import Profiles
    from printkit.workspace import Workspace

FILE = RegularFile(exists=True, dir_okay=False, path_type=Path)
HTML = click.Path(dir_okay=False, path_type=Path)
PRINTABLE = ("pass", "warn")
POSITIVE = Positive()


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, type=FILE)
@click.option(
    "--press",
    metavar="ID",
    shell_complete=ids("presses"),
    help="Judge by this press: its GWG variant, its waivers.",
)
@click.option("--gwg", metavar="VARIANT", help="Judge by this variant.  [default: sheetcmyk-cmyk]")
@click.option(
    "--format",
    "format_",
    metavar="ID",
    shell_complete=ids("formats"),
    help="The page's geometry that was ordered.",
)
@click.option("--distance", metavar="M", type=POSITIVE, help="Viewing distance in metres.")
@click.option("--scale", metavar="N", type=POSITIVE, default=1.0, help="Final size / file size.")
@click.option(
    "--qr", "urls", metavar="URL", type=Address(), multiple=True, help="An address that a code must say."
)
@click.option("--report", metavar="FILE.html", type=HTML, help="Write a report with pictures.")
@click.option("--list", "list_", is_flag=True, help="List the rules with their severity.")
@click.option("--explain", metavar="RULE", help="Say what a rule asks, in every variant.")
@common
@settings
def check(given: Settings, /, files: tuple[Path, ...], **chosen: Any) -> int:
    """Check any PDF for print; changes nothing in it."""
    from printkit.profiles import load_profiles

    end_at_once()
    if not files and not chosen["list_"] and not chosen["explain"]:
        raise click.UsageError(Message("name a FILE to check, or ask for --list or --explain RULE"))
    workspace = given.workspace()
    profiles = load_profiles(workspace)
    # Before any file is opened: a misspelt id must not cost the checks of all of them.
    specification = _specification(profiles, chosen)
    if chosen["list_"] or chosen["explain"]:
        return _tell_rules(given, profiles, specification, chosen["explain"])
    report: Path | None = chosen["report"]
    if report:
        _check_report(report, files)
    # Pictures of findings are drawn for a report only, as nothing else shows them.
    brief = replace(_brief(profiles, specification), pictures=report is not None)
    checked = [_examine(given, file, brief) for file in files]
    imprint = _imprint(workspace, brief)
    if report:
        _write(report, checked, imprint, given.words.language)
    return _tell(given, checked, imprint, report)


def _specification(profiles: Profiles, chosen: dict[str, Any]) -> Specification:
    from printkit.preflight import Specification

    if chosen["press"] and chosen["gwg"]:
        raise click.UsageError(Message("--press brings its own variant; give either --press or --gwg"))
    variants = {name: name for name in profiles.gwg.variants}
    return Specification(
        press=choose(profiles.presses, "--press", chosen["press"]) if chosen["press"] else None,
        format=choose(profiles.formats, "--format", chosen["format_"]) if chosen["format_"] else None,
        variant=choose(variants, "--gwg", chosen["gwg"]) if chosen["gwg"] else None,
        distance_m=chosen["distance"],
        scale=chosen["scale"],
        urls=chosen["urls"],
    )


def _brief(profiles: Profiles, specification: Specification) -> Brief:
    from printkit.errors import WorkspaceErrors
    from printkit.preflight import expected_of
    from printkit.preflight.checks import Brief, check_waivers
    from printkit.profiles import output_date

    waivers = specification.press.waivers if specification.press else ()
    complaints = (
        list(check_waivers(f"profiles/presses/{specification.press.id}.toml", waivers))
        if specification.press
        else []
    )
    # A waiver of a rule that does not exist would waive nothing, and nobody would hear of it.
    if complaints:
        raise WorkspaceErrors(complaints)
    return Brief(expected_of(profiles, specification), specification.gwg, output_date(None).date(), waivers)


def _examine(given: Settings, file: Path, brief: Brief) -> Checked:
    from printkit.work.checks import examine_file

    given.detail(Message("%(file)s: checking as %(gwg)s", file=file, gwg=brief.gwg))
    return examine_file(file, brief)


def _imprint(workspace: Workspace, brief: Brief) -> Imprint:
    """Say by what is judged: the hash of each file of rule data."""
    from hashlib import sha256

    from printkit.preflight.checks import Imprint

    data = {
        file: sha256(workspace.read_bytes(file)).hexdigest()
        for file in workspace.files("profiles/preflight/*.toml")
    }
    return Imprint(VERSION, brief.day, data)


def _check_report(report: Path, files: Sequence[Path]) -> None:
    check_folder(report, "--report")
    # Resolved, as a link may lead to the PDF, and the report would take its place.
    if report.resolve() in {file.resolve() for file in files}:
        raise click.BadParameter(
            Message("'%(report)s' is a file to check", report=report), param_hint="--report"
        )


def _write(report: Path, checked: Sequence[Checked], imprint: Imprint, language: str) -> None:
    from printkit.preflight.checks import write_html
    from printkit.workspace import write_file

    write_file(report, write_html(checked, imprint, language))


def _tell(given: Settings, checked: Sequence[Checked], imprint: Imprint, report: Path | None) -> int:
    """Print the verdicts; return 1 where a file must not be printed, else 0."""
    from printkit.cli.verdict import describe

    ok = all(one.report.verdict in PRINTABLE for one in checked)
    told = {
        "ok": ok,
        "printkit": imprint.version,
        "rule_data": dict(imprint.rule_data),
        "files": [one.as_dict() for one in checked],
    }
    say = given.words.say
    parts = [describe(one, say) for one in checked] + ([str(report)] if report else [])
    given.result(told, "" if given.quiet else "\n\n".join(parts))
    # Quiet leaves out what is well; what must not be printed is named all the same.
    for one in checked if given.quiet else ():
        if one.report.verdict not in PRINTABLE:
            given.fault(describe(one, say))
    return 0 if ok else 1


def _tell_rules(
    given: Settings, profiles: Profiles, specification: Specification, explained: str | None
) -> int:
    from printkit.cli import rules
    from printkit.preflight.checks import RULES

    if explained is None:
        given.result(
            {"gwg": specification.gwg, "rules": rules.rows(profiles.gwg, specification.gwg)},
            rules.listing(profiles.gwg, specification.gwg, given.words),
        )
        return 0
    if explained not in RULES:
        raise click.BadParameter(
            Message("no rule '%(explained)s'; --list names them all", explained=explained),
            param_hint="--explain",
        )
    given.result(
        rules.details(profiles.gwg, explained), rules.explanation(profiles.gwg, explained, given.words)
    )
    return 0

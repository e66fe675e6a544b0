"""`render`: make one press-ready file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from printkit.cli.arguments import READABLE, Day, check_folder, choose
from printkit.cli.collecting import uncollected
from printkit.cli.completion import ids, languages
from printkit.cli.options import Settings, common, settings
from printkit.cli.output import end_at_once, write_bytes
from printkit.cli.render_rows import RowDesign, row_piece
from printkit.words import Message

if TYPE_CHECKING:
    from printkit.produce import Maker, Piece, Product
    from printkit.profiles import Campaign, Profiles
    from printkit.workspace import Workspace

STDOUT = "-"
DATE = Day()


@click.command()
@click.argument("template", shell_complete=ids("templates"))
@click.option("--committee", metavar="ID", shell_complete=ids("committees"), help="For whom.")
@click.option(
    "--format",
    "format_",
    metavar="ID",
    required=True,
    shell_complete=ids("formats"),
    help="The page's geometry.",
)
@click.option(
    "--press",
    metavar="ID",
    shell_complete=ids("presses"),
    help="The printing condition.  [default: the format's own]",
)
@click.option("--site", metavar="ID", shell_complete=ids("sites"), help="The place whose code is drawn.")
@click.option(
    "--lang",
    metavar="TAG",
    shell_complete=languages,
    help="The texts' language, as pl or se.  [default: the workspace's own]",
)
@click.option(
    "--campaign",
    metavar="ID",
    shell_complete=ids("campaigns"),
    help="Whose values and tracking parameters are used.",
)
@click.option("--set", "sets", metavar="SLOT=VALUE", multiple=True, help="A slot's value; may be repeated.")
@click.option("--data", metavar="FILE.toml", type=READABLE, help="Slot values as TOML; - reads stdin.")
@click.option("--rows", metavar="FILE", type=READABLE, help="A table whose row is made; - reads stdin.")
@click.option("--row", metavar="N", type=click.IntRange(1), help="Its number.  [default: the first]")
@click.option(
    "--complaints",
    metavar="FILE.xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the table with what is wrong in its rows.",
)
@click.option("--sample", is_flag=True, help="Fill required slots with samples and print SPECIMEN.")
@click.option("--date", type=DATE, metavar="DATE", help="The date in the file, as YYYY-MM-DD.")
@click.option("--rgb", is_flag=True, help="Write the sRGB layout instead.")
@click.option("-o", "--output", metavar="FILE.pdf", required=True, help="Where to write; - is stdout.")
@common
@settings
def render(given: Settings, /, output: str, **chosen: Any) -> int:
    """Make one file of TEMPLATE that a print shop can take."""
    end_at_once()
    if output == STDOUT and given.json:
        raise click.UsageError(Message("--json and -o - both want stdout; write the PDF to a file"))
    if output != STDOUT:
        # Before the piece is made: a path that cannot be written is known now.
        _check_output(Path(output))
    with uncollected():
        maker, piece = _prepare(given, chosen)
        from printkit.produce import Maker
        from printkit.work.pieces import make_one

        # Apart from this process, as in a batch: what eats time or memory ends there and is told as a
        # sentence.
        limits = maker.production.profiles.batch
        if chosen["rgb"]:
            _write(output, make_one(Maker.layout, maker, piece, limits))
            given.result({"ok": True, "file": output, "rgb": True}, "")
            return 0
        product = make_one(Maker.make, maker, piece, limits)
        _write(output, product.pdf)
        return _tell(given, output, product)


def _check_output(path: Path) -> None:
    """Refuse a file that cannot be written, and a name that would say that it is something else."""
    check_folder(path, "-o")
    if path.suffix.lower() not in ("", ".pdf"):
        reason = Message("render writes PDF; name it .pdf and convert that")
        raise click.BadParameter(
            Message(
                "'%(path)s' ends in %(suffix)s: %(reason)s", path=path, suffix=path.suffix, reason=reason
            ),
            param_hint="-o",
        )


def _prepare(given: Settings, chosen: Mapping[str, Any]) -> tuple[Maker, Piece]:
    from printkit.produce import Maker, Production
    from printkit.profiles import load_profiles, output_date

    _check_rows(chosen)
    workspace = given.workspace()
    profiles = load_profiles(workspace)
    told = chosen["lang"] is not None
    chosen = {**chosen, "lang": _language(profiles, chosen["lang"]), "told_lang": told}
    campaign = choose(profiles.campaigns, "--campaign", chosen["campaign"]) if chosen["campaign"] else None
    date = output_date(campaign, chosen["date"].date() if chosen["date"] else None)
    # What is typed comes last, so that one value of a file can be tried out.
    values = {**_data(chosen["data"]), **_sets(chosen["sets"])}
    design = _design(workspace, profiles, campaign, chosen)
    piece = row_piece(given, design, chosen, values) if chosen["rows"] else _piece(design, chosen)
    production = Production(workspace, profiles, campaign, date, values=values, sample=chosen["sample"])
    return Maker(production), piece


def _check_rows(chosen: Mapping[str, Any]) -> None:
    """Refuse what means nothing without a table, and two readers of one stdin."""
    for option in ("row", "complaints"):
        if chosen[option] is not None and not chosen["rows"]:
            raise click.UsageError(
                Message("--%(option)s is about the table that --rows names", option=option)
            )
    if chosen["rows"] == chosen["data"] == STDOUT:
        raise click.UsageError(Message("--rows - and --data - both want stdin"))
    if not (chosen["committee"] or chosen["rows"]):
        raise click.UsageError(Message("Missing option '--committee'."))


def _design(
    workspace: Workspace, profiles: Profiles, campaign: Campaign | None, chosen: Mapping[str, Any]
) -> RowDesign:
    from printkit.template import list_templates, load_template

    templates = {name: name for name in list_templates(workspace)}
    template = choose(templates, "TEMPLATE", chosen["template"])
    if chosen["committee"]:
        choose(profiles.committees, "--committee", chosen["committee"])
    if chosen["site"]:
        choose(profiles.sites, "--site", chosen["site"])
    page = choose(profiles.formats, "--format", chosen["format_"])
    # What the design has not was asked for here; of a campaign it would be the campaign's fault
    manifest = load_template(workspace, template)
    choose(manifest.layouts, "--format", page.id)
    if chosen["told_lang"]:
        choose(dict.fromkeys(manifest.languages), "--lang", chosen["lang"])
    press = choose(profiles.presses, "--press", chosen["press"] or page.default_press)
    return RowDesign(workspace, profiles, template, page, press, campaign)


def _piece(design: RowDesign, chosen: Mapping[str, Any]) -> Piece:
    from printkit.produce import Piece

    site = design.profiles.sites[chosen["site"]] if chosen["site"] else None
    # Its code would lead to a committee that the place does not show.
    if site and chosen["committee"] not in site.committees:
        raise click.BadParameter(
            Message("'%(id)s' does not show %(chosen)s", id=site.id, chosen=chosen["committee"]),
            param_hint="--site",
        )
    names = [
        chosen["committee"],
        design.template,
        design.page.id,
        chosen["lang"],
        *([site.id] if site else []),
    ]
    return Piece(
        id="_".join(names),
        template=design.template,
        committee=chosen["committee"],
        format=design.page.id,
        press=design.press.id,
        language=chosen["lang"],
        site=site.id if site else None,
    )


def _language(profiles: Profiles, tag: str | None) -> str:
    from printkit.profiles import language_problem

    if tag is None:
        return profiles.municipality.language
    if problem := language_problem(tag, profiles.languages):
        raise click.BadParameter(problem, param_hint="--lang")
    return tag


def _sets(pairs: Iterable[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise click.BadParameter(Message("'%(pair)s' is not SLOT=VALUE", pair=pair), param_hint="--set")
        values[name.strip()] = value
    return values


def _data(file: str | None) -> dict[str, Any]:
    from printkit.cli.given import toml_given

    return toml_given(file) if file else {}


def _write(output: str, data: bytes) -> None:
    from printkit.workspace import write_file

    if output == STDOUT:
        write_bytes(data)
    else:
        write_file(Path(output), data)


def _tell(given: Settings, output: str, product: Product) -> int:
    """Say what the checks found; return the exit code."""
    for one in product.findings:
        tell = given.fault if one["severity"] == "error" else given.say
        tell(
            Message(
                "%(severity)s: %(rule)s: %(message)s",
                severity=Message.of(one["severity"]),
                rule=one["id"],
                message=one["message"],
            )
        )
    for one in product.waived:
        given.say(
            Message(
                "waived by %(who)s: %(rule)s: %(message)s",
                who=one["waiver"]["who"],
                rule=one["id"],
                message=one["message"],
            )
        )
    for one in product.expired:
        given.say(
            Message(
                "waiver of %(rule)s by %(who)s is void: it ran until %(until)s",
                rule=one["rule"],
                who=one["who"],
                until=one["until"],
            )
        )
    for sentence in product.not_checked:
        given.say(sentence)
    ok = product.verdict in ("pass", "warn")
    told = {
        "ok": ok,
        "file": output,
        "verdict": product.verdict,
        "bytes": len(product.pdf),
        "not_checked": list(product.not_checked),
        "findings": [dict(one) for one in product.findings],
        "waived": [dict(one) for one in product.waived],
    }
    given.result(told, "")
    return 0 if ok else 1

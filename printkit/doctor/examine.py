"""Look at a workspace and the machine as a whole."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from printkit.color import PressProfile, ProfileProblem
from printkit.doctor.native import missing_libraries
from printkit.errors import PrintkitError
from printkit.profiles import Profiles, list_unconfirmed
from printkit.qr import second_reader_version
from printkit.template import list_templates, load_template
from printkit.typeface import TypefaceProblem, check_typeface
from printkit.workspace import Workspace

Level = Literal["missing", "unconfirmed", "advice"]
CONFIRM = "ask its owner, correct it, set confirmed = true"


@dataclass(frozen=True)
class Finding:
    """Say what is wrong, where, and what to do; `missing` stops the work, the rest does not."""

    level: Level
    area: str
    what: str
    todo: str


def examine(workspace: Workspace, profiles: Profiles, today: datetime.date) -> tuple[Finding, ...]:
    """Return all findings, those that stop the work first."""
    found = [
        *_native(),
        *_fonts(workspace, profiles),
        *_icc(workspace, profiles),
        *_templates(workspace),
        *_pictures(workspace, profiles),
        *_unconfirmed(profiles),
        *_dates(profiles, today),
        *_sites(profiles),
    ]
    order = {"missing": 0, "unconfirmed": 1, "advice": 2}
    return tuple(sorted(found, key=lambda finding: order[finding.level]))


def _native() -> Iterator[Finding]:
    for name, package in missing_libraries():
        yield Finding("missing", "native library", name, f"apt-get install {package}")
    if second_reader_version() is None:
        todo = "apt-get install libzbar0: without a second reader codes are not checked, their pieces held"
        yield Finding("missing", "native library", "zbar", todo)


def _fonts(workspace: Workspace, profiles: Profiles) -> Iterator[Finding]:
    fonts = profiles.brand.fonts
    named = {profiles.codes.font, fonts.head, fonts.text, fonts.strong, *_css_fonts(workspace)}
    for file in sorted(named):
        if not workspace.path(file).is_file():
            yield Finding("missing", "font", file, "put the file there, or name another")
            continue
        try:
            check_typeface(workspace.read_bytes(file))
        except TypefaceProblem as problem:
            yield Finding("missing", "font", file, str(problem))


def _css_fonts(workspace: Workspace) -> Iterator[str]:
    """Yield the font files that the templates' style sheets name, relative to the workspace."""
    for sheet in workspace.files("templates/**/*.css"):
        for url in re.findall(r"url\([\"']?([^\"')]+\.(?:ttf|otf|woff2?))", workspace.read_text(sheet)):
            yield url[1:] if url.startswith("/") else (PurePosixPath(sheet).parent / url).as_posix()


def _icc(workspace: Workspace, profiles: Profiles) -> Iterator[Finding]:
    users: dict[str, list[str]] = {}
    for press in profiles.presses.values():
        users.setdefault(press.profile, []).append(press.id)
    for file, presses in users.items():
        if not workspace.path(file).is_file():
            todo = f"get it from its publisher; used by {', '.join(presses)}"
            yield Finding("missing", "ICC profile", file, todo)
            continue
        try:
            PressProfile(workspace.read_bytes(file))
        except ProfileProblem as problem:
            yield Finding("missing", "ICC profile", file, str(problem))


def _templates(workspace: Workspace) -> Iterator[Finding]:
    for identifier in list_templates(workspace):
        try:
            load_template(workspace, identifier)
        except PrintkitError as error:
            yield Finding("missing", "template", identifier, str(error))


def _pictures(workspace: Workspace, profiles: Profiles) -> Iterator[Finding]:
    logo = profiles.brand.logo.file
    if not workspace.path(logo).is_file():
        yield Finding("missing", "logo", logo, "put the file there, or name another in profiles/brand.toml")


def _unconfirmed(profiles: Profiles) -> Iterator[Finding]:
    for value in list_unconfirmed(profiles):
        what = f"{value.file}: {value.key} = {value.value}"
        yield Finding("unconfirmed", _area(value.file, value.key), what, CONFIRM)


def _area(file: str, key: str) -> str:
    if key.startswith("colors."):
        return "brand colour"
    if key == "logo":
        return "logo"
    return "campaign" if "/campaigns/" in file else "address"


def _dates(profiles: Profiles, today: datetime.date) -> Iterator[Finding]:
    for campaign in profiles.campaigns.values():
        if campaign.date is None:
            todo = "give it a date: without one each day's files differ"
            yield Finding("advice", "date", f"campaign {campaign.id} has no date", todo)
        for name, stated in campaign.values.items():
            if isinstance(stated.value, datetime.date) and stated.value < today:
                what = f"campaign {campaign.id}: {name} = {stated.value} is past"
                yield Finding("advice", "date", what, "set the dates of the new round")


def _sites(profiles: Profiles) -> Iterator[Finding]:
    for site in profiles.sites.values():
        if not site.address:
            what = f"profiles/sites.csv: {site.id} has no address"
            yield Finding("advice", "address", what, "the driver's list needs it")

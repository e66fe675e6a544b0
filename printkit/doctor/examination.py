"""Look at a workspace and the machine as a whole."""

import datetime
from collections.abc import Iterator

from printkit.color import PressProfile, ProfileProblem
from printkit.doctor.borrowed import borrowed, untranslated
from printkit.doctor.campaigns import campaigns
from printkit.doctor.finding import Concern as Concern
from printkit.doctor.fonts import fonts
from printkit.doctor.languages import languages
from printkit.doctor.native import missing_libraries
from printkit.doctor.ordering import ordering
from printkit.doctor.templates import templates
from printkit.errors import MissingError
from printkit.profiles import Profiles, list_unconfirmed
from printkit.qr.zbar import second_reader_version
from printkit.raster.kinds import is_drawing
from printkit.raster.pdf_drawing import is_pdf, pdf_as_svg
from printkit.raster.problem import PictureProblem
from printkit.raster.svg_drawing import checked_drawing
from printkit.template.pictures import MOST_PIXELS, MOST_SVG_BYTES, open_for, press_profile
from printkit.words import Message, sentence
from printkit.workspace import Workspace

CONFIRM = Message("ask its owner, correct it, set confirmed = true")


def examine(workspace: Workspace, profiles: Profiles, today: datetime.date) -> tuple[Concern, ...]:
    """Return all findings, those that stop the work first."""
    found = [
        *_native(),
        *fonts(workspace, profiles),
        *_icc(workspace, profiles),
        *templates(workspace, profiles),
        *languages(workspace, profiles),
        *_pictures(workspace, profiles),
        *_unconfirmed(profiles),
        *campaigns(workspace, profiles, today),
        *ordering(workspace, profiles, today),
        *_sites(profiles),
        *borrowed(workspace),
        *untranslated(workspace),
    ]
    order = {"missing": 0, "unconfirmed": 1, "advice": 2}
    return tuple(sorted(found, key=lambda finding: order[finding.level]))


def _native() -> Iterator[Concern]:
    for name, package in missing_libraries():
        yield Concern(
            "missing",
            Message("native library"),
            name,
            Message("apt-get install %(package)s", package=package),
        )
    if second_reader_version() is None:
        todo = Message(
            "apt-get install libzbar0: without a second reader codes are not checked, their pieces held"
        )
        yield Concern("missing", Message("native library"), "zbar", todo)


def _icc(workspace: Workspace, profiles: Profiles) -> Iterator[Concern]:
    users: dict[str, list[str]] = {}
    for press in profiles.presses.values():
        # By file, as presses share profiles and one missing file is one thing to do.
        users.setdefault(press.profile, []).append(press.id)
    for file, presses in users.items():
        if not workspace.path(file).is_file():
            todo = Message("get it from its publisher; used by %(presses)s", presses=", ".join(presses))
            yield Concern("missing", Message("ICC profile"), file, todo)
            continue
        try:
            PressProfile(workspace.read_bytes(file))
        except ProfileProblem as problem:
            yield Concern("missing", Message("ICC profile"), file, sentence(problem))


def _pictures(workspace: Workspace, profiles: Profiles) -> Iterator[Concern]:
    logo = profiles.brand.logo
    for file in filter(None, (logo.file, logo.file_on_dark)):
        if not workspace.path(file).is_file():
            todo = Message("put the file there, or name another; asked for by profiles/brand.toml, logo")
            yield Concern("missing", "logo", file, todo)
        else:
            yield from _unfit_mark(workspace, profiles, file)


def _unfit_mark(workspace: Workspace, profiles: Profiles, file: str) -> Iterator[Concern]:
    """Yield why no layout takes a mark: by what it holds, as layouts do, whatever its name says."""
    content = workspace.read_bytes(file)
    # Whichever press comes first: its profile says what inks are that name none.
    press = next(iter(profiles.presses.values()), None)
    try:
        if is_pdf(content) and press:
            content = pdf_as_svg(content, lambda: press_profile(press, workspace.read_bytes))
        if is_drawing(content) or file.lower().endswith(".svg"):
            checked_drawing(content, MOST_SVG_BYTES, MOST_PIXELS)
        elif press:
            open_for(press, content, workspace.read_bytes)
    except (PictureProblem, MissingError) as problem:
        yield Concern("missing", "logo", file, sentence(problem))


def _unconfirmed(profiles: Profiles) -> Iterator[Concern]:
    for value in list_unconfirmed(profiles):
        what = f"{value.file}: {value.key} = {value.value}"
        yield Concern("unconfirmed", _area(value.file, value.key), what, CONFIRM)


def _area(file: str, key: str) -> str:
    if key.startswith("colors."):
        return "brand colour"
    if key == "logo":
        return "logo"
    return "campaign" if "/campaigns/" in file else "address"


def _sites(profiles: Profiles) -> Iterator[Concern]:
    for site in profiles.sites.values():
        if not site.address:
            what = Message("profiles/sites.csv: %(id)s has no address", id=site.id)
            yield Concern("advice", "address", what, Message("the driver's list needs it"))

"""Write a municipality's own small workspace: checked before it stands, all or nothing."""

import csv
import datetime
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from printkit.errors import TableErrors, WorkspaceError, WorkspaceErrors
from printkit.profiles import load_profiles, parse
from printkit.profiles.check import BATCH, DESIGN
from printkit.profiles.limits import BatchLimits
from printkit.profiles.orders import RULES, load_order_profiles
from printkit.profiles.print import Press
from printkit.raster.problem import PictureProblem
from printkit.raster.svg_drawing import checked_drawing
from printkit.starter.answers import Answers
from printkit.starter.fonts import FontSource, font_sources
from printkit.starter.office import all_problems, read_office_table
from printkit.starter.proposals import currency_of, propose, zone_of
from printkit.starter.styles import style_fonts
from printkit.starter.tables import COMMITTEE, PLACE, Place, read_committees, read_places
from printkit.starter.words import StarterWords, as_toml, fill_in
from printkit.template import check_designs, list_templates, load_template
from printkit.template.pictures import MOST_PIXELS, MOST_SVG_BYTES
from printkit.words import Message, translate
from printkit.workspace import TO_TRANSLATE, Workspace, bundled_workspace, copy_file, place_workspace
from printkit.workspace.files import read_named

# Whose account pays the municipality's own print
PAYER = "municipality"
SKELETON = "starter/files/"
EACH = "starter/each/"
FILLED = ".j2"
# What the reference workspace has for everybody
SHARED = (
    "profiles/preflight/*.toml",
    "profiles/schemas/*.json",
    "profiles/batch.toml",
    "profiles/preview.toml",
    "assets/icc/*",
)
SITES = "profiles/sites.csv"
MARK = "assets/brand/mark.svg"


@dataclass(frozen=True)
class Founded:
    """A workspace that was founded: its files, the licences of its fonts, the languages left in English.

    `remarks` are what is worth knowing of the tables, though nothing stopped for it.
    """

    files: tuple[str, ...]
    licences: Mapping[str, str]
    untranslated: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """All that the files of a new workspace are written from."""

    answers: Answers
    source: Workspace
    target: Workspace
    committees: list[dict[str, Any]]
    places: list[Place]
    fonts: list[FontSource]

    def words(self, language: str) -> StarterWords:
        return StarterWords(self.source, language)

    def put(self, file: str, data: bytes) -> None:
        path = self.target.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def write(self, file: str, text: str) -> None:
        self.put(file, text.encode())


def found_workspace(folder: Path, answers: Answers, today: datetime.date) -> Founded:
    """Write the workspace into `folder`; raise WorkspaceErrors or TableErrors where answers
    give no sound one."""
    source = bundled_workspace()
    committees, places, remarks = _read_tables(answers, source)
    fonts = list(font_sources(answers, source))
    founded: list[str] = []

    def fill(aside: Path) -> None:
        target = Workspace(aside)
        _write(Draft(answers, source, target, committees, places, fonts), today)
        # Before it stands at its place: a workspace that no command can read is worse than none.
        _check(target)
        founded.extend(target.files("**/*"))

    place_workspace(folder, fill)
    lacking = [
        tag
        for tag in dict.fromkeys((answers.language, *answers.printed()))
        if not StarterWords(source, tag).known
    ]
    licences = {font.file: font.licence for font in fonts}
    return Founded(tuple(founded), licences, tuple(lacking), remarks)


def _read_tables(
    answers: Answers, source: Workspace
) -> tuple[list[dict[str, Any]], list[Place], tuple[str, ...]]:
    """Return committees, places and what is worth knowing of their tables; raise TableErrors for both."""
    limits = parse(BatchLimits, BATCH, source.read_toml(BATCH)).table
    tables = [read_office_table(answers.path(answers.committees), COMMITTEE, ("name", "page"), limits)]
    committees, places = read_committees(tables[0], list(answers.colors)), []
    if answers.places:
        tables.append(read_office_table(answers.path(answers.places), PLACE, ("name", "kind"), limits))
        places = read_places(tables[1], committees)
    if problems := list(all_problems(tables)):
        raise TableErrors(problems)
    return committees, places, tuple(told for table in tables for told in table.remarks)


def _write(draft: Draft, today: datetime.date) -> None:
    _copy_shared(draft)
    _copy_named(draft)
    _copy_rules(draft)
    for font in draft.fonts:
        draft.put(font.file, font.data)
    if draft.answers.mark:
        draft.put(MARK, _mark(draft.answers.path(draft.answers.mark)))
    values = _values(draft, today)
    for file in draft.source.files(f"{SKELETON}**/*"):
        _write_one(draft, file, values)
    for committee in draft.committees:
        text = fill_in(draft.source.read_text(f"{EACH}committee.toml{FILLED}"), committee)
        draft.write(f"profiles/committees/{committee['id']}.toml", text)
    for tag in draft.answers.printed():
        label = _committee_word(draft.answers, tag)
        told = {"word": draft.words(tag), "label": label[:1].upper() + label[1:]}
        text = fill_in(draft.source.read_text(f"{EACH}texts.toml{FILLED}"), told)
        draft.write(f"templates/notice/texts.{tag}.toml", text)
    draft.write(SITES, _sites(draft.places))


def _mark(path: Path) -> bytes:
    data = read_named(path, path, MOST_SVG_BYTES)
    try:
        # As strictly as a layout is: what is taken here would stop each piece.
        checked_drawing(data, MOST_SVG_BYTES, MOST_PIXELS)
    except PictureProblem as problem:
        raise WorkspaceError(
            path, None, Message("the mark: %(problem)s; name an SVG", problem=problem)
        ) from problem
    return data


def _copy_shared(draft: Draft) -> None:
    """Copy what is the same for every municipality; fonts of the program bring their licences."""
    own = draft.answers.language
    # What lists and proofs are said in has its forms too, where that is English in another's place.
    languages = {own, translate(own).language, *draft.answers.printed()}
    patterns = [*SHARED, *(f"profiles/languages/{tag}.toml" for tag in sorted(languages))]
    if draft.answers.fonts is None:
        patterns.append("assets/fonts/*.txt")
    for file in (file for pattern in patterns for file in draft.source.files(pattern)):
        copy_file(draft.source.path(file), draft.target.root / file)


def _copy_named(draft: Draft) -> None:
    """Copy formats and presses with the reference workspace's figures under names in the own language."""
    words = draft.words(draft.answers.language)
    for kind in ("formats", "presses"):
        for name, own in words.plain(kind).items():
            file = f"profiles/{kind}/{name}.toml"
            text = draft.source.read_text(file)
            for key in own:
                text = _with(text, key, words(f"{kind}.{name}.{key}"))
            draft.write(file, text)


def _copy_rules(draft: Draft) -> None:
    """Copy what ordering goes by with the reference workspace's figures, but for money and dates."""
    # What stands behind is the reference municipality's own.
    text = draft.source.read_text(RULES).partition("\n[values]")[0]
    own = {"currency": currency_of(draft.answers.language), "payer": PAYER}
    for key, value in own.items():
        text = _with(text, key, as_toml(value))
    # Until somebody says otherwise every order waits for a word on its money.
    draft.write(RULES, _with(text, "default_limit", "0"))


def _with(text: str, key: str, value: str) -> str:
    """Return TOML with another value of a key at its top."""
    # In the text, not in what TOML reads of it, so that comments stay.
    return re.sub(rf"^{key} = .*$", lambda _: f"{key} = {value}", text, count=1, flags=re.MULTILINE)


def _values(draft: Draft, today: datetime.date) -> dict[str, Any]:
    """Return what the files of the skeleton are filled in with."""
    answers, words = draft.answers, draft.words(draft.answers.language)
    return {
        "municipality": answers.municipality,
        "name": draft.committees[0]["name"],
        "language": answers.language,
        "languages": list(answers.printed()),
        "committee": {tag: _committee_word(answers, tag) for tag in _tags(answers)},
        "numbered": any(one["is_numbered"] for one in draft.committees),
        "kinds": _kinds(draft),
        "colors": list(_colors(draft)),
        "fonts": {font.key: font.file for font in draft.fonts},
        "licences": [
            {"file": font.file.removeprefix("assets/"), "source": font.source, "licence": font.licence}
            for font in draft.fonts
        ],
        "mark": MARK,
        "mark_source": Message("the municipality's own") if answers.mark else words.plain("brand.mark"),
        "date": answers.date or today,
        "first_day": today,
        "last_day": datetime.date((answers.date or today).year + 1, 12, 31),
        "grid": draft.source.read_toml(DESIGN),
        "faces": style_fonts({}, {font.key: font.file for font in draft.fonts}),
        "fixed": False,
        "zone": zone_of(answers.language),
        "word": words,
    }


def _kinds(draft: Draft) -> dict[str, dict[str, str]]:
    """Return the words for kinds of places by language, as TOML; the table has them in the first only."""
    own, *others = dict.fromkeys((*_tags(draft.answers), *draft.answers.printed()))
    if not draft.places:
        return {"place": {tag: draft.words(tag)("places.kind") for tag in (own, *others)}}
    found = {place.cells["kind"]: as_toml(place.word) for place in draft.places}
    return {
        kind: {own: word} | dict.fromkeys(others, f"{word}  {TO_TRANSLATE}") for kind, word in found.items()
    }


def _tags(answers: Answers) -> tuple[str, ...]:
    return tuple(dict.fromkeys((answers.language, *answers.committee)))


def _committee_word(answers: Answers, language: str) -> str:
    words = answers.committee
    return words.get(language) or words.get(answers.language) or next(iter(words.values()))


def _colors(draft: Draft) -> Iterator[dict[str, Any]]:
    """Yield the colours with inks for both kinds of paper."""
    colors = draft.answers.colors
    found = [
        parse(Press, file, {**draft.target.read_toml(file), "id": Path(file).stem})
        for file in draft.target.files("profiles/presses/*.toml")
    ]
    # Ink looks different on either, so that a colour has a recipe for each.
    coated, uncoated = (
        propose(draft.target, [press for press in found if press.coated is glossy], list(colors.values()))
        for glossy in (True, False)
    )
    for name, srgb in colors.items():
        yield {"id": name, "srgb": srgb, "coated": coated[srgb], "uncoated": uncoated[srgb]}


def _write_one(draft: Draft, file: str, values: Mapping[str, Any]) -> None:
    name = file.removeprefix(SKELETON)
    if not name.endswith(FILLED):
        copy_file(draft.source.path(file), draft.target.root / name)
    # What was copied with the reference workspace's figures is there already, under its own name.
    elif not draft.target.has(name.removesuffix(FILLED)):
        draft.write(name.removesuffix(FILLED), fill_in(draft.source.read_text(file), values))


def _sites(places: list[Place]) -> str:
    text = io.StringIO(newline="")
    # With semicolons, as spreadsheets read and write it where the comma is in numbers.
    writer = csv.DictWriter(text, PLACE, delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(dict(place.cells) for place in places)
    # A spreadsheet takes a table without this mark for one in its own old encoding.
    return "\ufeff" + text.getvalue()


def _check(workspace: Workspace) -> None:
    """Raise what any command would say of the new workspace."""
    profiles = load_profiles(workspace)
    load_order_profiles(workspace, profiles)
    loaded = [load_template(workspace, name) for name in list_templates(workspace)]
    complaints = list(check_designs(workspace, profiles, loaded))
    if complaints:
        raise WorkspaceErrors(complaints)

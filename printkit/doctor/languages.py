"""What is missing for a language: fonts, patterns to divide words by, the program's own words."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from printkit.doctor.finding import Concern
from printkit.doctor.fonts import font_files
from printkit.errors import PrintkitError
from printkit.profiles import BRAND, Profiles, language_problem
from printkit.profiles.check import MUNICIPALITY
from printkit.template import list_templates
from printkit.template.language import Language
from printkit.template.load import folder_of, texts_of
from printkit.typeface import TypefaceProblem, letters_of
from printkit.words import SOURCE_LANGUAGE, Message, catalogues, translate
from printkit.workspace import Workspace

_DIVIDED = re.compile(r"\bhyphens\s*:\s*auto\b")
# How many letters a complaint names
NAMED = 6
_TEXTS = re.compile(r"/texts\.([^/]+)\.toml$")
_FORM = re.compile(r"/form\.([^/]+)\.toml$")


def languages(workspace: Workspace, profiles: Profiles) -> Iterator[Concern]:
    """Yield languages whose words stay whole or that the program does not speak itself."""
    yield from _undivided(workspace)
    yield from _unwritten(workspace, profiles)
    yield from _unsaid(profiles, _in_use(workspace, profiles))
    yield from _without_file(workspace, profiles)
    own = profiles.municipality.language
    # English has no catalogue, as what is said is written in it.
    if own.partition("-")[0] != SOURCE_LANGUAGE and translate(own).language == SOURCE_LANGUAGE:
        known = ", ".join(catalogues("papers"))
        what = Message(
            "profiles/municipality.toml: no catalogue for '%(own)s': proofs and lists are in English", own=own
        )
        yield Concern(
            "advice", "language", what, Message("translate one, or take one of %(known)s", known=known)
        )


def _unwritten(workspace: Workspace, profiles: Profiles) -> Iterator[Concern]:
    """Yield languages whose letters no declared font has: those that dates in them are written with."""
    known = set[int]()
    for file in font_files(workspace, profiles):
        # What is wrong with a font is told where fonts are looked at.
        with suppress(PrintkitError, TypefaceProblem):
            known |= letters_of(workspace.read_bytes(file))
    for tag, by in _in_use(workspace, profiles).items():
        language = Language.of(profiles, tag)
        lacking = sorted(one for one in language.letters if ord(one) not in known)
        if lacking:
            what = Message(
                "%(by)s: no declared font has the letters of '%(tag)s': %(lacking)s",
                by=by,
                tag=tag,
                lacking=" ".join(lacking[:NAMED]),
            )
            todo = Message(
                "name fonts that have them in %(brand)s under [scripts.%(script)s]",
                brand=BRAND,
                script=language.script,
            )
            yield Concern("missing", "font", what, todo)


def _in_use(workspace: Workspace, profiles: Profiles) -> dict[str, str]:
    """Return the supported languages that something is written in, each with a file that says so."""
    found = {profiles.municipality.language: MUNICIPALITY}
    for campaign in profiles.campaigns.values():
        for entry in campaign.pieces:
            # The last file that names a language is told: one is enough to find the others by.
            found |= dict.fromkeys(entry.languages, f"profiles/campaigns/{campaign.id}.toml")
    for file in workspace.files("templates/*/texts.*.toml"):
        found |= dict.fromkeys(_TEXTS.findall(file), file)
    return {tag: by for tag, by in found.items() if language_problem(tag, profiles.languages) is None}


def _unsaid(profiles: Profiles, in_use: Iterable[str]) -> Iterator[Concern]:
    """Yield the keys of municipality.toml that a language lacks which something is written in."""
    municipality = profiles.municipality
    for tag in sorted({*in_use, *municipality.committee}):
        for key, words in municipality.tables():
            if tag not in words:
                what = Message("%(file)s: %(key)s.%(tag)s is missing", file=MUNICIPALITY, key=key, tag=tag)
                # What stands there until then is the very thing that a reader of the language sees.
                word = words[municipality.language]
                todo = Message("say it in '%(tag)s'; until then it is '%(word)s'", tag=tag, word=word)
                yield Concern("advice", "language", what, todo)


def _without_file(workspace: Workspace, profiles: Profiles) -> Iterator[Concern]:
    """Yield files of templates that a language lacks: texts that are printed, words of forms."""
    templates, missing = set(list_templates(workspace)), {}
    for campaign in profiles.campaigns.values():
        for entry in campaign.pieces:
            for tag in entry.languages if entry.template in templates else ():
                missing[texts_of(entry.template, tag)] = Message(
                    "translate the texts of another language; campaign %(id)s prints it", id=campaign.id
                )
    spoken = {tag for file in workspace.files("templates/*/form.*.toml") for tag in _FORM.findall(file)}
    for tag in spoken & profiles.municipality.committee.keys():
        for template in templates:
            missing[f"{folder_of(template)}form.{tag}.toml"] = Message(
                "name it and its fields there, as other templates do; until then the manifest does"
            )
    for file, todo in sorted(missing.items()):
        if not workspace.has(file):
            yield Concern("advice", "language", Message("%(file)s is missing", file=file), todo)


def _undivided(workspace: Workspace) -> Iterator[Concern]:
    # What the layout engine divides words by
    from pyphen import language_fallback

    for template in list_templates(workspace):
        sheets = [
            file
            for file in workspace.files(f"templates/{template}/*.css")
            if _DIVIDED.search(workspace.read_text(file))
        ]
        # Where no sheet divides words it does not matter whether they can be divided.
        for file in workspace.files(f"templates/{template}/texts.*.toml") if sheets else ():
            (tag,) = _TEXTS.findall(file)
            if language_fallback(tag.replace("-", "_")) is None:
                what = Message(
                    "%(sheet)s: hyphens: auto divides no words in '%(tag)s': there are no patterns for it",
                    sheet=sheets[0],
                    tag=tag,
                )
                yield Concern("advice", "language", what, Message("set words so that none need be divided"))

"""What is missing for a language: patterns to divide words by, the program's own words."""

import re
from collections.abc import Iterator

from printkit.doctor.finding import Concern
from printkit.profiles import Profiles
from printkit.template import list_templates
from printkit.words import SOURCE_LANGUAGE, catalogues, translate
from printkit.workspace import Workspace

_DIVIDED = re.compile(r"\bhyphens\s*:\s*auto\b")
_TEXTS = re.compile(r"/texts\.([^/]+)\.toml$")


def languages(workspace: Workspace, profiles: Profiles) -> Iterator[Concern]:
    """Yield languages whose words stay whole or that the program does not speak itself."""
    yield from _undivided(workspace)
    own = profiles.municipality.language
    if own.partition("-")[0] != SOURCE_LANGUAGE and translate(own).language == SOURCE_LANGUAGE:
        known = ", ".join(catalogues("papers"))
        what = f"profiles/municipality.toml: no catalogue for '{own}': proofs and lists are in English"
        yield Concern("advice", "language", what, f"translate one, or take one of {known}")


def _undivided(workspace: Workspace) -> Iterator[Concern]:
    # What the layout engine divides words by
    from pyphen import language_fallback

    for template in list_templates(workspace):
        sheets = [
            file
            for file in workspace.files(f"templates/{template}/*.css")
            if _DIVIDED.search(workspace.read_text(file))
        ]
        for file in workspace.files(f"templates/{template}/texts.*.toml") if sheets else ():
            (tag,) = _TEXTS.findall(file)
            if language_fallback(tag.replace("-", "_")) is None:
                what = f"{sheets[0]}: hyphens: auto divides no words in '{tag}': there are no patterns for it"
                yield Concern("advice", "language", what, "set words so that none need be divided")

"""Font files of a new workspace, and by which right they are there."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont

from printkit.errors import WorkspaceError
from printkit.starter.answers import Answers
from printkit.typeface import TypefaceProblem, check_typeface
from printkit.words import Message, sentence
from printkit.workspace import Workspace
from printkit.workspace.files import read_whole

FOLDER = "assets/fonts/"
# OpenType 1.9, name: full name, licence in words, its address, rights
FULL_NAME, LICENCE, LICENCE_ADDRESS, RIGHTS = 4, 13, 14, 0
UNKNOWN = Message("not told by the file: ask whoever gave it to you")


@dataclass(frozen=True)
class FontSource:
    """Say where a font's file comes from, its place in the workspace, and the licence that it names."""

    key: str
    data: bytes
    file: str
    source: str
    licence: str


def font_sources(answers: Answers, reference: Workspace) -> Iterator[FontSource]:
    """Yield the three fonts, those of the answers or the reference workspace's; raise WorkspaceError."""
    own = answers.fonts
    files = (
        {
            key: reference.path(file)
            for key, file in reference.read_toml("profiles/brand.toml")["fonts"].items()
        }
        if own is None
        else {key: answers.path(file) for key, file in own}
    )
    placed: dict[str, Path] = {}
    for key, path in files.items():
        data = read_whole(path, path)
        # They come to lie in one folder, where the second would take the first one's place.
        if placed.setdefault(path.name, path) != path:
            raise WorkspaceError(
                path,
                None,
                Message("%(placed)s has the same name; give one another", placed=placed[path.name]),
            )
        try:
            check_typeface(data)
        except TypefaceProblem as problem:
            raise WorkspaceError(path, None, sentence(problem)) from problem
        yield FontSource(key, data, f"{FOLDER}{path.name}", *_told(data))


def _told(data: bytes) -> tuple[str, str]:
    font = TTFont(io.BytesIO(data), lazy=True)
    if "name" not in font:
        return "", UNKNOWN
    names = font["name"]
    said = (names.getDebugName(number) for number in (LICENCE, LICENCE_ADDRESS, RIGHTS))
    # The first sentence names it; what follows is its text.
    licence = next((" ".join(text.split()).partition(". ")[0] for text in said if text), UNKNOWN)
    # It goes into a table of Markdown, whose columns this sign parts.
    return names.getDebugName(FULL_NAME) or "", licence.replace("|", "/")

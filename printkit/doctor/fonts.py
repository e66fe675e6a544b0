"""The fonts that a batch would need: files that are there and whole, families that are declared."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from printkit.doctor.finding import Concern
from printkit.profiles import BRAND, Profiles
from printkit.typeface import TypefaceProblem, check_typeface
from printkit.words import Message
from printkit.workspace import Workspace

SHEETS = "templates/**/*.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FACE = re.compile(r"@font-face\s*\{([^}]*)\}", re.IGNORECASE)
_FILE = re.compile(r"""url\(\s*["']?([^"')]+\.(?:ttf|otf|woff2?))""", re.IGNORECASE)
# A list of families: after `font-family`, or after the size in `font`
_ASKED = re.compile(
    r"font-family\s*:\s*([^;{}]+)|font\s*:[^;{}]*?[\d.](?:pt|px|mm|cm|in|em|rem|%)\s*(?:/\s*[\w.%]+)?\s+([^;{}]+)",
    re.IGNORECASE,
)
# What names no family
_WORDS = {
    "inherit",
    "initial",
    "unset",
    "serif",
    "sans-serif",
    "monospace",
    "cursive",
    "fantasy",
    "system-ui",
}


def fonts(workspace: Workspace, profiles: Profiles) -> Iterator[Concern]:
    """Yield what is wrong with fonts, and who asks for them."""
    for file, askers in sorted(font_files(workspace, profiles).items()):
        by = Message("asked for by %(askers)s", askers=", ".join(askers))
        if not workspace.path(file).is_file():
            yield Concern(
                "missing", "font", file, Message("put the file there, or name another; %(by)s", by=by)
            )
            continue
        try:
            check_typeface(workspace.read_bytes(file))
        except TypefaceProblem as problem:
            yield Concern("missing", "font", file, Message("%(problem)s; %(by)s", problem=problem, by=by))
    yield from _families(workspace)


def font_files(workspace: Workspace, profiles: Profiles) -> dict[str, list[str]]:
    """Return who asks for each font file."""
    brand, found = profiles.brand, dict[str, list[str]]()
    tables = {"fonts": brand.fonts, **{f"scripts.{one}": named for one, named in brand.scripts.items()}}
    for table, named in tables.items():
        for key in ("head", "text", "strong"):
            found.setdefault(getattr(named, key), []).append(f"{BRAND}, {table}.{key}")
    if profiles.codes.font:
        found.setdefault(profiles.codes.font, []).append("profiles/preflight/codes.toml, font")
    for sheet in workspace.files(SHEETS):
        for url in _FILE.findall(_text(workspace, sheet)):
            # A path from the workspace's root, or from the sheet's own folder, as the layout engine reads
            # them.
            file = url[1:] if url.startswith("/") else (PurePosixPath(sheet).parent / url).as_posix()
            # A sheet may name a file for several weights.
            askers = found.setdefault(file, [])
            if sheet not in askers:
                askers.append(sheet)
    return found


def _families(workspace: Workspace) -> Iterator[Concern]:
    """Yield families that a style sheet asks for first and none declares."""
    texts = {sheet: _text(workspace, sheet) for sheet in workspace.files(SHEETS)}
    declared = {family.lower() for text in texts.values() for family in _declared(text)}
    for sheet, text in texts.items():
        for family in sorted(set(_asked(_FACE.sub("", text)))):
            if family.lower() not in declared:
                todo = Message(
                    "declare it by @font-face, or correct its name; asked for by %(sheet)s", sheet=sheet
                )
                yield Concern("missing", "font", family, todo)


def _text(workspace: Workspace, sheet: str) -> str:
    # What was commented out asks for nothing.
    return _COMMENT.sub("", workspace.read_text(sheet))


def _declared(text: str) -> Iterator[str]:
    for face in _FACE.findall(text):
        for name in re.findall(r"font-family\s*:\s*([^;}]+)", face, re.IGNORECASE):
            yield _name(name)


def _asked(text: str) -> Iterator[str]:
    """Yield the first family of each list, which must be there; a variable is not followed."""
    for lists in _ASKED.findall(text):
        name = _name("".join(lists).split(",")[0])
        # The value of a variable stands elsewhere, and the family that it names is asked for there.
        if name and name.lower() not in _WORDS and not name.startswith("var("):
            yield name


def _name(written: str) -> str:
    return written.replace("!important", "").strip().strip("\"'")

"""Start a design in a workspace: a copy of one that is there, or the starter's own small one."""

import re
import shutil
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from printkit.errors import PrintkitError, WorkspaceError, WriteError, system_words
from printkit.profiles import Profiles
from printkit.starter.found import EACH, FILLED, SKELETON
from printkit.starter.styles import asks_sizes, longest, style_fonts
from printkit.starter.words import StarterWords, fill_in
from printkit.template import list_templates, load_template
from printkit.template.load import folder_of
from printkit.words import Message
from printkit.workspace import Workspace, bundled_workspace

# The starter's one design and what all its designs share; in a folder of its own both lie side by side.
NOTICE, BASE = "templates/notice/", "templates/base/"
_LAYOUT = re.compile(r"^\[layouts\.([a-z0-9-]+)\]\n(?:(?!\[).*\n?)*", re.MULTILINE)


def start_template(workspace: Workspace, profiles: Profiles, name: str, like: str | None = None) -> list[str]:
    """Write `templates/<name>/` and return its files; raise PrintkitError with nothing left of it.

    `like` is a design of the workspace that is copied; without one it is the starter's, in the languages that
    the workspace's designs have, for those of its formats that the workspace has.
    """
    folder = workspace.root / folder_of(name)
    if folder.exists():
        raise WriteError(Message("%(folder)s is there already; choose another name", folder=folder_of(name)))
    files = dict(_copied(workspace, name, like) if like else _started(workspace, profiles, name))
    try:
        for file, data in files.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        # Read anew: the view that this command has was taken before the files were there.
        load_template(Workspace(workspace.root), name)
    except (OSError, PrintkitError) as error:
        # It was not there before, so that nothing of anybody's is lost.
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise WriteError(
                Message(
                    "%(path)s: cannot be written: %(strerror)s", path=folder, strerror=system_words(error)
                )
            ) from error
        raise
    return [folder_of(name) + file for file in files]


def _copied(workspace: Workspace, name: str, like: str) -> Iterator[tuple[str, bytes]]:
    """Yield a design's files; where one names its own folder, the copy names its own."""
    for file in workspace.files(f"{folder_of(like)}**/*"):
        data = workspace.read_bytes(file)
        if PurePosixPath(file).suffix in (".html", ".css", ".toml"):
            # Only as a path: the design's name may be a word of its texts.
            text = re.sub(rf"(?<=[\"'/(]){re.escape(like)}/", f"{name}/", data.decode())
            data = text.encode()
        yield file.removeprefix(folder_of(like)), data


def _started(workspace: Workspace, profiles: Profiles, name: str) -> Iterator[tuple[str, bytes]]:
    source = bundled_workspace()
    values = _values(source, profiles, name)
    for folder in (BASE, NOTICE):
        for file in source.files(f"{SKELETON}{folder}*"):
            text = source.read_text(file)
            own = PurePosixPath(file).name.removesuffix(FILLED)
            if file.endswith(FILLED):
                text = _known_layouts(fill_in(text, values), profiles)
            yield own, _moved(text, name).encode()
    for tag in _languages(workspace, profiles):
        label = profiles.municipality.committee_in(tag)
        told = {"word": StarterWords(source, tag), "label": label[:1].upper() + label[1:]}
        text = fill_in(source.read_text(f"{EACH}texts.toml{FILLED}"), told)
        yield f"texts.{tag}.toml", text.encode()


def _values(source: Workspace, profiles: Profiles, name: str) -> dict[str, Any]:
    first, design = next(iter(profiles.committees.values()), None), profiles.design
    formats = [profiles.formats[one] for one in _formats(source, profiles, name)]
    # Where its rules ask for the grid's sizes a design keeps them; elsewhere texts are as large as fits.
    fixed = asks_sizes(design) and all(page.id in design.formats for page in formats)
    styles = {name: style.font for name, style in design.type.items()}
    return {
        "word": StarterWords(source, profiles.municipality.language),
        "name": first.name if first else "-",
        "faces": style_fonts(styles, dict(profiles.brand.fonts)),
        "fixed": fixed,
        "most": longest(design, formats) if fixed else {},
    }


def _moved(text: str, name: str) -> str:
    """Return a file's text with the paths that it has in a folder of its own."""
    return text.replace('"../base/', '"').replace('"base/', f'"{name}/').replace('"notice/', f'"{name}/')


def _formats(source: Workspace, profiles: Profiles, name: str) -> list[str]:
    """Return the formats that the starter has layouts for and the workspace knows."""
    wanted = list(
        dict.fromkeys(_LAYOUT.findall(source.read_text(f"{SKELETON}{NOTICE}template.toml{FILLED}")))
    )
    known = [one for one in wanted if one in profiles.formats]
    if not known:
        reason = Message(
            "the starter has layouts for %(wanted)s only; add one of them, or copy a design by --like",
            wanted=", ".join(wanted),
        )
        raise WorkspaceError("profiles/formats", name, reason)
    return known


def _known_layouts(text: str, profiles: Profiles) -> str:
    """Leave out the layouts of formats that the workspace has not."""
    return _LAYOUT.sub(lambda one: one[0] if one[1] in profiles.formats else "", text)


def _languages(workspace: Workspace, profiles: Profiles) -> list[str]:
    """Return the languages that the workspace's designs have, else its own."""
    found = {tag for name in list_templates(workspace) for tag in load_template(workspace, name).languages}
    return sorted(found) or [profiles.municipality.language]

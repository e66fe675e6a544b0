"""The files that making pieces may read: what another machine must have to give the same bytes."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from printkit.errors import WorkspaceError
from printkit.produce.production import Production
from printkit.workspace import Workspace

# Whole folders, as a template may ask for files by names that are only put together while it is filled in
FOLDERS = ("templates", "assets", "data")


def files_needed(production: Production) -> list[str]:
    """Return the workspace's templates, assets and data, and files that profiles and slots name elsewhere."""
    workspace = production.workspace
    found = {file for folder in FOLDERS for file in workspace.files(f"{folder}/**/*")}
    # Of the campaigns only the run's own counts: tables and pictures of others are not read.
    profiles = {name: one for name, one in vars(production.profiles).items() if name != "campaigns"}
    return sorted(found.union(_named(workspace, [profiles, production.campaign, production.values])))


def _named(workspace: Workspace, data: Any) -> Iterator[str]:
    # Every text is tried as a file's name, since nothing marks those that are one; a name too many costs a
    # look
    for text in set(_texts(data)):
        # A picture in a slot may have its focus point behind it: photo.jpg@0.5,0.3
        for file in (text, text.rpartition("@")[0]):
            with contextlib.suppress(WorkspaceError, OSError, ValueError):
                if file and workspace.path(file).is_file():
                    yield file


def _texts(data: Any) -> Iterator[str]:
    """Yield every text in models, mappings and lists, however deep."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, BaseModel):
        yield from _texts(dict(data))
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)

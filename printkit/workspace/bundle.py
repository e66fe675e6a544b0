"""A bundle carries files of a workspace to another machine: one value, known by its hash."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from printkit.errors import WorkspaceError
from printkit.words import Message
from printkit.workspace.folder import Workspace

# What complaints call it: a bundle is no file.
SHOWN = "bundle of the workspace"
# The earliest day that ZIP knows: a file's own time would give other bytes each time.
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Bundle:
    """Files in one piece; `digest` is its SHA-256."""

    data: bytes = field(repr=False)
    digest: str


def pack(workspace: Workspace, files: Iterable[str]) -> Bundle:
    """Put files of the workspace together: equal files give equal bytes; raise WorkspaceError."""
    out = io.BytesIO()
    # Stored as they are: another zlib would give other bytes, and fonts and pictures hardly shrink.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(set(files)):
            archive.writestr(zipfile.ZipInfo(file, ZIP_DAY), workspace.read_bytes(file))
    data = out.getvalue()
    return Bundle(data, sha256(data).hexdigest())


def unpack(bundle: Bundle, folder: Path) -> Workspace:
    """Write a bundle's files below an empty folder; raise WorkspaceError for one that is not whole."""
    # It may have come over a network, and what is printed must be what was sent.
    if sha256(bundle.data).hexdigest() != bundle.digest:
        raise WorkspaceError(SHOWN, None, Message("its hash is not the one it is known by"))
    workspace = Workspace(folder)
    with zipfile.ZipFile(io.BytesIO(bundle.data)) as archive:
        for file in archive.namelist():
            # By the workspace, which refuses a name that leads out of its folder.
            path = workspace.path(file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(file))
    return workspace

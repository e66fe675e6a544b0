"""Values of the form as a data file that `printkit render --data` takes."""

import json
import re
from collections.abc import Mapping

from printkit.errors import WorkspaceError
from printkit.template import Template
from printkit.words import Message
from printkit.workspace import Workspace, write_file

FOLDER = "data"
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
LONGEST_NAME = 60


def toml_of(template: Template, values: Mapping[str, str]) -> str:
    """Return values as TOML, in the order of the template's slots; what is empty is left out."""
    lines = [f"# Values for '{template.id}': printkit render {template.id} --data FILE.toml ..."]
    for name, slot in template.slots.items():
        text = values.get(name, "")
        if text.strip():
            written = [one for one in text.splitlines() if one.strip()] if slot.kind == "list" else text
            # A string in JSON is one in TOML too, but for the sign that JSON leaves as it is.
            lines.append(f"{name} = {json.dumps(written, ensure_ascii=False)}".replace("\x7f", "\\u007f"))
    return "\n".join(lines) + "\n"


def save(workspace: Workspace, name: str, text: str, replace: bool) -> str:
    """Write a data file into the workspace's folder `data`; return its path there.

    Raise WorkspaceError for a name that is none, or one that is taken and not to be replaced.
    """
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        reason = Message("a file's name is small letters, digits, hyphens and underscores between them")
        raise WorkspaceError(f"{FOLDER}/", None, reason)
    file = f"{FOLDER}/{name}.toml"
    path = workspace.path(file)
    if path.exists() and not replace:
        raise WorkspaceError(
            file, None, Message("there is such a file; save again to replace it, or take another name")
        )
    path.parent.mkdir(exist_ok=True)
    write_file(path, text.encode())
    return file

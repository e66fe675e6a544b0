"""Find a workspace, read its TOML and CSV files, start a new one."""

from printkit.workspace.bundle import Bundle, pack, unpack
from printkit.workspace.files import Written, decode, no_room, parse_toml, read_toml, write_file
from printkit.workspace.folder import Workspace, bundled_workspace, find_workspace, is_named
from printkit.workspace.scratch import Scratch
from printkit.workspace.snapshot import News, Snapshot, digests
from printkit.workspace.start import PARTS, start_workspace

__all__ = [
    "PARTS",
    "Bundle",
    "News",
    "Scratch",
    "Snapshot",
    "Workspace",
    "Written",
    "bundled_workspace",
    "decode",
    "digests",
    "find_workspace",
    "is_named",
    "no_room",
    "pack",
    "parse_toml",
    "read_toml",
    "start_workspace",
    "unpack",
    "write_file",
]

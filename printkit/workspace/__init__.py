"""Find a workspace, read its TOML and CSV files, start a new one."""

from printkit.workspace.bundle import Bundle, pack, unpack
from printkit.workspace.files import Written, decode, no_room, parse_toml, read_toml, write_file, writing
from printkit.workspace.folder import Workspace, bundled_workspace, find_workspace, is_named
from printkit.workspace.scratch import Scratch
from printkit.workspace.snapshot import News, Snapshot, digests
from printkit.workspace.start import PARTS, TO_TRANSLATE, copy_file, place_workspace, start_workspace
from printkit.workspace.table import parse_table

__all__ = [
    "PARTS",
    "TO_TRANSLATE",
    "Bundle",
    "News",
    "Scratch",
    "Snapshot",
    "Workspace",
    "Written",
    "bundled_workspace",
    "copy_file",
    "decode",
    "digests",
    "find_workspace",
    "is_named",
    "no_room",
    "pack",
    "parse_table",
    "parse_toml",
    "place_workspace",
    "read_toml",
    "start_workspace",
    "unpack",
    "write_file",
    "writing",
]

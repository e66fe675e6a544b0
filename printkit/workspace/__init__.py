"""Find a workspace, read its TOML and CSV files, start a new one."""

from printkit.workspace.bundle import Bundle, pack, unpack
from printkit.workspace.files import Written, parse_toml, read_toml, write_file
from printkit.workspace.folder import Workspace, bundled_workspace, find_workspace
from printkit.workspace.start import PARTS, start_workspace

__all__ = [
    "PARTS",
    "Bundle",
    "Workspace",
    "Written",
    "bundled_workspace",
    "find_workspace",
    "pack",
    "parse_toml",
    "read_toml",
    "start_workspace",
    "unpack",
    "write_file",
]

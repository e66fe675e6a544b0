"""Find a workspace, read its TOML and CSV files, start a new one."""

from printkit.workspace.folder import Workspace, bundled_workspace, find_workspace, read_toml
from printkit.workspace.start import start_workspace

__all__ = ["Workspace", "bundled_workspace", "find_workspace", "read_toml", "start_workspace"]

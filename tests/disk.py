"""A small disk of a test's own."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass
class Disk:
    """Where the disk is mounted and how many bytes it has."""

    root: Path
    size: int

    def grow(self, more: int) -> None:
        self.size += more
        subprocess.run(["mount", "-o", f"remount,size={self.size}", str(self.root)], check=True)

    def fill(self) -> Path:
        """Leave no room; return the file to remove to make some."""
        ballast = self.root / "ballast"
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
        return ballast


@contextmanager
def mounted(folder: Path, size: int) -> Iterator[Disk]:
    """Mount a disk of so many bytes, where the system lets one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can only be mounted by root")
    try:
        yield Disk(folder, size)
    finally:
        subprocess.run(["umount", str(folder)], check=True)

"""Where links go without a mail server: a folder beside the database, and the server's own log."""

import datetime
import sys
from dataclasses import dataclass
from pathlib import Path

from printkit.orders.rights import Person
from printkit.workspace.files import write_file


@dataclass(frozen=True)
class FolderSender:
    """Write links into a folder that whoever runs the server can read, and say so on stderr."""

    folder: Path

    def link(self, person: Person, address: str) -> None:
        """Write a link for a person; the file's name tells whose and when."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        at = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S%f")
        file = self.folder / f"{at}-{person.code}.txt"
        write_file(file, f"{person.name}\n{address}\n".encode())
        sys.stderr.write(f"sign-in link of {person.code} (no mail is configured): {file}\n")

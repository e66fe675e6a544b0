"""The options that every command takes, before or after its name."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from printkit.cli.output import say, write_bytes, write_json, write_text
from printkit.cli.speech import Tongue, words_of
from printkit.errors import WriteError
from printkit.words import SOURCE_LANGUAGE, Message, Words, translate

if TYPE_CHECKING:
    from printkit.workspace import Snapshot, Workspace

F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class Settings:
    """What the common options say; a command may add to what the group was told."""

    folder: Path | None = None
    quiet: bool = False
    verbose: bool = False
    json: bool = False
    words: Words = field(default_factory=lambda: translate(SOURCE_LANGUAGE, "command"))
    _found: Snapshot | None = None

    def workspace(self) -> Snapshot:
        """Return the workspace as this command sees it: each file as it was read first."""
        from printkit.workspace import Snapshot, find_workspace

        # One view for the whole command: a file that changes meanwhile must not be seen in two states.
        if self._found is None:
            check_standing()
            self._found = Snapshot(find_workspace(self.folder).root)
            self._tell_bundled(self._found)
        return self._found

    def own_workspace(self) -> Snapshot:
        """Return a workspace to write into; raise WorkspaceError where only the program's own is there."""
        from printkit.errors import WorkspaceError
        from printkit.workspace import find_workspace

        if self._is_bundled(find_workspace(self.folder)):
            reason = Message("no folder profiles/ here or above; 'printkit init DIR' starts a workspace")
            raise WorkspaceError(Path.cwd(), None, reason)
        return self.workspace()

    def _is_bundled(self, found: Workspace) -> bool:
        """Tell whether a workspace is the program's own, which nobody named and nobody stands in."""
        from printkit.workspace import bundled_workspace, is_named

        # Whoever works on the program itself stands in this workspace, and may write into it.
        own = found.root == bundled_workspace().root and not Path.cwd().resolve().is_relative_to(found.root)
        return own and not is_named(self.folder)

    def _tell_bundled(self, found: Snapshot) -> None:
        if self._is_bundled(found):
            self.say(
                Message("no profiles/ here or above: using the reference workspace %(root)s", root=found.root)
            )

    def say(self, text: str) -> None:
        """Print a remark on stderr, unless --quiet or --json."""
        if not (self.quiet or self.json):
            say(self.words.say(text))

    def fault(self, text: str) -> None:
        """Print what is wrong on stderr, also with --quiet; with --json the object has it."""
        if not self.json:
            say(self.words.say(text))

    def detail(self, text: str) -> None:
        """Print a remark on stderr with --verbose."""
        if self.verbose and not self.json:
            say(self.words.say(text))

    def result(self, data: object, text: str) -> None:
        """Print the result on stdout: one object with --json, else the text."""
        if self.json:
            write_json(data)
        elif text:
            write_text(self.words.say(text))

    def file(self, data: object, content: bytes) -> None:
        """Print the result on stdout: one object with --json, else a file's bytes as they are."""
        # Not as text: what makes a line readable on a terminal would escape the file's BOM and line ends.
        if self.json:
            write_json(data)
        else:
            write_bytes(content)


def check_standing() -> None:
    """Raise WriteError where the folder that the command was called in was deleted meanwhile."""
    try:
        Path.cwd()
    except FileNotFoundError as error:
        reason = Message("you stand in this folder, and it was deleted; change to one that is there")
        raise WriteError(Message("%(deleted)s: %(reason)s", deleted=_deleted(), reason=reason)) from error


def _deleted() -> str:
    """Name the folder that is gone: Linux still knows it, elsewhere the shell may."""
    try:
        return str(Path("/proc/self/cwd").readlink()).removesuffix(" (deleted)")
    except OSError:
        return os.environ.get("PWD") or Message("the current folder")


settings = click.make_pass_decorator(Settings, ensure=True)


def common(command: F) -> F:
    """Add -w, -q, -v and --json to a command; their values reach it as Settings only."""

    @functools.wraps(command)
    def wrapper(*args: Any, **options: Any) -> Any:
        context = click.get_current_context()
        given = context.ensure_object(Settings)
        given.words = words_of(context)
        # What it says was read before the command line was, so that --help knows.
        options.pop("ui_lang")
        # Behind the command's name it takes the place of the one before it.
        given.folder = options.pop("workspace") or given.folder
        # Said before the command's name and behind it, they add up.
        given.quiet |= options.pop("quiet")
        given.verbose |= options.pop("verbose")
        given.json |= options.pop("as_json")
        return command(*args, **options)

    # Click lists options in the order in which decorators stand, the outermost first.
    for option in reversed(_options()):
        wrapper = option(wrapper)
    return wrapper  # type: ignore[return-value]


def _options() -> list[Callable[[Any], Any]]:
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    return [
        click.option("-w", "--workspace", type=folder, metavar="DIR", help="Folder with profiles/."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
        click.option("-v", "--verbose", is_flag=True, help="Say more, also about errors."),
        click.option(
            "--ui-lang",
            metavar="TAG",
            type=Tongue(),
            help="The language of help and messages, as nb.",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout."),
    ]

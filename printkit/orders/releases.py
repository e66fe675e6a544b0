"""Frozen releases of templates: each file that a template may use, by its hash."""

import datetime
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from printkit.errors import OrderRefused, WriteError, system_words
from printkit.orders.book import Book
from printkit.orders.content import canonical, digest
from printkit.orders.log import note
from printkit.orders.rights import Act, Person, demand
from printkit.orders.store import UPLOADS, View
from printkit.orders.tables import releases
from printkit.profiles import Profiles, load_profiles
from printkit.template import Forms, Template, list_templates, load_forms, load_template, said_in
from printkit.words import Message
from printkit.workspace import Snapshot, Workspace

# What no piece is made from: what is ordered, when, and for how much.
UNUSED = ("profiles/campaigns/", "profiles/prices/", "profiles/plan/")
UNUSED_FILES = (
    "profiles/orders.toml",
    "profiles/calendar.toml",
    "profiles/kits.toml",
    "profiles/notices.toml",
)


@dataclass(frozen=True)
class Frozen:
    """A release ready for use: its files in a folder, its profiles, its template."""

    id: str
    workspace: Snapshot
    profiles: Profiles
    template: Template
    forms: Forms = field(default_factory=dict)

    def said_in(self, language: str) -> "Frozen":
        """Return it with the words that its form has in a language."""
        return replace(self, template=said_in(self.template, self.forms, language))


@dataclass(frozen=True)
class TemplateRelease:
    """What people are told of a release; `last_day` is the last one that it may be ordered on."""

    id: str
    template: str
    number: int
    name: str
    made_at: str
    last_day: datetime.date | None
    retired: bool

    def problem(self, day: datetime.date) -> str | None:
        """Say why it can no longer be ordered."""
        if self.retired:
            return Message(
                "release %(number)s of %(template)s is retired; choose today's release",
                number=self.number,
                template=self.template,
            )
        if self.last_day and day > self.last_day:
            return Message(
                "release %(number)s of %(template)s ended on %(last_day)s; choose today's release",
                number=self.number,
                template=self.template,
                last_day=self.last_day,
            )
        return None


def freeze(book: Book, actor: Person, template: str) -> TemplateRelease:
    """Store the workspace's template as its next release; raise OrderRefused where nothing changed."""
    demand(actor, Act.TEMPLATES)
    view = Snapshot(book.workspace.root)
    # What cannot be read must not be frozen.
    load_template(view, template)
    load_profiles(view)
    # All that it may use, as which files a layout asks for depends on values that nobody has given yet
    files = {file: book.store.keep(view.read_bytes(file)) for file in _files(view, template)}
    text = canonical(files)
    identifier = digest(f"{template} {text}")
    with book.write(actor) as step:
        row = _find(step.connection, identifier)
        if row is not None:
            raise OrderRefused(
                Message(
                    "%(template)s is the same as its release %(number)s; nothing changed",
                    template=template,
                    number=row["number"],
                )
            )
        latest = select(func.coalesce(func.max(releases.c.number), 0)).where(releases.c.template == template)
        number = step.connection.execute(latest).scalar_one() + 1
        made = {"made_at": step.at, "made_by": actor.id}
        values = {
            "id": identifier,
            "template": template,
            "number": number,
            "name": load_template(view, template).name,
        }
        step.connection.execute(insert(releases).values(**values, files=text, **made))
        note(step, "template", template=template, number=number, release=identifier)
        return _view(_row(step.connection, template, number))


def retire(
    book: Book, actor: Person, template: str, number: int, *, last_day: datetime.date | None = None
) -> TemplateRelease:
    """End a release at once, or set the last day that it may be ordered on."""
    demand(actor, Act.TEMPLATES)
    with book.write(actor) as step:
        _row(step.connection, template, number)
        ended = {"last_day": last_day.isoformat()} if last_day else {"retired_at": step.at}
        here = (releases.c.template == template, releases.c.number == number)
        step.connection.execute(update(releases).where(*here).values(**ended))
        note(step, "retire", template=template, number=number, last_day=str(last_day or ""))
        return _view(_row(step.connection, template, number))


def list_releases(connection: Connection, template: str | None = None) -> list[TemplateRelease]:
    """Return releases by template, the newest first."""
    wanted = select(releases).order_by(releases.c.template, releases.c.number.desc())
    if template is not None:
        wanted = wanted.where(releases.c.template == template)
    return [_view(row) for row in connection.execute(wanted).mappings()]


def current(connection: Connection, template: str, day: datetime.date) -> TemplateRelease:
    """Return the newest release that may be ordered on a day; raise OrderRefused where there is none."""
    usable = [one for one in list_releases(connection, template) if one.problem(day) is None]
    if not usable:
        raise OrderRefused(
            Message(
                "template %(template)s has no release to order; communications must release it",
                template=template,
            )
        )
    return usable[0]


def release_of(connection: Connection, template: str, number: int) -> TemplateRelease:
    """Return what is told of a release; raise OrderRefused where there is none."""
    return _view(_row(connection, template, number))


def frozen(book: Book, connection: Connection, template: str, number: int) -> Frozen:
    """Return a release ready for use; raise OrderRefused, which names a file that is not as stored."""
    row = _row(connection, template, number)
    if row["id"] not in book.frozen:
        folder = book.store.root / "workspaces" / row["id"]
        if not folder.is_dir():
            _lay_out(book, json.loads(row["files"]), folder)
        # Pictures come later than the release and lie in the store
        view = View(folder, store=book.store)
        loaded = load_template(view, template)
        book.frozen[row["id"]] = Frozen(
            row["id"], view, load_profiles(view), loaded, load_forms(view, loaded)
        )
    found: Frozen = book.frozen[row["id"]]
    return found


def files_of(connection: Connection, template: str, number: int) -> dict[str, str]:
    """Return the files of a release with their hashes."""
    found: dict[str, str] = json.loads(_row(connection, template, number)["files"])
    return found


def unite(releases_: Iterable[Mapping[str, str]]) -> dict[str, str] | None:
    """Return the files of several releases in one, None where two have another file under the same name."""
    united: dict[str, str] = {}
    for files in releases_:
        if any(united.get(name, found) != found for name, found in files.items()):
            return None
        united |= files
    return united


def write_files(book: Book, files: Mapping[str, str], folder: Path) -> None:
    """Write stored files below a folder, each compared with its hash; raise OrderRefused, WriteError."""
    for name, found in files.items():
        data = book.store.read(found, name)
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise WriteError(
                Message("%(path)s: cannot be written: %(strerror)s", path=path, strerror=system_words(error))
            ) from error


def _lay_out(book: Book, files: Mapping[str, str], folder: Path) -> None:
    """Write a release's folder aside, then move it into place: there is never half of one."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as aside:
        whole = Path(aside) / "whole"
        write_files(book, files, whole)
        try:
            whole.rename(folder)
        except OSError:
            # Another thread was first.
            if not folder.is_dir():
                raise
            shutil.rmtree(whole, ignore_errors=True)


def _files(workspace: Workspace, template: str) -> list[str]:
    """Return the files that a template may use: its own, what templates share, assets, profiles of print."""
    others = {f"templates/{one}/" for one in list_templates(workspace) if one != template}
    found = (file for part in ("templates", "assets", "profiles") for file in workspace.files(f"{part}/**/*"))
    left_out = (*others, *UNUSED, UPLOADS)
    return [file for file in found if not file.startswith(left_out) and file not in UNUSED_FILES]


def _find(connection: Connection, identifier: str) -> RowMapping | None:
    return connection.execute(select(releases).where(releases.c.id == identifier)).mappings().one_or_none()


def _row(connection: Connection, template: str, number: int) -> RowMapping:
    here = (releases.c.template == template, releases.c.number == number)
    row = connection.execute(select(releases).where(*here)).mappings().one_or_none()
    if row is None:
        raise OrderRefused(
            Message(
                "template %(template)s has no release %(number)s",
                template=template,
                number=number,
            )
        )
    return row


def _view(row: RowMapping) -> TemplateRelease:
    day = datetime.date.fromisoformat(row["last_day"]) if row["last_day"] else None
    told = (row["id"], row["template"], row["number"], row["name"], row["made_at"])
    return TemplateRelease(*told, day, row["retired_at"] is not None)

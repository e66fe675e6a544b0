"""Read and check a template's folder."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.profiles import Profiles, language_problem, load_languages, parse
from printkit.template.design import check_committee, check_files
from printkit.template.environment import FOLDER, Sandbox, beside, complaints
from printkit.template.form import load_forms
from printkit.template.manifest import RESERVED, Template
from printkit.template.readings import analyse
from printkit.words import Message
from printkit.workspace import Workspace

_MARK = re.compile(r"""\bdata-(slot|fit|code)\s*=\s*["']([\w-]+)["']""")
_TEXTS = re.compile(r"/texts\.([^/]+)\.toml$")


def folder_of(template: str) -> str:
    """Return a template's folder, relative to the workspace, with a slash behind."""
    return f"{FOLDER}{template}/"


def manifest_of(template: str) -> str:
    """Return the file with a template's manifest, relative to the workspace."""
    return f"{FOLDER}{template}/template.toml"


def texts_of(template: str, language: str) -> str:
    """Return the file with a template's texts in a language."""
    return f"{FOLDER}{template}/texts.{language}.toml"


def list_templates(workspace: Workspace) -> list[str]:
    """Return the ids of all templates, in order of the alphabet."""
    return [file.split("/")[1] for file in workspace.files(f"{FOLDER}*/template.toml")]


def load_template(workspace: Workspace, template: str) -> Template:
    """Read a template and check its files; raise WorkspaceError or WorkspaceErrors."""
    known = list_templates(workspace)
    if template not in known:
        reason = Message("no such template; there are: %(there)s", there=", ".join(known) or "none")
        raise WorkspaceError(manifest_of(template), None, reason)
    data = dict(workspace.read_toml(manifest_of(template)))
    # Written twice they could part from the folder and the files that they follow from.
    for key in {"id", "languages"} & set(data):
        source = Message("folder's name") if key == "id" else Message("files texts.<language>.toml")
        raise WorkspaceError(
            manifest_of(template),
            key,
            Message("it follows from the %(source)s; remove the key", source=source),
        )
    languages = _languages(workspace, template)
    found = parse(Template, manifest_of(template), {**data, "id": template, "languages": languages})
    # All at once, as whoever makes a template mends them in one go.
    problems = [*_files(workspace, found), *_texts(workspace, found), *_defaults(found)]
    if problems:
        raise WorkspaceErrors(problems)
    # Read here for what is wrong in them: only forms show what they say.
    load_forms(workspace, found)
    return found


def _languages(workspace: Workspace, template: str) -> list[str]:
    """Return the languages of a template's texts; raise WorkspaceErrors for one that nothing supports."""
    forms, problems, found = load_languages(workspace), [], []
    for file in workspace.files(f"{FOLDER}{template}/texts.*.toml"):
        found += (tag := _TEXTS.findall(file))
        if problem := language_problem(tag[0], forms):
            problems.append(WorkspaceError(file, None, problem))
    if problems:
        raise WorkspaceErrors(problems)
    return found


def check_designs(
    workspace: Workspace, profiles: Profiles, templates: Iterable[Template]
) -> Iterator[WorkspaceError]:
    """Yield what committees state under [design] otherwise than these templates ask."""
    for template in templates:
        asked = template.committee.items()
        for committee in profiles.committees.values():
            yield from check_committee(committee, asked, profiles)
            yield from check_files(workspace, committee, asked)


def template_schema() -> dict[str, Any]:
    """Return the JSON Schema of `template.toml`; id and languages follow from the folder."""
    found = Template.model_json_schema()
    for key in ("id", "languages"):
        del found["properties"][key]
        found["required"].remove(key)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def texts_schema() -> dict[str, Any]:
    """Return the JSON Schema of `texts.<language>.toml`: texts, in lists and tables or not."""
    text = {"type": "string", "description": Message("may hold Jinja over smart values")}
    kinds = [text, {"$ref": "#/$defs/list"}, {"$ref": "#/$defs/table"}]
    any_of = {"anyOf": kinds}
    parts = {
        "list": {"type": "array", "items": any_of},
        "table": {"type": "object", "additionalProperties": any_of},
    }
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Texts", "$defs": parts}
    return {**head, **parts["table"]}


def _files(workspace: Workspace, template: Template) -> Iterator[WorkspaceError]:
    sandbox = Sandbox(workspace)
    for name, layout in template.layouts.items():
        for key, file in (("html", layout.html), *(("css", one) for one in layout.css)):
            try:
                path = beside(folder_of(template.id), file)
                if not workspace.has(path):
                    raise WorkspaceError(
                        manifest_of(template.id),
                        f"layouts.{name}.{key}",
                        Message("no file %(file)s", file=path),
                    )
                if key == "html":
                    # Read as Jinja reads it, which tells of what it cannot read.
                    sandbox.names(path)
                    yield from _marks(workspace, template, path)
            except WorkspaceError as error:
                yield error


def _marks(workspace: Workspace, template: Template, file: str) -> Iterator[WorkspaceError]:
    """Yield marks of a page that name no slot; what Jinja writes is not known here."""
    for number, line in enumerate(workspace.read_text(file).splitlines(), 1):
        for mark, name in _MARK.findall(line):
            if name not in template.slots:
                there = ", ".join(sorted(template.slots)) or "none"
                reason = Message(
                    'data-%(mark)s="%(name)s" names no slot; there are: %(there)s',
                    mark=mark,
                    name=name,
                    there=there,
                )
                yield WorkspaceError(file, Message("line %(line)s", line=number), reason)


def _texts(workspace: Workspace, template: Template) -> Iterator[WorkspaceError]:
    if not template.languages:
        reason = Message(
            "no texts: the template needs a file texts.<language>.toml for each of its languages"
        )
        yield WorkspaceError(folder_of(template.id), None, reason)
    keys = {one: _keys(workspace.read_toml(texts_of(template.id, one))) for one in template.languages}
    # A text that any language has is one that a page may ask for in each.
    everything = set().union(*keys.values())
    for language, found in keys.items():
        for key in sorted(everything - found):
            yield WorkspaceError(
                texts_of(template.id, language), key, Message("another language has this text; add it")
            )


def _keys(texts: Mapping[str, Any], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for key, value in texts.items():
        found |= _keys(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key}
    return found


def _defaults(template: Template) -> Iterator[WorkspaceError]:
    for name, slot in template.slots.items():
        # Only texts hold smart values; a number or a list is what it is.
        if not isinstance(slot.default, str):
            continue
        try:
            with complaints(manifest_of(template.id)):
                unknown = analyse(slot.default, manifest_of(template.id))[0] - RESERVED
        except WorkspaceError as error:
            yield WorkspaceError(manifest_of(template.id), f"slots.{name}.default", error.reason)
            continue
        if unknown:
            reason = Message(
                "'%(unknown)s' is no smart value; there are: %(reserved)s",
                unknown=min(unknown),
                reserved=", ".join(sorted(RESERVED)),
            )
            yield WorkspaceError(manifest_of(template.id), f"slots.{name}.default", reason)

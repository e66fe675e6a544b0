"""What people read of a template before they order it, by language: files form.<language>.toml."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.profiles import Model, parse
from printkit.template.environment import FOLDER
from printkit.template.manifest import SlotId, Template
from printkit.words import Message
from printkit.workspace import Workspace

_FORM = re.compile(r"/form\.([^/]+)\.toml$")
Written = Annotated[str, Field(max_length=1000)]


class SlotForm(Model):
    """Say what a slot is called in a form, and what helps to fill it in."""

    label: Annotated[Written, Field(description="name in forms; empty: the template's own")] = ""
    help: Annotated[Written, Field(description="hint in forms; empty: the template's own")] = ""


class Form(Model):
    """Say in a language what a template is for, and what its slots are called."""

    name: Annotated[Written, Field(description="name for people; empty: the template's own")] = ""
    description: Annotated[Written, Field(description="what it is for; empty: the template's own")] = ""
    slots: Annotated[dict[SlotId, SlotForm], Field(description="slots by id")] = {}


Forms = Mapping[str, Form]


def load_forms(workspace: Workspace, template: Template) -> Forms:
    """Read what forms of a template say by language; raise WorkspaceErrors."""
    found: dict[str, Form] = {}
    problems: list[WorkspaceError] = []
    for file in workspace.files(f"{FOLDER}{template.id}/form.*.toml"):
        (tag,) = _FORM.findall(file)
        form = parse(Form, file, workspace.read_toml(file))
        problems += _unknown(file, form, template)
        found[tag] = form
    if problems:
        raise WorkspaceErrors(problems)
    return found


def _unknown(file: str, form: Form, template: Template) -> Iterator[WorkspaceError]:
    for name in sorted(set(form.slots) - set(template.slots)):
        there = ", ".join(sorted(template.slots))
        yield WorkspaceError(
            file, f"slots.{name}", Message("the template has no such slot; it has %(there)s", there=there)
        )


def said_in(template: Template, forms: Forms, language: str) -> Template:
    """Return a template with the words of a language where it has any; `en-GB` reads `en`."""
    form = forms.get(language) or forms.get(language.partition("-")[0])
    if form is None:
        return template
    slots = {
        name: slot.model_copy(update=_said(form.slots[name])) if name in form.slots else slot
        for name, slot in template.slots.items()
    }
    own = {key: value for key in ("name", "description") if (value := getattr(form, key))}
    return template.model_copy(update={**own, "slots": slots})


def _said(slot: SlotForm) -> dict[str, str]:
    return {key: value for key in ("label", "help") if (value := getattr(slot, key))}


def form_schema() -> dict[str, Any]:
    """Return the JSON Schema of `form.<language>.toml`."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Form.model_json_schema()}

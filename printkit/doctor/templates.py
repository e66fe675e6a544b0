"""Templates as a whole: they load, their formats exist, each layout has its codes' boxes."""

import re
from collections.abc import Iterator, Sequence

from printkit.doctor.finding import Concern
from printkit.errors import PrintkitError
from printkit.profiles import Profiles
from printkit.template import Template, check_designs, list_templates, load_template
from printkit.template.environment import Sandbox, beside
from printkit.words import Message, sentence
from printkit.workspace import Workspace

_BOX = re.compile(r"""data-code\s*=\s*["']?([^"'\s>]+)""")


def templates(workspace: Workspace, profiles: Profiles) -> Iterator[Concern]:
    """Yield templates that do not load, layouts of no format, and codes without a box."""
    loaded = []
    for identifier in list_templates(workspace):
        try:
            template = load_template(workspace, identifier)
            loaded.append(template)
        except PrintkitError as error:
            yield Concern("missing", "template", identifier, sentence(error))
            continue
        for name in sorted(set(template.layouts) - set(profiles.formats)):
            todo = Message("correct its name, or add profiles/formats/%(name)s.toml", name=name)
            yield Concern(
                "advice",
                "template",
                Message("%(identifier)s: layouts.%(name)s is of no format", identifier=identifier, name=name),
                todo,
            )
        yield from _boxes(workspace, template)
    yield from _committees(workspace, profiles, loaded)


def _committees(workspace: Workspace, profiles: Profiles, loaded: Sequence[Template]) -> Iterator[Concern]:
    """Yield what designs ask of committees in vain, and what committees state that no design asks for."""
    # Two designs may ask for the same value.
    for told in dict.fromkeys(map(str, check_designs(workspace, profiles, loaded))):
        todo = Message("state it there as the template's template.toml says under [committee]")
        yield Concern("missing", "committee", told, todo)
    asked = {name for template in loaded for name in template.committee}
    for committee in profiles.committees.values():
        # A misspelt name is told twice: here, and as the one that a design asks for in vain.
        for name in sorted(set(committee.design) - asked):
            what = Message(
                "profiles/committees/%(id)s.toml: design.%(name)s is asked for by no template",
                id=committee.id,
                name=name,
            )
            yield Concern("advice", "committee", what, Message("correct its name, or remove it"))


def _boxes(workspace: Workspace, template: Template) -> Iterator[Concern]:
    codes = sorted(name for name, slot in template.slots.items() if slot.kind == "qr")
    sandbox = Sandbox(workspace)
    for layout in template.layouts.values():
        sandbox.names(beside(f"templates/{template.id}/", layout.html))
    # A box may stand in a page that others include or import.
    texts = map(workspace.read_text, sandbox.source.loaded)
    boxes = {name for text in texts for name in _BOX.findall(text)}
    for name in codes:
        # A name that is put together while the page is filled in may be any.
        if name not in boxes and not any("{" in one for one in boxes):
            todo = Message(
                'give its place in the page an element with data-code="%(name)s", or remove the slot',
                name=name,
            )
            yield Concern(
                "advice",
                "template",
                Message("%(id)s: code '%(name)s' has no box in a page", id=template.id, name=name),
                todo,
            )

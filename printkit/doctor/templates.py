"""Templates as a whole: they load, their formats exist, each layout has its codes' boxes."""

import re
from collections.abc import Iterator, Sequence

from printkit.doctor.finding import Concern
from printkit.errors import PrintkitError
from printkit.profiles import Profiles
from printkit.template import Template, check_designs, list_templates, load_template
from printkit.template.environment import Sandbox, beside
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
            yield Concern("missing", "template", identifier, str(error))
            continue
        for name in sorted(set(template.layouts) - set(profiles.formats)):
            todo = f"correct its name, or add profiles/formats/{name}.toml"
            yield Concern("advice", "template", f"{identifier}: layouts.{name} is of no format", todo)
        yield from _boxes(workspace, template)
    yield from _committees(workspace, profiles, loaded)


def _committees(workspace: Workspace, profiles: Profiles, loaded: Sequence[Template]) -> Iterator[Concern]:
    """Yield what designs ask of committees in vain, and what committees state that no design asks for."""
    # Two designs may ask for the same value.
    for told in dict.fromkeys(map(str, check_designs(workspace, profiles, loaded))):
        todo = "state it there as the template's template.toml says under [committee]"
        yield Concern("missing", "committee", told, todo)
    asked = {name for template in loaded for name in template.committee}
    for committee in profiles.committees.values():
        for name in sorted(set(committee.design) - asked):
            what = f"profiles/committees/{committee.id}.toml: design.{name} is asked for by no template"
            yield Concern("advice", "committee", what, "correct its name, or remove it")


def _boxes(workspace: Workspace, template: Template) -> Iterator[Concern]:
    codes = sorted(name for name, slot in template.slots.items() if slot.kind == "qr")
    sandbox = Sandbox(workspace)
    for layout in template.layouts.values():
        sandbox.names(beside(f"templates/{template.id}/", layout.html))
    # A box may stand in a page that others include or import.
    texts = map(workspace.read_text, sandbox.source.loaded)
    boxes = {name for text in texts for name in _BOX.findall(text)}
    for name in codes:
        if name not in boxes and not any("{" in one for one in boxes):
            todo = f'give its place in the page an element with data-code="{name}", or remove the slot'
            yield Concern("advice", "template", f"{template.id}: code '{name}' has no box in a page", todo)

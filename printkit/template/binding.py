"""One piece while it is bound: its template, layout, sandbox and smart values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.profiles import size_problem
from printkit.template.design import check_committee
from printkit.template.drawing import Part, opener
from printkit.template.environment import Sandbox, beside, complaints
from printkit.template.language import Language
from printkit.template.load import folder_of, load_template, manifest_of, texts_of
from printkit.template.manifest import Layout, Template
from printkit.template.request import BindRequest
from printkit.template.views import BrandView, CampaignView, CommitteeView, Notes, Texts, View
from printkit.units import mm
from printkit.words import Message
from printkit.workspace import Workspace

# The smart value that differs between the sites of a piece
SITE = "site"


@dataclass(frozen=True)
class Binding:
    """One piece while it is bound; `used` are the slots that its layout prints."""

    request: BindRequest
    template: Template
    layout: Layout
    html_file: str
    used: frozenset[str]
    sandbox: Sandbox
    smart: Mapping[str, Any]
    notes: Notes
    sampled: set[str] = field(default_factory=set)

    @property
    def manifest(self) -> str:
        return manifest_of(self.template.id)

    @property
    def names_site(self) -> bool:
        """Tell whether anything that was written asks for the site."""
        return SITE in self.notes.names

    def roomier(self, name: str) -> tuple[str, ...]:
        """Return the formats whose layouts take more characters of a slot, the nearest first."""
        return self.template.roomier(self.request.format.id, name)


def begin(request: BindRequest) -> Binding:
    """Load a request's template; raise WorkspaceError where it has no layout or texts for the request."""
    template = request.loaded or load_template(request.workspace, request.template)
    manifest = manifest_of(template.id)
    if request.format.id not in template.layouts:
        reason = Message(
            "no layout for format '%(id)s'; there are: %(there)s",
            id=request.format.id,
            there=", ".join(sorted(template.layouts)),
        )
        raise WorkspaceError(manifest, "layouts", reason)
    if request.language not in template.languages:
        reason = Message("no such texts; the template speaks %(there)s", there=", ".join(template.languages))
        raise WorkspaceError(texts_of(template.id, request.language), None, reason)
    if problem := size_problem(request.format, request.press):
        raise WorkspaceError(f"profiles/formats/{request.format.id}.toml", "trim_mm", problem)
    layout = template.layouts[request.format.id]
    if wrong := list(check_committee(request.committee, template.committee.items(), request.profiles)):
        raise WorkspaceErrors(wrong)
    language = Language.of(request.profiles, request.language)
    sandbox = Sandbox(request.workspace, language)
    html_file = beside(folder_of(template.id), layout.html)
    notes = Notes(language)
    smart, used = _smart(request, template, sandbox, notes), _used(template, html_file, sandbox, notes)
    return Binding(request, template, layout, html_file, used, sandbox, smart, notes)


def _used(template: Template, html_file: str, sandbox: Sandbox, notes: Notes) -> frozenset[str]:
    """Return the slots that a layout prints; all of them where its includes cannot be told."""
    names = sandbox.names(html_file)
    # Where it cannot be told, each site is laid out by itself: slower, and right
    notes.names.update({SITE} if names is None else names)
    written = "\n".join(map(sandbox.source.workspace.read_text, sorted(sandbox.source.loaded)))
    # Codes stand in the page by a mark and not by a value of Jinja
    marked = set(re.findall(r"data-code=[\"']?([a-z0-9_]+)", written))
    return frozenset(template.slots if names is None else set(template.slots) & (names | marked))


def _opener(request: BindRequest, sandbox: Sandbox) -> Callable[[str], Part]:
    """Return what opens a drawing in layers by its address from the workspace."""
    colors = {name: color.srgb for name, color in request.profiles.brand.colors.items()}
    opened = opener(sandbox.source.read, colors)
    return lambda address: opened(address.lstrip("/"))


def printed_slots(workspace: Workspace, template: Template, page: str, language: Language) -> frozenset[str]:
    """Return the slots that a format's layout prints; all of them where its includes cannot be told."""
    sandbox = Sandbox(workspace, language)
    html_file = beside(folder_of(template.id), template.layouts[page].html)
    return _used(template, html_file, sandbox, Notes(language))


def _grid(request: BindRequest) -> dict[str, float] | None:
    """Return the design's lengths and sizes on a format, in mm, by the names of their variables."""
    design, page = request.profiles.design, request.format
    found = {name.replace("-", "_"): length for name, length in design.lengths(page)}
    sizes = {f"size_{name}": mm(size) for name in design.type if (size := design.size(name, page.id))}
    return found | sizes if found else None


def _smart(request: BindRequest, template: Template, sandbox: Sandbox, notes: Notes) -> dict[str, Any]:
    smart: dict[str, Any] = {
        "committee": CommitteeView(request.committee, template.committee, notes),
        # None in place of absent: a template may ask whether there is one
        SITE: View(SITE, request.site, notes) if request.site else None,
        "campaign": CampaignView("campaign", request.campaign, notes) if request.campaign else None,
        "brand": BrandView(request.profiles.brand, request.workspace.has, notes),
        "format": View("format", request.format, notes),
        "lang": request.language,
        "dir": notes.language.direction,
        "drawing": _opener(request, sandbox),
        "grid": _grid(request),
    }
    file = texts_of(request.template, request.language)

    def write(key: str, text: str) -> str:
        with complaints(file):
            notes.read(text, file)
            return sandbox.plain(text, smart)

    return smart | {"t": Texts(request.workspace.read_toml(file), "t", file, write)}

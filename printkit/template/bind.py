"""Bind a template to its values: everything that one layout is made from, or all problems at once."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from jinja2 import UndefinedError
from markupsafe import Markup

from printkit.errors import SlotErrors, SlotProblem, WorkspaceError
from printkit.qr import CodeGeometry
from printkit.template.codes import Target, links, target
from printkit.template.counting import plain, rich_markup
from printkit.template.environment import Sandbox, beside, complaints
from printkit.template.language import localized
from printkit.template.load import folder_of, load_template, manifest_of, texts_of
from printkit.template.manifest import Layout, Slot, Template
from printkit.template.pictures import check_image
from printkit.template.request import Artwork, BindRequest, CodeLink, SlotText
from printkit.template.smart import BrandView, CampaignView, Texts, View, brand_colors_in
from printkit.template.sources import TEXTS, digest, follow
from printkit.template.values import ImageValue, Limits, ValueProblem, read_value

_EXPRESSION = re.compile(r"\s*\{\{((?:(?!\{\{|\}\}).)*)\}\}\s*", re.DOTALL)


@dataclass(frozen=True)
class _Binding:
    """Hold one piece while it is bound."""

    request: BindRequest
    template: Template
    layout: Layout
    html_file: str
    used: frozenset[str]
    sandbox: Sandbox
    smart: Mapping[str, Any]
    seen: set[str] = field(default_factory=set)
    sampled: set[str] = field(default_factory=set)

    @property
    def manifest(self) -> str:
        return manifest_of(self.template.id)


def bind(request: BindRequest) -> Artwork:
    """Return the artwork of a piece; raise SlotErrors with every problem of its values, or WorkspaceError."""
    binding = _begin(request)
    values, problems = _read(binding)
    targets, strange = _targets(binding, values)
    found, more = links(request, targets)
    problems += strange + more
    if problems:
        raise SlotErrors(problems)
    context = {**binding.smart, **_shown(binding, values, targets)}
    html = binding.sandbox.write(binding.html_file, context)
    return _artwork(binding, html, values, found)


def _begin(request: BindRequest) -> _Binding:
    template = load_template(request.workspace, request.template)
    manifest = manifest_of(template.id)
    if request.format.id not in template.layouts:
        reason = (
            f"no layout for format '{request.format.id}'; there are: {', '.join(sorted(template.layouts))}"
        )
        raise WorkspaceError(manifest, "layouts", reason)
    if request.language not in template.languages:
        reason = f"no such texts; the template speaks {', '.join(template.languages)}"
        raise WorkspaceError(texts_of(template.id, request.language), None, reason)
    layout = template.layouts[request.format.id]
    sandbox = Sandbox(request.workspace, request.language)
    html_file = beside(folder_of(template.id), layout.html)
    seen: set[str] = set()
    smart = _smart(request, sandbox, seen)
    return _Binding(
        request, template, layout, html_file, _used(template, html_file, sandbox), sandbox, smart, seen
    )


def _used(template: Template, html_file: str, sandbox: Sandbox) -> frozenset[str]:
    """Return the slots that a layout prints; all of them where its includes cannot be told."""
    names = sandbox.names(html_file)
    written = "\n".join(map(sandbox.source.workspace.read_text, sorted(sandbox.source.loaded)))
    marked = set(re.findall(r"data-code=[\"']?([a-z0-9_]+)", written))
    return frozenset(template.slots if names is None else set(template.slots) & (names | marked))


def _smart(request: BindRequest, sandbox: Sandbox, seen: set[str]) -> dict[str, Any]:
    smart: dict[str, Any] = {
        "committee": View("committee", request.committee, seen),
        "site": View("site", request.site, seen) if request.site else None,
        "campaign": CampaignView("campaign", request.campaign, seen) if request.campaign else None,
        "brand": BrandView("brand", request.profiles.brand, seen),
        "format": View("format", request.format, seen),
        "lang": request.language,
    }
    file = texts_of(request.template, request.language)

    def write(key: str, text: str) -> str:
        with complaints(file):
            return Markup(sandbox.from_string(text).render(smart))

    return smart | {"t": Texts(request.workspace.read_toml(file), "t", write)}


def _read(binding: _Binding) -> tuple[dict[str, Any], list[SlotProblem]]:
    request, slots = binding.request, binding.template.slots
    given, where = _given(request, binding.template), request.where
    problems = [SlotProblem(where, one, _unknown(slots)) for one in given if one not in slots]
    problems += _forbidden(binding)
    values: dict[str, Any] = {}
    for name, slot in slots.items():
        try:
            values[name] = _value(binding, name, given.get(name))
            if isinstance(values[name], ImageValue):
                check_image(request.workspace, slot, values[name])
        except ValueProblem as error:
            problems.append(SlotProblem(where, name, str(error)))
        if name in binding.used and slot.required and values.get(name, "") is None:
            problems.append(SlotProblem(where, name, "a value is required; set it, or print a sample"))
    return values, problems


def _unknown(slots: Mapping[str, Slot]) -> str:
    return f"the template has no such slot; there are: {', '.join(sorted(slots))}"


def _forbidden(binding: _Binding) -> Iterator[SlotProblem]:
    if binding.request.who == "comms":
        return
    for name in binding.request.values:
        slot = binding.template.slots.get(name)
        if slot and slot.edit == "comms":
            yield SlotProblem(binding.request.where, name, "only the communications office sets this slot")


def _given(request: BindRequest, template: Template) -> dict[str, Any]:
    """Join the values of campaign, committee and request; a campaign may name slots of other templates."""
    campaign = request.campaign
    if campaign is None:
        return dict(request.values)
    shared = {**campaign.slots, **campaign.committee_slots.get(request.committee.id, {})}
    if len({entry.template for entry in campaign.pieces}) > 1:
        shared = {name: value for name, value in shared.items() if name in template.slots}
    return {**shared, **request.values}


def _value(binding: _Binding, name: str, given: Any) -> Any:
    slot = binding.template.slots[name]
    roomier = _roomier(binding, name)
    limits = Limits(
        binding.request.profiles.codes.address_characters, binding.layout.max_characters.get(name)
    )
    try:
        value = read_value(given, slot, limits)
        if value is None and name in binding.used:
            value = read_value(_default(binding, slot, name), slot, limits)
        if value is None and slot.required and binding.request.sample and slot.sample is not None:
            value = read_value(slot.sample, slot, limits)
            binding.sampled.update({name} & binding.used)
    except ValueProblem as error:
        hint = f" or use {roomier[0]}" if roomier and "fit; shorten it" in str(error) else ""
        raise ValueProblem(f"{error}{hint}") from error
    return value


def _roomier(binding: _Binding, name: str) -> tuple[str, ...]:
    """Return the formats whose layouts take more characters of a slot, the nearest first."""
    slot = binding.template.slots[name]
    most = {
        one: layout.max_characters.get(name, slot.max_characters)
        for one, layout in binding.template.layouts.items()
    }
    own = most[binding.request.format.id]
    wider = [
        (count, one) for one, count in most.items() if own is not None and count is not None and count > own
    ]
    return tuple(one for _, one in sorted(wider))


def _default(binding: _Binding, slot: Slot, name: str) -> Any:
    """Work out a slot's default; a value of a campaign or site that is not there counts as none."""
    if not isinstance(slot.default, str) or "{" not in slot.default:
        return slot.default
    absent = [one for one in ("campaign", "site") if binding.smart[one] is None and one in slot.default]
    expression = _EXPRESSION.fullmatch(slot.default)
    try:
        with complaints(binding.manifest):
            if expression is None:
                return str(binding.sandbox.from_string(slot.default).render(binding.smart))
            compiled = binding.sandbox.compile_expression(expression[1], undefined_to_none=False)
            value = compiled(**binding.smart)
            str(value)
    except WorkspaceError as error:
        if absent and isinstance(error.__cause__, UndefinedError):
            return None
        raise WorkspaceError(binding.manifest, f"slots.{name}.default", error.reason) from error
    return _written(value, slot, binding)


def _written(value: Any, slot: Slot, binding: _Binding) -> Any:
    """Return a smart value as the slot's kind is written: dates and numbers become words in a text."""
    wanted = {"date", "time", "integer", "list", "image"}
    if value is None or slot.kind in wanted:
        return value
    return str(localized(value, binding.request.language))


def _targets(binding: _Binding, values: Mapping[str, Any]) -> tuple[dict[str, Target], list[SlotProblem]]:
    targets: dict[str, Target] = {}
    problems: list[SlotProblem] = []
    for name, slot in binding.template.slots.items():
        if slot.kind != "qr" or name not in binding.used:
            continue
        found = target(slot, values.get(name), binding.request, binding.seen)
        if found:
            targets[name] = found
        elif name in values:
            problems.append(SlotProblem(binding.request.where, name, "the code has no address; set one"))
    return targets, problems


def _shown(binding: _Binding, values: Mapping[str, Any], targets: Mapping[str, Target]) -> dict[str, Any]:
    """Return the values as a template prints them; no address of a code is among them."""
    shown: dict[str, Any] = {}
    for name, value in values.items():
        match binding.template.slots[name].kind:
            case "rich" if value is not None:
                shown[name] = rich_markup(value)
            case "qr":
                shown[name] = {"short_address": targets[name].short_address} if name in targets else None
            case "image" if value is not None:
                position = f"{value.x * 100:g}% {value.y * 100:g}%"
                shown[name] = {"src": "/" + quote(value.file), "position": position}
            case _:
                shown[name] = localized(value, binding.request.language)
    return shown


def _artwork(binding: _Binding, html: str, values: Mapping[str, Any], codes: list[CodeLink]) -> Artwork:
    request, layout = binding.request, binding.layout
    sheets = tuple(beside(folder_of(request.template), file) for file in layout.css)
    inputs, unconfirmed = _sources(binding, html, sheets)
    artwork = Artwork(
        workspace=request.workspace,
        template=request.template,
        format=request.format,
        press=request.press,
        language=request.language,
        html=html,
        html_file=binding.html_file,
        stylesheets=sheets,
        bleed_mm=request.format.bleed_mm if request.press.bleed_mm is None else request.press.bleed_mm,
        code_geometry=CodeGeometry.of(request.profiles.codes, request.format.viewing_distance_m * 1000),
        colors={name: color.srgb for name, color in request.profiles.brand.colors.items()},
        fits=dict(layout.fit),
        texts={name: SlotText(_words(value), _roomier(binding, name)) for name, value in values.items()},
        images={name: value.file for name, value in values.items() if isinstance(value, ImageValue)},
        codes=tuple(codes),
        unconfirmed=unconfirmed,
        specimen=bool(binding.sampled),
        title=_title(binding),
        inputs=inputs,
        layout_key="",
    )
    return _keyed(artwork)


def _words(value: Any) -> str:
    match value:
        case None | ImageValue():
            return ""
        case list():
            return "\n".join(value)
    return plain(str(value))


def _title(binding: _Binding) -> str:
    request = binding.request
    return f"{binding.template.name} – {request.committee.name}, {request.format.name}"


def _sources(binding: _Binding, html: str, sheets: tuple[str, ...]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the files of a piece with their digests, and the unconfirmed values in use."""
    workspace, brand = binding.request.workspace, binding.request.profiles.brand
    own = (binding.manifest, texts_of(binding.template.id, binding.request.language), *sheets)
    files = {file: workspace.read_bytes(file) for file in (*own, *sorted(binding.sandbox.source.loaded))}
    starts = [(binding.html_file, html), *((file, files[file].decode("utf-8", "replace")) for file in sheets)]
    files |= follow(workspace, starts)
    printed = [html, *(files[file].decode("utf-8", "replace") for file in files if _is_printed(file))]
    seen = set(binding.seen)
    for text in printed:
        seen.update(brand_colors_in(text, brand))
    if brand.logo.file in files and not brand.logo.confirmed:
        seen.add("brand.logo")
    return {file: digest(content) for file, content in sorted(files.items())}, tuple(sorted(seen))


def _is_printed(file: str) -> bool:
    return PurePosixPath(file).suffix in TEXTS - {".html"}


def _keyed(artwork: Artwork) -> Artwork:
    """Give an artwork the hash of all that can change its layout."""
    parts = {
        "html": artwork.html,
        "inputs": dict(artwork.inputs),
        "sheets": artwork.stylesheets,
        "format": artwork.format.model_dump(mode="json"),
        "press": artwork.press.model_dump(mode="json"),
        "language": artwork.language,
        "bleed": artwork.bleed_mm,
        "code": asdict(artwork.code_geometry),
        "colors": dict(artwork.colors),
        "fits": {name: fit.model_dump() for name, fit in artwork.fits.items()},
        "codes": [code.slot for code in artwork.codes],
        "specimen": artwork.specimen,
        "title": artwork.title,
    }
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return replace(artwork, layout_key=hashlib.sha256(text.encode()).hexdigest())

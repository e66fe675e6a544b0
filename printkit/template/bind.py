"""Bind a template to its values: everything that one layout is made from, or all problems at once."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from printkit.errors import SlotErrors, WorkspaceError
from printkit.template.binding import Binding, begin
from printkit.template.codes import geometry_of, links
from printkit.template.counting import plain
from printkit.template.environment import beside
from printkit.template.key import layout_key
from printkit.template.load import folder_of, texts_of
from printkit.template.manifest import Fit
from printkit.template.pictures import check_heads
from printkit.template.request import Artwork, BindRequest, CodeLink, SlotText
from printkit.template.slots import code_targets, read_slots, shown_slots
from printkit.template.sources import TEXTS, digest, follow
from printkit.template.values import ImageValue
from printkit.template.views import brand_colors_in
from printkit.words import translate


def bind(request: BindRequest) -> Artwork:
    """Return the artwork of a piece; raise SlotErrors with every problem of its values, or WorkspaceError."""
    binding = begin(request)
    values, problems = read_slots(binding)
    targets, strange = code_targets(binding, values)
    found, more = links(request, targets)
    problems += strange + more
    if problems:
        raise SlotErrors(problems)
    context = {**binding.smart, **shown_slots(binding, values, targets)}
    html = binding.sandbox.write(binding.html_file, context)
    return replace(_artwork(binding, html, values, found), targets=targets)


def at_site(artwork: Artwork, request: BindRequest) -> Artwork:
    """Return the artwork of another site, whose request differs in the site alone and which no text names.

    Raise SlotErrors where a code cannot hold its address.
    """
    found, problems = links(request, artwork.targets)
    if problems:
        raise SlotErrors(problems)
    return replace(artwork, codes=tuple(found))


def _artwork(binding: Binding, html: str, values: Mapping[str, Any], codes: list[CodeLink]) -> Artwork:
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
        code_geometry=geometry_of(request, codes),
        design=request.profiles.design,
        colors={name: color.srgb for name, color in request.profiles.brand.colors.items()},
        fits=_fits(binding),
        texts={
            name: SlotText(_words(value), binding.roomier(name))
            for name, value in values.items()
            if name in binding.used
        },
        images={name: value.file for name, value in values.items() if isinstance(value, ImageValue)},
        codes=tuple(codes),
        targets={},
        names_site=binding.names_site,
        unconfirmed=unconfirmed,
        specimen=_specimen(binding),
        title=_title(binding),
        inputs=inputs,
        layout_key="",
    )
    return replace(artwork, layout_key=layout_key(artwork))


def _fits(binding: Binding) -> dict[str, Fit]:
    """Return the sizes of fitted slots; a style of type has one size in a format."""
    design, page = binding.request.profiles.design, binding.request.format.id
    found: dict[str, Fit] = {}
    for slot, given in binding.layout.fit.items():
        if isinstance(given, Fit):
            found[slot] = given
            continue
        size = design.size(given, page)
        if size is None:
            reason = f"profiles/design.toml has no style of type '{given}' with a size for this format"
            raise WorkspaceError(binding.manifest, f"layouts.{page}.fit.{slot}", reason)
        found[slot] = Fit(largest=size, smallest=size)
    return found


def _specimen(binding: Binding) -> str:
    """Return the word that stands across a piece with samples, in the workspace's language; else nothing."""
    if not binding.sampled:
        return ""
    return translate(binding.request.profiles.municipality.language).gettext("SPECIMEN")


def _words(value: Any) -> str:
    match value:
        case None | ImageValue():
            return ""
        case list():
            return "\n".join(value)
    return plain(str(value))


def _title(binding: Binding) -> str:
    request = binding.request
    return f"{binding.template.name} – {request.committee.name_in(request.language)}, {request.format.name}"


def _sources(binding: Binding, html: str, sheets: tuple[str, ...]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the files of a piece with their digests, and the unconfirmed values in use."""
    workspace, brand = binding.request.workspace, binding.request.profiles.brand
    own = (binding.manifest, texts_of(binding.template.id, binding.request.language), *sheets)
    files = {file: workspace.read_bytes(file) for file in (*own, *sorted(binding.sandbox.source.loaded))}
    starts = [(binding.html_file, html), *((file, files[file].decode("utf-8", "replace")) for file in sheets)]
    found = follow(workspace, starts)
    check_heads(found)
    files |= found
    printed = [html, *(files[file].decode("utf-8", "replace") for file in files if _is_printed(file))]
    seen = set(binding.notes.seen)
    for text in printed:
        seen.update(brand_colors_in(text, brand))
    if {brand.logo.file, brand.logo.file_on_dark} & set(files) and not brand.logo.confirmed:
        seen.add("brand.logo")
    return {file: digest(content) for file, content in sorted(files.items())}, tuple(sorted(seen))


def _is_printed(file: str) -> bool:
    return PurePosixPath(file).suffix in TEXTS - {".html"}

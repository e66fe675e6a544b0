"""Bind a template to its values: everything that one layout is made from, or all problems at once."""

import re
from collections.abc import Collection, Mapping
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
from printkit.template.request import Artwork, BindRequest, CodeLink, SlotText, Target
from printkit.template.slots import code_targets, read_slots, shown_slots
from printkit.template.sources import TEXTS, digest, follow
from printkit.template.values import ImageValue
from printkit.template.views import brand_colors_in
from printkit.words import Message, translate

# Without a \b in front, which would have every character looked at
_FONT = re.compile(r"var\(\s*--font-(head|text|strong)\b")


def bind(request: BindRequest) -> Artwork:
    """Return the artwork of a piece; raise SlotErrors with every problem of its values, or WorkspaceError."""
    binding, values, targets, found = _read(request)
    context = {**binding.smart, **shown_slots(binding, values, targets)}
    html = binding.sandbox.write(binding.html_file, context)
    return replace(_artwork(binding, html, values, found), targets=targets)


def check_values(request: BindRequest) -> None:
    """Raise SlotErrors with every problem of a piece's values; the page, most of the work, is not written."""
    _read(request)


Read = tuple[Binding, dict[str, Any], dict[str, Target], list[CodeLink]]


def _read(request: BindRequest) -> Read:
    """Return what is bound: the values of slots, the addresses of codes, the codes."""
    binding = begin(request)
    values, problems = read_slots(binding)
    targets, strange = code_targets(binding, values)
    found, more = links(request, targets)
    problems += strange + more
    if problems:
        raise SlotErrors(problems)
    return binding, values, targets, found


def codes_at_site(artwork: Artwork, request: BindRequest) -> tuple[CodeLink, ...]:
    """Return an artwork's codes at another site, whose request differs in that alone and which no text names.

    Raise SlotErrors where a code cannot hold its address.
    """
    found, problems = links(request, artwork.targets)
    if problems:
        raise SlotErrors(problems)
    return tuple(found)


def _artwork(binding: Binding, html: str, values: Mapping[str, Any], codes: list[CodeLink]) -> Artwork:
    request, layout = binding.request, binding.layout
    # Followed as far as they lead, so that what is unconfirmed is told even where only a style sheet names it
    sheets = tuple(beside(folder_of(request.template), file) for file in layout.css)
    files = _sources(binding, html, sheets)
    printed = [html, *(files[file].decode("utf-8", "replace") for file in files if _is_printed(file))]
    fonts = _font_stacks(binding, printed)
    named = {file for families in fonts.values() for file in families.values()}
    files |= {file: request.workspace.read_bytes(file) for file in named if request.workspace.has(file)}
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
        fonts=fonts,
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
        unconfirmed=_unconfirmed(binding, printed, files),
        specimen=_specimen(binding),
        title=_title(binding),
        inputs={file: digest(content) for file, content in sorted(files.items())},
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
            reason = Message(
                "profiles/design.toml has no style of type '%(given)s' with a size for this format",
                given=given,
            )
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


def _sources(binding: Binding, html: str, sheets: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files of a piece with what they hold."""
    workspace = binding.request.workspace
    own = (binding.manifest, texts_of(binding.template.id, binding.request.language), *sheets)
    files = {file: workspace.read_bytes(file) for file in (*own, *sorted(binding.sandbox.source.loaded))}
    starts = [(binding.html_file, html), *((file, files[file].decode("utf-8", "replace")) for file in sheets)]
    found = follow(workspace, starts)
    check_heads(found)
    return files | found


def _unconfirmed(binding: Binding, printed: list[str], files: Collection[str]) -> tuple[str, ...]:
    """Return the unconfirmed values in use."""
    brand, seen = binding.request.profiles.brand, set(binding.notes.seen)
    for text in printed:
        seen.update(brand_colors_in(text, brand))
    # By the file: a layout may name the mark by its path, without the smart value
    if {brand.logo.file, brand.logo.file_on_dark} & set(files) and not brand.logo.confirmed:
        seen.add("brand.logo")
    return tuple(sorted(seen))


def _font_stacks(binding: Binding, printed: list[str]) -> dict[str, dict[str, str]]:
    """Return the stacks of the brand's fonts that page and style sheets ask for, by role."""
    brand, script = binding.request.profiles.brand, binding.notes.language.script
    asked = {role for text in printed for role in _FONT.findall(text)}
    return {role: brand.families(role, script) for role in sorted(asked)}


def _is_printed(file: str) -> bool:
    return PurePosixPath(file).suffix in TEXTS - {".html"}

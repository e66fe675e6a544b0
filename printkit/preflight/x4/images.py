"""PDF/X-4: images whose data and colour space can be made out."""

from collections.abc import Iterator
from typing import Any

import pikepdf

from printkit.content import (
    BadOperand,
    Element,
    entry,
    number,
)
from printkit.content.state import IMAGES
from printkit.preflight.core.findings import Severity
from printkit.preflight.core.registry import Hit, rule
from printkit.preflight.core.subject import PageView, Subject
from printkit.preflight.ink.samples import palette_of
from printkit.preflight.x4.image_faults import data_fault, space_in
from printkit.words import Message

PDF = "ISO 32000-1"


@rule("x4/image-data", "error", PDF)
def image_data(subject: Subject) -> Iterator[Hit]:
    """Each image's data can be unpacked and are all there, or part of it goes missing: place it anew."""
    seen: set[tuple[int, int]] = set()
    for view, element in _images(subject):
        subject.clock.check()
        if isinstance(element.source, pikepdf.PdfInlineImage):
            faults: list[tuple[str, str]] = [(Message("an image"), _inline_fault(element))]
        else:
            parts = [(what, one) for what, one in _with_masks(element.source) if one.objgen not in seen]
            seen |= {one.objgen for _, one in parts}
            faults = [(what, data_fault(one, element.context.resources)) for what, one in parts]
        for what, fault in faults:
            if fault:
                yield Hit(
                    Message("%(what)s %(fault)s", what=what, fault=fault),
                    view.number,
                    view.in_mm(element.box),
                )


@rule("x4/image-space", "error", PDF)
def image_spaces(subject: Subject) -> Iterator[Hit]:
    """Each image has a colour space that PDF knows, its soft mask DeviceGray: export it anew."""
    for view, element in _images(subject):
        source, box = element.source, view.in_mm(element.box)
        if not element.fills and space_in(source, element.context.resources) is None:
            named = entry(source.obj if isinstance(source, pikepdf.PdfInlineImage) else source, "/ColorSpace")
            why = (
                Message("no colour space")
                if named is None
                else Message("a colour space that PDF does not know")
            )
            yield Hit(Message("an image has %(why)s", why=why), view.number, box)
        for fault, severity in (*_mask_faults(source), *_palette_faults(source, element)):
            yield Hit(Message("an image's %(fault)s", fault=fault), view.number, box, severity=severity)


def _mask_faults(source: Any) -> Iterator[tuple[str, Severity]]:
    mask, key = entry(source, "/SMask"), entry(source, "/Mask")
    space = space_in(mask, None) if isinstance(mask, pikepdf.Stream) else None
    if isinstance(mask, pikepdf.Stream) and (space is None or space.family != "DeviceGray"):
        found = space.family if space else Message("no space that PDF knows")
        yield Message("soft mask is in %(found)s, not DeviceGray", found=found), "error"
    if mask is not None and not isinstance(mask, pikepdf.Stream):
        yield Message("soft mask is no image"), "error"
    if isinstance(key, pikepdf.Stream) and not key.get("/ImageMask", False):
        yield Message("mask is no stencil (ImageMask)"), "error"
    if key is not None and not isinstance(key, pikepdf.Stream | pikepdf.Array):
        yield Message("mask is neither an image nor a range of colours"), "error"


def _palette_faults(source: Any, element: Element) -> Iterator[tuple[str, Severity]]:
    """Tell of a palette with fewer colours than its space says, which readers fill up as they like."""
    space = None if element.fills else space_in(source, element.context.resources)
    if space is not None and space.family == "Indexed" and isinstance(space.source, pikepdf.Array):
        try:
            said, found = number(space.source[2]) + 1, len(palette_of(space))
        except (BadOperand, IndexError, pikepdf.PdfError):
            yield Message("palette cannot be made out"), "error"
            return
        if found < said:
            yield (
                Message("palette has %(found)s colours, and its space says %(said)g", found=found, said=said),
                "warning",
            )


def _images(subject: Subject) -> Iterator[tuple[PageView, Element]]:
    for view, marks in subject.marks:
        images = marks.of_kind(*IMAGES)
        yield from ((view, image) for image in images if not image.context.hidden)


def _with_masks(source: Any) -> Iterator[tuple[str, pikepdf.Stream]]:
    """Yield an image's stream with those of its masks."""
    yield Message("an image"), source
    for key, what in (("/SMask", Message("an image's soft mask")), ("/Mask", Message("an image's mask"))):
        mask = source.get(key)
        if isinstance(mask, pikepdf.Stream):
            yield what, mask


def _inline_fault(element: Element) -> str:
    """Say what is wrong with an inline image's data.

    What draws a letter of a Type 3 font is left alone: it comes again with each letter that is set.
    """
    if element.context.in_glyph:
        return ""
    source: Any = element.source
    with pikepdf.new() as scratch:
        return data_fault(
            pikepdf.Stream(scratch, source.read_raw_bytes(), source.obj), element.context.resources
        )

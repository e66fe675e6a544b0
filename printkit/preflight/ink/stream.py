"""Rewrite a page for one plate: the plate's inks stand in place of every colour."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.content import (
    GLYPH,
    Attention,
    BadOperand,
    Change,
    Colour,
    Context,
    Machine,
    Nested,
    Shared,
    Space,
    State,
    Step,
    entry,
    instruction,
    number,
    plain_key,
    plain_states,
    resources_of,
    rewrite,
    space_of,
    tile_of,
    visit,
)
from printkit.preflight.core.subject import PageView
from printkit.preflight.ink.colour import brightness, prints, tint_space
from printkit.preflight.ink.images import is_image
from printkit.preflight.ink.plate_copy import PlateCopy, PlateResources
from printkit.preflight.ink.samples import palette_of
from printkit.streams import data_of
from printkit.words import Message

Written = Iterator[Any]
# Which colour an operator sets, and which one it paints with
_FILLS, _STROKES = ("g", "rg", "k", "cs", "sc", "scn"), ("G", "RG", "K", "CS", "SC", "SCN")
_PAINTS = {
    **dict.fromkeys(("f", "F", "f*", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"', "sh"), False),
    **dict.fromkeys(("S", "s"), True),
}
# Operators whose state colours and overprint depend on; paths and text are carried over unread
_FOLLOWED = frozenset((*_FILLS, *_STROKES, "q", "Q", "gs"))
_OVERPRINT = "Darken"


def page_copy(view: PageView, job: PlateCopy) -> bytes:
    """Return a file of one page that shows the job's plate, as large and turned as the page."""
    page = view.page
    stream = _Stream(job, Machine(resources_of(page), State(), Context(), Shared()))
    content = stream.run(page, begins=True)
    copy = Dictionary(Type=Name.Page, MediaBox=Array(view.media.as_tuple()), Rotate=view.rotate)
    copy.Contents = job.pdf.make_stream(content)
    copy.Resources = stream.used.entries
    if entry(page.obj, "/Group") is not None:
        copy.Group = _group(job, page.obj["/Group"])
    job.pdf.pages.append(pikepdf.Page(job.pdf.make_indirect(copy)))
    out = BytesIO()
    job.pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


class _Stream:
    """Rewrite one content stream; `blend` is the mode set in the copy, which may not be the state's."""

    def __init__(self, job: PlateCopy, machine: Machine, used: PlateResources | None = None) -> None:
        self.job, self.machine, self.used = job, machine, used or PlateResources(job)
        self.blend = machine.state.blend
        self.blends: list[str] = []
        self.start: list[Any] = [0, 0]

    def run(self, stream: Any, begins: bool = False) -> bytes:
        """Return the new content; `begins`: nothing outside has set the first colours."""
        first = [*self._colour(False), *self._colour(True)] if begins else []
        attention = Attention(_FOLLOWED, _TOUCHED, self.job.left, self.job.spend)
        content = rewrite(stream, self.machine, self._visit, attention)
        return b"\n".join([pikepdf.unparse_content_stream(first), content]) if first else content

    def _visit(self, step: Step) -> Change:
        return Change((), list(self._written(step)))

    def _written(self, step: Step) -> Written:
        operator = step.operator
        if operator in _PAINTS:
            yield from self._mixing(self._overprint(_PAINTS[operator]))
        handler = _HANDLERS.get(operator)
        if handler is None:
            yield step.source
            return
        try:
            yield from handler(self, step)
        except (BadOperand, IndexError, ValueError, ZeroDivisionError):
            # as viewers do, with what cannot be painted
            return

    def _mixing(self, wanted: str) -> Written:
        """Set the blend mode, between a path and its painting too: only our own renderer reads it."""
        if wanted != self.blend:
            self.blend = wanted
            state = Dictionary(BM=Name("/" + wanted))
            yield instruction("gs", self.used.add("/ExtGState", wanted, state))

    def _overprint(self, strokes: bool) -> str:
        """Return Darken where some ink of the plate is left as it is, which a bright colour then does."""
        state = self.machine.state
        colour, flag = (
            (state.stroke, state.overprint_stroke) if strokes else (state.fill, state.overprint_fill)
        )
        if not flag or state.blend != "Normal" or colour.space.family == "Pattern":
            return state.blend
        left = not all(prints(ink, colour, state.overprint_mode) for ink in self.job.plate.inks)
        return _OVERPRINT if left else state.blend

    def _colour(self, strokes: bool) -> Written:
        colour = self.machine.state.stroke if strokes else self.machine.state.fill
        operator = self.job.plate.operators[strokes]
        if colour.space.family != "Pattern":
            yield instruction(operator, *self._shown(colour))
        elif colour.pattern is not None:
            yield from self._pattern(colour, strokes)

    def _set_colour(self, step: Step) -> Written:
        yield from self._colour(step.operator in _STROKES)

    def _shown(self, colour: Colour) -> list[float]:
        key = ("colour", colour.space.family, colour.components)
        if colour.space.source is not None:
            return self._computed(colour)
        return list(self._made(key, self._computed, colour))

    def _computed(self, colour: Colour) -> list[float]:
        space, components = colour.space, colour.components
        if space.family == "Indexed" and space.base is not None:
            space, components = _unindexed(space, components)
        values = np.array([components], np.float64)
        return [float(value) for value in brightness(space, values, self.job.plate, self.job.intent)[0]]

    def _pattern(self, colour: Colour, strokes: bool) -> Written:
        key = ("pattern", _key(colour.pattern), colour.components)
        name = self.used.add("/Pattern", key, self._made(key, self._cell, colour))
        yield instruction("CS" if strokes else "cs", Name.Pattern)
        yield instruction("SCN" if strokes else "scn", name)

    def _cell(self, colour: Colour) -> Any:
        """Return a pattern as the plate shows it, an uncoloured one in its colour."""
        pattern: Any = colour.pattern
        if isinstance(pattern, pikepdf.Stream):
            tile = tile_of(pattern, colour, self.machine.state.clip, self.machine.context)
            made = self._nested(tile, begins=True)
            made.PaintType = 1
            # Cells that meet exactly are laid by PDFium at whole pixels, farther and farther off
            made.XStep = number(made.get("/XStep")) * _APART
            return made
        kept = {key: self.job.bring(pattern[key]) for key in ("/Matrix", "/ExtGState") if key in pattern}
        shading = self._shading(entry(pattern, "/Shading"))
        return self.job.pdf.make_indirect(Dictionary({"/PatternType": 2, "/Shading": shading, **kept}))

    def _shading(self, source: Any) -> Any:
        """Return a shading whose own colour space shows the plate; its data and functions stay."""
        if not isinstance(source, Dictionary | pikepdf.Stream):
            raise BadOperand(Message("no shading"))
        space = space_of(source.get("/ColorSpace"), self.machine.resources)
        made: Any = Dictionary()
        if isinstance(source, pikepdf.Stream):
            made = pikepdf.Stream(self.job.pdf, data_of(source))
        for key, value in source.items():
            if key not in ("/ColorSpace", "/Filter", "/DecodeParms", "/Length"):
                made[key] = self.job.bring(value)
        made.ColorSpace = self._tints(space)
        return self.job.pdf.make_indirect(made)

    def _tints(self, space: Space) -> Any:
        if space.family in ("Indexed", "Pattern"):
            raise BadOperand(Message("a shading's colour space"))
        return tint_space(space, self.job.plate, self.job.intent, self.job.pdf)

    def _show_shading(self, step: Step) -> Written:
        found = entry(self.machine.resources, "/Shading", str(step.operands[0]))
        made = self._made(("shading", _key(found)), self._shading, found)
        yield instruction("sh", self.used.add("/Shading", _key(found), made))

    def _object(self, step: Step) -> Written:
        found = entry(self.machine.resources, "/XObject", str(step.operands[0]))
        if is_image(found):
            yield from self._image(found)
            return
        for event in self.machine.step(step.operator, step.operands):
            if isinstance(event, Nested):
                yield from self._mixing(self.machine.state.blend)
                key = ("form", _key(found), _inherited(self.machine.state))
                form = self._made(key, self._nested, event)
                yield instruction("Do", self.used.add("/XObject", key, form))

    def _image(self, found: pikepdf.Stream) -> Written:
        yield from self._mixing(self._overprint_of_image(found))
        made = self._made(("image", _key(found)), self._image_made, found)
        yield instruction("Do", self.used.add("/XObject", _key(found), made))

    def _image_made(self, found: pikepdf.Stream) -> Any:
        if bool(found.get("/ImageMask", False)):
            return self.job.bring(found)
        job = self.job
        made, kept = job.images.picture(found, self.machine.resources, job.plate, job.pdf)
        for key, value in kept.items():
            made[key] = job.bring(value)
        if "/OC" in found:
            made.OC = job.bring(found["/OC"])
        return job.pdf.make_indirect(made)

    def _overprint_of_image(self, found: pikepdf.Stream) -> str:
        state = self.machine.state
        if bool(found.get("/ImageMask", False)):
            return self._overprint(False)
        if not state.overprint_fill or state.blend != "Normal" or "/ColorSpace" not in found:
            return state.blend
        space = space_of(found["/ColorSpace"], self.machine.resources)
        # OPM 1 leaves no ink out of a picture (ISO 32000-1, Table 149)
        colour = Colour(space.base if space.family == "Indexed" and space.base else space, ())
        return "Normal" if all(prints(ink, colour, 0) for ink in self.job.plate.inks) else _OVERPRINT

    def _inline(self, step: Step) -> Written:
        image = step.operands[0]
        yield from self._mixing(self.machine.state.blend)
        if image.image_mask:
            yield step.source
            return
        job = self.job
        made = job.pdf.make_indirect(job.images.inline(image, self.machine.resources, job.plate, job.pdf))
        yield instruction("Do", self.used.add("/XObject", made.objgen, made))

    def _state(self, step: Step) -> Written:
        found = entry(self.machine.resources, "/ExtGState", str(step.operands[0]))
        if isinstance(found, Dictionary):
            if "/BM" in found:
                self.blend = self.machine.state.blend
            made = self._made(("state", _key(found)), self.job.bring, found)
            yield instruction("gs", self.used.add("/ExtGState", _key(found), made))

    def _font(self, step: Step) -> Written:
        found = entry(self.machine.resources, "/Font", str(step.operands[0]))
        if isinstance(found, Dictionary):
            make = self._drawn if found.get("/Subtype") == "/Type3" else self.job.bring
            made = self._made(("font", _key(found)), make, found)
            yield instruction("Tf", self.used.add("/Font", _key(found), made), step.operands[1])

    def _drawn(self, font: Any) -> Any:
        """Return a Type 3 font whose glyphs show the plate where they set colours themselves."""
        made = self.job.pdf.make_indirect(
            Dictionary({key: self.job.bring(value) for key, value in font.items() if key not in _OWN_OF_FONT})
        )
        # before its glyphs, which may show each other
        self.job.made["font", _key(font)] = made
        used, glyphs = PlateResources(self.job), Dictionary()
        for name, glyph in (entry(font, "/CharProcs") or Dictionary()).items():
            context = replace(self.machine.context, in_glyph=True)
            nested = Nested(GLYPH, glyph, State(), context, entry(font, "/Resources"))
            if isinstance(glyph, pikepdf.Stream) and visit(nested):
                inner = _Stream(self.job, self.machine.enter(nested), used)
                glyphs[name] = self.job.pdf.make_stream(inner.run(glyph))
        made.CharProcs, made.Resources = glyphs, used.entries
        return made

    def _marked(self, step: Step) -> Written:
        operands = list(step.operands)
        if len(operands) == 2 and isinstance(operands[1], Name):
            found = entry(self.machine.resources, "/Properties", str(operands[1]))
            operands[1] = self.used.add("/Properties", _key(found), self.job.bring(found))
        yield instruction("BDC", *operands)

    def _begin_path(self, step: Step) -> Written:
        self.start = step.operands[:2]
        yield step.source

    def _fill(self, step: Step) -> Written:
        """Fill a path with a curve of no length added: PDFium blows mere rectangles up to whole pixels."""
        yield instruction("m", *self.start)
        yield instruction("c", *self.start * 3)
        yield step.source

    def _keep(self, step: Step) -> Written:
        self.blends.append(self.blend)
        yield step.source

    def _take_back(self, step: Step) -> Written:
        if self.blends:
            self.blend = self.blends.pop()
            yield step.source

    def _nested(self, nested: Nested, begins: bool = False) -> Any:
        if not visit(nested):
            raise BadOperand(Message("content that stands inside itself"))
        content, resources = self._content(nested, begins)
        made = pikepdf.Stream(self.job.pdf, content)
        for key, value in nested.stream.items():
            if key not in _OWN_OF_STREAM:
                made[key] = _group(self.job, value) if key == "/Group" else self.job.bring(value)
        made.Resources = resources
        return self.job.pdf.make_indirect(made)

    def _content(self, nested: Nested, begins: bool) -> tuple[bytes, Any]:
        """Return nested content and its resources; those of a plain form another file may have had."""
        job, forms = self.job, self.job.forms
        plain = None if forms is None or begins else plain_key(nested)
        key = (job.plate, plain)
        if forms is not None and plain and key in forms:
            content, states, spent = forms[key]
            job.spend(spent)
            written = {name: pikepdf.Object.parse(state) for name, state in states.items()}
            return content, Dictionary({"/ExtGState": Dictionary(written)})
        before, inner = job.left, _Stream(job, self.machine.enter(nested))
        content = inner.run(nested.stream, begins)
        used = plain_states(inner.used.entries)
        if forms is not None and plain and used is not None:
            forms[key] = content, used, before - job.left
        return content, inner.used.entries

    def _made(self, key: Any, make: Callable[[Any], Any], source: Any) -> Any:
        """Make a thing once for the whole copy."""
        if key not in self.job.made:
            self.job.made[key] = make(source)
        return self.job.made[key]


_APART = 1.000001
_OWN_OF_STREAM = ("/Filter", "/DecodeParms", "/Length", "/Resources", "/StructParents", "/StructParent")
_OWN_OF_FONT = ("/CharProcs", "/Resources", "/ToUnicode")
_HANDLERS: dict[str, Callable[[_Stream, Step], Written]] = {
    **dict.fromkeys((*_FILLS, *_STROKES), _Stream._set_colour),
    **dict.fromkeys(("m", "re"), _Stream._begin_path),
    **dict.fromkeys(("f", "F", "f*"), _Stream._fill),
    "sh": _Stream._show_shading,
    "Do": _Stream._object,
    "INLINE IMAGE": _Stream._inline,
    "gs": _Stream._state,
    "Tf": _Stream._font,
    "BDC": _Stream._marked,
    "q": _Stream._keep,
    "Q": _Stream._take_back,
}

_TOUCHED = frozenset((*_HANDLERS, *_PAINTS))


def _key(thing: Any) -> Any:
    """Return what tells one object from another; direct ones by what they hold."""
    if not isinstance(thing, pikepdf.Object):
        return None
    return thing.objgen if thing.is_indirect else thing.unparse()


def _inherited(state: State) -> tuple[Any, ...]:
    """Return all of the state that the copy of a form depends on."""
    colours = tuple(
        (colour.space.family, colour.space.colorants, colour.components, _key(colour.pattern))
        for colour in (state.fill, state.stroke)
    )
    return colours, state.overprint_fill, state.overprint_stroke, state.overprint_mode, state.blend


def _group(job: PlateCopy, source: Any) -> Any:
    """Return a transparency group without its colour space: it blends inks."""
    if not isinstance(source, Dictionary):
        return job.bring(source)
    return Dictionary({key: job.bring(value) for key, value in source.items() if key != "/CS"})


def _unindexed(space: Space, components: tuple[float, ...]) -> tuple[Space, tuple[float, ...]]:
    table = palette_of(space)
    place = min(max(int(components[0]), 0), len(table) - 1)
    return space.base or space, tuple(table[place])

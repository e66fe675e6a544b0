"""Rewrite one content stream: colours, graphics states, patterns, objects, overprint."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf

from printkit.content import (
    Change,
    Colour,
    Element,
    Machine,
    Nested,
    Step,
    entry,
    instruction,
    rewrite,
)
from printkit.errors import RenderError
from printkit.separate.inks import Target, inks_of
from printkit.separate.overprint import KNOCKOUT, Overprint, wanted_overprint
from printkit.separate.resources import Resources, uncoloured
from printkit.words import Message

if TYPE_CHECKING:
    from printkit.separate.file import FileSeparation

Instructions = list[pikepdf.ContentStreamInstruction]
_FILL = ("g", "rg", "k", "cs", "sc", "scn")
_STROKE = tuple(name.upper() for name in _FILL)
# ISO 32000-1, Table 320: marked content, which only means something with layers or a structure tree
_POINTS = ("MP", "DP")


class Manner(NamedTuple):
    """Say whether the content sets colours (uncoloured patterns and glyphs do not) and overprint itself."""

    coloured: bool = True
    overprints: bool = True


class StreamRewriter:
    """Rewrite the content of one page, form, pattern or glyph for a target."""

    def __init__(
        self,
        job: "FileSeparation",
        machine: Machine,
        target: Target,
        manner: Manner,
        *,
        used: Resources | None = None,
    ) -> None:
        self.job, self.machine, self.target, self.manner = job, machine, target, manner
        self.used = Resources() if used is None else used
        # each stream that paints begins by knocking out, whatever it would inherit
        self.overprint = KNOCKOUT
        self.painted = False
        self.kept: list[Overprint] = []
        self.marks: list[bool] = []
        self.states: dict[str, list[pikepdf.ContentStreamInstruction]] = {}

    def run(self, stream: Any) -> bytes:
        """Return the new content, every q with its Q; `used` then holds its resources."""
        content = rewrite(stream, self.machine, self._visit) + b"\nQ" * len(self.kept)
        if not self.painted:
            return content
        name = self.used.add("/ExtGState", KNOCKOUT.name, self.job.overprint(KNOCKOUT))
        return f"{name} gs\n".encode() + content

    def _visit(self, step: Step) -> Change | None:
        handler = _HANDLERS.get(step.operator)
        change = None if handler is None else handler(self, step)
        element = next((event for event in step.events if isinstance(event, Element)), None)
        if element is None or not self.manner.overprints:
            return change
        return (change or Change())._replace(before=self._print(element))

    def _print(self, element: Element) -> Instructions:
        """Return what sets overprint for an element, nothing where it stands already."""
        self.painted = True
        wanted = wanted_overprint(element, self.job.spec, self.target)
        if wanted == self.overprint:
            return []
        self.overprint = wanted
        return [instruction("gs", self.used.add("/ExtGState", wanted.name, self.job.overprint(wanted)))]

    def _colour(self, step: Step) -> Change:
        """Set the colour in force after the operator, whatever the operator was."""
        strokes = step.operator in _STROKE
        colour = step.machine.state.stroke if strokes else step.machine.state.fill
        # Operators of colour do nothing in d1 glyphs and uncoloured cells; kept, they could name a space that
        # is gone
        if not self.manner.coloured:
            return Change(instead=[])
        if colour.space.family != "Pattern":
            operator = self.target.stroke_operator if strokes else self.target.fill_operator
            return Change(instead=[instruction(operator, *inks_of(colour, self.target))])
        if colour.pattern is None:
            return Change(instead=[])
        return Change(instead=self._pattern(step, colour, strokes))

    def _pattern(self, step: Step, colour: Colour, strokes: bool) -> Instructions:
        made = self.job.pattern(step.machine, colour, self.target)
        name = self.used.add("/Pattern", str(step.operands[-1]), made)
        space, inks = pikepdf.Name.Pattern, tuple[float, ...]()
        if colour.space.base is not None:
            base = Colour(colour.space.base, colour.components)
            inks = inks_of(base, self.target)
            space = self.used.add("/ColorSpace", "/Uncoloured", uncoloured(self.target.space))
        operators = ("CS", "SCN") if strokes else ("cs", "scn")
        return [instruction(operators[0], space), instruction(operators[1], *inks, name)]

    def _resource(self, step: Step, kind: str) -> Any:
        """Return the resource that an operator names, None where there is none."""
        return entry(step.machine.resources, kind, str(step.operands[0])) if step.operands else None

    def _shading(self, step: Step) -> Change:
        element = next((event for event in step.events if isinstance(event, Element)), None)
        if element is None:
            return Change(instead=[])
        made = self.job.shading(element.source, step.machine.resources, self.target)
        return Change(instead=[instruction("sh", self.used.add("/Shading", str(step.operands[0]), made))])

    def _state(self, step: Step) -> Change:
        """Set a graphics state; one that names no mask is made once for the stream."""
        name = str(step.operands[0]) if step.operands else ""
        if name in self.states:
            return Change(instead=self.states[name])
        source = self._resource(step, "/ExtGState")
        if not isinstance(source, pikepdf.Dictionary):
            return Change(instead=[])
        mask = next((event for event in step.events if isinstance(event, Nested)), None)
        made = self.job.state(source, step.machine, mask, self.target)
        if not made.keys():
            return Change(instead=[])
        found = [instruction("gs", self.used.add("/ExtGState", name, made))]
        if "/SMask" not in source:
            self.states[name] = found
        return Change(instead=found)

    def _object(self, step: Step) -> Change:
        source = self._resource(step, "/XObject")
        nested = next((event for event in step.events if isinstance(event, Nested)), None)
        made: pikepdf.Object | None
        if nested is not None and nested.stream == source:
            made = self.job.form(step.machine, nested, self.target)
        elif entry(source, "/Subtype") == "/Image":
            made = self.job.image(source, self.target)
        else:
            made = self.job.known_form(source, self.target)
        if made is None:
            return Change(instead=[])
        painted = [instruction("Do", self.used.add("/XObject", str(step.operands[0]), made))]
        if made.get("/Subtype") == "/Image" and "/OC" in source:
            painted = self._on_layer(source["/OC"], painted)
        return Change(instead=painted)

    def _on_layer(self, layer: Any, painted: Instructions) -> Instructions:
        """Put an image on its layer by marked content: its converted copy may serve elsewhere without one."""
        self.job.uses_layers = True
        name = self.used.add("/Properties", "/Layer", layer)
        return [instruction("BDC", pikepdf.Name.OC, name), *painted, instruction("EMC")]

    def _inline_image(self, step: Step) -> Change:
        # Those of pages are XObjects by now. A stencil has no colour of its own, so it can stay where it is
        if not step.operands[0].image_mask:
            raise RenderError(Message("an inline image inside a pattern or glyph cannot be separated"))
        return Change()

    def _font(self, step: Step) -> Change | None:
        font = self._resource(step, "/Font")
        if not isinstance(font, pikepdf.Dictionary) or len(step.operands) < 2:
            return Change(instead=[])
        made = self.job.font(font, step.machine)
        name = self.used.add("/Font", str(step.operands[0]), made)
        return Change(instead=[instruction("Tf", name, step.operands[1])])

    def _keep(self, _: Step) -> None:
        self.kept.append(self.overprint)

    def _take_back(self, _: Step) -> Change | None:
        if not self.kept:
            return Change(instead=[])
        self.overprint = self.kept.pop()
        return None

    def _begin_mark(self, step: Step) -> Change | None:
        layer = step.operator == "BDC" and len(step.operands) == 2 and step.operands[0] == "/OC"
        self.marks.append(layer)
        if not layer:
            return Change(instead=[])
        member = step.operands[1]
        if isinstance(member, pikepdf.Name):
            layer_of = entry(step.machine.resources, "/Properties", str(member))
            self.used.add("/Properties", str(member), layer_of)
        self.job.uses_layers = True
        return None

    def _end_mark(self, _: Step) -> Change | None:
        return None if self.marks and self.marks.pop() else Change(instead=[])

    def _drop(self, _: Step) -> Change:
        return Change(instead=[])


_Handler = Callable[[StreamRewriter, Step], Change | None]
_HANDLERS: dict[str, _Handler] = {
    **dict.fromkeys(_FILL + _STROKE, StreamRewriter._colour),
    **dict.fromkeys(("BMC", "BDC"), StreamRewriter._begin_mark),
    # Colours are converted by then, so no intent is left to choose; flatness belongs to the device
    **dict.fromkeys((*_POINTS, "ri", "i"), StreamRewriter._drop),
    "sh": StreamRewriter._shading,
    "gs": StreamRewriter._state,
    "Do": StreamRewriter._object,
    "INLINE IMAGE": StreamRewriter._inline_image,
    "Tf": StreamRewriter._font,
    "q": StreamRewriter._keep,
    "Q": StreamRewriter._take_back,
    "EMC": StreamRewriter._end_mark,
}

"""Operators that build and paint paths, and that paint shadings, images and forms."""

from dataclasses import replace

import pikepdf

from printkit.content.elements import BUTT
from printkit.content.faults import Trouble, Unresolved, unfit
from printkit.content.machine import Event, Machine, Operands, Operator, Shared, operator
from printkit.content.nested import group_of, tiles, visit
from printkit.content.objects import BadOperand, name_of, number, numbers, rect_of
from printkit.content.path import Path
from printkit.content.shadings import is_gradient
from printkit.content.state import FORM, Context, Element, Kind
from printkit.units import PT_PER_INCH, Rect
from printkit.words import Message

# Table 88, and what PDF 1.3 had beside it
EXTERNAL = ("/Image", "/Form", "/PS")
UNIT_SQUARE = Rect(0, 0, 1, 1)
# What may stand between the first point of a path and its painting (ISO 32000-1, figure 9)
PATH_OPERATORS = frozenset(("m", "l", "c", "v", "y", "h", "re", "W", "W*"))


@operator("m")
def _move(machine: Machine, operands: Operands) -> None:
    machine.path.move(machine.state.ctm.apply(*numbers(operands, 2)))


@operator("l")
def _line(machine: Machine, operands: Operands) -> None:
    machine.path.line(machine.state.ctm.apply(*numbers(operands, 2)))


@operator("c")
def _curve(machine: Machine, operands: Operands) -> None:
    x1, y1, x2, y2, x3, y3 = numbers(operands, 6)
    apply = machine.state.ctm.apply
    machine.path.curve(apply(x1, y1), apply(x2, y2), apply(x3, y3))


@operator("v")
def _curve_from_here(machine: Machine, operands: Operands) -> None:
    x2, y2, x3, y3 = numbers(operands, 4)
    apply = machine.state.ctm.apply
    machine.path.curve(machine.path.current, apply(x2, y2), apply(x3, y3))


@operator("y")
def _curve_to_end(machine: Machine, operands: Operands) -> None:
    x1, y1, x3, y3 = numbers(operands, 4)
    apply = machine.state.ctm.apply
    machine.path.curve(apply(x1, y1), apply(x3, y3), apply(x3, y3))


@operator("h")
def _close(machine: Machine, _: Operands) -> None:
    machine.path.close()


@operator("re")
def _rectangle(machine: Machine, operands: Operands) -> None:
    machine.path.rectangle(machine.state.ctm, numbers(operands, 4))


@operator("W", "W*")
def _clip(machine: Machine, _: Operands) -> None:
    machine.clipping = True


def _painter(fills: bool, strokes: bool, even_odd: bool = False) -> Operator:
    def paint(machine: Machine, _: Operands) -> list[Event]:
        path, clipping, box = machine.path, machine.clipping, machine.path.box
        # Before anything else: a path is used up by whatever paints it.
        machine.path, machine.clipping = Path(), False
        if box is None:
            return []
        if not (fills or strokes):
            if clipping:
                machine.clip(box)
            return []
        element = Element(Kind.PATH, box, machine.state, machine.context, fills, strokes)
        # After the element was made: a clip counts from the next mark on.
        if clipping:
            machine.clip(box)
        bar = None if strokes else path.thickness(even_odd)
        element = _stroked(element, path) if strokes else element._replace(bar_width=bar)
        return [element, *tiles(element, machine.shared)]

    return paint


def _stroked(element: Element, path: Path) -> Element:
    width, ctm = element.state.line_width, element.state.ctm
    dx, dy = width / 2 * (ctm.a**2 + ctm.c**2) ** 0.5, width / 2 * (ctm.b**2 + ctm.d**2) ** 0.5
    # Butt caps do not reach past the ends of a line.
    if element.state.line_cap == BUTT:
        level, upright = path.runs
        dx, dy = 0.0 if level else dx, 0.0 if upright else dy
    box = element.box.inset(-dx, -dy, -dx, -dy)
    return element._replace(box=box, line_width=width * ctm.smallest_scale)


operator("n")(_painter(False, False))
operator("f", "F")(_painter(True, False))
operator("f*")(_painter(True, False, True))
operator("S", "s")(_painter(False, True))
operator("B", "b", "B*", "b*")(_painter(True, True))


@operator("sh")
def _shading(machine: Machine, operands: Operands) -> list[Event]:
    shading = machine.resource("/Shading", operands[0])
    if not isinstance(shading, pikepdf.Dictionary | pikepdf.Stream):
        raise unfit("/Shading", name_of(operands[0]))
    # Readers paint what they can of it
    if not is_gradient(shading, machine.resources):
        machine.note(unfit("/Shading", name_of(operands[0])).fault)
    own = rect_of(shading)
    box = machine.state.clip if own is None else machine.state.ctm.box(own)
    return [Element(Kind.SHADING, box, machine.state, machine.context, fills=False, source=shading)]


@operator("Do")
def _external_object(machine: Machine, operands: Operands) -> list[Event]:
    source = machine.resource("/XObject", operands[0])
    if not isinstance(source, pikepdf.Stream) or source.get("/Subtype") not in EXTERNAL:
        raise unfit("/XObject", name_of(operands[0]))
    context = machine.shared.layers.enter(machine.context, source.get("/OC"))
    if source.get("/Subtype") == "/Image":
        element = _image(machine, context, *_size(source, name_of(operands[0])))
        stencil = bool(source.get("/ImageMask", False))
        return _painted(element._replace(fills=stencil, source=source), machine.shared)
    if source.get("/Subtype") != "/Form":
        return []
    return visit(group_of(source, FORM, machine.state, replace(context, in_form=True)), machine.shared)


def _size(source: pikepdf.Stream, name: str) -> tuple[float, float]:
    try:
        return number(source.get("/Width")), number(source.get("/Height"))
    except BadOperand as error:
        reason = Message("image %(name)s has no Width and Height that are numbers", name=name[1:])
        raise Unresolved(Trouble.RESOURCE, reason) from error


@operator("INLINE IMAGE")
def _inline_image(machine: Machine, operands: Operands) -> list[Event]:
    image = operands[0]
    # Without ID no data follow: pikepdf takes the last operand for them, and reading that ends the process.
    if getattr(image._data, "_type_code", None) != pikepdf.ObjectType.inlineimage:
        raise Unresolved(Trouble.OPERANDS, Message("an inline image has no data"))
    element = _image(machine, machine.context, image.width, image.height)
    inline = element._replace(kind=Kind.INLINE_IMAGE, fills=bool(image.image_mask), source=image)
    return _painted(inline, machine.shared)


def _image(machine: Machine, context: Context, width: float, height: float) -> Element:
    """Return an image of `width` x `height` pixels on the unit square, with its pixels an inch."""
    ctm = machine.state.ctm
    ppi = PT_PER_INCH * min(width / ctm.x_scale, height / ctm.y_scale)
    return Element(Kind.IMAGE, ctm.box(UNIT_SQUARE), machine.state, context, fills=False, ppi=ppi)


def _painted(element: Element, shared: Shared) -> list[Event]:
    """Return the image, and what a stencil is painted with."""
    return [element, *tiles(element, shared)]

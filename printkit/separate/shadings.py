"""Gradients: the same geometry, another colour space, functions that keep the course."""

import struct
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.color import Rgb
from printkit.content import BadOperand, Space, entry, number, numbers
from printkit.errors import RenderError
from printkit.separate.functions import read_function
from printkit.separate.inks import Inks, Target, convert
from printkit.words import Message

# Samples of one run between two stops: linear interpolation between 65 stays within a thousandth of the
# smooth curves of a press profile
SAMPLES = 65
# Sixteen bits, so that the ends of a run are exact
SIXTEEN_BITS = 65535
# Below half of an eight-bit step a run counts as straight
STRAIGHT = 0.002
OF_PLACE, AXIAL, RADIAL = 1, 2, 3


def convert_shading(pdf: pikepdf.Pdf, source: Any, space: Space, target: Target) -> pikepdf.Object:
    """Return a copy of an axial or radial shading in the target's space.

    Coords, Domain, Extend, BBox and Background keep their meaning. A function of place stays as it is where
    it gives the grey that a mask reads. RenderError for other kinds of shading.
    """
    kind = entry(source, "/ShadingType")
    if kind == OF_PLACE and space.family == "DeviceGray" == target.space.lstrip("/"):
        return pdf.make_indirect(Dictionary(dict(source.items())))
    if kind not in (AXIAL, RADIAL) or not isinstance(source, Dictionary):
        raise RenderError(
            Message(
                "a shading of type %(kind)s cannot be separated; use a linear or radial gradient", kind=kind
            )
        )
    made = Dictionary(
        {key: value for key, value in source.items() if key not in ("/ColorSpace", "/Function")}
    )
    made.ColorSpace = Name(target.space)
    made.Function = _function(pdf, source.get("/Function"), space, target)
    background = source.get("/Background")
    if background is not None:
        made.Background = _array(convert(space, numbers(background), target))
    return pdf.make_indirect(made)


def _function(pdf: pikepdf.Pdf, source: Any, space: Space, target: Target) -> pikepdf.Object:
    """Convert stitched functions part by part, so that hard stops stay hard; sample what is left."""
    kind = entry(source, "/FunctionType")
    try:
        if kind == 3:
            return _stitched(pdf, source, space, target)
        if kind == 2 and space.size in (1, 3) and space.family != "Lab":
            return _run(pdf, source, target)
    except BadOperand as error:
        raise RenderError(Message("the function of a gradient is broken")) from error
    return _sampled_course(pdf, source, space, target)


def _stitched(pdf: pikepdf.Pdf, source: Any, space: Space, target: Target) -> Dictionary:
    # Range has a pair for each component of the old space
    made = Dictionary({key: value for key, value in source.items() if key != "/Range"})
    made.Functions = Array([_function(pdf, part, space, target) for part in source.get("/Functions")])
    return made


def _run(pdf: pikepdf.Pdf, source: Any, target: Target) -> pikepdf.Object:
    """Convert one run between two colours, at the pace its exponent gives."""
    first, last = (_rgb(source.get(key, Array([value]))) for key, value in (("/C0", 0), ("/C1", 1)))
    power = number(source.get("/N"))
    course = target.line(first, last, SAMPLES)
    if _straight(course):
        ends = {"/C0": _array(course[0]), "/C1": _array(course[-1])}
        kept = {key: value for key, value in source.items() if key != "/Range"}
        return Dictionary(kept | ends)
    low, high = numbers(source.get("/Domain"), 2)
    places = (low + (high - low) * i / (SAMPLES - 1) for i in range(SAMPLES))
    return _samples(pdf, [_at(course, place**power) for place in places], (low, high))


def _sampled_course(pdf: pikepdf.Pdf, source: Any, space: Space, target: Target) -> pikepdf.Object:
    """Convert any other function colour by colour at even places."""
    function = read_function(source)
    domain = entry(source, "/Domain") if not isinstance(source, Array) else entry(source[0], "/Domain")
    low, high = numbers(domain, 2)
    # Where such a function bends nobody tells, so it is looked at in four times as many places
    count = 4 * (SAMPLES - 1) + 1
    places = (low + (high - low) * i / (count - 1) for i in range(count))
    return _samples(pdf, [convert(space, function([place]), target) for place in places], (low, high))


def _samples(pdf: pikepdf.Pdf, course: Sequence[Inks], domain: tuple[float, float]) -> pikepdf.Object:
    """Return a type 0 function of one argument."""
    flat = [round(ink * SIXTEEN_BITS) for inks in course for ink in inks]
    return pdf.make_stream(
        struct.pack(f">{len(flat)}H", *flat),
        FunctionType=0,
        Domain=_array(domain),
        Range=Array([0, 1] * len(course[0])),
        Size=Array([len(course)]),
        BitsPerSample=16,
    )


def _straight(course: Sequence[Inks]) -> bool:
    steps = len(course) - 1
    return all(
        abs(first + (last - first) * i / steps - inks[channel]) < STRAIGHT
        for channel, (first, last) in enumerate(zip(course[0], course[-1], strict=True))
        for i, inks in enumerate(course)
    )


def _at(course: Sequence[Inks], share: float) -> Inks:
    place = min(max(share, 0.0), 1.0) * (len(course) - 1)
    start = min(int(place), len(course) - 2)
    way = place - start
    return tuple(a + way * (b - a) for a, b in zip(course[start], course[start + 1], strict=True))


def _rgb(values: Any) -> Rgb:
    found = numbers(values)
    red, green, blue = found * 3 if len(found) == 1 else found
    return red, green, blue


def _array(values: Sequence[float]) -> Array:
    return Array([round(value, 5) for value in values])

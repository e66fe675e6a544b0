"""Page content of a PDF turned into elements of SVG: paths, clips and groups that fade as one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pikepdf

from printkit.raster.pdf_colour import GREY, PaintSpace, screen_colour, space_of
from printkit.raster.problem import PictureProblem
from printkit.words import Message

Matrix = tuple[float, float, float, float, float, float]
Read = Callable[[Any], Iterable[Any]]

_SAME: Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST = 12
_CAPS, _JOINS = ("butt", "round", "square"), ("miter", "round", "bevel")
# Painting operators: close, fill, stroke
_PAINTS = {
    "S": (False, "", True),
    "s": (True, "", True),
    "f": (False, "nonzero", False),
    "F": (False, "nonzero", False),
    "f*": (False, "evenodd", False),
    "B": (False, "nonzero", True),
    "B*": (False, "evenodd", True),
    "b": (True, "nonzero", True),
    "b*": (True, "evenodd", True),
    "n": (False, "", False),
}
_COLOURS = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
_NOTHING = frozenset(("BMC", "BDC", "EMC", "MP", "DP", "BX", "EX", "ri", "i", "d0", "d1"))
_TEXT = frozenset(("BT", "Tj", "TJ", "'", '"'))
# Keys of a graphics state that change nothing of plain paths
_HARMLESS = frozenset(
    [
        "/Type",
        "/SA",
        "/AIS",
        "/OPM",
        "/TK",
        "/RI",
        "/FL",
        "/SM",
        "/BG",
        "/BG2",
        "/UCR",
        "/UCR2",
        "/HT",
        "/TR2",
        "/Name",
        "/LastModified",
    ]
)
_BLENDS = Message("the PDF blends or masks what it draws; flatten it and save it anew")
_OVERPRINTS = Message("the PDF overprints; switch overprinting off and save it anew")


@dataclass(frozen=True)
class Paint:
    """What a path is filled or stroked with; `opacity` from 0 to 1."""

    space: PaintSpace = GREY
    colour: str = "#000000"
    opacity: float = 1.0


@dataclass(frozen=True)
class Graphics:
    """The graphics state, as far as paths have one. `clip` is the id of what everything is cut to."""

    matrix: Matrix = _SAME
    fill: Paint = Paint()
    stroke: Paint = Paint()
    width: float = 1.0
    cap: int = 0
    join: int = 0
    miter: float = 10.0
    dashes: tuple[float, ...] = ()
    phase: float = 0.0
    clip: str = ""


class Canvas:
    """Draw content streams; `svg` writes what came of them."""

    def __init__(self, press: Callable[[], bytes]) -> None:
        self._press = press
        self._state, self._kept = Graphics(), list[Graphics]()
        self._path: list[str] = []
        self._at = self._start = (0.0, 0.0)
        self._cuts = ""
        self._defs: list[str] = []
        self._body: list[str] = []
        self._depth = 0

    def draw(self, stream: Any, resources: Any, read: Read) -> None:
        """Draw a content stream with its resources; `read` yields its operators."""
        outer, self._kept = self._kept, []
        for operands, operator in read(stream):
            name = str(operator)
            if name == "Do":
                self._draw_object(resources, operands[0], read)
            else:
                self._step(name, list(operands), resources)
        self._kept = outer

    def svg(self, box: tuple[float, float, float, float]) -> bytes:
        """Return an SVG of a box of the page, in points; PictureProblem where nothing was painted."""
        if not self._body:
            raise PictureProblem(Message("the PDF's page is empty; export it again"))
        x0, y0, x1, y1 = box
        width, height = x1 - x0, y1 - y0
        size = f'width="{width:.6g}pt" height="{height:.6g}pt" viewBox="0 0 {width:.6g} {height:.6g}"'
        upright = f'<g transform="matrix(1 0 0 -1 {-x0:.6g} {y1:.6g})">'
        inner = "".join((*self._defs, *self._body))
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{upright}{inner}</g></svg>'.encode()

    def _step(self, name: str, operands: list[Any], resources: Any) -> None:
        state = self._state
        if name in _PAINTS:
            self._paint(*_PAINTS[name])
        elif name in ("W", "W*"):
            self._cuts = "evenodd" if name == "W*" else "nonzero"
        elif name in ("m", "l", "c", "v", "y", "h", "re"):
            self._extend(name, [float(one) for one in operands])
        elif name == "q":
            self._kept.append(state)
        elif name == "Q":
            self._state = self._kept.pop() if self._kept else state
        elif name == "cm":
            self._state = replace(state, matrix=_times(_matrix(operands), state.matrix))
        elif name in ("w", "J", "j", "M", "d"):
            self._set_line(name, operands)
        elif name == "gs":
            self._set_state(resources.get("/ExtGState", {})[str(operands[0])])
        elif name.lower() in (*_COLOURS, "cs", "sc", "scn"):
            self._set_colour(name, operands, resources)
        elif name in _TEXT:
            raise PictureProblem(Message("the PDF has text; turn it into paths and save it anew"))
        elif name == "sh":
            raise PictureProblem(Message("the PDF has gradients; save the logo as SVG"))
        elif name in ("BI", "INLINE IMAGE"):
            raise PictureProblem(Message("the PDF has pictures; save it as PNG or JPEG, or trace them"))
        elif name not in _NOTHING and not name.startswith("T"):
            raise PictureProblem(Message("the PDF has an operator that PDF does not know; export it again"))

    def _extend(self, name: str, numbers: list[float]) -> None:
        if name == "h":
            self._path.append("Z")
            self._at = self._start
        elif name == "re":
            x, y, width, height = numbers
            self._path.append(_rectangle(x, y, x + width, y + height))
            self._at = self._start = (x, y)
        else:
            if name == "v":
                numbers = [*self._at, *numbers]
            elif name == "y":
                numbers = [*numbers, *numbers[-2:]]
            self._path.append({"m": "M", "l": "L"}.get(name, "C") + " ".join(map(_n, numbers)))
            self._at = (numbers[-2], numbers[-1])
            self._start = self._at if name == "m" else self._start

    def _paint(self, close: bool, fill: str, stroke: bool) -> None:
        state, path = self._state, "".join(self._path) + ("Z" if close and self._path else "")
        if fill and stroke and min(state.fill.opacity, state.stroke.opacity) < 1:
            # Where both lie PDF shows the stroke alone, SVG the fill through it
            raise PictureProblem(_BLENDS)
        if path and (fill or stroke):
            looks = f'fill="{state.fill.colour}" fill-rule="{fill}"' if fill else 'fill="none"'
            if fill and state.fill.opacity < 1:
                looks += f' fill-opacity="{state.fill.opacity:.6g}"'
            self._add(f'<path d="{path}"{_placed(state.matrix)} {looks}{self._line() if stroke else ""}/>')
        if self._cuts:
            self._cut(path or "M0 0Z", state.matrix, self._cuts)
        self._path, self._cuts = [], ""

    def _line(self) -> str:
        state = self._state
        if state.width <= 0:
            raise PictureProblem(Message("the PDF has lines without a width; give them one and save it anew"))
        looks = f' stroke="{state.stroke.colour}" stroke-width="{_n(state.width)}"'
        looks += f' stroke-linecap="{_CAPS[state.cap]}" stroke-linejoin="{_JOINS[state.join]}"'
        looks += f' stroke-miterlimit="{_n(max(state.miter, 1))}"'
        if state.stroke.opacity < 1:
            looks += f' stroke-opacity="{state.stroke.opacity:.6g}"'
        if any(state.dashes):
            looks += f' stroke-dasharray="{" ".join(map(_n, state.dashes))}"'
            looks += f' stroke-dashoffset="{_n(state.phase)}"'
        return looks

    def _cut(self, path: str, matrix: Matrix, rule: str) -> None:
        name, within = f"c{len(self._defs)}", self._state.clip
        inside = f' clip-path="url(#{within})"' if within else ""
        shape = f'<path d="{path}"{_placed(matrix)} clip-rule="{rule}"/>'
        self._defs.append(f'<clipPath id="{name}"{inside}>{shape}</clipPath>')
        self._state = replace(self._state, clip=name)

    def _add(self, element: str) -> None:
        clip = self._state.clip
        self._body.append(f'<g clip-path="url(#{clip})">{element}</g>' if clip else element)

    def _set_line(self, name: str, operands: list[Any]) -> None:
        state = self._state
        if name == "w":
            self._state = replace(state, width=float(operands[0]))
        elif name == "J":
            self._state = replace(state, cap=int(operands[0]))
        elif name == "j":
            self._state = replace(state, join=int(operands[0]))
        elif name == "M":
            self._state = replace(state, miter=float(operands[0]))
        else:
            dashes = tuple(float(one) for one in operands[0])
            self._state = replace(state, dashes=dashes, phase=float(operands[1]))

    def _set_state(self, wanted: Any) -> None:
        for key, value in wanted.items():
            if key in ("/CA", "/ca"):
                side = "stroke" if key == "/CA" else "fill"
                paint = replace(getattr(self._state, side), opacity=float(value))
                self._state = replace(self._state, **{side: paint})
            elif key in ("/LW", "/LC", "/LJ", "/ML"):
                self._set_line({"/LW": "w", "/LC": "J", "/LJ": "j", "/ML": "M"}[key], [value])
            elif key == "/D":
                self._set_line("d", list(value))
            elif key in ("/OP", "/op"):
                if bool(value):
                    raise PictureProblem(_OVERPRINTS)
            elif not (key in _HARMLESS or value in ("/Normal", "/Compatible", "/None", "/Identity")):
                raise PictureProblem(
                    Message("the PDF blends or masks what it draws; flatten it and save it anew")
                )

    def _set_colour(self, name: str, operands: list[Any], resources: Any) -> None:
        side = "stroke" if name[0].isupper() else "fill"
        paint, low = getattr(self._state, side), name.lower()
        if low == "cs":
            if str(operands[0]) == "/Pattern":
                raise PictureProblem(Message("the PDF has patterns or gradients; save the logo as SVG"))
            space = space_of(operands[0], resources)
            values = space.first()
        elif low in _COLOURS:
            space, values = space_of(pikepdf.Name(_COLOURS[low]), resources), tuple(map(float, operands))
        else:
            space, values = paint.space, tuple(map(float, operands))
        if len(values) != space.count:
            raise PictureProblem(Message("the PDF has a colour that cannot be read; export it again"))
        colour = screen_colour(space, values, self._press)
        self._state = replace(self._state, **{side: replace(paint, space=space, colour=colour)})

    def _draw_object(self, resources: Any, name: Any, read: Read) -> None:
        form = resources.get("/XObject", {})[str(name)]
        if form.get("/Subtype") != "/Form":
            raise PictureProblem(Message("the PDF has pictures; save it as PNG or JPEG, or trace them"))
        if self._depth >= _DEEPEST:
            raise PictureProblem(Message("the PDF has parts inside parts without end; export it again"))
        before, body = self._state, self._body
        matrix = _times(_matrix(form.get("/Matrix", _SAME)), before.matrix)
        x0, y0, x1, y1 = map(float, form["/BBox"])
        self._cut(_rectangle(x0, y0, x1, y1), matrix, "nonzero")
        self._state = replace(self._state, matrix=matrix)
        group = form.get("/Group", pikepdf.Dictionary())
        grouped = group.get("/S") == "/Transparency"
        if bool(group.get("/K", False)):
            raise PictureProblem(_BLENDS)
        if grouped:
            self._body = []
            whole = {side: replace(getattr(before, side), opacity=1.0) for side in ("fill", "stroke")}
            self._state = replace(self._state, **whole)
        self._depth += 1
        self.draw(form, form.get("/Resources", resources), read)
        self._depth -= 1
        if grouped:
            inner, self._body = self._body, body
            fade = f' opacity="{before.fill.opacity:.6g}"' if before.fill.opacity < 1 else ""
            self._body += [f"<g{fade}>", *inner, "</g>"] if inner else []
        self._state = before


def _matrix(numbers: Any) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in numbers)
    return a, b, c, d, e, f


def _rectangle(x0: float, y0: float, x1: float, y1: float) -> str:
    left, top, right, foot = map(_n, (x0, y0, x1, y1))
    return f"M{left} {top}L{right} {top}L{right} {foot}L{left} {foot}Z"


def _times(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that applies `one` first."""
    a, b, c, d, e, f = one
    u, v, w, x, y, z = other
    return (a * u + b * w, a * v + b * x, c * u + d * w, c * v + d * x, e * u + f * w + y, e * v + f * x + z)


def _placed(matrix: Matrix) -> str:
    return "" if matrix == _SAME else f' transform="matrix({" ".join(map(_n, matrix))})"'


def _n(number: float) -> str:
    """Write a number without an exponent, which not every reader of paths knows."""
    return f"{number:.6f}".rstrip("0").rstrip(".")

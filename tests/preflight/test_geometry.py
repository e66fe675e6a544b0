"""The same work on pages that lie differently: the same findings, places and values."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array

from printkit.content import Matrix
from printkit.preflight import Finding
from printkit.preflight.checks import check
from printkit.units import Rect, mm
from tests.preflight.matrix import judge
from tests.preflight.matrix.base import BLEED, CODE, SLUG, TRIM, Draft, built, draft, ground, symbol
from tests.preflight.matrix.cases_code import SIDES as WAYS
from tests.preflight.matrix.cases_code import dot
from tests.preflight.matrix.cases_file import SIDES
from tests.preflight.matrix.cases_ink import area
from tests.preflight.matrix.cases_product import CARD, CODED, letter
from tests.preflight.matrix.objects import WHITE, beam, block, drawn, picture, space, spot, stroke, text

pytestmark = pytest.mark.long

# The sheet as it is shown, with another slug on each side
WIDE, HIGH, LEFT, BELOW = 250.0, 230.0, 5.0, 11.0
# What a page that is turned or has a unit breaks for that alone
OF_GEOMETRY = {"R0002", "R0004"}


@dataclass(frozen=True)
class Pose:
    """Say how a page's space lies to what is shown, and the scale of the form that holds its content."""

    rotate: int = 0
    origin: tuple[float, float] = (0.0, 0.0)
    unit: float = 1.0
    form: float = 0.0

    @property
    def matrix(self) -> Matrix:
        """Map the shown sheet, in points, to the page's space."""
        wide, high = (WIDE, HIGH) if self.rotate in (0, 180) else (HIGH, WIDE)
        x0, y0 = self.origin
        x1, y1 = x0 + wide / self.unit, y0 + high / self.unit
        turned = {
            0: Matrix(1, 0, 0, 1, x0, y0),
            90: Matrix(0, 1, -1, 0, x1, y0),
            180: Matrix(-1, 0, 0, -1, x1, y1),
            270: Matrix(0, -1, 1, 0, x0, y1),
        }
        return Matrix(1 / self.unit, 0, 0, 1 / self.unit).then(turned[self.rotate])


PLAIN = Pose()
POSES = [
    Pose(origin=(-131.5, 77.25)),
    Pose(unit=2.5),
    Pose(unit=0.5),
    Pose(form=0.25),
    Pose(form=8),
    *(Pose(turn) for turn in (90, 180, 270)),
    *(Pose(turn, (40, -315), 2, 3) for turn in (90, 180, 270)),
]


@cache
def laid(work: Draft, pose: Pose) -> bytes:
    """Return the file of a draft, its sheet larger and laid otherwise."""
    with pikepdf.open(BytesIO(built(work))) as pdf:
        page = pdf.pages[0].obj
        moved = Matrix(1, 0, 0, 1, LEFT, BELOW).then(pose.matrix)
        for box in ("/TrimBox", "/BleedBox"):
            page[box] = _rect(moved, page[box])
        page.MediaBox = Array(pose.matrix.box(Rect(0, 0, WIDE, HIGH)).as_tuple())
        for note in page.get("/Annots", ()):
            note.Rect = _rect(moved, note.Rect)
        page.Rotate, page.UserUnit = pose.rotate, pose.unit
        _lay(pdf, page, moved, pose)
        out = BytesIO()
        pdf.save(out, force_version="1.6", fix_metadata_version=False)
    return out.getvalue()


def _rect(matrix: Matrix, box: Any) -> Array:
    return Array(matrix.box(Rect(*map(float, box))).as_tuple())


def _lay(pdf: pikepdf.Pdf, page: Any, moved: Matrix, pose: Pose) -> None:
    content = page.Contents.read_bytes()
    if pose.form:
        form = pdf.make_stream(content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        form.Resources = pikepdf.Dictionary(dict(page.Resources.items()))
        form.BBox = Array([-50, -50, 300, 300])
        form.Matrix = Array([pose.form, 0, 0, pose.form, 0, 0])
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Whole=pdf.make_indirect(form)))
        moved = Matrix(1 / pose.form, 0, 0, 1 / pose.form).then(moved)
        content = b"/Whole Do"
    words = " ".join(f"{one:.9f}" for one in (moved.a, moved.b, moved.c, moved.d, moved.e, moved.f))
    page.Contents = pdf.make_stream(f"q {words} cm ".encode() + content + b" Q")


def found(work: Draft, pose: Pose, variant: str = judge.HOME) -> list[Finding]:
    ask = CODED if "dot" in work.paint or symbol() in work.paint else CARD
    report = check(laid(work, pose), judge.expected(ask, variant))
    return [one for one in report.findings if one.id not in OF_GEOMETRY]


def said(one: Finding) -> tuple[str, str, int]:
    return one.id, one.message, one.count


def place(edge: int, wide: float, high: float) -> tuple[float, float]:
    """Return where a thing lies half over an edge of the trim."""
    return ((-wide / 2, 66), (66, -high / 2), (TRIM - wide / 2, 66), (66, TRIM - high / 2))[edge]


def crowd(edge: int) -> Draft:
    """Return work that breaks a rule of each kind at one edge of the trim."""
    x, y = place(edge, 40, 30)
    small, line = (x + 16, y + 13), (x, y + 15)
    paint = [
        text(20, f"/OP gs {WHITE}", (x + 8, y + 8)),
        block(f"/OP gs {WHITE}", (x, y)),
        text(9, "0 0 0 1 k", small),
        beam(1.5, "0 0 0 1 k", (x, y + 14.3)),
        text(9, "0.5 g", small),
        stroke(1, "0.5 G", line),
        block("/OP gs 0.5 g", (x, y)),
        text(20, "0.7 0.7 0.7 1 k", (x + 8, y + 8)),
        text(6, WHITE, small),
        text(6, "0.5 0.5 0 0 k", small),
        stroke(0.1, WHITE.upper(), line),
        stroke(0.1, "0.5 0.5 0 0 K", line),
        block("/Gold cs 1 scn", (x, y)),
        block("/All cs 0.3 scn", (x, y)),
        block("/Rgb cs 1 0 0 scn", (x, y)),
        drawn("J", 20, 16, (x + 10, y + 7)),
        drawn("Bits", 10, 10, (x + 15, y + 10)),
    ]
    spaces = spot("Gold", "Gold"), spot("All", "All"), space("Rgb", "icc:sRGB")
    pictures = picture("J", (30, 24), "/DeviceCMYK"), picture("Bits", (40, 40), "/DeviceGray", 1)
    return draft("".join(paint), *spaces, *pictures)


BROKEN = {f"R{number:04d}" for number in (*range(7, 14), *range(15, 21), 24, 27, 31, 32)}


@pytest.mark.parametrize("pose", POSES)
@pytest.mark.parametrize("edge", range(4), ids=SIDES)
def test_what_is_painted_is_found_with_its_place_and_value(edge: int, pose: Pose) -> None:
    plain, other = found(crowd(edge), PLAIN), found(crowd(edge), pose)
    assert {one.id for one in plain if one.id.startswith("R")} == BROKEN
    assert [said(one) for one in other] == [said(one) for one in plain]
    for one, same in zip(other, plain, strict=True):
        assert one.box_mm == pytest.approx(same.box_mm, abs=0.01)
        assert (one.measured or 0) == pytest.approx(same.measured or 0, rel=1e-3)


@pytest.mark.parametrize("pose", [PLAIN, *POSES])
@pytest.mark.parametrize("edge", range(4), ids=SIDES)
def test_a_block_over_the_edge_is_found_where_it_is_seen(edge: int, pose: Pose) -> None:
    x, y = place(edge, 40, 30)
    (one,) = found(draft(block("/Rgb cs 1 0 0 scn", (x, y)), space("Rgb", "icc:sRGB")), pose)
    seen = max(x, 0), max(y, 0), min(x + 40, TRIM), min(y + 30, TRIM)
    assert (one.id, one.box_mm) == ("R0027", pytest.approx([mm(side) for side in seen], abs=0.01))


@pytest.mark.parametrize("pose", [PLAIN, *POSES])
@pytest.mark.parametrize("edge", range(4), ids=SIDES)
def test_ink_over_the_limit_is_found_at_its_edge(edge: int, pose: Pose) -> None:
    side = 50.0
    x, y = ((0, 66), (66, 0), (TRIM - side, 66), (66, TRIM - side))[edge]
    hits = {one.id: one for one in found(draft(area(3.6, (x, y, x + side, y + side))), pose)}
    assert {*hits} == {"R0026", "product/ink-limit"}
    box = hits["R0026"].box_mm
    assert box is not None
    around = Rect(mm(x), mm(y), mm(x + side), mm(y + side)).inset(-0.5, -0.5, -0.5, -0.5)
    assert around.contains(Rect(*box))
    assert hits["R0026"].measured == pytest.approx(3.6, abs=0.01)


@pytest.mark.parametrize("pose", [PLAIN, *POSES])
@pytest.mark.parametrize("edge", range(4), ids=SIDES)
def test_the_edge_that_a_text_or_a_bare_bleed_is_found_at_is_the_shown_one(edge: int, pose: Pose) -> None:
    (near,) = found(letter(edge, 10), pose)
    assert near.id == "product/safe-zone"
    assert near.message.endswith(f"mm from the {SIDES[edge]}, 4.0 mm are needed")
    assert near.measured == pytest.approx(mm(10) - 2, abs=0.06)
    sides: list[float] = [-BLEED, -BLEED, TRIM + BLEED, TRIM + BLEED]
    sides[edge] += 2 if edge < 2 else -2
    bare = found(draft(ground=ground(bleed=Rect(*sides))), pose)
    assert {one.id for one in bare} == {"product/bleed-covered"}
    assert any(one.message.endswith(f"of the bleed at the {SIDES[edge]}") for one in bare)


@pytest.mark.parametrize("pose", [PLAIN, *POSES])
@pytest.mark.parametrize("side", WAYS)
def test_dirt_beside_a_code_is_found_on_the_shown_side(side: str, pose: Pose) -> None:
    (dirty,) = found(draft(symbol() + dot(WAYS[side], 3)), pose)
    assert dirty.id == "product/qr-quiet-zone"
    assert dirty.message.endswith(side if side in ("above", "below") else f"on the {side}")
    assert dirty.box_mm == pytest.approx([mm(one) for one in CODE.as_tuple()], abs=0.05)


@pytest.mark.parametrize("pose", [PLAIN, *POSES])
@pytest.mark.parametrize("edge", range(4), ids=SIDES)
def test_a_link_is_found_where_it_lies(edge: int, pose: Pose) -> None:
    x, y = place(edge, 20, 20)
    corners = [one + BLEED + SLUG for one in (x, y, x + 20, y + 20)]
    linked = draft("", note(tuple(corners)))
    hits = {one.id: one for one in found(linked, pose)}
    assert {*hits} == {"R0001", "x4/annotations"}
    where = [mm(one) for one in (x, y, x + 20, y + 20)]
    assert hits["x4/annotations"].box_mm == pytest.approx(where, abs=0.01)


@cache
def note(corners: tuple[float, ...]) -> Any:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=Array(corners))
        page.Annots = Array([pdf.make_indirect(link)])

    return change

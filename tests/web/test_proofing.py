"""What differs from the revision that was approved last is marked on the proof, and told in words."""

import io
import re
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw

from printkit.orders.changing import edit, submit
from printkit.orders.proving import make_proof
from printkit.orders.rights import Person
from printkit.orders.stepping import On
from printkit.web.comparing import Area, compared
from tests.orders.stage import Stage, here
from tests.web.conftest import Browser

Visit = Callable[[Person | None], Browser]
Box = tuple[int, int, int, int]


def picture(*boxes: Box, size: tuple[int, int] = (400, 600)) -> bytes:
    image, out = Image.new("RGB", size, (250, 240, 230)), io.BytesIO()
    for box in boxes:
        ImageDraw.Draw(image).rectangle(box, fill=(20, 40, 90))
    image.save(out, "PNG")
    return out.getvalue()


def holds(area: Area, box: Box) -> bool:
    """Tell whether an area lies round a box, both edges counted, and not far from it."""
    edges = area.left * 4, area.top * 6, (area.left + area.width) * 4, (area.top + area.height) * 6
    away = (box[0] - edges[0], box[1] - edges[1], edges[2] - box[2], edges[3] - box[3])
    return all(-1e-6 <= one <= 7 for one in away)


@pytest.mark.parametrize(
    ("box", "where"),
    [
        ((0, 300, 3, 310), (1, 0)),
        ((396, 300, 399, 310), (1, 2)),
        ((200, 0, 210, 3), (0, 1)),
        ((200, 596, 210, 599), (2, 1)),
    ],
    ids=["left", "right", "top", "bottom"],
)
def test_a_change_at_any_edge_is_boxed(box: Box, where: tuple[int, int]) -> None:
    (area,) = compared(picture(), picture(box)) or ()
    assert holds(area, box)
    assert (area.row, area.column) == where


def test_letters_of_a_line_are_one_place_and_lines_far_away_another() -> None:
    letters = [(100 + 16 * n, 100, 108 + 16 * n, 112) for n in range(6)]
    areas = compared(picture(), picture(*letters, (100, 400, 150, 410))) or ()
    assert len(areas) == 2
    assert holds(areas[0], (100, 100, 188, 112))


def test_equal_pages_have_no_areas_and_other_sizes_cannot_be_compared() -> None:
    assert compared(picture((9, 9, 50, 50)), picture((9, 9, 50, 50))) == ()
    assert compared(picture(), picture(size=(600, 400))) is None


def test_a_page_that_changed_all_over_is_one_place() -> None:
    dots = [(x, y, x + 4, y + 4) for x in range(10, 390, 60) for y in range(10, 590, 60)]
    (area,) = compared(picture(), picture(*dots)) or ()
    assert area.width > 90


def test_who_approves_sees_where_a_proof_differs_from_what_was_approved(lite: Stage, visit: Visit) -> None:
    order = lite.truly_approved()
    browser = visit(lite.approver)
    first = browser.get(f"/order/{order.id}/proof").text
    assert "<rect" not in first
    assert "figcaption" not in first
    changed = edit(lite.book, lite.leader, On(order.id), lite.content("Hallo"))
    submit(lite.book, lite.leader, On(changed.id))
    make_proof(lite.book, lite.approver, order.id, pool=here)
    page = browser.get(f"/order/{order.id}/proof").text
    assert re.search(r"Side 1: (ett sted|\d+ steder) er annerledes enn det som ble godkjent", page)
    assert re.search(r'<th scope="row">Tittel</th><td>Hei</td><td><mark>Hallo</mark>', page)
    (now,), (old,) = (
        set(re.findall(rf'src="(/order/{order.id}/proof/[^"]*-1\.png{end}")', page))
        for end in ("", r"\?revision=1")
    )
    shown = [_pixels(browser.get(one.rstrip('"')).content) for one in (old, now)]
    rows, columns = np.nonzero((shown[0] != shown[1]).any(axis=2))
    height, width = shown[0].shape[:2]
    boxes = [tuple(map(float, found)) for found in re.findall(RECT, page)]
    for x, y in zip(columns * 100 / width, rows * 100 / height, strict=True):
        assert any(left <= x <= left + w and top <= y <= top + h for left, top, w, h in boxes)


RECT = r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"'


def _pixels(png: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def test_an_earlier_proof_is_shown_to_whoever_may_see_the_order(lite: Stage, visit: Visit) -> None:
    order = lite.truly_approved()
    page = visit(lite.leader).get(f"/order/{order.id}/proof").text
    found = re.search(r'src="(/order/[^"]+-1\.png)"', page)
    assert found
    assert visit(lite.leader).get(f"{found[1]}?revision=1").status_code == 200
    assert visit(lite.leader).get(f"{found[1]}?revision=7").status_code == 404
    assert visit(lite.leader).get(f"{found[1]}?revision=../1").status_code == 200
    assert visit(lite.other).get(f"{found[1]}?revision=1").status_code == 404

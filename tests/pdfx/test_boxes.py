"""Page boxes, and what moves with the origin, at all four edges."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from printkit.errors import RenderError
from printkit.finish import finish
from printkit.units import mm
from tests.finish.pages import MARKS, PAINT, TRIM, ghostscript, layout, patterns, pdfium, spec

# A slug with nothing in it
SLUG_ONLY = replace(MARKS, crop=False, registration=False)


def in_mm(box: tuple[float, ...]) -> list[float]:
    return [mm(edge) for edge in box]


@pytest.mark.parametrize("bleed", [0, 3, 5, 10])
@pytest.mark.parametrize("marks", [None, MARKS])
def test_boxes_are_the_formats_to_a_hundredth_of_a_millimetre(bleed: float, marks: object) -> None:
    page = pypdfium2.PdfDocument(finish(layout(bleed=bleed), spec(bleed_mm=bleed, marks=marks)))[0]
    slug = mm(20) if marks else 0
    edge, (width, height) = bleed + slug, TRIM
    assert in_mm(page.get_mediabox()) == pytest.approx([0, 0, width + 2 * edge, height + 2 * edge], abs=0.01)
    wanted = [slug, slug, width + 2 * bleed + slug, height + 2 * bleed + slug]
    assert in_mm(page.get_bleedbox()) == pytest.approx(wanted, abs=0.01)
    assert in_mm(page.get_trimbox()) == pytest.approx([edge, edge, width + edge, height + edge], abs=0.01)


def test_patterns_stay_in_place_when_the_origin_moves(tmp_path: Path) -> None:
    before = layout(PAINT, patterns)
    after = finish(before, spec(marks=MARKS))
    for draw in (pdfium, lambda pdf: ghostscript(pdf, tmp_path)):
        plain, moved = draw(before), draw(after)
        shifted = moved.crop((40, moved.height - 40 - plain.height, 40 + plain.width, moved.height - 40))
        assert different(plain, shifted) < 0.005


def test_a_cm_alone_would_have_displaced_them() -> None:
    before = layout(PAINT, patterns)
    naive = layout(b"1 0 0 1 20 20 cm " + PAINT, patterns)
    plain, moved = pdfium(before), pdfium(naive)
    assert different(plain.crop((40, 0, 240, 200)), moved.crop((80, -40, 280, 160))) > 0.2


def test_what_reaches_beyond_the_bleed_stays_out_of_the_slug() -> None:
    image = np.asarray(
        pdfium(finish(layout(b"0 0 0 1 k -99 -99 900 900 re f"), spec(marks=SLUG_ONLY))).convert("L")
    )
    assert (image[40:-40, 40:-40] < 50).all()
    assert all((strip == 255).all() for strip in (image[:39], image[-39:], image[:, :39], image[:, -39:]))


def test_marks_are_drawn_outside_the_bleed_on_all_four_sides_and_nowhere_else() -> None:
    image = pdfium(finish(layout(), spec(marks=MARKS, folds_mm=((33, 66),))), 4).convert("L")
    dark = np.asarray(image) < 200
    slug = 80
    assert not dark[slug:-slug, slug:-slug].any()
    strips = (
        dark[:slug, slug:-slug],
        dark[-slug:, slug:-slug],
        dark[slug:-slug, :slug],
        dark[slug:-slug, -slug:],
    )
    assert all(strip.any() for strip in strips)


@pytest.mark.parametrize("size", [(-0.2, 0), (0, 0.2), (0.2, 0), (0, -0.2)])
def test_a_page_of_another_size_is_refused(size: tuple[float, float]) -> None:
    with pytest.raises(RenderError, match=r"page 1 measures 105.83 x 76.20 mm; trim and bleed make"):
        finish(layout(), spec(trim_mm=(TRIM[0] + size[0], TRIM[1] + size[1])))


def different(one: Image.Image, other: Image.Image) -> float:
    """Return the share of pixels that differ by more than two steps of 255."""
    assert one.size == other.size
    return float((np.abs(np.asarray(one, int) - np.asarray(other, int)).max(axis=2) > 2).mean())

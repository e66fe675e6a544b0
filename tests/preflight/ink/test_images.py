"""The ink of images whatever their packing, held against Ghostscript's tiffsep."""

import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from pikepdf import Dictionary

from printkit.preflight.checks import check
from printkit.preflight.core.subject import Subject
from printkit.preflight.ink import rows as ink_rows
from printkit.preflight.ink.colour import Plate
from printkit.preflight.ink.coverage import ink_of_plate
from tests.preflight.inked_pages import SQUARE_MM, judged_by, page, separated, squares
from tests.preflight.packed_images import KINDS, SIZE, inks_of, made

TOLERANCE = 0.02
SIDE = 48
PLACES = {"A": (0, 0), "B": (40, 0), "C": (0, 32), "D": (40, 32)}


def page_of(kind: str) -> bytes:
    """Return a page with the four images of a kind, on yellow, so that what a key hides shows it."""
    drawn = (f"q 33 0 0 27 {x} {y} cm /{name} Do Q" for name, (x, y) in PLACES.items())
    return page(
        "0 0 0.5 0 k 0 0 75 60 re f " + " ".join(drawn),
        lambda pdf: {
            "/XObject": Dictionary(dict(zip(map("/{}".format, PLACES), KINDS[kind](pdf), strict=True)))
        },
    )


def ours(pdf: bytes, ink: str, side: int = SIDE) -> Any:
    with pikepdf.open(BytesIO(pdf)) as opened:
        subject = Subject(pdf, opened, judged_by())
        return squares(ink_of_plate(subject, subject.pages[0], SQUARE_MM / side, Plate((ink,))), side)


@pytest.mark.skipif(shutil.which("gs") is None, reason="no Ghostscript to compare with")
@pytest.mark.parametrize("band", [16_000_000, 4_000])
@pytest.mark.parametrize("kind", KINDS)
def test_images_of_a_packing_have_the_ink_that_ghostscript_sees(
    kind: str, band: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ink_rows, "BAND_BYTES", band)
    pdf = page_of(kind)
    for ink, theirs in separated(pdf, tmp_path).items():
        found = ours(pdf, ink)
        assert np.abs(found - theirs).max() <= TOLERANCE, f"{ink}\n{found.round(2)}\n{theirs.round(2)}"


@pytest.mark.parametrize(("level", "bare"), [(0, True), (90, False)])
def test_a_page_with_ink_in_an_image_alone_is_not_bare(level: int, bare: bool) -> None:
    """A picture of a spot ink without a look of its own shows as white paper."""

    def fill(pdf: pikepdf.Pdf) -> Any:
        data = bytes((level,)) * SIZE[0] * SIZE[1]
        space = inks_of(pdf, "Varnish")
        return {"/XObject": Dictionary(I=made(pdf, data, ColorSpace=space))}

    pdf = page("q 20 0 0 20 10 10 cm /I Do Q", fill)
    found = check(pdf, judged_by("magazine-ads-cmyk")).findings
    assert ("R0005" in [one.id for one in found]) == bare

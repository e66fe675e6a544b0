"""Lab brought to inks, whatever white it is counted from, held against Ghostscript's tiffsep."""

import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.content.colour import PROCESS
from printkit.preflight.core.subject import Subject
from printkit.preflight.ink.colour import Plate
from printkit.preflight.ink.coverage import ink_of_plate
from tests.preflight.inked_pages import (
    FOGRA39,
    SQUARE_MM,
    image,
    judged_by,
    page,
    separated,
    squares,
    with_intent,
)

SIDE = 48
D50, D65 = (0.9642, 1, 0.8249), (0.9505, 1, 1.089)
WIDE = [-128, 127, -128, 127]


def lab(white: Any = D50, **entries: Any) -> Array:
    return Array([Name.Lab, Dictionary(WhitePoint=Array(white), **entries)])


def plates(pdf: bytes) -> dict[str, Any]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        subject = Subject(pdf, opened, judged_by())
        view = subject.pages[0]
        return {
            ink: squares(ink_of_plate(subject, view, SQUARE_MM / SIDE, Plate((ink,))), SIDE)
            for ink in PROCESS
        }


def pictured(space: Array, colour: tuple[int, int, int], **entries: Any) -> bytes:
    """Return a page that one pixel fills."""

    def fill(pdf: pikepdf.Pdf) -> Any:
        return {"/XObject": Dictionary(I=image(pdf, bytes(colour), (1, 1), ColorSpace=space, **entries))}

    return with_intent(page("q 75 0 0 60 0 0 cm /I Do Q", fill))


def filled(space: Array, colour: str) -> bytes:
    def fill(_: pikepdf.Pdf) -> Any:
        return {"/ColorSpace": Dictionary(L=space)}

    return with_intent(page(f"/L cs {colour} scn 0 0 75 60 re f", fill))


PICTURES = {
    "white": pictured(lab(Range=WIDE), (255, 128, 128)),
    "dark": pictured(lab(Range=WIDE), (25, 128, 128)),
    "red and yellow": pictured(lab(Range=WIDE), (128, 190, 170)),
    "daylight's white": pictured(lab(D65, Range=WIDE), (255, 128, 128)),
    "daylight": pictured(lab(D65, Range=WIDE), (140, 90, 170)),
    "a fill": filled(lab(Range=WIDE), "60 40 -30"),
    "a fill out of range": filled(lab(Range=[-20, 20, -30, 30]), "60 90 -90"),
}
# Ghostscript wants a Range, and takes no heed of it in pictures
SAME = {
    "the standard's range": (pictured(lab(), (128, 255, 51)), "50.2 100 -60"),
    "a narrow range": (pictured(lab(Range=[-20, 60, -10, 40]), (51, 204, 51)), "20 44 0"),
    "Decode": (pictured(lab(Range=WIDE), (51, 0, 255), Decode=[100, 0, -40, 80, 20, 60]), "80 -40 60"),
    "a palette": (
        pictured(Array([Name.Indexed, lab(), 1, pikepdf.String(b"\xff\x80\x80\x66\xcc\x33")]), (1, 1, 1)),
        "40 60 -60",
    ),
}


@pytest.mark.skipif(shutil.which("gs") is None, reason="no Ghostscript to compare with")
@pytest.mark.parametrize("name", PICTURES)
def test_lab_has_the_inks_that_ghostscript_sees(name: str, tmp_path: Path) -> None:
    options = (f"-sOutputICCProfile={FOGRA39}", f"--permit-file-read={FOGRA39}", "-dBlackPtComp=0")
    theirs, found = separated(PICTURES[name], tmp_path, *options), plates(PICTURES[name])
    for ink in PROCESS:
        assert np.abs(found[ink] - theirs[ink]).max() <= 0.03, f"{ink} {found[ink][0, 0]} {theirs[ink][0, 0]}"


@pytest.mark.parametrize("name", ["white", "daylight's white"])
def test_white_has_no_ink(name: str) -> None:
    assert max(plate.max() for plate in plates(PICTURES[name]).values()) <= 0.01


@pytest.mark.parametrize("name", SAME)
def test_samples_stand_for_what_range_and_decode_say(name: str) -> None:
    picture, colour = SAME[name]
    found, meant = plates(picture), plates(filled(lab(Range=WIDE), colour))
    for ink in PROCESS:
        assert np.abs(found[ink] - meant[ink]).max() <= 0.01, ink

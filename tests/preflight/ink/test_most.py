"""What colours alone tell about a page's ink, held against pictures of its plates."""

import random
from io import BytesIO
from typing import Any

import numpy as np
import pikepdf
import pytest
from pikepdf import Dictionary, Name

from printkit.preflight.core.subject import Subject
from printkit.preflight.ink.colour import PROCESS_PLATES, IntentTransform, Plate
from printkit.preflight.ink.coverage import ink_of_plate, inks
from printkit.preflight.ink.images import Images, Scale
from printkit.preflight.ink.most import most_ink, paints
from tests.preflight.ink.test_coverage import PAGES, SIDE, printing_over
from tests.preflight.inked_pages import SQUARE_MM, image, judged_by, page

NOISE = 0.01
SCALE = Scale(10**8, 400_000)


def no_clock() -> None:
    """Let everything take its time."""


def told_and_seen(pdf: bytes) -> tuple[float | None, float]:
    """Return the most ink by the colours, and that of the pixel with most."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        subject = Subject(pdf, opened, judged_by())
        (view,) = subject.pages
        plates = *PROCESS_PLATES, *(Plate((ink,)) for ink in inks(subject))
        seen = [ink_of_plate(subject, view, SQUARE_MM / SIDE, plate) for plate in plates]
        images = Images(SCALE, IntentTransform(opened), no_clock)
        told = most_ink(paints(subject)[1], images, plates)
    return told, float(np.sum(seen, axis=0).max()) / 255


@pytest.mark.parametrize("name", PAGES)
def test_no_pixel_has_more_ink_than_the_colours_tell(name: str) -> None:
    told, seen = told_and_seen(page(*PAGES[name]))
    assert told is None or seen <= told + NOISE


@pytest.mark.parametrize("seed", range(8))
def test_no_pixel_of_paint_upon_paint_has_more_ink_than_the_colours_tell(seed: int) -> None:
    dice = random.Random(seed)
    painted = []
    for _ in range(30):
        state = dice.choice(("/Over gs", "/Whole gs", "/Out gs", "/Half gs", "/Clear gs"))
        ink = [f"{dice.choice((0, 0, 0.3, 0.7, 1)):g}" for _ in range(4)]
        colour = dice.choice((f"{' '.join(ink)} k", f"{ink[0]} g", f"/S cs {ink[1]} scn"))
        box = f"{dice.uniform(-5, 60):.2f} {dice.uniform(-5, 45):.2f} {dice.uniform(2, 40):.2f} 21"
        painted.append(f"{state} {colour} {box} re f")
    told, seen = told_and_seen(page(" ".join(painted), states))
    assert told is not None
    assert seen <= told + NOISE


def states(pdf: pikepdf.Pdf) -> Any:
    made = printing_over(pdf)
    made["/ExtGState"].Half, made["/ExtGState"].Clear = Dictionary(ca=0.5), Dictionary(ca=1)
    return made


def test_the_fullest_colour_tells_and_what_overprints_is_laid_on_it() -> None:
    assert told_and_seen(page("1 0.5 0 0 k 0 0 30 30 re f"))[0] == pytest.approx(1.5)
    painted = "0.6 0.3 0 0.5 k 0 0 75 30 re f /Over gs 0 0 0 1 k 5 5 20 40 re f"
    assert told_and_seen(page(painted, printing_over))[0] == pytest.approx(1.9)


def pictured(pdf: pikepdf.Pdf) -> Any:
    made = image(pdf, bytes((255, 128, 0, 0)) * 100, (10, 10), ColorSpace=Name.DeviceCMYK)
    return {**states(pdf), "/XObject": Dictionary(I=made)}


@pytest.mark.parametrize(
    ("drawn", "most"),
    [
        ("45 5 20 40 re f", 1.5),
        ("29 5 20 40 re f", 2.5),
        ("0 0 0 1 K 2 w 32.5 10 m 32.5 50 l S", 2.5),
        ("0 0 0 1 K 6 w 100 M 70 10 m 45 12 l 70 14 l S", 2.5),
        ("q 40 0 35 60 re W n 0 0 0 1 K 6 w 100 M 70 10 m 45 12 l 70 14 l S Q", 1.5),
        ("q 40 0 35 60 re W n 10 5 50 40 re f Q", 1.5),
        ("BT /F 5 Tf 60 20 Td (I) Tj ET", 1.5),
        ("BT /F 5 Tf 28 20 Td (I) Tj ET", 2.5),
    ],
)
def test_what_overprints_is_laid_on_an_image_that_it_may_touch(drawn: str, most: float) -> None:
    def fill(pdf: pikepdf.Pdf) -> Any:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        return {**pictured(pdf), "/Font": Dictionary(F=font)}

    pdf = page(f"q 30 0 0 60 0 0 cm /I Do Q /Over gs 0 0 0 1 k {drawn}", fill)
    told, seen = told_and_seen(pdf)
    assert told == pytest.approx(most, abs=NOISE)
    assert seen <= most + NOISE


@pytest.mark.parametrize("seed", range(8))
def test_no_pixel_of_images_among_paint_has_more_ink_than_the_colours_tell(seed: int) -> None:
    dice = random.Random(seed)
    painted = []
    for _ in range(6):
        size = f"{dice.uniform(5, 30):.2f} 0 0 {dice.uniform(5, 30):.2f}"
        painted.append(f"q {size} {dice.uniform(-5, 60):.2f} {dice.uniform(-5, 45):.2f} cm /I Do Q")
        box = f"{dice.uniform(-5, 60):.2f} {dice.uniform(-5, 45):.2f} {dice.uniform(2, 30):.2f} 9"
        painted.append(f"q /Over gs 0 {dice.random():.2f} 0 {dice.random():.2f} k {box} re f Q")
    told, seen = told_and_seen(page(" ".join(painted), pictured))
    assert told is not None
    assert seen <= told + NOISE


@pytest.mark.parametrize("painted", ["/M gs 1 0.5 0 0 k 0 0 30 30 re f", "1 0 0 rg 0 0 30 30 re f"])
def test_blended_paint_and_colours_to_be_converted_take_a_picture(painted: str) -> None:
    with pikepdf.open(BytesIO(page(painted, multiplied))) as opened:
        found = paints(Subject(b"", opened, judged_by()))[1]
        assert most_ink(found, Images(SCALE, IntentTransform(opened), no_clock), PROCESS_PLATES) is None


def multiplied(_: pikepdf.Pdf) -> Any:
    return {"/ExtGState": Dictionary(M=Dictionary(BM=Name.Multiply))}


@pytest.mark.parametrize(("decode", "most"), [([0, 1] * 4, 2), ([1, 0] * 4, 3), ([0, 0.5] * 4, 1)])
def test_the_same_data_of_an_image_is_told_apart_by_its_decoding(decode: list[float], most: float) -> None:
    def fill(pdf: pikepdf.Pdf) -> Any:
        data = bytes((255, 0, 0, 0, 255, 255, 0, 0)) * 200
        made = image(pdf, data, (40, 10), ColorSpace=Name.DeviceCMYK, Decode=decode)
        return {"/XObject": Dictionary(I=made)}

    told, seen = told_and_seen(page("q 75 0 0 60 0 0 cm /I Do Q", fill))
    assert (told, seen) == (pytest.approx(most, abs=NOISE), pytest.approx(most, abs=NOISE))

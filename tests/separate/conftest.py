"""A press, pages built with pikepdf, and Ghostscript's plates to look at."""

import io
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary
from PIL import Image

from printkit.color import PressColor, PressProfile
from printkit.content import Element, walk
from printkit.separate import ImageRules, SeparationSpec, separate

FJORD, FJORD_INKS = (0x0F, 0x42, 0x52), (0.95, 0.45, 0.35, 0.55)
SKY, SKY_INKS = (0x5C, 0x9E, 0xB8), (0.62, 0.22, 0.2, 0.0)


@pytest.fixture(scope="session")
def press(repository: Path) -> PressColor:
    profile = PressProfile((repository / "assets/icc/FOGRA39L_coated.icc").read_bytes())
    return PressColor(profile, 300, {FJORD: FJORD_INKS, SKY: SKY_INKS})


@pytest.fixture(scope="session")
def spec(press: PressColor) -> SeparationSpec:
    return SeparationSpec(press, 12, 2, ImageRules(450, 300, 92))


@pytest.fixture
def pdf() -> pikepdf.Pdf:
    return pikepdf.new()


@pytest.fixture
def separated(pdf: pikepdf.Pdf, spec: SeparationSpec) -> Iterator[Callable[..., pikepdf.Pdf]]:
    """Give a function: content and resources of a page of 200 x 100 points -> the separated file."""

    opened = []

    def build(content: bytes, **resources: Any) -> pikepdf.Pdf:
        page = pdf.add_blank_page(page_size=(200, 100))
        page.Contents, page.Resources = pdf.make_stream(content), Dictionary(**resources)
        source = io.BytesIO()
        pdf.save(source)
        # an object lives no longer than its file
        opened.append(pikepdf.open(io.BytesIO(separate(source.getvalue(), spec))))
        return opened[-1]

    yield build
    for made in opened:
        made.close()


@pytest.fixture
def elements(separated: Callable[..., pikepdf.Pdf]) -> Callable[..., list[Element]]:
    """Return a function: content and resources -> the painted elements after separation."""
    return lambda content, **resources: list(walk(separated(content, **resources).pages[0]))


@pytest.fixture
def plates(tmp_path: Path) -> Callable[[bytes], dict[str, Image.Image]]:
    """Return a function: a PDF's first page as one picture an ink at 72 ppi, 255 being full ink."""

    def draw(pdf: bytes) -> dict[str, Image.Image]:
        source, target = tmp_path / "page.pdf", tmp_path / "page.tif"
        source.write_bytes(pdf)
        command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r72", "-dLastPage=1"]
        subprocess.run([*command, f"-sOutputFile={target}", str(source)], check=True, capture_output=True)
        inks = ("Cyan", "Magenta", "Yellow", "Black")
        return {
            ink: Image.open(tmp_path / f"page({ink}).tif").convert("L").point(lambda v: 255 - v)
            for ink in inks
        }

    return draw

"""A page looks the same before separation (sRGB, by PDFium) and after it (inks, by Ghostscript)."""

import io
import subprocess
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
import weasyprint
from numpy.typing import NDArray
from PIL import Image, ImageCms

from printkit.content import walk
from printkit.separate import SeparationSpec, separate

# Drawn at four times 72 ppi and averaged, so that the edges of two renderers compare
SCALE, PPI = 4, 72
TILE = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'>"
    "<rect width='5' height='8' fill='%236fa3a0'/></svg>"
)
PAGE = f"""
<style>
  @page {{ size: 300px 400px; margin: 0 }} body {{ margin: 0 }}
  div {{ position: absolute; width: 130px; height: 80px }}
  .b {{ left: 160px }}
</style>
<div style="top:10px; left:10px; background:linear-gradient(90deg, #7d9aa6, #c9b48f 30%, #8fae93)"></div>
<div class="b" style="top:10px; background:radial-gradient(circle, #d8c3a0, #7d9aa6)"></div>
<div style="top:100px; left:10px; background:linear-gradient(45deg, rgba(125,154,166,0), #7d9aa6)"></div>
<div class="b" style="top:100px; background:
  repeating-linear-gradient(30deg, #8fae93, #8fae93 20px, #d8c3a0 20px, #d8c3a0 40px)"></div>
<div style="top:190px; left:10px; background:url(&quot;data:image/svg+xml,{TILE}&quot;)"></div>
<div class="b" style="top:190px; opacity:.6"><div style="width:80px; height:80px; background:#c98f7a"></div>
  <div style="left:40px; width:80px; height:50px; background:#8fae93"></div></div>
<svg style="position:absolute; top:280px; left:10px" width="280" height="110">
  <defs>
    <linearGradient id="g"><stop offset="0" stop-color="#c98f7a"/>
      <stop offset="1" stop-color="#7d9aa6" stop-opacity=".3"/></linearGradient>
    <linearGradient id="w"><stop offset="0" stop-color="#000"/>
      <stop offset="1" stop-color="#fff"/></linearGradient>
    <mask id="m" maskUnits="userSpaceOnUse" x="0" y="0" width="130" height="100">
      <rect width="130" height="100" fill="url(#w)"/></mask>
    <pattern id="p" width="20" height="20" patternUnits="userSpaceOnUse">
      <circle r="6" cx="10" cy="10" fill="#8f9fb3"/></pattern>
  </defs>
  <rect width="130" height="45" fill="url(#g)"/>
  <rect y="55" width="130" height="45" fill="#a3826f" mask="url(#m)"/>
  <rect x="150" width="120" height="100" fill="url(#p)" stroke="#777" stroke-width="2"/>
</svg>
"""
Lab = NDArray[np.float64]
# Inside each of the boxes, in pixels of 72 ppi
LEFT, RIGHT = slice(12, 100), slice(125, 210)
AREAS = [
    (slice(top, bottom), side)
    for top, bottom in ((10, 65), (77, 132), (145, 200), (213, 283))
    for side in (LEFT, RIGHT)
]


@pytest.fixture(scope="module")
def layout() -> bytes:
    return bytes(weasyprint.HTML(string=PAGE).write_pdf())


@pytest.fixture(scope="module")
def looks(layout: bytes, spec: SeparationSpec, tmp_path_factory: pytest.TempPathFactory) -> tuple[Lab, Lab]:
    """Return the page before and after, in CIE Lab, 300 x 225 pixels."""
    printed = _printed(separate(layout, spec), spec, tmp_path_factory.mktemp("look"))
    return _lab(_on_screen(layout)), _lab(printed)


def test_page_looks_the_same(looks: tuple[Lab, Lab]) -> None:
    """Allow 1 on average and 6 for 99 of 100 pixels; measured 0.74 and 5.1.

    Most is eight-bit Lab and ink that mixes at half strength to another tint than sRGB does; the last
    hundredth are edges, where PDFium draws hard stops in 256 steps.
    """
    difference = _difference(*looks)
    assert difference.mean() < 1
    assert np.percentile(difference, 99) < 6


@pytest.mark.parametrize("move", [(0, 6), (0, -6), (6, 0), (-6, 0)])
def test_no_gradient_or_pattern_is_displaced(looks: tuple[Lab, Lab], move: tuple[int, int]) -> None:
    before, after = looks
    moved = np.roll(after, move, axis=(0, 1))
    for rows, columns in AREAS:
        there = _difference(before[rows, columns], after[rows, columns]).mean()
        assert there < _difference(before[rows, columns], moved[rows, columns]).mean() + 0.02


def test_only_cmyk_and_mask_grey_are_left(layout: bytes, spec: SeparationSpec) -> None:
    with pikepdf.open(io.BytesIO(separate(layout, spec))) as pdf:
        held = [thing.unparse(resolved=True) for thing in pdf.objects]
        painted = {
            (element.context.in_mask, colour.space.family)
            for element in walk(pdf.pages[0], pdf)
            for colour in (element.fill, element.stroke)
            if colour is not None
        }
    assert not [one for one in held if any(space in one for space in (b"RGB", b"/Lab", b"/ICC", b"/Cal"))]
    assert painted == {
        (False, "DeviceCMYK"), (False, "Pattern"), (True, "Pattern"),
    }  # fmt: skip


def _difference(one: Lab, other: Lab) -> Lab:
    """Return CIE 1976 colour differences, pixel by pixel."""
    return np.asarray(np.sqrt(((one - other) ** 2).sum(axis=2)))


def _on_screen(pdf: bytes) -> Image.Image:
    page = pypdfium2.PdfDocument(pdf)[0]
    picture: Image.Image = page.render(scale=SCALE).to_pil()
    return picture.convert("RGB").reduce(SCALE)


def _printed(pdf: bytes, spec: SeparationSpec, folder: Path) -> Image.Image:
    """Return the inks as Ghostscript draws them, seen through the press's profile."""
    (folder / "page.pdf").write_bytes(pdf)
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiff32nc", f"-r{SCALE * PPI}"]
    subprocess.run([*command, f"-sOutputFile={folder}/page.tif", f"{folder}/page.pdf"], check=True)
    inks = Image.open(folder / "page.tif").reduce(SCALE)
    seen = ImageCms.profileToProfile(
        inks, spec.press.profile.open(), ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )  # fmt: skip
    assert seen is not None
    return seen


def _lab(picture: Image.Image) -> Lab:
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
    )
    lab = np.asarray(ImageCms.applyTransform(picture, transform), dtype=np.float64)
    a_b = lab[..., 1:].astype(np.uint8).view(np.int8)
    return np.dstack((lab[..., 0] * 100 / 255, a_b.astype(np.float64)))

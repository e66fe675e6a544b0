"""Blurred shadows of boxes, by CSS Backgrounds and Borders 3, section 6.

WeasyPrint puts a blurred shadow together from eight gradients, whose overlaps show as dark lines, and blurs
it otherwise than browsers. Here it is one colour behind one soft mask: the shape under a Gaussian curve of
half the blur radius, as a function that a RIP interpolates, so it has no pixels of its own.
"""

import io
import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name

from printkit.errors import RenderError
from printkit.words import Message

Plane = NDArray[np.float64]

# The blur radius is two standard deviations (CSS Backgrounds 3, 6.1.2); past three nothing is left to see
SIGMAS, REACH = 2.0, 3.0
# Samples to a standard deviation: a straight line between two stays within a thousandth of the curve
_FINENESS = 8
# Strips in which a rounded corner is cut off
_STRIPS = 64
_MOST_SAMPLES = 16_000_000
_EIGHT_BITS = 255
_MOST_KNOWN = 32
_erf = np.vectorize(math.erf, otypes=[np.float64])


@dataclass(frozen=True)
class Shape:
    """A box with rounded corners in px: from x0 and y0 to x1 and y1, y downwards.

    `radii` are those of the upper left, upper right, lower right and lower left corner, across and along.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    radii: tuple[tuple[float, float], ...]

    def grown(self, spread: float) -> "Shape":
        """Grow on all sides; small radii grow less, so that sharp corners stay sharp (section 6.1.1)."""
        x0, y0, x1, y1 = self.x0 - spread, self.y0 - spread, self.x1 + spread, self.y1 + spread
        radii = tuple((_grown(across, spread), _grown(along, spread)) for across, along in self.radii)
        return Shape(x0, y0, max(x0, x1), max(y0, y1), radii)

    def moved(self, across: float, along: float) -> "Shape":
        return Shape(self.x0 + across, self.y0 + along, self.x1 + across, self.y1 + along, self.radii)


def _grown(radius: float, spread: float) -> float:
    if spread <= 0 or radius >= spread:
        return max(0.0, radius + spread)
    return radius + spread * (1 + (radius / spread - 1) ** 3)


@lru_cache(maxsize=_MOST_KNOWN)
def shadow_pdf(shape: Shape, region: Shape, sigma: float, paint: tuple[float, ...]) -> bytes:
    """Return a PDF of one page, as large as the region, with the blurred shadow of a shape.

    `paint` is red, green, blue and alpha, from 0 to 1. A negative sigma means the shadow that falls into the
    shape from around it. RenderError where the blur is too small to be drawn so large.
    """
    width, height = region.x1 - region.x0, region.y1 - region.y0
    plane = darkness(shape, region, abs(sigma))
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(width, height))
        group = _mask_group(pdf, 1 - plane if sigma < 0 else plane, (width, height))
        mask = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=group)
        state = Dictionary(Type=Name.ExtGState, SMask=mask, ca=round(paint[3], 5))
        pdf.pages[0].Resources = Dictionary(ExtGState=Dictionary({"/shadow": state}))
        colour = " ".join(f"{part:.6f}" for part in paint[:3])
        content = f"/shadow gs {colour} rg 0 0 {width:.6f} {height:.6f} re f"
        pdf.pages[0].Contents = pdf.make_stream(content.encode())
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
        return target.getvalue()


def darkness(shape: Shape, region: Shape, sigma: float) -> Plane:
    """Return how dark a shape's shadow is at even places of a region, from 0 to 1, row by row from above.

    A blurred rectangle is a product of two curves; what rounded corners take away is subtracted.
    """
    across, along = _places(region.x0, region.x1, sigma), _places(region.y0, region.y1, sigma)
    if len(across) * len(along) > _MOST_SAMPLES:
        raise RenderError(
            Message("the blur of a box-shadow is too small for so large a box; leave the blur out")
        )
    # The blur of a rectangle is one curve across times one along: no convolution
    plane = np.outer(_edge(along, shape.y0, shape.y1, sigma), _edge(across, shape.x0, shape.x1, sigma))
    for number, radii in enumerate(shape.radii):
        if min(radii) > 0:
            right, below = number in (1, 2), number in (2, 3)
            inward = shape.x1 - across if right else across - shape.x0
            upward = shape.y1 - along if below else along - shape.y0
            _cut_corner(plane, (inward, upward), radii, sigma)
    return np.clip(plane, 0, 1)


def _places(start: float, end: float, sigma: float) -> Plane:
    return np.linspace(start, end, max(2, math.ceil((end - start) / sigma * _FINENESS)))


def _edge(places: Plane, start: float, end: float, sigma: float) -> Plane:
    """Return the share of a Gaussian curve around each place that lies between two edges."""
    scale = sigma * math.sqrt(2)
    return np.asarray((_erf((places - start) / scale) - _erf((places - end) / scale)) / 2)


def _cut_corner(plane: Plane, inward: tuple[Plane, Plane], radii: tuple[float, float], sigma: float) -> None:
    """Take away the blurred piece between a corner and its quarter of an ellipse, strip by strip."""
    (near_x, columns), (near_y, rows) = (
        _near(places, radius, sigma) for places, radius in zip(inward, radii, strict=True)
    )
    edges = np.linspace(0, radii[1], _STRIPS + 1)
    middle = 1 - (edges[:-1] + edges[1:]) / 2 / radii[1]
    length = radii[0] * (1 - np.sqrt(1 - middle**2))
    heights = np.stack([_edge(near_y, *pair, sigma) for pair in pairwise(edges)])
    widths = np.stack([_edge(near_x, 0, one, sigma) for one in length])
    plane[np.ix_(rows, columns)] -= heights.T @ widths


def _near(places: Plane, radius: float, sigma: float) -> tuple[Plane, NDArray[np.intp]]:
    """Return the places that a corner's blur reaches, and their numbers."""
    found = np.flatnonzero((places > -REACH * sigma) & (places < radius + REACH * sigma))
    return places[found], found


def _mask_group(pdf: pikepdf.Pdf, plane: Plane, size: tuple[float, float]) -> pikepdf.Object:
    """Return a group that is as light as a plane of samples, which lie evenly from above."""
    rows, columns = plane.shape
    box = Array([0, 0, round(size[0], 6), round(size[1], 6)])
    domain = Array([0, box[2], 0, box[3]])
    function = pdf.make_stream(
        # Functions of place count from below
        np.rint(plane[::-1] * _EIGHT_BITS).astype(np.uint8).tobytes(),
        FunctionType=0,
        Domain=domain,
        Range=Array([0, 1]),
        Size=Array([columns, rows]),
        BitsPerSample=8,
    )
    shading = Dictionary(ShadingType=1, ColorSpace=Name.DeviceGray, Domain=domain, Function=function)
    group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceGray, I=True)
    resources = Dictionary(Shading=Dictionary({"/shadow": pdf.make_indirect(shading)}))
    form = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=box, Group=group, Resources=resources)
    made = pdf.make_stream(b"/shadow sh", form)
    return made

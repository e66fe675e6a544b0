"""Arcs in parts lie on the same ellipse, and none is longer than a quarter."""

import re

import numpy as np
import pytest
import resvg_py

from printkit.render.arcs import parted
from tests.render.look.pixels import Picture, differs, of_png

ARC = re.compile(r"A[^A-Z]*")
PATHS = {
    "half": ("M10 50A30 30 0 0 1 70 50Z", 2),
    "half, the other way, relative": ("m10 30a30 30 0 0 0 60 0z", 2),
    "three quarters": ("M40 10A30 30 0 1 0 70 40H40Z", 3),
    "nearly whole": ("M40 10A30 30 0 1 0 40.5 10Z", 4),
    "a quarter": ("M10 70A60 60 0 0 1 70 10V70Z", 1),
    "radii too short": ("M10 50A5 5 0 0 1 70 50Z", 2),
    "a turned ellipse": ("M10 50A40 20 30 1 1 60 60Z", 3),
    "without a radius, to where it begins": ("M10 10A0 5 0 0 1 70 50L10 70A9 9 0 0 1 10 70Z", 2),
    "several of one command": ("M9 9h9v9q9 0 9 9a9 9 0 0 1 -18 0 9 9 0 0 1 18 0zm30 9a9 9 0 1 1 1 9", 8),
}  # fmt: skip


def drawn(data: str) -> Picture:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><path d="{data}"/></svg>'
    return of_png(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=480, height=480)))


@pytest.mark.parametrize("kind", PATHS)
def test_an_arc_in_parts_looks_as_it_did(kind: str) -> None:
    data, parts = PATHS[kind]
    found = parted(data)
    assert len(ARC.findall(found)) == parts
    assert not differs(drawn(found), drawn(data))
    assert np.any(drawn(found) < 250)
    assert len(ARC.findall(parted(found))) == parts


def test_a_path_without_arcs_is_left_alone() -> None:
    assert parted("M0 0L9 9z") == "M0 0L9 9z"

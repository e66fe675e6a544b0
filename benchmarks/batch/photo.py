"""A picture as hard to convert and to decode as a photograph, the same on every machine."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

# 2.2 megapixels: 154 x 100 mm at 300 ppi
WIDE, HIGH = 1820, 1182
QUALITY = 90
Field = NDArray[np.float64]
SKY, HAZE = (116, 158, 190), (232, 214, 190)
RIDGES = ((0.34, 0.10, (120, 146, 152)), (0.46, 0.09, (70, 108, 104)), (0.58, 0.07, (38, 76, 66)))
WATER, GLINT = (52, 92, 110), (236, 206, 168)


def photograph() -> bytes:
    """Return a river valley at dusk as an sRGB JPEG: smooth fields, soft edges, grain."""
    random = np.random.default_rng(4)
    down = np.linspace(0, 1, HIGH)[:, None]
    picture = _mixed(SKY, HAZE, np.clip(down / 0.5, 0, 1) ** 1.4 * np.ones((1, WIDE)))
    picture += 26 * _clouds(random)[..., None] * np.clip(1 - down / 0.5, 0, 1)[..., None]
    for top, rise, color in RIDGES:
        edge = top - rise * _line(random)
        cover = np.clip((down - edge[None, :]) * HIGH / 3, 0, 1)[..., None]
        depth = np.clip((down - edge[None, :]) * 2, 0, 0.5)[..., None]
        texture = (9 * _noise(random, 14) + 7 * _noise(random, 5))[..., None]
        picture = picture * (1 - cover) + (np.array(color) * (1 - depth) + texture) * cover
    picture = _with_water(picture, down, random) + 1.2 * random.standard_normal((HIGH, WIDE, 1))
    out = BytesIO()
    Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _with_water(picture: Field, down: Field, random: np.random.Generator) -> Field:
    shore = 0.70 + 0.03 * _line(random)
    cover = np.clip((down - shore[None, :]) * HIGH / 4, 0, 1)[..., None]
    ripple = 0.5 + 0.5 * np.sin(900 * down**1.7 + 5 * _noise(random, 40) + 4 * _noise(random, 12))
    near = np.exp(-(((np.linspace(0, 1, WIDE) - 0.62) / 0.22) ** 2))[None, :]
    water = _mixed(WATER, GLINT, ripple**6 * near * 0.9) + 6 * _noise(random, 9)[..., None]
    return picture * (1 - cover) + water * cover


def _mixed(first: tuple[int, int, int], second: tuple[int, int, int], share: Field) -> Field:
    return np.array(first) * (1 - share[..., None]) + np.array(second) * share[..., None]


def _line(random: np.random.Generator) -> Field:
    """Return a mountain's outline from 0 to 1."""
    along = np.linspace(0, 1, WIDE)
    waves = [
        random.uniform(0.4, 1) / count * np.sin(2 * np.pi * (count * along + random.uniform()))
        for count in (1, 2, 3, 5, 8, 13, 21, 34)
    ]
    line = np.sum(waves, axis=0)
    return np.asarray((line - line.min()) / np.ptp(line))


def _noise(random: np.random.Generator, size: int) -> Field:
    """Return noise between about -1 and 1 with spots of so many pixels."""
    grid = random.uniform(-1, 1, (HIGH // size + 2, WIDE // size + 2)).astype(np.float32)
    return np.asarray(Image.fromarray(grid).resize((WIDE, HIGH), Image.Resampling.BICUBIC), dtype=np.float64)


def _clouds(random: np.random.Generator) -> Field:
    return np.asarray(np.sum([_noise(random, size) * size / 300 for size in (300, 120, 50, 20)], axis=0))

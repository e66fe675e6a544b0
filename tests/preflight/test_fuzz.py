"""Files changed at random: the check always comes to an end with a report.

By default a few hundred files, the same each time, for 16 seconds at most. PRINTKIT_FUZZ_SECONDS makes new
ones for so long (`make fuzz`).
"""

import os
import time
from functools import lru_cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.preflight.damaged import ODD, looked_at, odd
from tests.preflight.files import press_file
from tests.preflight.ink.test_coverage import PAGES
from tests.preflight.inked_pages import page
from tests.preflight.matrix.base import built, draft, symbol
from tests.preflight.test_geometry import crowd

ASKED = float(os.environ.get("PRINTKIT_FUZZ_SECONDS", "0"))
SECONDS = ASKED / 2 or 8
SEEDS = ("press file", "crowd", "code", *PAGES)
FUZZ = settings(
    max_examples=int(ASKED * 50) or 120,
    derandomize=not ASKED,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@lru_cache
def seed(name: str) -> bytes:
    """Return a whole file, its streams readable so that changes reach into content."""
    out, made = BytesIO(), {"press file": press_file, "crowd": crowded, "code": coded}
    with pikepdf.open(BytesIO(made[name]() if name in made else page(*PAGES[name]))) as pdf:
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False)
    return out.getvalue()


def crowded() -> bytes:
    """Return a page that breaks most rules of paint at once, with spot colours, a profile and a layer."""
    return built(crowd(0))


def coded() -> bytes:
    return built(draft(symbol()))


@pytest.fixture(scope="module")
def end() -> Any:
    """Give each of the two tests its share of the time."""
    ends: dict[str, float] = {}
    return lambda test: ends.setdefault(test, time.monotonic() + SECONDS)


PLACES = st.floats(0, 1, exclude_max=True)
PIECES = st.binary(max_size=6) | st.sampled_from(
    (b"/", b"<<", b">>", b"[", b"]", b"(", b" 0 R", b"endstream", b"q ", b" cm ", b"99999999", b"-1", b" Do ")
)
CUTS = st.lists(st.tuples(PLACES, st.integers(0, 40), PIECES), min_size=1, max_size=6)


@FUZZ
@given(name=st.sampled_from(SEEDS), cuts=CUTS)
def test_bytes_changed_at_random_are_borne(end: Any, name: str, cuts: list[tuple[float, int, bytes]]) -> None:
    if time.monotonic() > end("bytes"):
        return
    data = seed(name)
    for place, length, piece in cuts:
        at = int(place * len(data))
        data = data[:at] + piece + data[at + length :]
    looked_at(data)


CHANGES = st.lists(st.tuples(PLACES, PLACES, st.sampled_from((*ODD, b"another"))), min_size=1, max_size=4)


@FUZZ
@given(name=st.sampled_from(SEEDS), changes=CHANGES)
@example(name="press file", changes=[(0.1, 0.5, b"another")])
def test_objects_changed_at_random_are_borne(
    end: Any, name: str, changes: list[tuple[float, float, bytes]]
) -> None:
    if time.monotonic() > end("objects"):
        return
    with pikepdf.open(BytesIO(seed(name))) as pdf:
        for which, key, wrong in changes:
            change(pdf, which, key, wrong)
        out = BytesIO()
        try:
            pdf.save(out, compress_streams=False, fix_metadata_version=False)
        except (pikepdf.PdfError, RuntimeError):
            # some changes leave nothing that can be written
            return
    looked_at(out.getvalue())


def change(pdf: pikepdf.Pdf, which: float, key: float, wrong: bytes) -> None:
    """Put something else, or another object of the file, in the place of an entry."""
    objects = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary | pikepdf.Stream)]
    holder = objects[int(which * len(objects))]
    keys = [name for name in holder.keys() if name != "/Length"]  # noqa: SIM118
    if keys:
        other = objects[int(key * 997) % len(objects)]
        holder[keys[int(key * len(keys))]] = other if wrong == b"another" else odd(wrong)

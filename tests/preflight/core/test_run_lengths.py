"""What is packed by run lengths is read as what is packed otherwise: images, content, fonts, profiles."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Name

from printkit.preflight.checks import check
from tests.preflight.matrix.base import Draft, built, draft
from tests.preflight.matrix.judge import HOME, expected
from tests.preflight.matrix.objects import block, drawn, form, inks, picture, space
from tests.preflight.matrix.sample import PLAIN_ASK

CMYK = picture("J", (260, 260), "/DeviceCMYK", Decode="[1 0 1 0 1 0 1 0]")


def run_lengths(data: bytes) -> bytes:
    """Pack data as copies of 128 bytes at most (ISO 32000-1, 7.4.5)."""
    parts = (data[start : start + 128] for start in range(0, len(data), 128))
    return b"".join(bytes([len(part) - 1]) + part for part in parts) + b"\x80"


def packed(pdf: pikepdf.Pdf, _: Any) -> None:
    """Pack every stream of the file but its metadata."""
    streams = {one.objgen: one for one in pdf.objects if isinstance(one, pikepdf.Stream)}
    for stream in streams.values():
        if stream.get("/Type") != "/Metadata":
            stream.write(run_lengths(stream.read_bytes()), filter=Name.RunLengthDecode)


def palette(pdf: pikepdf.Pdf, page: Any) -> None:
    table = pdf.make_stream(b"\xff" * 8)
    page.Resources.XObject.J.ColorSpace = Array([Name.Indexed, Name.DeviceCMYK, 1, table])


@pytest.mark.parametrize(
    ("rules", "work"),
    [
        (set(), draft()),
        ({"R0027", "x4/colour"}, draft("q /X Do Q", form("X", block("1 0 0 rg")))),
        ({"R0020"}, draft(block("/D cs 0 1 scn"), inks("D", "Cyan", "Gold"))),
        ({"R0027"}, draft(block("/P cs 0 0 0 scn"), space("P", "icc:sRGB"))),
        ({"R0026"}, draft(drawn("J", 60, 60), CMYK)),
        ({"R0026"}, draft(drawn("J", 60, 60), picture("J", (260, 260), "/DeviceGray"), palette)),
        (set(), draft("q 4 0 0 4 18 110 cm BI /W 2 /H 2 /CS /G /BPC 8 /F [/AHx /RL] ID 0300000000 80> EI Q")),
    ],
    ids=["all", "form", "function", "profile", "image", "palette", "inline"],
)
def test_a_file_packed_by_run_lengths_is_told_as_it_is(rules: set[str], work: Draft) -> None:
    report = check(built(Draft(work.paint, (*work.changes, packed))), expected(PLAIN_ASK, HOME))
    assert {one.id for one in report.findings} - {"R0001"} == rules
    assert not report.not_checked

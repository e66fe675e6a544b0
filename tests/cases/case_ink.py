"""Cases about ink: pictures whatever their packing, and what is printed at all."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.preflight import Report, check
from tests.cases.registry import case
from tests.preflight.inked_pages import judged_by, page, with_intent
from tests.preflight.packed_images import ccitt, group4, made, rings, table


def pictured(picture: Any) -> bytes:
    return page("q 40 0 0 40 10 10 cm /I Do Q", lambda pdf: {"/XObject": Dictionary(I=picture(pdf))})


def ink_over(report: Report) -> list[float | None]:
    """Return what R0026 measured, after it ran to its end."""
    assert "R0026" in report.rules_run
    return [one.measured for one in report.findings if one.id == "R0026"]


@case("preflight/ccitt-indexed-cmyk")
def fax_in_two_colours(_: Path) -> None:
    """A fax of 1 bit in Indexed DeviceCMYK is measured by its two colours: rich ones are over the limit."""

    def fax(pdf: pikepdf.Pdf, *colours: tuple[int, ...]) -> Any:
        told = {"Filter": Name.CCITTFaxDecode, "DecodeParms": ccitt(), "BitsPerComponent": 1}
        return made(pdf, group4(rings()), ColorSpace=table(Name.DeviceCMYK, colours), **told)

    plain = check(pictured(lambda pdf: fax(pdf, (0, 0, 0, 0), (255, 255, 0, 0))), judged_by())
    assert ink_over(plain) == []
    rich = check(pictured(lambda pdf: fax(pdf, (255, 255, 255, 200), (255, 255, 255, 255))), judged_by())
    (measured,) = ink_over(rich)
    assert measured is not None
    assert 3.78 < measured < 4.01


@case("preflight/r0026-lab-image")
def dark_lab(_: Path) -> None:
    """An image in Lab 10 0 0 has by FOGRA39 the inks that LittleCMS gives it, 288 %; white has none."""

    def lab(pdf: pikepdf.Pdf, *colour: int) -> Any:
        told = Dictionary(WhitePoint=[0.9642, 1, 0.8249], Range=[-128, 127, -128, 127])
        return made(pdf, bytes(colour) * 404 * 300, ColorSpace=Array([Name.Lab, told]))

    order = judged_by("newspaper-ads-cmyk-plus-rgb")
    dark = with_intent(pictured(lambda pdf: lab(pdf, 25, 128, 128)))
    assert ink_over(check(dark, order)) == [pytest.approx(2.88, abs=0.03)]
    assert ink_over(check(with_intent(pictured(lambda pdf: lab(pdf, 255, 128, 128))), order)) == []

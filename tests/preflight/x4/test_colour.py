"""PDF/X-4: what is legal under which output intent, and what spot colours may fall back to."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.preflight import Finding
from printkit.preflight.checks import check
from tests.preflight.files import broken, findings
from tests.preflight.gwg_pages import Change, image, profile, sheets, tint


def intended(space: bytes, paint: str, resources: Change | None = None) -> list[Finding]:
    """Return what is found on a page under an output intent of the colour space given."""

    def change(pdf: pikepdf.Pdf) -> None:
        data = pikepdf.Stream(pdf, bytes(12) + b"prtr" + space + bytes(108))
        pdf.Root.OutputIntents = Array(
            [Dictionary(S=Name.GTS_PDFX, DestOutputProfile=pdf.make_indirect(data))]
        )

    report = check(sheets(paint, change=change, resources=resources))
    return [finding for finding in report.findings if finding.id == "x4/colour"]


@pytest.mark.parametrize(
    ("space", "legal"), [(b"CMYK", "gray cmyk"), (b"RGB ", "gray rgb"), (b"GRAY", "gray")]
)
def test_device_spaces_follow_the_output_intent(space: bytes, legal: str) -> None:
    paints = {"gray": "0 g", "rgb": "1 0 0 rg", "cmyk": "0 0 0 1 k"}
    found = {name for name, paint in paints.items() if not intended(space, f"{paint} 20 20 9 9 re f")}
    assert found == set(legal.split())


def fallback(alternate: Any, **spaces: Any) -> Change:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        space = Array([Name.Separation, Name.Gold, alternate, tint(pdf, 1, 1, 0)])
        given = {name: make(pdf) for name, make in spaces.items()}
        return {"/ColorSpace": Dictionary(S=space, **given)}

    return resources


def test_spot_colours_need_a_legal_alternate() -> None:
    paint = "/S cs 1 scn 20 20 9 9 re f"
    found = intended(b"CMYK", paint, fallback(Name.DeviceRGB))
    assert [one.message for one in found] == ["line work in a spot colour with its alternate in DeviceRGB"]
    assert intended(b"CMYK", paint, fallback(Name.DeviceRGB, DefaultRGB=lambda pdf: profile(pdf, 3))) == []
    lab = Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])])
    assert intended(b"CMYK", paint, fallback(lab)) == []


def test_device_n_needs_a_legal_alternate_too() -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        names = Array([Name.Gold, Name.Cyan])
        space = Array([Name.DeviceN, names, Name.DeviceRGB, tint(pdf, 1, 1, 0)])
        return {"/ColorSpace": Dictionary(S=space)}

    assert len(intended(b"CMYK", "/S cs 1 0 scn 20 20 9 9 re f", resources)) == 1


def test_a_default_in_a_group_s_own_resources_counts() -> None:
    def grouped(pdf: pikepdf.Pdf) -> None:
        form = pdf.pages[0].obj.Resources.XObject.Form
        form.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
        form.Resources = Dictionary(ColorSpace=Dictionary(DefaultRGB=profile(pdf, 3)))

    assert findings(broken(grouped), "x4/colour") == []


@pytest.mark.parametrize(("bits", "found"), [(8, 0), (16, 1)])
def test_images_of_more_than_8_bits_are_a_warning(bits: int, found: int) -> None:
    def deep(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Resources.XObject.New = image(pdf, 20, 20, bits)

    assert [one.severity for one in findings(broken(deep), "x4/image-depth")] == ["warning"] * found


def test_lzw_is_a_warning_in_streams_and_in_inline_images() -> None:
    inline = "q 9 0 0 9 20 20 cm BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID \x80\x0b\x60\x50 EI Q"
    report = check(sheets(inline))
    assert [one.severity for one in report.findings if one.id == "x4/lzw"] == ["warning"]

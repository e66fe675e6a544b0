"""Pages for the Ghent Workgroup's rules about files, images, spot colours and spaces."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

from printkit.preflight import Expected, Finding, Requirements
from printkit.preflight.checks import check
from tests.preflight.inked_pages import gwg

Change = Callable[[pikepdf.Pdf], Any]
SIDE = 200
SPACES = ("/DeviceGray", "/DeviceRGB", "/DeviceCMYK")


def sheets(*paints: str, change: Change | None = None, resources: Change | None = None) -> bytes:
    """Return a file of pages of 200 x 200 pt, trim 180 x 180 pt in the middle, one for each content."""
    with pikepdf.new() as pdf:
        for paint in paints:
            pdf.add_blank_page(page_size=(SIDE, SIDE))
            pdf.pages[-1].Contents = pdf.make_stream(paint.encode())
            pdf.pages[-1].TrimBox = Array([10, 10, 190, 190])
            pdf.pages[-1].Resources = Dictionary(resources(pdf) if resources else {})
        if change:
            change(pdf)
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def judged(pdf: bytes, rule: str, variant: str, **shift: float) -> list[Finding]:
    """Return what one rule finds in a variant in which it is run."""
    report = check(pdf, Expected(gwg=Requirements(gwg(), variant, **shift)))
    assert rule in report.rules_run
    return [finding for finding in report.findings if finding.id == rule]


def left_out(pdf: bytes, rule: str, variant: str) -> str:
    """Return why a rule is not run."""
    report = check(pdf, Expected(gwg=Requirements(gwg(), variant)))
    return next(one.why for one in report.rules_not_run if one.id == rule)


def profile(pdf: pikepdf.Pdf, components: int) -> Array:
    """Return an ICCBased space; only its number of components is looked at."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return Array([Name.ICCBased, pdf.make_indirect(pikepdf.Stream(pdf, data, N=components))])


def tint(pdf: pikepdf.Pdf, *full: float) -> Any:
    return pdf.make_indirect(Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * len(full), C1=[*full], N=1))


def separation(pdf: pikepdf.Pdf, name: str, *full: float) -> Array:
    return Array([Name.Separation, Name("/" + name), Name.DeviceCMYK, tint(pdf, *(full or (0, 0.6, 1, 0)))])


def image(pdf: pikepdf.Pdf, width: int, height: int, bits: int = 8, **entries: Any) -> Any:
    space = {} if "ImageMask" in entries or "ColorSpace" in entries else {"ColorSpace": Name.DeviceGray}
    common = {"Type": Name.XObject, "Subtype": Name.Image, "BitsPerComponent": bits, **space, **entries}
    row = (width * bits + 7) // 8
    return pdf.make_indirect(
        pikepdf.Stream(pdf, bytes(row * height * 4), Width=width, Height=height, **common)
    )

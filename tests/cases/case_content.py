"""What cannot be made out is found, and never passed over."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image

from tests.cases.registry import case
from tests.cases.sound import LARGE, SHEET, report, told
from tests.preflight.matrix.base import XMP, Change, draft
from tests.preflight.matrix.objects import drawn, picture, space

PLUS_RGB = "sheetcmyk-cmyk-plus-rgb"


@case("preflight/missing-font")
def missing_font(_: Path) -> None:
    """Text in a font that Resources do not have is an error: a RIP drops it or puts another in."""
    assert told(draft("0 0 0 1 k BT /Gone 24 Tf 18 110 Td (AB) Tj ET")) == {"R0001", "x4/resources"}


@case("preflight/missing-colourspace")
def missing_space(_: Path) -> None:
    """A fill in a colour space that Resources do not have is an error."""
    assert told(draft("/Gone cs 0.5 scn 18 110 9 9 re f")) == {"R0001", "x4/resources"}


@case("preflight/img-cs-unknown")
def unknown_space(_: Path) -> None:
    """An image in a colour space that PDF does not know is an error."""
    found = draft(drawn("J", 4, 4), picture("J", (60, 60), "[/Foo 1]"))
    assert told(found) == {"R0001", "x4/image-space"}


def _changed(name: str, **entries: Any) -> Change:
    def change(_: pikepdf.Pdf, page: Any) -> None:
        for key, value in entries.items():
            if value is None:
                del page.Resources.XObject[f"/{name}"][f"/{key}"]
            else:
                page.Resources.XObject[f"/{name}"][f"/{key}"] = value

    return change


@case("preflight/img-cs-none")
def no_space(_: Path) -> None:
    """An image without a colour space that is no JPEG 2000 is an error."""
    found = draft(drawn("J", 4, 4), picture("J", (60, 60), "/DeviceGray"), _changed("J", ColorSpace=None))
    assert "x4/image-space" in {one.id for one in report(found).findings}


@case("preflight/garbage-operators")
def unknown_operators(_: Path) -> None:
    """Operators that PDF does not know are an error; between BX and EX they are allowed."""
    assert told(draft("q 1 2 3 foo bar Q")) == {"R0001", "x4/content"}
    assert told(draft("BX q 1 2 3 foo bar Q EX")) == set()


@case("preflight/bad-flate-image")
def damaged_image(_: Path) -> None:
    """An image whose data do not decompress is an error."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Resources.XObject.J.write(b"no packed data", filter=Name.FlateDecode)

    found = report(draft(drawn("J", 4, 4), picture("J", (60, 60), "/DeviceCMYK"), change))
    assert found.verdict == "fail"
    assert "x4/image-data" in {one.id for one in found.findings}


@case("preflight/xmp-broken-elsewhere")
def broken_xmp(_: Path) -> None:
    """XMP with a bare & where no rule reads it is not well-formed: x4/metadata."""

    def change(pdf: pikepdf.Pdf, _: Any) -> None:
        rights = '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">A & B</rdf:li></rdf:Alt></dc:rights>'
        broken = XMP.replace("</rdf:Description>", f"{rights}</rdf:Description>")
        pdf.Root.Metadata = pdf.make_stream(broken.encode(), Type=Name.Metadata, Subtype=Name.XML)

    assert told(draft("", change)) == {"R0001", "x4/metadata"}


def jpeg_2000(mode: str, size: int = 60, **settings: Any) -> Change:
    """Have image J be JPEG 2000 without a colour space in its dictionary."""
    packed = BytesIO()
    Image.new(mode, (size, size), 0).save(packed, "JPEG2000", **settings)

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        stream = pikepdf.Stream(pdf, packed.getvalue())
        stream.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=size, Height=size, Filter=Name.JPXDecode
        )
        page.Resources.XObject.J = pdf.make_indirect(stream)

    return change


@case("preflight/jpx-rgb-no-colorspace")
def jpeg_2000_in_srgb(_: Path) -> None:
    """JPEG 2000 that names sRGB by itself breaks R0027; where RGB with a profile is allowed it may stay."""
    shown = draft(drawn("J", 4, 4), jpeg_2000("RGB"))
    assert told(shown) == {"R0027"}
    assert told(shown, PLUS_RGB) == set()
    assert told(draft(drawn("J", 4, 4), jpeg_2000("L"))) == set()


@case("preflight/p34-separationinfo")
def separated_before(_: Path) -> None:
    """A page with SeparationInfo is a plate of a page separated before; PDF/X wants whole pages."""

    def change(_: pikepdf.Pdf, page: Any) -> None:
        page.SeparationInfo = Dictionary(Pages=pikepdf.Array([page]), DeviceColorant=Name.Cyan)

    assert told(draft("", change)) == {"R0001", "x4/pages"}


@case("preflight/p30-defaultcmyk-own-intent")
def default_is_the_intent(_: Path) -> None:
    """DefaultCMYK that is the output intent's own profile breaks x4/colour, and R0027 too."""
    own = space("DefaultCMYK", "icc:FOGRA39L_coated.icc")
    assert told(draft("", own), SHEET) == {"R0001", "R0027", "x4/colour"}
    assert told(draft("", space("DefaultCMYK", "icc:FOGRA29L_uncoated.icc")), SHEET) == {"R0027"}
    assert "x4/colour" in told(draft("", own), LARGE)

"""A logo that comes as PDF looks as PDFium shows it; what is more than paths is refused."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
import resvg_py
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageCms

from printkit.raster.pdf_drawing import is_pdf, pdf_as_svg
from printkit.raster.problem import PictureProblem
from printkit.raster.svg_drawing import open_drawing

SCALE = 4
Change = Callable[[Pdf], object]


def logo(content: str, box: tuple[float, ...] = (0, 0, 100, 60), change: Change = lambda pdf: None) -> bytes:
    """Return a PDF of one page; `change` may add to it before it is saved."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(100, 60))
        page = pdf.pages[0].obj
        page.MediaBox = Array(box)
        page.Contents = pdf.make_stream(content.encode())
        page.Resources = Dictionary(
            ExtGState=Dictionary(half=Dictionary(ca=0.5, CA=0.5), over=Dictionary(op=True)),
            XObject=Dictionary(part=part(pdf, "1 0 0 rg 0 0 20 20 re f 0 0 1 rg 10 10 20 20 re f")),
        )
        change(pdf)
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def part(pdf: Pdf, content: str) -> pikepdf.Stream:
    keys = {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 25, 25])}
    keys |= {"/Matrix": Array([1.5, 0.5, 0, 1, 10, 5]), "/Group": Dictionary(S=Name.Transparency)}
    return pdf.make_stream(content.encode(), keys)


def no_press() -> bytes:
    raise AssertionError("no profile is due")


def pixels(image: Image.Image) -> NDArray[np.int16]:
    return np.asarray(image.convert("RGB").reduce(SCALE), dtype=np.int16)


def by_pdfium(pdf: bytes) -> NDArray[np.int16]:
    return pixels(pypdfium2.PdfDocument(pdf)[0].render(scale=SCALE).to_pil())


def by_resvg(svg: bytes) -> NDArray[np.int16]:
    drawn = resvg_py.svg_to_bytes(svg_string=svg.decode(), width=100 * SCALE, height=60 * SCALE, dpi=96)
    image = Image.open(io.BytesIO(bytes(drawn)))
    return pixels(Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA")))


@pytest.mark.parametrize(
    "content",
    [
        "1 0 0 rg 10 10 30 20 re f 0 0 1 rg 50 10 m 90 10 l 70 50 l h f",
        "0 0.4 0 rg 10 30 m 10 60 50 60 50 30 c 50 0 10 0 y 20 20 30 10 v f",
        "8 w 1 J 1 j 0 0.2 0.4 RG 15 15 m 50 45 l 85 15 l S 4 w [12 6] 3 d 0 J 10 55 m 90 55 l S",
        "0.5 g 0 0 100 60 re 20 15 60 30 re f*",
        "q 50 30 m 90 30 l 50 55 l h W n 1 0 0 rg 0 0 100 60 re f Q 0 0 1 rg 0 0 20 20 re f",
        "q 10 10 60 40 re W n 40 20 60 40 re W* n 1 0.8 0 rg 0 0 100 60 re f Q",
        "q .8 .3 -.3 .8 30 5 cm 10 w 0.2 G 1 0.8 0 rg 5 5 40 30 re B Q",
        "/half gs 1 0 0 rg 10 10 50 30 re f 0 0 1 RG 6 w 30 5 m 90 55 l S",
        "/part Do q /half gs .8 0 0 .8 40 10 cm /part Do Q",
        "/Span <</MCID 0>> BDC 1 0 0 rg 10 10 30 20 re f EMC",
    ],
)
def test_paths_look_as_they_did(content: str) -> None:
    pdf = logo(content)
    svg = pdf_as_svg(pdf, no_press)
    open_drawing(svg)
    difference = np.abs(by_resvg(svg) - by_pdfium(pdf)).max(axis=2)
    assert difference.mean() < 2
    assert (difference > 72).mean() < 0.004


def test_a_logo_packed_by_run_lengths_is_taken() -> None:
    content = b"1 0 0 rg 10 10 30 20 re f"

    def packed(pdf: Pdf) -> None:
        lengths = bytes([len(content) - 1]) + content + b"\x80"
        pdf.pages[0].obj.Contents.write(lengths, filter=Name.RunLengthDecode)

    assert pdf_as_svg(logo("", change=packed), no_press) == pdf_as_svg(logo(content.decode()), no_press)


@pytest.mark.parametrize("box", [(0, 0, 100, 60), (-20, 30, 80, 90), (80, 60, -20, 0)])
def test_the_page_is_where_its_box_is(box: tuple[float, ...]) -> None:
    pdf = logo(f"1 0 0 rg {min(box[0], box[2]) + 5} {min(box[1], box[3]) + 5} 40 20 re f", box)
    shown = by_resvg(pdf_as_svg(pdf, no_press))
    rows, columns = np.nonzero(shown[:, :, 2] < 128)
    assert (columns.min(), columns.max(), rows.min(), rows.max()) == (5, 44, 35, 54)


def test_what_a_viewer_crops_is_cropped() -> None:
    def crop(pdf: Pdf) -> None:
        pdf.pages[0].obj.CropBox = Array([20, 10, 80, 50])

    svg = pdf_as_svg(logo("1 0 0 rg 0 0 100 60 re f", change=crop), no_press)
    assert b'width="60pt" height="40pt"' in svg


def test_inks_go_by_the_profile_that_the_file_names(repository: Path) -> None:
    """Cyan by the output intent is no cyan of the screen; a press's profile is not asked for."""
    profile = next((repository / "assets/icc").glob("*.icc")).read_bytes()

    def intend(pdf: Pdf) -> None:
        stream = pdf.make_stream(profile, {"/N": 4})
        pdf.Root.OutputIntents = Array([Dictionary(DestOutputProfile=stream)])

    by_file = pdf_as_svg(logo("1 0 0 0 k 0 0 100 60 re f", change=intend), no_press)
    by_press = pdf_as_svg(logo("1 0 0 0 k 0 0 100 60 re f"), lambda: profile)
    assert by_file == by_press
    assert b'fill="#00ffff"' not in by_file


def test_ink_of_black_alone_is_grey() -> None:
    svg = pdf_as_svg(logo("0 0 0 1 k 0 0 9 9 re f 0 0 0 .5 k 9 9 9 9 re f"), no_press)
    assert b'fill="#000000"' in svg
    assert b'fill="#808080"' in svg


def test_colours_with_a_profile_of_their_own_go_by_it() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    def name(pdf: Pdf) -> None:
        space = Array([Name.ICCBased, pdf.make_stream(srgb, {"/N": 3})])
        pdf.pages[0].obj.Resources.ColorSpace = Dictionary(own=space)

    svg = pdf_as_svg(logo("/own cs 0.8 0 0.2 sc 0 0 100 60 re f", change=name), no_press)
    assert b'fill="#cc0033"' in svg


def second_page(pdf: Pdf) -> None:
    pdf.add_blank_page()


def noted(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link)])


def running(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript)


def turned(pdf: Pdf) -> None:
    pdf.pages[0].obj.Rotate = 90


def spot(pdf: Pdf) -> None:
    space = Array([Name.Separation, Name.Blue, Name.DeviceCMYK, Dictionary()])
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(s=space)


def blending(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.ExtGState.mix = Dictionary(BM=Name.Multiply)


def hidden(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def picture(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.im = pdf.make_stream(b"", {"/Subtype": Name.Image})


def endless(pdf: Pdf) -> None:
    form = pdf.pages[0].obj.Resources.XObject.part
    form.Resources = Dictionary(XObject=Dictionary(part=form))
    form.write(b"/part Do")


@pytest.mark.parametrize(
    ("content", "change", "words"),
    [
        ("0 0 9 9 re f", second_page, "has 2 pages; save the one"),
        ("0 0 9 9 re f", noted, "links or notes"),
        ("0 0 9 9 re f", running, "forms or scripts"),
        ("0 0 9 9 re f", turned, "is turned or scaled"),
        ("0 0 9 9 re f", hidden, "hidden layers"),
        ("/s cs 1 scn 0 0 9 9 re f", spot, "a spot colour"),
        ("/mix gs 0 0 9 9 re f", blending, "blends or masks"),
        ("/im Do", picture, "has pictures"),
        ("/part Do", endless, "parts inside parts without end"),
    ],
)
def test_what_is_more_than_paths_is_refused(content: str, change: Change, words: str) -> None:
    with pytest.raises(PictureProblem, match=words):
        pdf_as_svg(logo(content, change=change), no_press)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("BT /F 9 Tf (x) Tj ET", "has text; turn it into paths"),
        ("/S sh", "has gradients; save the logo as SVG"),
        ("/Pattern cs /P scn 0 0 9 9 re f", "patterns or gradients"),
        ("BI /W 1 /H 1 /BPC 8 /CS /G ID x EI", "has pictures"),
        ("/over gs 0 0 9 9 re f", "overprints"),
        ("/half gs 0 0 9 9 re B", "blends or masks"),
        ("0 w 0 0 m 9 9 l S", "lines without a width"),
        ("/none cs 0 0 9 9 re f", "a colour space it has not"),
        ("1 0 rg 0 0 9 9 re f", "a colour that cannot be read"),
        ("0 0 9 re f", "cannot be read"),
        ("/none Do", "cannot be read"),
        ("9 nonsense", "an operator that PDF does not know"),
        ("0 0 9 9 re n", "is empty"),
    ],
)
def test_operators_that_no_drawing_of_paths_has_are_refused(content: str, words: str) -> None:
    with pytest.raises(PictureProblem, match=words):
        pdf_as_svg(logo(content), no_press)


def test_a_protected_file_is_refused_whether_it_opens_or_not() -> None:
    for user in ("", "secret"):
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(logo("0 0 9 9 re f"))) as pdf:
            pdf.save(target, encryption=pikepdf.Encryption(owner="owner", user=user))
        with pytest.raises(PictureProblem, match="protected; save it without a password"):
            pdf_as_svg(target.getvalue(), no_press)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<</Root 1 0 R>>"])
def test_what_is_no_whole_pdf_is_refused(data: bytes) -> None:
    assert is_pdf(data)
    with pytest.raises(PictureProblem):
        pdf_as_svg(data, no_press)

"""Many press files as one: the same pages, what they share once, one PDF/X-4."""

from collections import Counter
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from printkit.errors import RenderError
from printkit.finish import finish, merge
from printkit.preflight.checks import check
from printkit.qr.reading import read
from printkit.raster.page import page_image
from tests.finish.pages import MARKS, SPEC, code, layout, opened, patterns, pdfium, spec, written

IDENTITY = replace(SPEC.identity, title="Drammensbiblioteket", document_id="merged")
URLS = [f"https://example.no/nu03?k=r26&s={site}" for site in ("fjell", "strømsø", "åssiden")]
IDS = ("K7M-4RFX", "AAM-J7FN", "KPC-EH9R")


def variants(source: bytes) -> list[bytes]:
    """Return one layout's files, each with its own site's code on page 1."""
    return [
        finish(
            source,
            spec(
                identity=replace(SPEC.identity, document_id=name),
                codes=(code((5, 5), url, name),),
                marks=MARKS,
            ),
        )
        for url, name in zip(URLS, IDS, strict=True)
    ]


GRADIENTS = variants(layout(b"/Pattern cs /Gradient scn 0 0 150 300 re f /Form Do", patterns))
PLAIN = variants(layout(b"0 1 0 0 k 0 0 400 40 re f", pages=2))
FILES = [file for pair in zip(GRADIENTS, PLAIN, strict=True) for file in pair]
MERGED = merge(FILES, IDENTITY)
# (file, page) of each page in order
PAGES = [(file, page) for file in FILES for page in range(len(opened(file).pages))]


def streams(pdf: bytes) -> Counter[tuple[bytes, str]]:
    """Count streams by their bytes; the tiles of page and form differ in their matrix only."""
    found = (item for item in opened(pdf).objects if isinstance(item, Stream))
    return Counter((item.read_raw_bytes(), str(item.get(Name.Matrix))) for item in found)


def test_each_page_looks_as_in_its_file() -> None:
    assert len(opened(MERGED).pages) == len(PAGES) == 9
    for number, (file, page) in enumerate(PAGES):
        assert pdfium(MERGED, page=number).tobytes() == pdfium(file, page=page).tobytes()


def test_pages_keep_their_boxes_and_content() -> None:
    for whole, (file, page) in zip(opened(MERGED).pages, PAGES, strict=True):
        alone = opened(file).pages[page]
        assert [whole.mediabox, whole.bleedbox, whole.trimbox] == [
            alone.mediabox,
            alone.bleedbox,
            alone.trimbox,
        ]
        assert [one.read_bytes() for one in whole.Contents] == [one.read_bytes() for one in alone.Contents]


def test_each_code_is_read_on_the_page_of_its_piece() -> None:
    coded = [number for number, (_, page) in enumerate(PAGES, 1) if page == 0]
    found = [read(page_image(MERGED, number, 300))[0].text for number in coded]
    assert found == [url for url in URLS for _ in range(2)]


def test_what_pages_share_is_stored_once() -> None:
    merged = streams(MERGED)
    assert set(merged.values()) == {1}
    alone = streams(GRADIENTS[0]) | streams(PLAIN[0])
    # both layouts have their code in the same place, so that a site's is the same in both
    assert len(merged) == len(alone) + len(URLS) - 1


def test_a_variant_more_costs_little() -> None:
    one, two = (len(merge(GRADIENTS[:count], IDENTITY)) for count in (1, 2))
    assert two - one < 4000 < len(GRADIENTS[0]) / 20


def test_equal_files_give_equal_bytes() -> None:
    assert merge(iter(FILES), IDENTITY) == MERGED
    assert merge(FILES[::-1], IDENTITY) != MERGED


def test_the_merged_file_has_an_identity_and_one_intent() -> None:
    pdf = opened(MERGED)
    assert MERGED.startswith(b"%PDF-1.6\n")
    assert b"/ObjStm" not in MERGED
    assert str(pdf.docinfo.Title) == "Drammensbiblioteket"
    assert bytes(pdf.trailer.ID[0]).hex() == IDENTITY.file_id
    (intent,) = pdf.Root.OutputIntents
    assert intent.DestOutputProfile.read_bytes() == SPEC.intent.profile
    assert pdf.check_pdf_syntax() == []


def test_the_merged_file_is_pdf_x_4() -> None:
    report = check(MERGED)
    assert report.findings == ()
    assert "x4/colour" in report.rules_run


def test_a_string_that_reads_like_a_reference_stays() -> None:
    said = Dictionary(Properties=Dictionary(P=Dictionary(A="(7 0 R) \\", B=Array([1, 7]))))
    file = finish(layout(b"/Span /P BDC EMC", lambda _: said), SPEC)
    page = opened(merge([file], IDENTITY)).pages[0]
    assert (str(page.Resources.Properties.P.A), list(page.Resources.Properties.P.B)) == ("(7 0 R) \\", [1, 7])


def test_files_of_two_printing_conditions_are_refused() -> None:
    other = finish(layout(), spec(intent=replace(SPEC.intent, identifier="FOGRA47")))
    with pytest.raises(RenderError, match="one and the same printing condition"):
        merge([FILES[0], other], IDENTITY)
    with pytest.raises(RenderError, match="one and the same printing condition"):
        merge([layout()], IDENTITY)


@pytest.mark.parametrize("files", [[], [b"no pdf"]])
def test_nothing_and_damaged_files_are_refused(files: list[bytes]) -> None:
    with pytest.raises(RenderError):
        merge(files, IDENTITY)


def test_layers_and_circles_are_refused() -> None:
    layers, circle = (pikepdf.open(BytesIO(FILES[0])) for _ in range(2))
    layers.Root.OCProperties = Dictionary()
    form = circle.pages[0].Resources.XObject.Form
    form.Resources.XObject = Dictionary(Own=form)
    for pdf, reason in ((layers, "with layers"), (circle, "in a circle")):
        with pytest.raises(RenderError, match=reason):
            merge([written(pdf)], IDENTITY)


def test_pages_in_one_file_share_their_resources() -> None:
    numbers = {page.obj.Resources.objgen for page in opened(MERGED).pages}
    assert len(numbers) < len(PAGES)

"""What an order leaves to the archive: a paper that archives take, in words, with the pages as pictures."""

import io
import zipfile

import pikepdf
import pypdfium2
import pytest

from printkit.orders.changing import set_beside
from printkit.orders.content import Beside
from printkit.orders.export import archive
from printkit.orders.stepping import On
from tests.orders.stage import Stage

TITLE = "Åpent møte <b>&"


@pytest.fixture
def paper(lite: Stage) -> bytes:
    places = [
        {"site": "bib-drammen", "copies": 60},
        *({"address": f"Skolegata {number}, 3060 Svelvik", "copies": 1} for number in range(1, 41)),
    ]
    content = lite.content(line={"places": places}).model_copy(update={"title": TITLE})
    order = lite.released(content)
    set_beside(lite.book, lite.leader, On(order.id), Beside(phone="99 99 99 99", reference="K-7"))
    lite.work()
    with zipfile.ZipFile(io.BytesIO(archive(lite.book, lite.leader, order.id))) as papers:
        return papers.read("order.pdf")


def test_an_orders_paper_is_as_archives_ask(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        with pdf.open_metadata() as told:
            assert told.pdfa_status == "2B"
            assert (told["dc:title"], str(pdf.docinfo.Title)) == (f"Bestilling 1: {TITLE}",) * 2
            assert told["xmp:CreateDate"] == told["xmp:ModifyDate"]
        # Info says nothing that the packet does not
        assert set(pdf.docinfo) == {"/Title", "/Producer", "/CreationDate", "/ModDate"}
        (intent,) = pdf.Root.OutputIntents
        assert (intent.S, int(intent.DestOutputProfile.N)) == ("/GTS_PDFA1", 3)
        assert len(pdf.trailer.ID) == 2
        for page in pdf.pages:
            for name, font in page.Resources.Font.items():
                assert name not in set_in(page) or "/FontFile2" in font.FontDescriptor


def set_in(page: pikepdf.Page) -> set[str]:
    """Return the names of the fonts that a page's text is set in."""
    chosen, used = "", set()
    for one in pikepdf.parse_content_stream(page):
        if str(one.operator) == "Tf":
            chosen = str(one.operands[0])
        elif str(one.operator) in ("Tj", "TJ"):
            used.add(chosen)
    return used


def test_an_orders_paper_says_all_in_words(paper: bytes) -> None:
    pdf = pypdfium2.PdfDocument(paper)
    text = " ".join(page.get_textpage().get_text_bounded() for page in pdf).replace("\u00a0", " ")
    for said in (TITLE, "150,00 kr", "37,50 kr", "K-7", "Skolegata 40, 3060 Svelvik: 1", "Hei", "Trykkfiler"):
        assert said in text
    # The phone of whoever takes the parcel is no matter for the archive.
    assert "99 99" not in text
    assert len(pdf) > 1
    kinds = [one.type for page in pdf for one in page.get_objects()]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 1

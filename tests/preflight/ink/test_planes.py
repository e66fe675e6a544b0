from io import BytesIO

import pikepdf
from pikepdf import Dictionary

from printkit.preflight import Subject
from printkit.preflight.ink.planes import Planes, images_of, process_planes
from printkit.preflight.ink.plate_copy import PlateForms
from tests.preflight.inked_pages import judged_by, page


def planes(pdf: bytes, forms: PlateForms | None = None) -> Planes:
    with pikepdf.open(BytesIO(pdf)) as opened:
        subject = Subject(pdf, opened, judged_by())
        return process_planes(subject, subject.pages[0], 25.4, images_of(subject, 10_000), forms=forms)


def test_each_ink_has_its_plane() -> None:
    shown = planes(page("1 0 0 0.2 k 0 30 75 30 re f 0 0.4 0 0 k 0 0 75 30 re f"))
    assert shown.shape == (60, 75, 4)
    assert shown[10, 40].tolist() == [255, 0, 0, 51]
    assert shown[50, 40].tolist() == [0, 102, 0, 0]


def test_black_that_overprints_leaves_the_inks_beneath() -> None:
    over = {"/ExtGState": Dictionary(Over=Dictionary(op=True, OP=True, OPM=1))}
    paint = "1 0 0 0 k 0 0 75 60 re f {} 0 0 0 1 k 20 20 30 20 re f"
    knocked = planes(page(paint.format("")))
    printed = planes(page(paint.format("/Over gs"), lambda pdf: over))
    assert knocked[30, 35].tolist() == [0, 0, 0, 255]
    assert printed[30, 35].tolist() == [255, 0, 0, 255]


def test_a_drawing_that_is_kept_shows_as_one_that_is_not() -> None:
    def drawn(pdf: pikepdf.Pdf) -> dict[str, Dictionary]:
        form = pdf.make_stream(b"/Over gs 0 0 0 1 k 20 20 30 20 re f")
        form.Subtype, form.BBox = pikepdf.Name.Form, [0, 0, 75, 60]
        form.Resources = Dictionary(ExtGState=Dictionary(Over=Dictionary(op=True, OP=True, OPM=1)))
        return {"/XObject": Dictionary(A=form)}

    pdf, forms = page("1 0 0 0 k 0 0 75 60 re f /A Do", drawn), PlateForms()
    anew, first, again = planes(pdf), planes(pdf, forms), planes(pdf, forms)
    assert len(forms) == 2
    assert anew[30, 35].tolist() == [255, 0, 0, 255]
    assert (anew == first).all()
    assert (anew == again).all()

"""Metadata and annotations that are right, although written in another way."""

from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.cases.registry import case
from tests.cases.sound import report, told
from tests.preflight.matrix.base import DAY, XMP, Change, draft


def described(words: str, **info: str) -> Change:
    """Put words into XMP, and entries into Info."""

    def change(pdf: pikepdf.Pdf, _: Any) -> None:
        xmp = XMP.replace("</rdf:Description>", f"{words}</rdf:Description>")
        pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
        for key, value in info.items():
            pdf.trailer.Info[f"/{key}"] = String(value)

    return change


def _subject(text: str) -> str:
    return f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></dc:description>'


@case("preflight/m01-lf-vs-cr")
def line_ends(_: Path) -> None:
    """Info Subject with CR and XMP with LF say the same: XML can hardly hold CR."""
    for written in ("one\rtwo", "one\r\ntwo", "one\ntwo"):
        assert told(draft("", described(_subject("one\ntwo"), Subject=written))) == set()
    assert told(draft("", described(_subject("one\ntwo"), Subject="one two"))) == {"R0001", "x4/info"}


@case("preflight/m06-date-year-month")
def year_and_month(_: Path) -> None:
    """XMP 2026-01 is a legal date, and the same as Info D:202601."""

    def change(pdf: pikepdf.Pdf, _: Any) -> None:
        xmp = XMP.replace(f"<xmp:CreateDate>{DAY}", "<xmp:CreateDate>2026-01")
        pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
        pdf.trailer.Info.CreationDate = String("D:202601")

    assert told(draft("", change)) == set()


@case("preflight/p28-note-outside-trim-no-bleedbox")
def note_beside_the_trim(_: Path) -> None:
    """A note outside the trim of a page without BleedBox lies beside the print area; one inside does not."""

    def noted(*box: int) -> Change:
        def change(_: pikepdf.Pdf, page: Any) -> None:
            del page.BleedBox
            page.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array(box))])

        return change

    assert told(draft("", noted(-90, -90, -70, -70))) == set()
    assert told(draft("", noted(2, 2, 12, 12))) == set()
    assert told(draft("", noted(20, 20, 30, 30))) == {"R0001", "x4/annotations"}


@case("preflight/r-annots-null")
def no_annotations(_: Path) -> None:
    """Annots with null, a number and a string holds no annotation: no error, and no "?" in what is told."""

    def change(_: pikepdf.Pdf, page: Any) -> None:
        page.Annots = Array([None, 5, String("x"), Dictionary()])

    found = report(draft("", change)).findings
    assert [(one.severity, one.message) for one in found] == [
        ("warning", "Annots holds what is no annotation")
    ]

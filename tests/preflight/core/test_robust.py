"""Any file at all: never an exception, never endless, never boundless."""

import faulthandler
import os
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.preflight import Expected, Report
from printkit.work.untrusted import Ended, apart
from tests.preflight.damaged import (
    MB,
    ODD,
    bomb,
    everything,
    form,
    image,
    looked_at,
    made,
    nested,
    odd,
    profiles,
    shown,
)
from tests.preflight.files import press_file

pytestmark = pytest.mark.long

SECONDS = 20


def hasty(seconds: float = 2.0) -> Expected:
    """Expect everything, but give each rule so many seconds only."""
    limits = profiles().limits.model_copy(update={"rule_seconds": seconds})
    return replace(everything(), limits=limits)


def why_not(report: Any) -> str:
    return " ".join(rule.why for rule in report.rules_not_run)


@pytest.fixture(autouse=True)
def _soon() -> Any:
    """Whatever it is, it costs less computing than a person waits for."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < SECONDS


def bounded(data: bytes) -> Report:
    """Look at a file in a process in which streams are bounded, as `examine` does."""
    return apart(lambda: looked_at(data), profiles().limits)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.6", b"\x00" * 5000, b"<html>no</html>", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_unreadable(data: bytes) -> None:
    assert looked_at(data).verdict == "unreadable"


def test_a_file_with_a_password_is_unreadable() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(press_file())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    report = looked_at(out.getvalue())
    assert report.verdict == "unreadable"
    assert "password" in report.findings[0].message


@pytest.mark.parametrize("tenths", range(1, 10))
def test_a_truncated_file_is_never_passed(tenths: int) -> None:
    whole = press_file()
    assert looked_at(whole[: len(whole) * tenths // 10]).verdict in ("unreadable", "fail")


def test_a_file_without_pages_fails() -> None:
    with pikepdf.new() as pdf:
        out = BytesIO()
        pdf.save(out)
    assert looked_at(out.getvalue()).verdict in ("unreadable", "fail")


def test_five_thousand_pages_are_judged_or_left_with_a_reason() -> None:
    with pikepdf.new() as pdf:
        for _ in range(5000):
            pdf.add_blank_page(page_size=(420, 595))
            pdf.pages[-1].Contents = pdf.make_stream(b"0 0 0 1 k 9 9 99 99 re f")
        out = BytesIO()
        pdf.save(out)
    report = looked_at(out.getvalue(), hasty(0.2))
    assert report.verdict == "fail"
    assert "0.2 s" in why_not(report)
    assert "x4/trim-box" in report.rules_run


def test_an_image_of_absurd_size_leaves_ink_unmeasured() -> None:
    report = looked_at(shown("I", lambda pdf: image(pdf, bomb(200), 60_000, 60_000)))
    assert "3600 million pixels" in why_not(report)


def test_an_image_that_explodes_is_said_to_be_unread() -> None:
    report = bounded(shown("I", lambda pdf: image(pdf, bomb(600, bytes(100)), 9000, 9000)))
    assert report.verdict in ("fail", "unreadable")


def test_content_that_explodes_is_unreadable() -> None:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Contents = pikepdf.Stream(pdf, bomb(1000))
        page.Contents.Filter = Name.FlateDecode

    assert bounded(made(change)).verdict == "unreadable"


def test_content_of_too_many_operators_is_not_checked_and_not_damaged() -> None:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Contents = pikepdf.Stream(pdf, bomb(40))
        page.Contents.Filter = Name.FlateDecode

    report = looked_at(made(change))
    assert "R0027" in {one.id for one in report.not_checked}
    assert "operators" in why_not(report)
    assert "x4/readable" not in {one.id for one in report.findings}


def test_filters_upon_filters_do_not_explode() -> None:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Contents = pikepdf.Stream(pdf, zlib.compress(bomb(1000)))
        page.Contents.Filter = Array([Name.FlateDecode, Name.FlateDecode])

    assert bounded(made(change)).verdict == "unreadable"


def test_forms_that_call_themselves_end() -> None:
    def loop(pdf: pikepdf.Pdf) -> Any:
        outer = form(pdf, b"/O Do /O Do 0 0 9 9 re f")
        outer.Resources.XObject.O = outer
        return outer

    assert looked_at(shown("O", loop)).verdict == "fail"


def test_forms_that_call_two_others_level_by_level_end() -> None:
    def tower(pdf: pikepdf.Pdf) -> Any:
        top = form(pdf, b"0 0 9 9 re f")
        for _ in range(40):
            top = form(pdf, b"/A Do /A Do", A=top)
        return top

    why = why_not(looked_at(shown("T", tower), hasty()))
    assert "operators" in why or "2 s" in why


def test_forms_in_forms_in_forms_end() -> None:
    def deep(pdf: pikepdf.Pdf) -> Any:
        top = form(pdf, b"0 0 9 9 re f")
        for _ in range(600):
            top = form(pdf, b"/A Do", A=top)
        return top

    assert looked_at(shown("D", deep)).verdict in ("fail", "unreadable")


def test_patterns_and_masks_and_glyphs_that_use_themselves_end() -> None:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        cell = pdf.make_stream(b"/Pattern cs /P scn 0 0 9 9 re f", PatternType=1, PaintType=1, TilingType=1)
        cell.BBox, cell.XStep, cell.YStep = Array([0, 0, 9, 9]), 9, 9
        cell.Resources = Dictionary(Pattern=Dictionary(P=cell))
        mask = form(pdf, b"/G gs 0 0 9 9 re f")
        state = pdf.make_indirect(Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask)))
        mask.Resources.ExtGState = Dictionary(G=state)
        glyph = pdf.make_stream(b"9 0 d0 BT /F 9 Tf (a) Tj ET")
        font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type3, FontMatrix=[1, 0, 0, 1, 0, 0])
        )
        font.CharProcs, font.Encoding = Dictionary(a=glyph), Dictionary(Differences=[97, Name.a])
        font.FontBBox, font.FirstChar, font.LastChar, font.Widths = Array([0, 0, 9, 9]), 97, 97, Array([9])
        font.Resources = Dictionary(Font=Dictionary(F=font))
        page.Resources = Dictionary(
            Pattern=Dictionary(P=cell), ExtGState=Dictionary(G=state), Font=Dictionary(F=font)
        )

    content = b"/Pattern cs /P scn 0 0 99 99 re f /G gs 0 0 9 9 re f BT /F 9 Tf (aa) Tj ET"
    assert looked_at(made(change, content)).verdict in ("fail", "unreadable")


def test_a_page_tree_that_bites_its_tail_ends() -> None:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        pdf.Root.Pages.Kids = Array([pdf.Root.Pages, page])
        pdf.Root.Pages.Parent = pdf.Root.Pages

    assert looked_at(made(change)).verdict in ("fail", "unreadable")


@pytest.mark.parametrize(
    "content",
    [
        b"q " * 100_000 + b"0 0 9 9 re f",
        b"Q " * 100_000 + b"0 0 9 9 re f",
        nested(b"[", b"]", 10_000) + b" TJ",
        nested(b"<</a ", b">>", 10_000) + b" gs",
        b"/OC " + nested(b"<</OCGs ", b">>", 300) + b" BDC 0 0 9 9 re f",
        b"(" * 10_000 + b" Tj",
        b"BT " * 50_000 + b"ET " * 50_000,
        b"9" * 5000 + b" w 1e400 0 0 -1e400 0 0 cm 0 0 1e99 1e99 re f nan inf m",
        b"BI /W 99999999 /H 99999999 /CS /RGB /BPC 8 ID 1 EI",
        b"BI /W (a) /H [] /CS 7 /BPC /x ID 1 EI /No cs /P scn 0 0 9 9 re f",
        b"\x00\xff\xfe)>>]]}{" * 999,
    ],
)
def test_content_of_any_shape_is_borne(content: bytes) -> None:
    assert looked_at(made(lambda pdf, page: None, content)).verdict in ("fail", "unreadable")


@pytest.mark.parametrize("wrong", ["a string", Name.Layer, 7])
def test_layers_that_are_something_else_are_borne(wrong: Any) -> None:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        listed = Array([pdf.make_indirect(pikepdf.String(wrong) if isinstance(wrong, str) else wrong)])
        pdf.Root.OCProperties = Dictionary(OCGs=listed, D=Dictionary(ON=listed, Order=listed))

    report = looked_at(made(change, b"0 0 0 1 k 0 0 99 99 re f"))
    assert "damaged" not in why_not(report)


def test_objects_nested_deeply_are_borne() -> None:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        deep: Any = Dictionary()
        for _ in range(300):
            deep = Dictionary(A=deep)
        page.Deep = deep
        chain: Any = pdf.make_indirect(Dictionary())
        for _ in range(2000):
            chain = pdf.make_indirect(Dictionary(Next=chain))
        page.Chain = chain

    assert looked_at(made(change)).verdict == "fail"


KEYS = (
    "Rotate", "MediaBox", "CropBox", "TrimBox", "BleedBox", "UserUnit",
    "Contents", "Resources", "Annots", "Group",
)  # fmt: skip
CATALOG = ("OutputIntents", "Metadata", "OCProperties", "ViewerPreferences", "Pages", "AcroForm")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("wrong", ODD)
def test_entries_of_a_page_of_the_wrong_type_are_borne(key: str, wrong: bytes) -> None:
    looked_at(made(lambda pdf, page: page.__setitem__(f"/{key}", odd(wrong))))


@pytest.mark.parametrize(
    "key", ["OutputIntents", "Metadata", "OCProperties", "ViewerPreferences", "Pages", "AcroForm"]
)
@pytest.mark.parametrize("wrong", ODD)
def test_entries_of_the_catalog_of_the_wrong_type_are_borne(key: str, wrong: bytes) -> None:
    looked_at(made(lambda pdf, page: pdf.Root.__setitem__(f"/{key}", odd(wrong))))


KINDS = ("ColorSpace", "ExtGState", "Font", "Pattern", "Properties", "Shading", "XObject")
USE = b"/A cs 1 sc /A scn /A gs BT /A 9 Tf (a) Tj ET /A sh /A Do /OC /A BDC 0 0 9 9 re f"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("wrong", ODD)
def test_resources_of_the_wrong_type_are_borne(kind: str, wrong: bytes) -> None:
    looked_at(made(lambda pdf, page: page.Resources.__setitem__(f"/{kind}", odd(wrong)), USE))
    looked_at(made(lambda pdf, page: page.Resources.__setitem__(f"/{kind}", Dictionary(A=odd(wrong))), USE))


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x00\x00", b"OTTO" + b"\xff" * 400, b"%!PS-AdobeFont" * 9])
def test_broken_fonts_are_borne(data: bytes) -> None:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        file = pdf.make_stream(data)
        about = Dictionary(Type=Name.FontDescriptor, FontFile2=file, FontFile3=file, Flags=4, Ascent=Name.x)
        font = Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, FirstChar=-5, Widths=[Name.w], FontDescriptor=about
        )
        page.Resources.Font = Dictionary(A=pdf.make_indirect(font))

    assert looked_at(made(change, b"BT /A 9 Tf (a) Tj ET")).verdict in ("fail", "unreadable")


@pytest.mark.parametrize("wrong", [b"0", b"1", b"999999", b"-7", b"99999999999999", b"(a)", b"9 9 R"])
def test_wrong_lengths_of_streams_are_borne(wrong: bytes) -> None:
    file = made(lambda pdf, page: None, b"0 0 0 1 k 0 0 9 9 re f 1234567890")
    at = file.index(b"/Length ") + len(b"/Length ")
    end = file.index(b"\n", at)
    looked_at(file[:at] + wrong + file[at:][end - at :])


def sleep() -> None:
    time.sleep(30)


def hog() -> int:
    return len(bytearray(900 * MB))


def abort() -> None:
    # A stack of this process is nothing that a run of tests should show.
    faulthandler.disable()
    os.abort()


@pytest.mark.parametrize(
    ("work", "why"), [(sleep, "after 0.5 s"), (hog, "more than 500 MB"), (abort, "broke down")]
)
def test_work_apart_is_ended_from_outside(work: Callable[[], object], why: str) -> None:
    tight = profiles().limits.model_copy(update={"hang_seconds": 0.5, "memory_mb": 500})
    with pytest.raises(Ended, match=why):
        apart(work, tight)
    assert apart(lambda: "done", tight) == "done"

"""What page content names and is made of can be made out."""

import zlib
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.preflight.checks import check
from tests.preflight.damaged import form, made, shown


def told(content: str, rule: str, **resources: Any) -> list[str]:
    def change(_: pikepdf.Pdf, page: object) -> None:
        kinds = {f"/{kind}": Dictionary(entries) for kind, entries in resources.items()}
        page.Resources = Dictionary(kinds)  # type: ignore[attr-defined]

    report = check(made(change, content.encode("latin-1")))
    return [one.message for one in report.findings if one.id == rule]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("BT /F 9 Tf 9 9 Td (a) Tj ET", "font F"), ("/X Do", "image or form X"),
        ("/C cs 1 scn 0 0 9 9 re f", "colour space C"), ("/C CS 1 SCN 0 0 9 9 re S", "colour space C"),
        ("/G gs 0 0 9 9 re f", "graphics state G"), ("/Pattern cs /P scn 0 0 9 9 re f", "pattern P"),
        ("/S sh", "gradient S"), ("/OC /L BDC 0 0 9 9 re f EMC", "property list L"),
        ("/Span /L BDC 0 0 9 9 re f EMC", "property list L"),
    ],
)  # fmt: skip
def test_what_resources_do_not_have_is_told_once(content: str, what: str) -> None:
    assert told(f"{content} {content}", "x4/resources") == [f"{what} is used, and Resources have none"]
    assert told(f"{content} {content}", "x4/content") == []


@pytest.mark.parametrize(
    ("content", "resources"),
    [
        ("BT /F 9 Tf 9 9 Td (a) Tj ET", {"Font": {"/F": 5}}),
        ("/X Do", {"XObject": {"/X": Dictionary()}}),
        ("/C cs 1 scn", {"ColorSpace": {"/C": Array([Name.Foo, 1])}}),
        ("/C cs 1 scn", {"ColorSpace": {"/C": Array([Name.ICCBased])}}),
        ("/G gs", {"ExtGState": {"/G": Array([])}}),
        ("/Pattern cs /P scn", {"Pattern": {"/P": 1}}),
        ("/S sh", {"Shading": {"/S": 1}}),
    ],
)
def test_what_resources_have_of_another_kind_is_told(content: str, resources: dict[str, object]) -> None:
    found = told(content, "x4/resources", **resources)
    assert [message.partition(" is used, and is none that PDF knows")[1] != "" for message in found] == [True]
    assert told(content, "x4/content", **resources) == []


def test_a_profile_of_two_components_is_no_colour_space() -> None:
    def change(pdf: pikepdf.Pdf, page: object) -> None:
        space = Array([Name.ICCBased, pdf.make_stream(b"", N=2)])
        page.Resources = Dictionary(ColorSpace=Dictionary(C=space))  # type: ignore[attr-defined]

    report = check(made(change, b"/C cs 1 1 scn 0 0 9 9 re f"))
    assert [one.id for one in report.findings if "colour space C" in one.message] == ["x4/resources"]


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("(abc", "within a string"), ("<abc", "within a string"), ("[1 2", "within an array"),
        ("<</A 1", "within an array or a dictionary"), ("BI /W 1 /H 1 /BPC 8 /CS /G ID abc", "inline image"),
        ("BI /W 1 /H 1", "before its last operator"), ("1 2", "before its last operator"),
        ("/F1", "before its last operator"), (")) w", "closes nothing"), ("} 1 w", "a brace"),
    ],
)  # fmt: skip
def test_content_that_ends_within_something_is_told(end: str, words: str) -> None:
    assert any(words in message for message in told(f"0 0 9 9 re f {end}", "x4/content"))


@pytest.mark.parametrize("said", ["/W 2 /H 1 /CS /CMYK", "/", "(a)", "1.5", "true", "[1]", "<<>>", "<00>"])
def test_an_inline_image_without_data_is_told(said: str) -> None:
    assert told(f"0 0 9 9 re f BI {said} EI", "x4/content") == ["an inline image has no data"]


@pytest.mark.parametrize("content", ["BI EI", "BI q EI", "BI BI EI ID EI", "BI /W 2 ab EI"])
def test_an_inline_image_that_cannot_be_parsed_makes_the_file_unreadable(content: str) -> None:
    report = check(made(lambda _, page: None, content.encode()))
    assert report.verdict == "unreadable"
    assert {one.message for one in report.findings} >= {"the file is damaged: page content cannot be read"}


@pytest.mark.parametrize(
    "end", ["", "\n", "% a comment (", "\n%%EOF", "\0", "q % [\n% <<\nQ", "[(a)]TJ", "\r%x\r"]
)
def test_content_that_ends_well_is_left_alone(end: str) -> None:
    found = told(f"0 0 9 9 re f {end}", "x4/content")
    assert [message for message in found if "TJ" not in message] == []


def test_operators_that_pdf_does_not_know_are_told_together() -> None:
    assert told("1 foo 0 0 9 9 re f 1 bar foo", "x4/content") == [
        "operators that PDF does not know: foo, bar"
    ]
    many = " ".join(f"x{number}y" for number in range(500))
    assert told(many, "x4/content")[0].endswith("x4y, ...")


def test_between_bx_and_ex_unknown_operators_are_allowed() -> None:
    assert told("BX foo BX bar EX bar EX 0 0 9 9 re f", "x4/content") == []
    assert told("BX foo EX bar", "x4/content") == ["operators that PDF does not know: bar"]


@pytest.mark.parametrize("content", ["1 0 rg", "/A w", "q (a) cm Q", "1 2 l", "0 0 9 re f"])
def test_operands_that_an_operator_cannot_have_are_told(content: str) -> None:
    found = told(f"{content} n", "x4/content")
    assert all("has operands that it cannot have" in message for message in found)
    assert len(found) == (content != "1 2 l")


@pytest.mark.parametrize(
    "content", ["[3] 0 d 50 i 4 M /Perceptual ri 1 j /A MP /A <<>> DP", "0 0 0 0 0 0 cm 0 0 9 9 re f"]
)
def test_operators_that_paint_nothing_are_known(content: str) -> None:
    assert told(content, "x4/content") == []


def test_forms_are_looked_at_as_pages_are() -> None:
    report = check(shown("F", lambda pdf: form(pdf, b"/Gone gs foo (")))
    messages = {one.message for one in report.findings if one.id in ("x4/content", "x4/resources")}
    assert messages == {
        "graphics state Gone is used, and Resources have none",
        "operators that PDF does not know: foo",
        "page content ends within a string or a name",
    }


def test_what_is_on_a_hidden_layer_is_not_asked_for() -> None:
    def change(pdf: pikepdf.Pdf, page: object) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="off"))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        page.Resources = Dictionary(Properties=Dictionary(L=layer))  # type: ignore[attr-defined]

    report = check(made(change, b"/OC /L BDC /X Do EMC"))
    assert [one for one in report.findings if one.id == "x4/resources"] == []


def test_content_whose_packed_data_end_early_is_told() -> None:
    packed = zlib.compress(b"0 0 9 9 re f\n" * 900)

    def change(pdf: pikepdf.Pdf, page: object) -> None:
        page.Contents = pikepdf.Stream(pdf, packed[:40], Filter=Name.FlateDecode)  # type: ignore[attr-defined]

    messages = [one.message for one in check(made(change)).findings if one.id == "x4/content"]
    assert "page content ends before its packed data do" in messages


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (zlib.compress(bytes(16)), []), (b"garbage", ["an image cannot be unpacked: its data are damaged"]),
        (zlib.compress(bytes(11)), ["an image has fewer data than its width and height ask for"]),
    ],
)  # fmt: skip
def test_data_of_inline_images_are_looked_at_too(data: bytes, found: list[str]) -> None:
    inline = b"q 9 0 0 9 9 9 cm BI /W 4 /H 4 /BPC 8 /CS /G /F /Fl ID " + data + b" EI Q"
    report = check(made(lambda _, page: None, inline))
    assert [one.message for one in report.findings if one.id == "x4/image-data"] == found

"""Damaged files and odd ones: what cannot be read is named in our own words, what can be read is judged."""

import os
import re
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from printkit.preflight import Report
from tests.cases.program import Ended, printkit
from tests.cases.registry import case
from tests.cases.sound import report
from tests.preflight.files import press_file
from tests.preflight.matrix.base import built, draft

# What libraries and Python say of themselves
FOREIGN = re.compile(r"Traceback|Error|pikepdf|qpdf|inflate|unfilterable|BytesIO|at 0x|numeric|name\(s\)|SF_")


def checked(folder: Path, data: bytes, *words: str | Path) -> Ended:
    """Run `check --json` over a file; it says nothing on stderr, and nothing foreign anywhere."""
    file = folder / "a.pdf"
    file.write_bytes(data)
    ended = printkit("check", "--json", file, *words)
    assert (ended.err, FOREIGN.findall(ended.out)) == ("", [])
    assert FOREIGN.findall(printkit("check", file, *words).out) == []
    return ended


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    plain = pikepdf.ObjectStreamMode.disable
    pdf.save(out, compress_streams=False, object_stream_mode=plain, fix_metadata_version=False)
    return out.getvalue()


def messages(found: Report, rule: str) -> list[tuple[int | None, str]]:
    return [(one.page, one.message) for one in found.findings if one.id == rule]


@case("attack/0405-struct-lo")
def no_page_in_the_tree(folder: Path) -> None:
    """A page tree that counts no page and leads to none is unreadable, exit 1, in JSON with files."""
    with pikepdf.open(BytesIO(press_file())) as pdf:
        pdf.Root.Pages = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=0, Kids=Array()))
        pdf.Root.OpenAction = Array([pdf.make_indirect(Dictionary(Type=Name.Page)), Name.XYZ])
        ended = checked(folder, saved(pdf))
    (one,) = ended.json["files"]
    assert (ended.code, one["verdict"]) == (1, "unreadable")
    assert "no pages" in one["findings"][0]["message"]


@case("attack/no-pages")
def no_pages(folder: Path) -> None:
    """A file without pages beside a good one: exit 1, unreadable, and the report is written."""
    good, empty, told = folder / "good.pdf", folder / "empty.pdf", folder / "report.html"
    good.write_bytes(built(draft()))
    with pikepdf.new() as pdf:
        empty.write_bytes(saved(pdf))
    ended = printkit("check", "--json", good, empty, "--report", told)
    assert (ended.code, [one["verdict"] for one in ended.json["files"]]) == (1, ["pass", "unreadable"])
    assert "the file has no pages" in told.read_text(encoding="utf-8")


@case("attack/0050-bytes-gs")
def cut_metadata(folder: Path) -> None:
    """XMP that is no XML: x4/metadata alone tells, once, and no library speaks on stderr."""
    with pikepdf.open(BytesIO(press_file())) as pdf:
        pdf.Root.Metadata.write(b"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>\n<?adobe-xap-filte")
        ended = checked(folder, saved(pdf))
    found = [one for one in ended.json["files"][0]["findings"] if "XMP" in one["message"]]
    assert [(one["id"], one["message"]) for one in found] == [
        ("x4/metadata", "the XMP metadata is not well-formed XML")
    ]
    assert {one["id"] for one in ended.json["files"][0]["findings"]} == {"x4/metadata", "R0001"}


@case("attack/0774-b-pred")
def absurd_predictor(folder: Path) -> None:
    """An image whose predictor asks for 2,147,483,647 columns is not passed, and no library speaks."""
    with pikepdf.open(BytesIO(built(draft("q 40 0 0 40 20 100 cm /Odd Do Q")))) as pdf:
        odd = pdf.make_stream(b"x\x9c\x03\x00\x00\x00\x00\x01", Type=Name.XObject, Subtype=Name.Image)
        odd.Width = odd.Height = 100
        odd.ColorSpace, odd.BitsPerComponent, odd.Filter = Name.DeviceCMYK, 8, Name.FlateDecode
        odd.DecodeParms = Dictionary(Predictor=15, Colors=32, BitsPerComponent=16, Columns=2147483647)
        pdf.pages[0].Resources.XObject.Odd = odd
        ended = checked(folder, saved(pdf))
    assert (ended.code, ended.json["files"][0]["verdict"] in ("fail", "unreadable", "not-checked")) == (
        1,
        True,
    )


@case("preflight/m28-trim-empty")
def trim_without_area(_: Path) -> None:
    """A TrimBox without area is a finding of x4/trim-box on its page, and the file is not damaged."""
    found = report(draft("", lambda _, page: page.__setitem__("/TrimBox", Array([9, 9, 9, 99]))))
    assert messages(found, "x4/trim-box") == [(1, "the TrimBox has no area")]
    assert (found.verdict, found.not_checked) == ("fail", ())


@case("preflight/r-userunit-str")
def unit_that_is_no_number(_: Path) -> None:
    """A UserUnit that is a string is named with its page; all else is judged, by a unit of 1."""
    found = report(draft("", lambda _, page: page.__setitem__("/UserUnit", String("1"))))
    assert messages(found, "x4/pages") == [(1, "the page's UserUnit is not a number above zero")]
    assert (found.verdict, found.not_checked) == ("fail", ())


@case("preflight/json-bytes")
def name_that_is_no_text(folder: Path) -> None:
    """A font of kind T#e5Type: valid JSON in UTF-8, and a finding that PDF does not know the kind."""
    data = built(draft())
    assert b"/Subtype /TrueType" in data
    ended = checked(folder, data.replace(b"/Subtype /TrueType", b"/Subtype /T#e5Type"))
    (one,) = ended.json["files"]
    assert (ended.code, one["verdict"]) == (1, "fail")
    assert any(font["type"] == "T?Type" for font in one["inventory"]["fonts"])
    assert "a font is of kind T?Type, which PDF does not know" in {row["message"] for row in one["findings"]}


@case("attack/fifo")
def pipe(folder: Path) -> None:
    """A pipe is refused as wrong usage, in words, and nothing waits for its end."""
    os.mkfifo(folder / "pipe")
    ended = printkit("check", folder / "pipe")
    assert (ended.code, "no file but a pipe" in ended.err) == (2, True)


@case("attack/dev-zero")
def endless(_: Path) -> None:
    """A device that never ends is refused as wrong usage, in words."""
    ended = printkit("check", "/dev/zero", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, 2)


@case("attack/stdout-full")
def full(folder: Path) -> None:
    """A full or closed stdout: exit code 7 and a sentence, for each command."""
    (folder / "a.pdf").write_bytes(built(draft()))
    for words in (("check", folder / "a.pdf"), ("check", folder / "a.pdf", "--json"), ("list", "formats")):
        for to in (">/dev/full", ">&-"):
            ended = printkit(*words, to=to)
            assert (ended.code, ended.err.count("\n")) == (7, 1)
            assert ended.err.startswith("printkit: stdout")

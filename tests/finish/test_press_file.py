"""PDF/X-4 form: metadata, intent, what must be gone, equal bytes."""

import os
import re
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

from printkit.errors import RenderError
from printkit.finish import finish
from printkit.finish.clean import clean
from tests.finish.pages import MARKS, SPEC, code, layout, opened, patterns, spec, written


def with_catalog(**entries: Any) -> bytes:
    pdf = pikepdf.open(BytesIO(layout()))
    for name, value in entries.items():
        pdf.Root[Name("/" + name)] = value
    return written(pdf)


def test_the_version_is_said_in_plain_text_and_in_info() -> None:
    data = finish(layout(), SPEC)
    assert data.startswith(b"%PDF-1.6\n")
    assert b"<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in data
    info = opened(data).docinfo
    assert info.Trapped == Name("/False")
    assert str(info.GTS_PDFXVersion) == "PDF/X-4"


def test_info_and_xmp_agree() -> None:
    pdf = opened(finish(layout(), SPEC))
    with pdf.open_metadata() as xmp:
        assert str(pdf.docinfo.Title) == xmp["dc:title"] == "Bli med! & så videre"
        assert str(pdf.docinfo.Producer) == xmp["pdf:Producer"] == "printkit 0"
        assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == "D:20260901000000+00'00'"
        assert {xmp[f"xmp:{name}Date"] for name in ("Create", "Modify", "Metadata")} == {
            "2026-09-01T00:00:00+00:00"
        }
        assert (xmp["xmpMM:VersionID"], xmp["xmpMM:RenditionClass"]) == ("1", "default")
        assert re.fullmatch(r"uuid:[-0-9a-f]{36}", xmp["xmpMM:DocumentID"])


def test_one_intent_names_the_condition_and_embeds_its_profile() -> None:
    (intent,) = opened(finish(layout(), SPEC)).Root.OutputIntents
    assert (intent.S, str(intent.OutputConditionIdentifier)) == (Name.GTS_PDFX, "FOGRA39")
    assert str(intent.RegistryName) == "http://www.color.org"
    profile = ImageCms.ImageCmsProfile(BytesIO(intent.DestOutputProfile.read_bytes())).profile
    assert (profile.device_class, profile.xcolor_space.strip(), intent.DestOutputProfile.N) == (
        "prtr",
        "CMYK",
        4,
    )


def test_a_profile_for_screens_is_refused() -> None:
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with pytest.raises(RenderError, match="FOGRA39 is of class b'mntr' and space b'RGB '"):
        finish(layout(), spec(intent=replace(SPEC.intent, profile=screen)))


@pytest.mark.parametrize(
    "key",
    ["OpenAction", "AcroForm", "Names", "StructTreeRoot", "MarkInfo", "Outlines", "AA", "Lang", "Version"],
)
def test_interaction_and_structure_leave_the_catalog(key: str) -> None:
    root = opened(finish(with_catalog(**{key: Dictionary(S=Name.JavaScript)}), SPEC)).Root
    assert set(root.keys()) == {"/Type", "/Pages", "/Metadata", "/OutputIntents"}


def test_annotations_and_other_boxes_leave_the_page() -> None:
    pdf = pikepdf.open(BytesIO(layout()))
    page = pdf.pages[0].obj
    page.Annots, page.CropBox, page.ArtBox = Array(), Array([9, 9, 99, 99]), Array([9, 9, 99, 99])
    page.StructParents, page.Tabs, page.Trans = 0, Name.S, Dictionary()
    keys = set(opened(finish(written(pdf), SPEC)).pages[0].obj.keys())
    assert keys == {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/TrimBox", "/BleedBox"}


def test_a_font_that_is_not_embedded_is_refused_by_name() -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    bad = layout(b"", lambda pdf: Dictionary(Font=Dictionary(F=pdf.make_indirect(font))))
    with pytest.raises(RenderError, match="fonts are not embedded: Helvetica"):
        finish(bad, SPEC)


def lzw(data: bytes) -> bytes:
    """Pack as LZW with codes of nine bits only."""
    bits = "".join(f"{number:09b}" for number in (256, *data, 257))
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8))


@pytest.mark.parametrize(
    ("filters", "pack"),
    [
        (Name.LZWDecode, lzw),
        (Array([Name.LZWDecode]), lzw),
        (Array([Name.FlateDecode, Name.LZWDecode]), lambda data: zlib.compress(lzw(data))),
        (Array([Name.ASCIIHexDecode, Name.LZWDecode]), lambda data: lzw(data).hex().encode() + b">"),
        (Array([Name.LZWDecode, Name.ASCIIHexDecode]), lambda data: lzw(data.hex().encode() + b">")),
    ],
    ids=["alone", "listed", "behind Flate", "behind ASCII", "before ASCII"],
)
def test_lzw_is_recoded_wherever_it_stands(filters: Any, pack: Callable[[bytes], bytes]) -> None:
    pdf = pikepdf.open(BytesIO(layout()))
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, pack(b"0 0 0 1 k 9 9 50 50 re f"), Filter=filters)
    # Saving recodes what it can read by itself, and need not.
    clean(pdf)
    assert "LZW" not in repr(pdf.pages[0].obj.Contents.get(Name.Filter))
    data = finish(written(pdf), SPEC)
    assert b"LZW" not in data
    assert b"9 9 50 50 re f" in opened(data).pages[0].obj.Contents[1].read_bytes()


def test_two_runs_give_equal_bytes_whatever_the_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = spec(marks=MARKS, codes=(code((5, 5)),), folds_mm=((50,),))
    source = layout(b"", patterns)
    first = finish(source, everything)
    monkeypatch.setitem(os.environ, "TZ", "Pacific/Auckland")
    time.tzset()
    assert finish(source, everything) == first
    monkeypatch.undo()
    time.tzset()


def test_the_trailer_holds_two_ids_of_this_document() -> None:
    first, second = (
        opened(finish(layout(), spec(identity=replace(SPEC.identity, document_id=name)))).trailer.ID
        for name in ("a", "b")
    )
    assert [len(bytes(part)) for part in first] == [16, 16]
    assert bytes(first[0]) != bytes(second[0])


def test_the_file_needs_no_password_and_no_object_streams() -> None:
    data = finish(layout(), SPEC)
    assert b"/Encrypt" not in data
    assert b"/ObjStm" not in data
    assert opened(data).check_pdf_syntax() == []

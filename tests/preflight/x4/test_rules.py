"""PDF/X-4 rules: one break each."""

from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

from tests.preflight.files import broken, findings, press_file

Change = Callable[[pikepdf.Pdf], Any]
RGB_GROUP = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)


def page(key: str, value: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj[Name("/" + key)] = value

    return change


def catalog(key: str, value: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root[Name("/" + key)] = value

    return change


def info(key: str, value: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.trailer.Info[Name("/" + key)] = value

    return change


def xmp(old: bytes, new: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        data = pdf.Root.Metadata.read_bytes()
        assert old in data
        pdf.Root.Metadata.write(data.replace(old, new))

    return change


def intent(key: str, value: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        entry = pdf.Root.OutputIntents[0]
        if value is None:
            del entry[Name("/" + key)]
        else:
            entry[Name("/" + key)] = value

    return change


def state(**entries: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Resources.ExtGState.New = Dictionary(**entries)

    return change


def form(**entries: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for name, value in entries.items():
            pdf.pages[0].obj.Resources.XObject.Form[Name("/" + name)] = value

    return change


def screen_profile(pdf: pikepdf.Pdf) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    pdf.Root.OutputIntents[0].DestOutputProfile = pikepdf.Stream(pdf, profile, N=3)


def wrong_n(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.N = 3


def second_intent(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def bare_font(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].obj.Resources.Font.New = font
    pdf.pages[0].contents_add(b"BT /New 9 Tf 40 40 Td (A) Tj ET")


def intent_as_colour(pdf: pikepdf.Pdf) -> None:
    space = Array([Name.ICCBased, pdf.Root.OutputIntents[0].DestOutputProfile])
    pdf.pages[0].obj.Resources.ColorSpace.New = space
    pdf.pages[0].contents_add(b"/New cs 1 0 0 0 sc 30 30 9 9 re f")


def rgb_image(pdf: pikepdf.Pdf) -> None:
    image = pikepdf.Stream(pdf, bytes(12), Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8)
    image.ColorSpace = Name.DeviceRGB
    pdf.pages[0].obj.Resources.XObject.New = image
    pdf.pages[0].contents_add(b"q 50 0 0 50 30 30 cm /New Do Q")


def rgb_gradient(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.Pattern.Gradient.Shading.ColorSpace = Name.DeviceRGB


def outside(pdf: pikepdf.Pdf) -> Any:
    form = pdf.pages[0].obj.Resources.XObject.Form
    assert isinstance(form, pikepdf.Stream)
    return form


def pattern_state(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.Pattern.Gradient.ExtGState = Dictionary(TR=Name.Identity)


BREAKS: list[tuple[str, Change, str]] = [
    ("x4/identification", xmp(b"PDF/X-4", b"PDF/X-3"), "is PDF/X-3, not PDF/X-4"),
    ("x4/document-id", xmp(b"<xmpMM:VersionID>1</xmpMM:VersionID>", b""), "no xmpMM:VersionID"),
    ("x4/dates", xmp(b"ModifyDate>2026", b"ModifyDate>2025"), "ModDate and xmp:ModifyDate differ"),
    ("x4/dates", xmp(b"MetadataDate>2026", b"MetadataDate>soon"), "no readable xmp:MetadataDate"),
    ("x4/title", xmp(b"Bli med! &amp; s\xc3\xa5 videre", b""), "dc:title is empty"),
    ("x4/info", info("Title", "Noe annet"), "Info Title and XMP dc:title differ"),
    ("x4/trapped", info("Trapped", "False"), "not the name"),
    ("x4/trapped", info("Trapped", Name.True_), "not the name"),
    ("x4/trapped", info("Trapped", Name("/True")), "pdf:Trapped differ"),
    ("x4/metadata", lambda pdf: pdf.Root.__delitem__(Name.Metadata), "no XMP metadata"),
    ("x4/output-intent", catalog("OutputIntents", Array()), "has 0 output intents"),
    (
        "x4/output-intent",
        second_intent,
        "has 2 output",
    ),
    ("x4/output-intent", intent("OutputConditionIdentifier", None), "no OutputConditionIdentifier"),
    ("x4/intent-profile", intent("DestOutputProfile", None), "embeds no profile"),
    ("x4/intent-profile", screen_profile, "of class mntr, not prtr"),
    (
        "x4/intent-profile",
        wrong_n,
        "which its N contradicts",
    ),
    ("x4/trim-box", page("ArtBox", Array([30, 30, 90, 90])), "has TrimBox and ArtBox"),
    ("x4/trim-box", page("TrimBox", Array([0, 0, 90])), "TrimBox is not a rectangle of four numbers"),
    ("x4/box-nesting", page("MediaBox", Array([0, 0, 0, 0])), "MediaBox has no area"),
    ("x4/pages", page("Rotate", 45), "Rotate is not a multiple of 90"),
    ("x4/trim-box", lambda pdf: pdf.pages[0].obj.__delitem__(Name.TrimBox), "neither TrimBox nor ArtBox"),
    ("x4/view-area", catalog("ViewerPreferences", Dictionary(ViewClip=Name.TrimBox)), "ViewClip is neither"),
    ("x4/actions", catalog("OpenAction", Dictionary(S=Name.GoTo)), "holds OpenAction"),
    ("x4/actions", catalog("AcroForm", Dictionary()), "holds AcroForm"),
    ("x4/actions", catalog("Names", Dictionary(S=Name.JavaScript, JS="1")), "action of kind JavaScript"),
    ("x4/layers", catalog("OCProperties", Dictionary(D=Dictionary(AS=Array()))), "has no name"),
    ("x4/fonts", bare_font, "font Helvetica is not embedded"),
    ("x4/colour", intent_as_colour, "line work in the output intent's own profile"),
    ("x4/colour", rgb_image, "an image in DeviceRGB"),
    ("x4/colour", rgb_gradient, "line work in DeviceRGB"),
    (
        "x4/colour",
        form(Group=RGB_GROUP),
        "transparency group in DeviceRGB",
    ),
    ("x4/transfer", state(TR=Name.Identity), "transfer function"),
    ("x4/transfer", state(TR2=Name.Identity), "transfer function"),
    ("x4/blend-mode", state(BM=Name.Glow), "blend mode Glow"),
    ("x4/images", form(OPI=Dictionary()), "an OPI reference"),
    ("x4/images", form(Subtype2=Name.PS), "PostScript"),
    ("x4/images", form(Ref=Dictionary()), "a reference to another file"),
    ("x4/images", form(Alternates=Array()), "alternate images"),
    ("x4/transfer", state(HTP=Array([0, 0])), "halftone phase"),
    ("x4/transfer", pattern_state, "transfer function"),
    ("x4/version", catalog("Version", Name("/1.7")), "is PDF 1.7"),
    (
        "x4/external-stream",
        lambda pdf: setattr(outside(pdf), "F", pikepdf.String("other.pdf")),
        "another file",
    ),
    ("x4/info", info("Author", "En annen"), "Info Author and XMP dc:creator differ"),
    ("x4/info", info("Keywords", "trykk"), "Info Keywords and XMP pdf:Keywords differ"),
    ("x4/document-id", xmp(b"xmpMM:DocumentID", b"xmpMM:Id"), "no xmpMM:DocumentID"),
    (
        "x4/document-id",
        xmp(b"<xmpMM:RenditionClass>default", b"<xmpMM:RenditionClass>"),
        "no xmpMM:Rendition",
    ),
    (
        "x4/intent-registry",
        lambda pdf: (intent("RegistryName", None)(pdf), intent("Info", None)(pdf)),
        "neither",
    ),
    (
        "x4/pages",
        lambda pdf: pdf.pages[0].obj.__setitem__("/UserUnit", pikepdf.String("1")),
        "UserUnit is not",
    ),
    ("x4/trim-box", lambda pdf: pdf.pages[0].obj.__setitem__("/TrimBox", [9, 9, 9, 99]), "TrimBox has no"),
    ("x4/pages", lambda pdf: pdf.pages[0].obj.__delitem__(Name.MediaBox), "has no MediaBox"),
]


@pytest.mark.parametrize(("rule", "change", "words"), BREAKS)
def test_a_break_is_found_and_named(rule: str, change: Change, words: str) -> None:
    found = findings(broken(change), rule)
    assert any(words in finding.message for finding in found), found
    assert {finding.severity for finding in found} == {"error"}


@pytest.mark.parametrize("edge", range(4))
@pytest.mark.parametrize(("box", "outer"), [("TrimBox", "BleedBox"), ("BleedBox", "MediaBox")])
def test_a_box_may_not_reach_out_of_the_next_on_any_edge(edge: int, box: str, outer: str) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        obj = pdf.pages[0].obj
        obj[Name("/" + box)][edge] = float(obj[Name("/" + outer)][edge]) + (-1 if edge < 2 else 1)

    messages = [finding.message for finding in findings(broken(change), "x4/box-nesting")]
    assert f"{box} reaches out of {'CropBox' if outer == 'MediaBox' else outer}" in messages


@pytest.mark.parametrize(
    ("rect", "found"),
    [((30, 30, 60, 60), 1), ((0, 0, 15, 15), 0), ((0, 100, 21, 120), 1), ((319, 100, 339, 120), 1)],
)
def test_an_annotation_counts_inside_the_bleed_only(rect: tuple[int, ...], found: int) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(rect))
    assert len(findings(broken(page("Annots", Array([link]))), "x4/annotations")) == found


def test_printer_marks_are_no_annotations_in_the_way() -> None:
    mark = Dictionary(Type=Name.Annot, Subtype=Name.PrinterMark, Rect=Array([30, 30, 60, 60]))
    assert findings(broken(page("Annots", Array([mark]))), "x4/annotations") == []


def test_rgb_is_legal_with_a_default() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        space = Array([Name.ICCBased, pdf.make_indirect(pikepdf.Stream(pdf, profile, N=3))])
        pdf.pages[0].obj.Resources.ColorSpace.DefaultRGB = space
        rgb_image(pdf)
        pdf.pages[0].contents_add(b"1 0 0 rg 30 30 9 9 re f")

    assert findings(broken(change), "x4/colour") == []


def test_a_newer_version_a_missing_id_and_compressed_metadata_are_found() -> None:
    assert findings(broken(lambda pdf: None, force_version="1.7"), "x4/version")[0].measured == 1.7
    assert findings(press_file().replace(b"/ID [", b"/Id ["), "x4/file-id")
    packed = press_file().replace(b"/Subtype /XML /Type /Metadata", b"/Filter[] /Type /Metadata    ")
    assert findings(packed, "x4/metadata")[0].message == "the XMP metadata is compressed"


def test_a_stream_that_is_encrypted_by_itself_is_found() -> None:
    pdf = press_file().replace(b"/FlateDecode", b"/Crypt      ", 1)
    assert [one.message for one in findings(pdf, "x4/images")] == [
        "the file holds a stream that is encrypted by itself"
    ]

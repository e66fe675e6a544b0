"""PDF/X-4: annotations, actions, media and layers have no place in a press file."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.preflight.files import broken, findings

KINDS = ["GoTo", "GoToR", "Launch", "URI", "Named", "JavaScript", "SubmitForm", "Rendition", "SetOCGState"]


@pytest.mark.parametrize("kind", KINDS)
def test_actions_of_all_kinds_are_found_in_bookmarks_too(kind: str) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        item = pdf.make_indirect(Dictionary(Title="Side 1", A=Dictionary(S=Name("/" + kind))))
        pdf.Root.Outlines = Dictionary(First=item, Last=item, Count=1)

    assert [one.message for one in findings(broken(change), "x4/actions")] == [
        f"the file holds an action of kind {kind}"
    ]


def test_a_bookmark_with_a_destination_and_tags_named_like_actions_are_none() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        item = pdf.make_indirect(Dictionary(Title="Side 1", Dest=Array([pdf.pages[0].obj, Name.Fit])))
        pdf.Root.Outlines = Dictionary(First=item, Last=item, Count=1)
        tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = Dictionary(S=Name.Sound, P=tree)
        pdf.Root.StructTreeRoot = tree

    assert findings(broken(change), "x4/actions") == []


def test_named_scripts_are_found() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array()))

    assert [one.message for one in findings(broken(change), "x4/actions")] == ["the file holds named scripts"]


@pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")
@pytest.mark.parametrize("kind", ["Movie", "Sound", "Screen", "3D", "RichMedia", "Widget", "Link"])
def test_media_and_fields_are_found_outside_the_bleed_too(kind: str) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array([0, 0, 9, 9]))
        pdf.pages[0].obj.Annots = Array([annotation])

    pdf = broken(change)
    assert findings(pdf, "x4/annotations") == []
    assert len(findings(pdf, "x4/media")) == (kind != "Link")


def configured(**entries: Any) -> Dictionary:
    return Dictionary(D=Dictionary(Name="Alle"), **entries)


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        (configured(), []),
        (configured(Configs=Array([Dictionary(Name="Uten lakk")])), []),
        (configured(Configs=Array([Dictionary(Name="")])), ["has no name"]),
        (configured(Configs=Array([Dictionary(Name="Lakk", AS=Array())])), ["by itself (AS)"]),
        (Dictionary(D=Dictionary(Name="Alle", AS=Array())), ["by itself (AS)"]),
    ],
)
def test_each_layer_configuration_is_looked_at(properties: Dictionary, words: list[str]) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OCProperties = properties

    found = [one.message for one in findings(broken(change), "x4/layers")]
    assert [message.endswith(word) for message, word in zip(found, words, strict=True)] == [True] * len(words)

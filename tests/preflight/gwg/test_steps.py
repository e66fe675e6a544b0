"""GWG 2022: processing steps on layers."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.preflight import Expected, Requirements
from printkit.preflight.checks import check
from printkit.profiles import GwgSteps
from tests.preflight.gwg_pages import judged, left_out, separation, sheets
from tests.preflight.inked_pages import gwg

PACK = "packaging-offset"


def stepped(*steps: str) -> bytes:
    """Return a page whose layers are marked with steps, written Group or Group/Type."""

    def change(pdf: pikepdf.Pdf) -> None:
        layers = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name="plain"))]
        for step in steps:
            keys = zip(("GTS_ProcStepsGroup", "GTS_ProcStepsType"), step.split("/"), strict=False)
            marks: dict[str, Any] = {key: Name("/" + value) for key, value in keys}
            layer = Dictionary(Type=Name.OCG, Name=step, GTS_Metadata=Dictionary(**marks))
            layers.append(pdf.make_indirect(layer))
        pdf.Root.OCProperties = Dictionary(OCGs=Array(layers), D=Dictionary())

    return sheets("", change=change)


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("Structural/Creasing", 0), ("Structural/ReverseCreasing", 0), ("Structural/CuttingCreasing", 1),
        ("Structural/Cutting", 1), ("Structural", 1), ("Braille/Creasing", 1), ("Structural/Folding", 1),
    ],
)  # fmt: skip
def test_a_creasing_step_is_needed(step: str, found: int) -> None:
    assert [one.severity for one in judged(stepped(step), "R1002", PACK)] == ["error"] * found
    assert len(judged(sheets(""), "R1002", PACK)) == 1


def test_without_a_kind_of_product_the_rule_is_not_run_and_says_so() -> None:
    why = left_out(stepped("Structural/Cutting"), "R1001", PACK)
    assert why.startswith(f"{PACK} names no kind of product")
    assert "flexible" in why


@pytest.mark.parametrize(("marked", "found"), [("Structural/Cutting", 0), ("", 1)])
def test_what_belongs_to_a_step_is_no_page_element(marked: str, found: int) -> None:
    """A cutting line in a spot colour on a marked layer, by name and by membership; unmarked it is print."""

    def change(pdf: pikepdf.Pdf) -> None:
        group, _, kind = marked.partition("/")
        marks: dict[str, Any] = {
            "GTS_ProcStepsGroup": Name(f"/{group}"),
            "GTS_ProcStepsType": Name(f"/{kind}"),
        }
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="cut"))
        if marked:
            layer.GTS_Metadata = Dictionary(**marks)
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary())
        member = Dictionary(Type=Name.OCMD, OCGs=Array([layer]))
        spots = Dictionary(S=separation(pdf, "CutContour"), A=separation(pdf, "All"))
        for page in pdf.pages:
            page.Resources = Dictionary(Properties=Dictionary(L=layer, M=member), ColorSpace=spots)

    line = "/OC /{} BDC /{} CS 1 SCN 20 20 m 90 90 l S EMC"
    pdf = sheets(line.format("L", "S"), line.format("M", "A"), change=change)
    assert len(judged(pdf, "R0020", "sheetcmyk-cmyk")) == found
    assert [one.page for one in judged(pdf, "R0024", "sheetcmyk-cmyk")] == [2] * found


@pytest.mark.parametrize(("kind", "found"), [("Cutting", 0), ("", 1)])
def test_ink_of_a_step_is_no_ink(kind: str, found: int) -> None:
    """A block of 400 % on a step's layer: too much ink only where it is print, and else an empty page."""

    def change(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="layer"))
        if kind:
            layer.GTS_Metadata = Dictionary(
                GTS_ProcStepsGroup=Name.Structural, GTS_ProcStepsType=Name.Cutting
            )
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(ON=Array([layer])))
        pdf.pages[0].Resources = Dictionary(Properties=Dictionary(L=layer))

    pdf = sheets("/OC /L BDC 1 1 1 1 k 20 20 150 150 re f EMC", change=change)
    assert len(judged(pdf, "R0025", PACK)) == found
    assert len(judged(pdf, "R0005", PACK)) == 1 - found


@pytest.mark.parametrize(
    ("variant", "step", "found"),
    [
        ("label-leaflet", "Structural/Creasing", 1), ("label-leaflet", "Structural/PartialCutting", 0),
        ("label-leaflet", "Structural/Folding", 0), ("flexible", "Structural/PartialCutting", 1),
        ("flexible", "Structural/Embossing", 1), ("flexible", "Structural/Perforating", 0),
        ("folding-carton-corrugated-box", "Structural/Creasing", 0), ("corrugated-display", "White/White", 0),
        ("folding-carton-corrugated-box", "Structural/Folding", 1), ("corrugated-display", "Dimensions", 0),
    ],
)  # fmt: skip
def test_steps_that_a_kind_of_product_does_not_have(variant: str, step: str, found: int) -> None:
    told = judged(stepped("Structural/Cutting", step), "R1001", variant)
    assert [one.severity for one in told] == ["error"] * found
    assert len(judged(stepped(step), "R1001", variant)) == found + 1


@pytest.mark.parametrize(
    ("steps", "messages"),
    [
        (["Structural/Cutting"], []),
        (["Structural/Creasing"], ["no layer holds the processing step Structural/Cutting"]),
        (
            ["Structural/Cutting", "White"],
            ["a layer holds the processing step White, which this product does not have"],
        ),
    ],
)
def test_with_a_list_steps_are_needed_and_forbidden(steps: list[str], messages: list[str]) -> None:
    listed = gwg().model_copy(
        update={"steps": {PACK: GwgSteps(required=("Structural/Cutting",), forbidden=("White",))}}
    )
    report = check(stepped(*steps), Expected(gwg=Requirements(listed, PACK)))
    assert "R1001" in report.rules_run
    assert [one.message for one in report.findings if one.id == "R1001"] == messages

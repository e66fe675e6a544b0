"""GWG 2022: processing steps on layers."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.preflight import Expected, Requirements, check
from printkit.profiles import GwgSteps
from tests.preflight.gwg_pages import judged, left_out, sheets
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
        ("Structural/Creasing", 0), ("Structural/ReverseCreasing", 0), ("Structural/CuttingCreasing", 0),
        ("Structural/Cutting", 1), ("Structural", 1), ("Braille/Creasing", 1),
    ],
)  # fmt: skip
def test_a_creasing_step_is_needed(step: str, found: int) -> None:
    assert [one.severity for one in judged(stepped(step), "R1002", PACK)] == ["error"] * found
    assert len(judged(sheets(""), "R1002", PACK)) == 1


def test_without_a_list_of_steps_the_rule_is_not_run_and_says_so() -> None:
    why = left_out(stepped("Structural/Cutting"), "R1001", PACK)
    assert why == f"the rule data do not list the processing steps of {PACK}"


@pytest.mark.parametrize(
    ("steps", "messages"),
    [
        (["Structural/Cutting"], []),
        (["Structural/Creasing"], ["no layer holds the processing step Structural/Cutting"]),
        (["Structural/Cutting", "White"], ["a layer holds the processing step White"]),
    ],
)
def test_with_a_list_steps_are_needed_and_forbidden(steps: list[str], messages: list[str]) -> None:
    listed = gwg().model_copy(
        update={"steps": {PACK: GwgSteps(required=("Structural/Cutting",), forbidden=("White",))}}
    )
    report = check(stepped(*steps), Expected(gwg=Requirements(listed, PACK)))
    assert "R1001" in report.rules_run
    assert [one.message for one in report.findings if one.id == "R1001"] == messages

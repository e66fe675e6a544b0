"""Samples of processing steps: which a product needs or does not have (R1001, R1002)."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from tests.preflight.matrix.base import CLEAN, Change, Draft, draft
from tests.preflight.matrix.facts import DATA, barred_steps
from tests.preflight.matrix.objects import root_entry
from tests.preflight.matrix.sample import Row, Sample, cases

# The places of the clean file's two layers
CREASE, CUT = 0, 1


def marked(layer: int, step: str) -> Draft:
    """Return the clean file with another step on a layer, none where it is empty."""
    group, _, kind = step.partition("/")
    marks = f"<</GTS_ProcStepsGroup /{group} /GTS_ProcStepsType /{kind}>>" if step else None
    return draft("", root_entry(f"OCProperties.OCGs.{layer}.GTS_Metadata", marks))


@cache
def beside(step: str) -> Change:
    """Add a layer of a step."""
    group, _, kind = step.partition("/")

    def change(pdf: pikepdf.Pdf, _: Any) -> None:
        marks = Dictionary(GTS_ProcStepsGroup=Name(f"/{group}"), GTS_ProcStepsType=Name(f"/{kind}"))
        layer = Dictionary(Type=Name.OCG, Name=pikepdf.String(step), GTS_Metadata=marks)
        pdf.Root.OCProperties.OCGs.append(pdf.make_indirect(layer))

    return change


@cases("R1001")
def steps(row: Row) -> Iterator[Sample]:
    if row.facts.variant not in DATA["steps"]:
        return
    yield row.breaks("no cutting", marked(CUT, ""))
    yield row.breaks("cutting in part only", marked(CUT, "Structural/ReversePartialCutting"))
    for step in barred_steps(row.facts.variant):
        yield row.breaks(f"cutting and {step}", draft("", beside(step)))
    for step in ("Structural/Gluing", "Positions/Barcode", "Braille/Braille"):
        yield row.passes(f"cutting and {step}", draft("", beside(step)))
    yield row.passes("cutting", CLEAN)


@cases("R1002")
def creasing(row: Row) -> Iterator[Sample]:
    yield row.breaks("no creasing", marked(CREASE, ""))
    for kind in ("Drilling", "CuttingCreasing", "PartialCuttingCreasing"):
        yield row.breaks(f"a step of {kind}", marked(CREASE, f"Structural/{kind}"))
    yield row.breaks("creasing of another group", marked(CREASE, "Positions/Creasing"))
    yield row.passes("creasing", CLEAN)
    yield row.passes("creasing from behind", marked(CREASE, "Structural/ReverseCreasing"))

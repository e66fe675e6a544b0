"""GWG 2022: processing steps, such as cutting and creasing, on layers of their own.

They are named as in the test files of the Ghent Workgroup: GTS_ProcStepsGroup and GTS_ProcStepsType in the
GTS_Metadata of an optional-content group.
"""

from collections.abc import Iterator

from pikepdf import Array, Name

from printkit.content import entry, text_of
from printkit.preflight.registry import Hit, NotAsked, gwg_rule
from printkit.preflight.subject import Subject
from printkit.profiles import GwgLimits

STRUCTURAL, CREASING = "Structural", "Creasing"


@gwg_rule("R1001")
def processing_steps(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """The steps that the product needs have a layer each, and others none: mark the layers.

    Which they are, the GWG says for each variant; without its list in the rule data this is not run.
    """
    requirements = subject.expected.gwg
    if requirements is None:
        return
    asked = requirements.gwg.steps.get(requirements.variant)
    if asked is None:
        raise NotAsked(f"the rule data do not list the processing steps of {requirements.variant}")
    found = steps(subject)
    for step in asked.required:
        if step not in found:
            yield Hit(f"no layer holds the processing step {step}")
    for step in asked.forbidden:
        if step in found:
            yield Hit(f"a layer holds the processing step {step}")


@gwg_rule("R1002")
def creasing_step(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """A layer holds the creases, as Structural/Creasing or a kind of it: mark the layer as that step."""
    if not any(step.startswith(f"{STRUCTURAL}/") and step.endswith(CREASING) for step in steps(subject)):
        yield Hit(f"no layer holds the processing step {STRUCTURAL}/{CREASING}")


def steps(subject: Subject) -> set[str]:
    """Return the processing steps that the file's layers are marked with, as Group or Group/Type."""
    layers = entry(subject.pdf.Root, "/OCProperties", "/OCGs")
    found = set()
    for layer in layers if isinstance(layers, Array) else ():
        group, kind = (
            entry(layer, "/GTS_Metadata", key) for key in ("/GTS_ProcStepsGroup", "/GTS_ProcStepsType")
        )
        if isinstance(group, Name):
            found |= {text_of(group)[1:]}
            found |= {f"{text_of(group)[1:]}/{text_of(kind)[1:]}"} if isinstance(kind, Name) else set()
    return found

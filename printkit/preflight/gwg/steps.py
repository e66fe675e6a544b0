"""GWG 2022: processing steps (ISO 19593-1), such as cutting and creasing, on layers of their own."""

from collections.abc import Iterator

from pikepdf import Array

from printkit.content import entry, step_of
from printkit.preflight.core.registry import Hit, NotAsked, gwg_rule
from printkit.preflight.core.subject import Subject
from printkit.profiles import GwgLimits
from printkit.words import Message

# R1002 names these two alone; steps that crease and cut at once are others
CREASES = ("Structural/Creasing", "Structural/ReverseCreasing")


@gwg_rule("R1001")
def processing_steps(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """The steps that the product needs have a layer each, and steps that it has not have none: mark them.

    Which they are follows from the kind of product (GWG's sheet Processing Steps). A variant that names none
    does not say; judge the file by the variant of its product.
    """
    requirements = subject.expected.gwg
    if requirements is None:
        return
    asked = requirements.gwg.steps.get(requirements.variant)
    if asked is None:
        known = ", ".join(requirements.gwg.steps)
        raise NotAsked(
            Message(
                "%(variant)s names no kind of product, which decides; %(known)s do",
                variant=requirements.variant,
                known=known,
            )
        )
    found = steps(subject)
    for step in asked.required:
        if step not in found:
            yield Hit(Message("no layer holds the processing step %(step)s", step=step))
    for step in asked.forbidden:
        if step in found:
            yield Hit(
                Message(
                    "a layer holds the processing step %(step)s, which this product does not have", step=step
                )
            )


@gwg_rule("R1002")
def creasing_step(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """A layer holds the creases, as Structural/Creasing or ReverseCreasing: mark the layer as that step."""
    if not steps(subject).intersection(CREASES):
        yield Hit(
            Message(
                "no layer holds the processing step %(creases)s",
                creases=Message("%(one)s or %(other)s", one=CREASES[0], other=CREASES[1]),
            )
        )


def steps(subject: Subject) -> set[str]:
    """Return the processing steps that the file's layers are marked with, as Group or Group/Type."""
    layers = entry(subject.pdf.Root, "/OCProperties", "/OCGs")
    marked = (step_of(layer) for layer in (layers if isinstance(layers, Array) else ()))
    # Variants ask for a group as a whole or for one type of it
    return {name for step in marked if step is not None for name in (step[0], "/".join(step))}

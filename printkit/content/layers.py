"""Optional content: which layer an element is on, and whether it is shown by default."""

from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pikepdf

from printkit.content.objects import Key, entry, items_of, text_of
from printkit.content.state import Context

# Expressions may hold themselves; people write two or three levels
DEEPEST_EXPRESSION = 32


@dataclass(frozen=True, slots=True)
class Layers:
    """The groups that the file's default configuration (OCProperties, D) switches off.

    `steps` are those that hold a processing step of ISO 19593-1, such as a cutting line: no print. `unheeded`
    are those whose intent is not the configuration's: whether they are on hides and shows nothing.
    """

    off: frozenset[Key] = frozenset()
    steps: frozenset[Key] = frozenset()
    unheeded: frozenset[Key] = frozenset()

    def enter(self, context: Context, member: Any) -> Context:
        """Return the context inside content that belongs to an optional-content group or membership."""
        if not isinstance(member, pikepdf.Dictionary):
            return context
        groups = _groups(member)
        names = tuple(text_of(group.get("/Name", "")) for group in groups)
        # Inside a layer that is off nothing can be switched on again.
        hidden = context.hidden or not self._shown(member, groups)
        step = context.step or (bool(groups) and all(group.objgen in self.steps for group in groups))
        return replace(context, layers=context.layers + names, hidden=hidden, step=step)

    def _shown(self, member: Any, groups: list[Any]) -> bool:
        """Apply the membership's expression, else its policy (ISO 32000-1, Table 99)."""
        told = self._told(member.get("/VE"), 0) if member.get("/Type") == "/OCMD" else None
        if told is not None:
            return told
        shown = [group.objgen not in self.off for group in groups if group.objgen not in self.unheeded]
        if not shown:
            return True
        policy = text_of(member.get("/P", "/AnyOn"))
        verdicts = {"/AllOn": all(shown), "/AnyOff": not all(shown), "/AllOff": not any(shown)}
        return verdicts.get(policy, any(shown))

    def _told(self, expression: Any, depth: int) -> bool | None:
        """Tell what a visibility expression says; None where it is none, and for a group without a say."""
        if isinstance(expression, pikepdf.Dictionary):
            return None if expression.objgen in self.unheeded else expression.objgen not in self.off
        if not isinstance(expression, pikepdf.Array) or not len(expression) or depth > DEEPEST_EXPRESSION:
            return None
        operator, *operands = expression
        told = [self._told(operand, depth + 1) for operand in operands]
        known = [one for one in told if one is not None]
        if not known:
            return None
        verdicts = {"/And": all(known), "/Or": any(known), "/Not": not known[0]}
        return verdicts.get(text_of(operator)) if isinstance(operator, pikepdf.Name) else None


def read_layers(pdf: pikepdf.Pdf) -> Layers:
    """Return the layers of a file as its default configuration shows them."""
    properties = entry(pdf.Root, "/OCProperties")
    default = entry(properties, "/D")
    off = _keys(entry(default, "/OFF"))
    # Then all are off but those that are named.
    if entry(default, "/BaseState") == "/OFF":
        off = _keys(entry(properties, "/OCGs")) - _keys(entry(default, "/ON"))
    return Layers(off, _steps(properties), _unheeded(properties, default))


def leave_out_steps(pdf: pikepdf.Pdf) -> None:
    """Switch the layers of processing steps off in a file."""
    properties = entry(pdf.Root, "/OCProperties")
    default, groups = entry(properties, "/D"), items_of(entry(properties, "/OCGs"))
    steps = [group for group in groups if step_of(group) is not None]
    if not steps or not isinstance(default, pikepdf.Dictionary):
        return
    # Of another intent they would be shown all the same
    for holder in (default, *steps):
        if "/Intent" in holder:
            del holder["/Intent"]
    default.OFF = pikepdf.Array([*items_of(entry(default, "/OFF")), *steps])


def without_steps(data: bytes) -> bytes:
    """Return a file with its processing steps switched off; raise PikepdfError where it cannot be read."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        leave_out_steps(pdf)
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def step_of(group: Any) -> tuple[str, str] | None:
    """Return group and type of the processing step that a layer is marked with, the type empty if absent.

    GTS_Metadata with GTS_ProcStepsGroup and GTS_ProcStepsType, as the Ghent Workgroup's test files have it.
    """
    step, kind = (entry(group, "/GTS_Metadata", f"/GTS_ProcSteps{key}") for key in ("Group", "Type"))
    if not isinstance(step, pikepdf.Name):
        return None
    return text_of(step)[1:], text_of(kind)[1:] if isinstance(kind, pikepdf.Name) else ""


def _steps(properties: Any) -> frozenset[Key]:
    groups = entry(properties, "/OCGs")
    found = groups if isinstance(groups, pikepdf.Array) else ()
    return frozenset(group.objgen for group in found if step_of(group) is not None)


def _unheeded(properties: Any, default: Any) -> frozenset[Key]:
    """Return the groups of no intent that the configuration asks for (ISO 32000-1, 8.11.2.3)."""
    groups, asked = entry(properties, "/OCGs"), _intents(default)
    found = groups if isinstance(groups, pikepdf.Array) else ()
    dictionaries = (one for one in found if isinstance(one, pikepdf.Dictionary))
    return frozenset(one.objgen for one in dictionaries if not asked & {"/All", *_intents(one)})


def _intents(holder: Any) -> set[str]:
    """Return the intents of a group or of a configuration, View where none is named."""
    names = [text_of(one) for one in items_of(entry(holder, "/Intent"), one=True)]
    return set(names) or {"/View"}


def _groups(member: Any) -> list[Any]:
    if member.get("/Type") != "/OCMD":
        return [member]
    groups = member.get("/OCGs")
    found = list(groups) if isinstance(groups, pikepdf.Array) else [groups]
    return [group for group in found if isinstance(group, pikepdf.Dictionary)]


def _keys(array: Any) -> frozenset[Key]:
    items = array if isinstance(array, pikepdf.Array) else ()
    return frozenset(item.objgen for item in items if isinstance(item, pikepdf.Dictionary))

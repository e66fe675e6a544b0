"""The values of a piece's slots, from campaign, committee, request, default and sample."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from jinja2 import UndefinedError

from printkit.errors import SlotProblem, WorkspaceError
from printkit.template.binding import Binding
from printkit.template.codes import target
from printkit.template.counting import rich_markup
from printkit.template.environment import complaints
from printkit.template.language import localized
from printkit.template.manifest import Slot, Template
from printkit.template.pictures import check_image
from printkit.template.request import BindRequest, Target
from printkit.template.values import ImageValue, Limits, ValueProblem, read_value
from printkit.words import Message, sentence

# Kinds of slots whose values are words, which belong to a language
WORDED = frozenset({"text", "rich", "list"})
MISSING = Message("a value is required; set it, or print a sample")
_EXPRESSION = re.compile(r"\s*\{\{((?:(?!\{\{|\}\}).)*)\}\}\s*", re.DOTALL)


def read_slots(binding: Binding) -> tuple[dict[str, Any], list[SlotProblem]]:
    """Return the values by slot, None where there is none, and every problem."""
    request, slots = binding.request, binding.template.slots
    given, where = _given(request, binding.template), request.where
    problems = [SlotProblem(where, one, _unknown(slots)) for one in given if one not in slots]
    problems += [*_forbidden(binding), *_of_another_language(request, binding.template)]
    values: dict[str, Any] = {}
    for name, slot in slots.items():
        try:
            values[name] = _value(binding, name, given.get(name))
            if isinstance(values[name], ImageValue):
                check_image(request.workspace, request.press, slot, values[name])
        except ValueProblem as error:
            problems.append(SlotProblem(where, name, sentence(error)))
        if name in binding.used and slot.required and values.get(name, "") is None:
            problems.append(SlotProblem(where, name, MISSING))
    return values, problems


def _unknown(slots: Mapping[str, Slot]) -> str:
    return Message("the template has no such slot; there are: %(slots)s", slots=", ".join(sorted(slots)))


def _forbidden(binding: Binding) -> Iterator[SlotProblem]:
    if binding.request.who == "comms":
        return
    for name in binding.request.values:
        slot = binding.template.slots.get(name)
        if slot and slot.edit == "comms":
            yield SlotProblem(
                binding.request.where, name, Message("only the communications office sets this slot")
            )


def _given(request: BindRequest, template: Template) -> dict[str, Any]:
    """Join the values of campaign, committee and request; a campaign may name slots of other templates."""
    campaign = request.campaign
    if campaign is None:
        return dict(request.values)
    shared = campaign.slots_for(request.committee.id, request.language)
    # With a single template a name that it lacks is a slip and is told; with several it belongs to another
    if len({entry.template for entry in campaign.pieces}) > 1:
        shared = {name: one for name, one in shared.items() if name in template.slots}
    return {**{name: one.value for name, one in shared.items()}, **request.values}


def _of_another_language(request: BindRequest, template: Template) -> Iterator[SlotProblem]:
    """Yield the slots whose words the campaign gives in another language than the piece's.

    Words without a language are in the campaign's first one; dates, numbers, pictures and addresses are in
    none.
    """
    campaign = request.campaign
    # A piece never prints another language's words: with general values passed over in silence, whoever wrote
    # one for a committee would miss it
    if campaign is None or request.language == campaign.first_language:
        return
    for name, one in campaign.slots_for(request.committee.id, request.language).items():
        slot = template.slots.get(name)
        worded = slot is not None and slot.kind in WORDED and bool(one.value)
        if worded and one.language is None and name not in request.values:
            problem = Message(
                "%(key)s gives it in '%(first_language)s'; give it under "
                '[%(key)s.%(language)s], or "" there for the template\'s own',
                key=one.key,
                first_language=campaign.first_language,
                language=request.language,
            )
            yield SlotProblem(request.where, name, problem)


def _value(binding: Binding, name: str, given: Any) -> Any:
    slot = binding.template.slots[name]
    roomier = binding.roomier(name)
    limits = Limits(
        binding.request.profiles.codes.address_characters, binding.layout.max_characters.get(name)
    )
    try:
        value = read_value(given, slot, limits)
        if value is None and name in binding.used:
            # The default is held to the limits too: a committee's long name may not fit
            value = read_value(_default(binding, slot, name), slot, limits)
        if value is None and slot.required and binding.request.sample and slot.sample is not None:
            value = read_value(slot.sample, slot, limits)
            binding.sampled.update({name} & binding.used)
    except ValueProblem as error:
        if not (roomier and error.too_long):
            raise
        told = Message("%(problem)s or use %(format)s", problem=error, format=roomier[0])
        raise ValueProblem(told) from error
    return value


def _default(binding: Binding, slot: Slot, name: str) -> Any:
    """Work out a slot's default; a value of a campaign or site that is not there counts as none."""
    if not isinstance(slot.default, str) or "{" not in slot.default:
        return slot.default
    absent = [one for one in ("campaign", "site") if binding.smart[one] is None and one in slot.default]
    expression = _EXPRESSION.fullmatch(slot.default)
    try:
        with complaints(binding.manifest):
            binding.notes.read(slot.default, binding.manifest)
            if expression is None:
                return binding.sandbox.plain(slot.default, binding.smart)
            value = binding.sandbox.work_out(expression[1], binding.smart)
            # Absent values raise only when they are written
            str(value)
    except WorkspaceError as error:
        if absent and isinstance(error.__cause__, UndefinedError):
            return None
        raise WorkspaceError(binding.manifest, f"slots.{name}.default", error.reason) from error
    return _written(value, slot, binding)


def _written(value: Any, slot: Slot, binding: Binding) -> Any:
    """Return a smart value as the slot's kind is written: dates and numbers become words in a text."""
    wanted = {"date", "time", "integer", "list", "image"}
    if value is None or slot.kind in wanted:
        return value
    return str(localized(value, binding.notes.language))


def code_targets(binding: Binding, values: Mapping[str, Any]) -> tuple[dict[str, Target], list[SlotProblem]]:
    """Return where each code leads, and the codes without an address."""
    targets: dict[str, Target] = {}
    problems: list[SlotProblem] = []
    for name, slot in binding.template.slots.items():
        if slot.kind != "qr" or name not in binding.used:
            continue
        found = target(slot, values.get(name), binding.request, binding.notes.seen)
        if found:
            targets[name] = found
        elif name in values:
            problems.append(
                SlotProblem(binding.request.where, name, Message("the code has no address; set one"))
            )
    return targets, problems


def shown_slots(binding: Binding, values: Mapping[str, Any], targets: Mapping[str, Target]) -> dict[str, Any]:
    """Return the values as a template prints them; no address of a code is among them."""
    shown: dict[str, Any] = {}
    for name, value in values.items():
        match binding.template.slots[name].kind:
            case "rich" if value is not None:
                shown[name] = rich_markup(value)
            case "qr":
                shown[name] = {"short_address": targets[name].short_address} if name in targets else None
            case "image" if value is not None:
                position = f"{value.x * 100:g}% {value.y * 100:g}%"
                shown[name] = {"src": "/" + quote(value.file), "position": position}
            case _:
                shown[name] = localized(value, binding.notes.language)
    return shown

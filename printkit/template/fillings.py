"""Values to try a design with: samples, the shortest that its slots take, and the longest."""

import re
from dataclasses import replace
from typing import Literal, get_args

from printkit.errors import SlotErrors
from printkit.profiles import SlotValue
from printkit.template.bind import bind
from printkit.template.counting import characters
from printkit.template.load import load_template
from printkit.template.manifest import Slot, Template
from printkit.template.request import Artwork, BindRequest

Filling = Literal["own", "sample", "shortest", "longest"]
FILLINGS: tuple[Filling, ...] = get_args(Filling)
# Kinds whose values have a length
_TEXTS = ("text", "rich", "list")
# What a slot takes from its committee is as long as that has it: each committee is tried
_COMMITTEE = re.compile(r"\bcommittee\.")


def fill(request: BindRequest, filling: Filling) -> Artwork:
    """Bind a request with values of this kind, its own values before all others.

    `own` takes what campaign and committee give. The others put a slot's sample where a required value is
    missing, without SPECIMEN across the page; `longest` also where any other is. Raise as `bind` does.
    """
    if filling == "own":
        return bind(request)
    template = request.loaded or load_template(request.workspace, request.template)
    given = request.values
    artwork, request = _sampled(replace(request, loaded=template), template)
    if filling == "sample":
        return artwork
    if filling == "longest":
        artwork, request = _with_optional(artwork, request, template)
    texts = {
        name: text.text
        for name, text in artwork.texts.items()
        if name not in given and not _COMMITTEE.search(str(template.slots[name].default or ""))
    }
    most = template.layouts[request.format.id].max_characters
    made = {
        name: _stretched(slot, most.get(name, slot.max_characters), text, filling)
        for name, text in texts.items()
        for slot in (template.slots[name],)
    }
    lengths = {name: value for name, value in made.items() if value}
    return bind(replace(request, values={**request.values, **lengths}))


def _sampled(request: BindRequest, template: Template) -> tuple[Artwork, BindRequest]:
    """Bind with samples where values are missing; return the request with them too."""
    try:
        return bind(request), request
    except SlotErrors as error:
        lacking = {one.slot for one in error.problems} - set(request.values)
        samples: dict[str, SlotValue] = {}
        for name in sorted(lacking & set(template.slots)):
            sample = template.slots[name].sample
            if sample is not None:
                samples[name] = sample
        if not samples:
            raise
    request = replace(request, values={**samples, **request.values})
    return bind(request), request


def _with_optional(artwork: Artwork, request: BindRequest, template: Template) -> tuple[Artwork, BindRequest]:
    """Bind again with samples in printed slots that nothing fills; what was given as empty stays so."""
    samples: dict[str, SlotValue] = {}
    for name, text in artwork.texts.items():
        sample = template.slots[name].sample
        if sample is not None and not text.text and name not in {*request.values, *artwork.images}:
            samples[name] = sample
    if not samples:
        return artwork, request
    request = replace(request, values={**samples, **request.values})
    return bind(request), request


def _stretched(slot: Slot, most: int | None, text: str, filling: Filling) -> SlotValue | None:
    """Return the slot's text made as long, or as short, as the slot takes; None where it has no length."""
    shortest = filling == "shortest"
    if slot.kind == "choice":
        return (min if shortest else max)(slot.choices, key=len)
    if slot.kind not in _TEXTS or slot.pattern or not text:
        return None
    # An empty text would be no text, which is another case
    least = slot.min_characters or 1
    if slot.kind == "list":
        return _items(slot, text.split("\n"), (least, most), shortest)
    if shortest:
        return "\n".join(_words(text, least, None) for _ in range(slot.min_lines or 1))
    return None if most is None else _lines(text, most, slot.max_lines or 1)


def _items(slot: Slot, items: list[str], bounds: tuple[int, int | None], shortest: bool) -> list[str]:
    least, most = bounds
    if shortest:
        return [_words(items[0], least, None)] * (slot.min_items or 1)
    count = slot.max_items or len(items)
    # Items again from the front where the slot takes more than there are
    chosen = [items[number % len(items)] for number in range(count)]
    return [item if most is None else _words(item, most, most) for item in chosen]


def _lines(text: str, most: int, lines: int) -> str:
    """Return a text of `most` characters, line ends included, over so many lines."""
    each = (most - (lines - 1)) // lines
    return "\n".join(_words(text, each, each) for _ in range(lines)) if each > 0 else text


def _words(text: str, least: int, most: int | None) -> str:
    """Repeat a text's words until there are `least` characters; cut the last one at `most`."""
    # A hard space holds a sum, a date or a time together, here too.
    words, made = [one for one in re.split("[ \n]+", text) if one] or [text], ""
    for number in range(least + 1):
        made = f"{made} {words[number % len(words)]}".strip()
        if characters(made) >= least:
            break
    while most is not None and characters(made) > most:
        made = made[:-1].rstrip()
    return made

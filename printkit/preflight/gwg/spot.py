"""GWG 2022: spot colours, how many there are and whether two are meant to be one."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from unicodedata import normalize

from pikepdf import Array

from printkit.content import Space, entry
from printkit.content.colour import ALL, NONE, PROCESS
from printkit.preflight.core.registry import Hit, gwg_rule
from printkit.preflight.core.subject import Subject
from printkit.preflight.gwg.use import uses
from printkit.preflight.seen.sameness import Sameness
from printkit.preflight.seen.visible import VisibleElements
from printkit.profiles import GwgLimits
from printkit.words import Message

NO_SPOTS = {*PROCESS, ALL, NONE}


@dataclass
class Spot:
    """A spot colour's name, where it is used first, and its definitions (alternate, tint transform)."""

    name: str
    first: VisibleElements
    definitions: set[Hashable] = field(default_factory=set)


@gwg_rule("R0020")
def spot_count(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """No more spot colours are in use than the press has units for: turn the others into process colours."""
    found = tuple(subject.once(spots).values())
    if limits.A is not None and len(found) > limits.A:
        names = ", ".join(spot.name for spot in found)
        yield _hit(
            found[0],
            Message("spot colours in use: %(names)s; %(a)g are allowed", names=names, a=limits.A),
            len(found),
            limits.A,
        )


@gwg_rule("R0021")
def spot_suffix(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """No spot names differ only in a library's suffix, for each gets a plate: use one of the names.

    Only names that end in a suffix are compared; capitals do not tell them apart.
    """
    suffixes = subject.expected.gwg.gwg.spots.suffixes if subject.expected.gwg else ()
    for one, other in _alike(subject, lambda name: stem_of(name, suffixes)):
        yield _hit(
            one,
            Message(
                "'%(name)s' and '%(other)s' are one colour but for a library's suffix",
                name=one.name,
                other=other.name,
            ),
        )


@gwg_rule("R0022")
def spot_case(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """No spot names differ only in capitals or Unicode form, for each gets a plate: use one spelling."""
    for one, other in _alike(subject, folded):
        yield _hit(
            one,
            Message(
                "'%(name)s' and '%(other)s' differ only in capitals or Unicode form",
                name=one.name,
                other=other.name,
            ),
        )


@gwg_rule("R0023")
def spot_twins(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """No two spot names share tint transform and alternate space, as one ink would: use one of the names."""
    groups: dict[Hashable, list[Spot]] = {}
    for spot in subject.once(spots).values():
        for definition in spot.definitions:
            groups.setdefault(definition, []).append(spot)
    for twins in groups.values():
        for one, other in pairwise(twins):
            yield _hit(
                one,
                Message(
                    "'%(name)s' and '%(other)s' have one tint transform and alternate space",
                    name=one.name,
                    other=other.name,
                ),
            )


def spots(subject: Subject) -> dict[str, Spot]:
    """Return the spot colours in use on the product by name; ask `subject.once` for it."""
    found: dict[str, Spot] = {}
    seen: set[int] = set()
    sameness = Sameness()
    for use in subject.once(uses):
        # Thousands of elements share a space
        if id(use.space) not in seen:
            seen.add(id(use.space))
            _note(found, use.shown, use.space, sameness)
    return found


def folded(name: str) -> str:
    """Return a name without regard to capitals, Unicode form and the encoding of its bytes."""
    try:
        text = name.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeDecodeError:
        # Names are bytes to PDF, and old programs wrote them in Latin-1
        text = name.encode("utf-8", "surrogateescape").decode("latin-1")
    return normalize("NFC", normalize("NFC", text).casefold())


def stem_of(name: str, suffixes: tuple[str, ...]) -> str | None:
    """Return, folded, what stands before a colour library's suffix; None where a name ends in none."""
    stem, space, last = name.rpartition(" ")
    return folded(stem) if space and last in suffixes else None


def _note(found: dict[str, Spot], where: VisibleElements, space: Space, sameness: Sameness) -> None:
    if space.family == "Indexed" and space.base is not None:
        space = space.base
    definitions = {}
    if space.family == "Separation":
        definitions = {space.colorants[0]: space.source}
    elif space.family == "DeviceN" and isinstance(space.source, Array) and len(space.source) > 4:
        # DeviceN says what each of its colorants is by itself, if at all, in its attributes
        listed = entry(space.source[4], "/Colorants")
        definitions = {name: entry(listed, f"/{name}") for name in space.colorants}
    for name in space.colorants:
        if name not in NO_SPOTS:
            spot = found.setdefault(name, Spot(name, where))
            spot.definitions |= set(_definition(definitions.get(name), sameness))


def _definition(separation: object, sameness: Sameness) -> Iterator[Hashable]:
    if isinstance(separation, Array) and len(separation) > 3:
        yield sameness.of(separation[2]), sameness.of(separation[3])


def _alike(subject: Subject, key: Callable[[str], str | None]) -> Iterator[tuple[Spot, Spot]]:
    """Yield each spot colour with the one before it that has the same key; None is no key."""
    groups: dict[str | None, list[Spot]] = {}
    for spot in subject.once(spots).values():
        groups.setdefault(key(spot.name), []).append(spot)
    groups.pop(None, None)
    for group in groups.values():
        yield from pairwise(group)


def _hit(spot: Spot, message: str, measured: float | None = None, limit: float | None = None) -> Hit:
    first = spot.first
    return Hit(message, first.view.number, first.view.in_mm(first.box), measured, limit)

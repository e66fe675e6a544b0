"""The rules: small functions that yield what breaks them, by the limits of `profiles/design.toml`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from inspect import getdoc

from printkit.errors import WorkspaceError
from printkit.profiles.check import DESIGN
from printkit.review.asked import Ask, Outline
from printkit.review.page import Box, Reviewed
from printkit.words import Message

Limits = Mapping[str, float]


@dataclass(frozen=True)
class Hit:
    """One place that breaks a rule: what is wrong and what to do, the figures where there are some."""

    message: str
    cure: str
    page: int = 1
    box: Box | None = None
    measured: float | None = None
    limit: float | None = None


Check = Callable[[Reviewed, Limits], Iterator[Hit]]
# Rules about a series look at all pieces that share a place, a format or a family.
SeriesCheck = Callable[[Sequence[Outline], Limits], Iterator[tuple[Ask, Hit]]]


@dataclass(frozen=True)
class Rule:
    """A rule of design: `limits` are the names of the figures that it needs."""

    id: str
    limits: tuple[str, ...]
    check: Check | None = None
    series: SeriesCheck | None = None

    @property
    def sentence(self) -> str:
        """What a designer reads about the rule."""
        return " ".join((getdoc(self.check or self.series) or "").split())


RULES: dict[str, Rule] = {}


def rule(id: str, *limits: str) -> Callable[[Check], Check]:
    """Register a function that looks at one piece; a second rule of this id fails at import."""

    def register(check: Check) -> Check:
        _add(Rule(id, limits, check))
        return check

    return register


def series_rule(id: str, *limits: str) -> Callable[[SeriesCheck], SeriesCheck]:
    """Register a function that looks at pieces beside each other."""

    def register(check: SeriesCheck) -> SeriesCheck:
        _add(Rule(id, limits, series=check))
        return check

    return register


def _add(made: Rule) -> None:
    if made.id in RULES:
        raise ValueError(f"rule {made.id} is registered twice")
    RULES[made.id] = made


def chosen(asked: Mapping[str, Limits]) -> list[tuple[Rule, Limits]]:
    """Return the rules that a workspace names, with their limits; raise WorkspaceError for an unknown one."""
    return [(_known(name, limits), limits) for name, limits in asked.items()]


def _known(name: str, limits: Limits) -> Rule:
    found = RULES.get(name)
    if found is None:
        raise WorkspaceError(
            DESIGN,
            f"rules.{name}",
            Message("no such rule; there are: %(rules)s", rules=", ".join(sorted(RULES))),
        )
    # More is refused as well as less: a figure that is misspelt would look as if it counted.
    if set(limits) != set(found.limits):
        wanted = ", ".join(found.limits) or "no figures"
        raise WorkspaceError(
            DESIGN,
            f"rules.{name}",
            Message("has %(limits)s; it takes %(wanted)s", limits=", ".join(limits) or "none", wanted=wanted),
        )
    return found


def judge(piece: Reviewed, rules: Iterable[tuple[Rule, Limits]]) -> Iterator[tuple[Rule, Hit]]:
    """Yield what breaks rules about one piece."""
    for one, limits in rules:
        if one.check is not None:
            yield from ((one, hit) for hit in one.check(piece, limits))


def judge_series(
    pieces: Sequence[Outline], rules: Iterable[tuple[Rule, Limits]]
) -> Iterator[tuple[Rule, Ask, Hit]]:
    """Yield what breaks rules about pieces beside each other."""
    for one, limits in rules:
        if one.series is not None:
            yield from ((one, ask, hit) for ask, hit in one.series(pieces, limits))

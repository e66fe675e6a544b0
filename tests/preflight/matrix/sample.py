"""A sample: a file that breaks one rule, or just does not, and all that must be found in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from tests.preflight.matrix.base import Draft
from tests.preflight.matrix.facts import Facts, facts

Found: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Ask:
    """Say what is asked of a file beside its variant.

    `product` asks for the card that base.py draws, `codes` looks for codes, `other` are entries of Expected.
    """

    distance: float = 1.0
    scale: float = 1.0
    product: bool = False
    codes: bool = False
    other: tuple[tuple[str, Any], ...] = ()


PLAIN_ASK = Ask()


@dataclass(frozen=True)
class Sample:
    """A file of one rule's row, what must be found in it (rule and severity), and what it is asked.

    `fits` tells that it is the product of base.py, whose rules must then find nothing.
    """

    rule: str
    name: str
    draft: Draft
    finds: frozenset[Found] = frozenset()
    ask: Ask = PLAIN_ASK
    breaks: bool = False
    fits: bool = True


@dataclass(frozen=True)
class Row:
    """Write the samples of one rule in one variant."""

    facts: Facts

    @property
    def A(self) -> float:
        return self.facts.A

    def breaks(
        self, name: str, draft: Draft, severity: str = "", also: tuple[str, ...] = (), **more: Any
    ) -> Sample:
        """Return a file that breaks the rule; `also` are rules that this implies, `shown` stands for it."""
        shown = more.pop("shown", self.facts.rule)
        own = (shown, severity or self.facts.severity)
        finds = frozenset({own, *self._implied(also)})
        return Sample(self.facts.rule, name, draft, finds, breaks=True, **more)

    def passes(self, name: str, draft: Draft, also: tuple[str, ...] = (), **more: Any) -> Sample:
        """Return a file that just does not break the rule."""
        return Sample(self.facts.rule, name, draft, frozenset(self._implied(also)), **more)

    def _implied(self, also: tuple[str, ...]) -> Iterator[Found]:
        for one in also:
            rule, _, severity = one.partition(" ")
            asked = Facts(rule, "", "error") if "/" in rule else facts(rule, self.facts.variant)
            if asked is not None:
                yield rule, severity or asked.severity


Cases: TypeAlias = Callable[[Row], Iterator[Sample]]
CASES: dict[str, list[Cases]] = {}


def cases(*rules: str) -> Callable[[Cases], Cases]:
    """Register the builder of a rule's samples."""

    def register(builder: Cases) -> Cases:
        for rule in rules:
            CASES.setdefault(rule, []).append(builder)
        return builder

    return register


def samples(rule: str, variant: str) -> Iterator[Sample]:
    """Yield the samples of a rule in a variant, none where the variant ignores it."""
    asked = Facts(rule, variant, "error") if "/" in rule else facts(rule, variant)
    for builder in CASES.get(rule, ()) if asked else ():
        yield from builder(Row(asked))  # type: ignore[arg-type]


def asks(sample: Sample, **changes: Any) -> Sample:
    return replace(sample, ask=replace(sample.ask, **changes))

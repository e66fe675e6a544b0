"""The rules: small functions that yield what breaks them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import getdoc
from typing import TypeAlias

from printkit.preflight.report import BoxMm, Severity
from printkit.preflight.subject import Subject


@dataclass(frozen=True)
class Hit:
    """Hold one place that breaks a rule; `severity` where it is not the rule's own."""

    message: str
    page: int | None = None
    box_mm: BoxMm | None = None
    measured: float | None = None
    limit: float | None = None
    severity: Severity | None = None


Check: TypeAlias = Callable[[Subject], Iterator[Hit]]


@dataclass(frozen=True)
class Rule:
    """Hold a rule; `needs` names the expectation without which it cannot be run."""

    id: str
    severity: Severity
    reference: str
    check: Check
    needs: str | None = None

    @property
    def name(self) -> str:
        return self.id.partition("/")[2]

    @property
    def sentence(self) -> str:
        """What a user reads about the rule."""
        return getdoc(self.check) or ""


RULES: dict[str, Rule] = {}


def rule(id: str, severity: Severity, reference: str, needs: str | None = None) -> Callable[[Check], Check]:
    """Register a function as a rule; a second one with the same id fails at import."""

    def register(check: Check) -> Check:
        if id in RULES:
            raise ValueError(f"rule {id} is registered twice")
        RULES[id] = Rule(id, severity, reference, check, needs)
        return check

    return register

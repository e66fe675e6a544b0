"""The rules: small functions that yield what breaks them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from inspect import getdoc
from typing import TypeAlias

from printkit.preflight.core.findings import BoxMm, Severity
from printkit.preflight.core.limits import CannotRun as CannotRun
from printkit.preflight.core.limits import NotAsked as NotAsked
from printkit.preflight.core.subject import Subject
from printkit.profiles import GwgLimits


@dataclass(frozen=True)
class Hit:
    """One place that breaks a rule; `severity` where it is not the rule's own.

    `count` tells how many places were summed up in this one, which is the worst.
    """

    message: str
    page: int | None = None
    box_mm: BoxMm | None = None
    measured: float | None = None
    limit: float | None = None
    severity: Severity | None = None
    count: int = 1


Check: TypeAlias = Callable[[Subject], Iterator[Hit]]
LimitedCheck: TypeAlias = Callable[[Subject, GwgLimits], Iterator[Hit]]
GWG = "Ghent Workgroup 2022 specification"


@dataclass(frozen=True)
class Rule:
    """A rule; `needs` names the expectation without which it cannot be run.

    A rule that `draws` pages runs after the others: where time runs out, those have been judged. One
    `of_code` looks at nothing but codes: it is asked again of each variant of a layout. The name, severity
    and limits of a GWG requirement are those of the variant that a file is judged by.
    """

    id: str
    severity: Severity
    reference: str
    check: Check
    needs: str | None = None
    draws: bool = False
    of_code: bool = False

    @property
    def name(self) -> str:
        return self.id.partition("/")[2] or self.id

    @property
    def of_gwg(self) -> bool:
        return self.reference == GWG

    def hits(self, subject: Subject) -> tuple[Hit, ...]:
        """Return all that breaks the rule; ask `subject.once` for it."""
        return tuple(self.check(subject))

    @property
    def sentence(self) -> str:
        """What a user reads about the rule."""
        return " ".join((getdoc(self.check) or "").split())


RULES: dict[str, Rule] = {}


def rule(
    id: str,
    severity: Severity,
    reference: str,
    *,
    needs: str | None = None,
    draws: bool = False,
    of_code: bool = False,
) -> Callable[[Check], Check]:
    """Register a function as a rule; a second one with the same id fails at import."""

    def register(check: Check) -> Check:
        # Two modules with one id: the second would replace the first, and nobody would miss it
        if id in RULES:
            raise ValueError(f"rule {id} is registered twice")
        RULES[id] = Rule(id, severity, reference, check, needs, draws, of_code)
        return check

    return register


def gwg_rule(id: str, *, draws: bool = False) -> Callable[[LimitedCheck], LimitedCheck]:
    """Register a requirement of the Ghent Workgroup; it is called with the limits of the variant in use."""

    def register(check: LimitedCheck) -> LimitedCheck:
        # Its docstring is the sentence that people read
        @wraps(check)
        def limited(subject: Subject) -> Iterator[Hit]:
            requirements = subject.expected.gwg
            return check(subject, requirements.limits(id)) if requirements else iter(())

        rule(id, "error", GWG, needs="gwg", draws=draws)(limited)
        return check

    return register

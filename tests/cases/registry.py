"""Cases that came in from outside: small inputs made here, each with what is right, and why."""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from typing import TypeAlias

Run: TypeAlias = Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """A case; `run` makes its input in an empty folder and asserts what is right."""

    id: str
    run: Run

    @property
    def sentence(self) -> str:
        """What the input is and what is right."""
        return " ".join((getdoc(self.run) or "").split())


CASES: dict[str, Case] = {}


def case(id: str) -> Callable[[Run], Run]:
    """Register a case as `<group>/<name>`; a second one with the same id fails at import."""

    def register(run: Run) -> Run:
        if id in CASES:
            raise ValueError(f"case {id} is registered twice")
        CASES[id] = Case(id, run)
        return run

    return register


def all_cases() -> list[Case]:
    """Return the cases of every module in this folder whose name begins with `case_`."""
    folder = Path(__file__).parent
    for module in pkgutil.iter_modules([str(folder)]):
        if module.name.startswith("case_"):
            import_module(f"tests.cases.{module.name}")
    return sorted(CASES.values(), key=lambda case: case.id)

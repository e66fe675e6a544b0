"""The report as a page, in the workspace's language."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from printkit.batch.run import Run
from printkit.words import Message, Words, translate

PROGRAM = Path(__file__).parents[1]
# The look is that of the preflight report; a path, because importing that package loads its engines.
PAGES = (PROGRAM / "batch" / "pages", PROGRAM / "preflight" / "report" / "pages")


def fill(run: Run, told: Mapping[str, Any], verdict: Mapping[str, str]) -> bytes:
    """Return the page of a report that was told as data; the verdict is said in the page's language."""
    words, language = run.words, run.language
    beside: dict[str, Any] = {
        "verdict": verdict,
        "language": words.language,
        "direction": language.direction if words.language == language.tag else "ltr",
        "day": language.date(run.date, "year"),
        "number": language.number,
        "copies": partial(_copies, words, language.number),
        "states_called": _states(words),
        "severities": {"error": words.gettext("error"), "warning": words.gettext("warning")},
        "why": partial(say_why, words),
        # Sentences of errors are another catalogue, which a run without a finding need not read
        "say": lambda text: run.errors.say(text),
    }
    return report_page(words.language).render({**told, **beside}).encode()


@cache
def report_page(language: str) -> Template:
    """Return what the report is filled into; translating it takes longer than all else of a report."""
    environment = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        # A misspelt name would leave a hole in the report
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    translate(language).install(environment)
    return environment.get_template("report.html.j2")


def _copies(words: Words, number: Callable[[int], str], count: int) -> str:
    return words.ngettext("%(written)s copy", "%(written)s copies", count, written=number(count))


def _states(words: Words) -> dict[str, str]:
    return {
        "rendered": words.gettext("laid out"),
        "variant": words.gettext("variants"),
        "unchanged": words.gettext("unchanged"),
        "held": words.gettext("held"),
    }


def say_why(words: Words, reason: str) -> str:
    """Say why pieces were made anew; what changed is named as the journal has it."""
    if isinstance(reason, Message):
        return translate(words.language, "errors").say(reason)
    known = {
        "new": words.gettext("new"),
        "changed": words.gettext("changed"),
        "tried again": words.gettext("tried again"),
        "its file was gone": words.gettext("its file was gone"),
        "its file was not what printkit wrote": words.gettext("its file was not what printkit wrote"),
        "forced": words.gettext("forced"),
    }
    head, colon, what = reason.partition(": ")
    return known.get(head, head) + colon + what

"""Review whole designs: which pieces are made to see them, and all that is found. Loads no layout engine."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field

from printkit.errors import PrintkitError, WriteError
from printkit.profiles import Profiles
from printkit.review.asked import FIT, Ask, Finding, Judged
from printkit.review.findings import finding
from printkit.review.registry import chosen, judge_series
from printkit.review.rules import RULES as RULES
from printkit.template import Template
from printkit.template.binding import printed_slots
from printkit.template.fillings import Filling
from printkit.template.language import Language
from printkit.words import Message, sentence
from printkit.work.pool import AHEAD, Lost, Pool
from printkit.workspace import Workspace

UNUSED = "unused-slot"
# What a design is tried with beside what committees write themselves
TRIED: tuple[Filling, ...] = ("sample", "shortest", "longest")


@dataclass(frozen=True)
class Review:
    """What was found of designs; `room` is the least part of a box that a slot's text left, by format."""

    pieces: int
    findings: tuple[Finding, ...]
    room: dict[tuple[str, str, str], float] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if not one.is_warning)


def asks(profiles: Profiles, templates: Iterable[Template], quick: bool) -> list[Ask]:
    """Return the pieces that show a design: each format, language, filling and committee.

    `quick` takes the committees of the shortest and of the longest name.
    """
    committees = sorted(profiles.committees)
    # The two that strain a layout most; what lies between fits where they do.
    if quick:
        by_name = sorted(committees, key=lambda one: len(profiles.committees[one].name))
        committees = sorted({by_name[0], by_name[-1]})
    return [
        Ask(template.id, page, committee, language, filling)
        for template in templates
        # Screens have no paper, and no press judges them.
        for page in sorted(template.layouts)
        if page in profiles.formats
        for committee in committees
        for language in template.languages
        for filling in TRIED
    ]


def run(
    pool: Pool,
    method: str,
    asked: Sequence[Ask],
    *more: object,
    hear: Callable[[Judged], None] = lambda _: None,
) -> Iterator[Judged]:
    """Yield what workers make of pieces, in the order in which it comes."""
    left = iter(asked)
    open_jobs: dict[Future[Judged], Ask] = {}
    while True:
        # Some wait ready for each worker; all at once would hold every piece's result in memory.
        while len(open_jobs) < pool.workers * AHEAD and (ask := next(left, None)):
            open_jobs[pool.submit(method, ask, *more)] = ask
        if not open_jobs:
            return
        for job in wait(open_jobs, return_when=FIRST_COMPLETED).done:
            judged = _result(job, open_jobs.pop(job))
            hear(judged)
            yield judged


def _result(job: Future[Judged], ask: Ask) -> Judged:
    try:
        return job.result()
    # A disk without room is none of a piece's faults, and all others would end so, too.
    except WriteError:
        raise
    except (PrintkitError, Lost) as error:
        return Judged(ask, (Finding(ask.id, FIT, sentence(error)),))
    # One piece's bug must not cost the others.
    except Exception as error:  # noqa: BLE001
        return Judged(ask, (Finding(ask.id, FIT, f"{type(error).__name__}: {error}"),))


def review(
    workspace: Workspace, profiles: Profiles, templates: Sequence[Template], judged: Iterable[Judged]
) -> Review:
    """Gather what was found, with what only all pieces beside each other tell."""
    # As workers come back in any order, and two reviews must read the same.
    pieces = sorted(judged, key=lambda one: one.ask)
    findings = [one for piece in pieces for one in piece.findings]
    outlines = [piece.outline for piece in pieces if piece.outline]
    findings += (
        finding(ask, rule.id, hit) for rule, ask, hit in judge_series(outlines, chosen(profiles.design.rules))
    )
    findings += (one for template in templates for one in _unused(workspace, profiles, template))
    room: dict[tuple[str, str, str], float] = {}
    for piece in pieces:
        for slot, left in piece.room:
            key = piece.ask.template, piece.ask.format, slot
            room[key] = min(left, room.get(key, 1.0))
    return Review(len(pieces), tuple(findings), room)


def _unused(workspace: Workspace, profiles: Profiles, template: Template) -> Iterator[Finding]:
    """Yield the slots that no layout of a template prints."""
    printed: set[str] = set()
    language = Language.of(profiles, template.languages[0])
    for page in template.layouts:
        printed |= printed_slots(workspace, template, page, language)
    for name in sorted(set(template.slots) - printed):
        what = Message("no layout prints slot '%(name)s'", name=name)
        yield Finding(template.id, UNUSED, what, Message("print it, or take it out of template.toml"))


@dataclass(frozen=True)
class Group:
    """Findings of one rule on one page of a format: the worst of them, and how many pieces have it."""

    worst: Finding
    count: int


def grouped(findings: Iterable[Finding], asked: Iterable[Ask]) -> list[Group]:
    """Return what is found by rule, template, format and page, the worst piece of each."""
    formats = {ask.id: (ask.template, ask.format) for ask in asked}
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        # What is found of a template as a whole names it in place of a piece.
        key = (*formats.get(one.piece, (one.piece, "")), one.rule, one.page)
        groups.setdefault(key, []).append(one)
    return [
        Group(max(found, key=_excess), len({one.piece for one in found}))
        for _, found in sorted(groups.items(), key=lambda item: tuple(map(str, item[0])))
    ]


def _excess(found: Finding) -> float:
    """Return how far a figure is from its limit, in parts of that."""
    if found.measured is None or found.limit is None:
        return 0.0
    # In parts of the limit, so that millimetres and contrasts can be compared.
    return abs(found.measured - found.limit) / max(abs(found.limit), 1e-9)

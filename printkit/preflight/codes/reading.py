"""Codes: that they are read and say what was ordered, by two readers; measured on the page."""

from collections.abc import Iterator

from printkit.preflight.codes.found import CodeView, code_views
from printkit.preflight.codes.measures import dirt
from printkit.preflight.codes.near import Near
from printkit.preflight.core.findings import FoundCode, Severity
from printkit.preflight.core.registry import CannotRun, Hit, rule
from printkit.preflight.core.subject import Subject
from printkit.profiles import CodeRules
from printkit.qr.zbar import second_reader_version
from printkit.words import Message

QR = "ISO/IEC 18004"
PRACTICE = "common print practice"
NO_SECOND = Message("zbar, the second reader of codes, is not installed; install the package libzbar0")
# What measuring in pixels leaves open, in modules and as a share of a length
BLUR, SHARE = 0.1, 0.002


@rule("product/qr-decodes", "error", QR, needs="code_rules", draws=True, of_code=True)
def qr_decodes(subject: Subject) -> Iterator[Hit]:
    """Each code is read upright at its place and says what was ordered, to two readers: draw it anew."""
    for sight in subject.once(code_views):
        for problem in _problems(sight):
            yield Hit(Message("%(what)s %(fault)s", what=sight.name, fault=problem), sight.page, sight.box_mm)
    said = {sight.near.reading.text for sight in subject.once(code_views) if sight.near}
    for url in subject.expected.urls or ():
        if url not in said:
            yield Hit(Message("no code on any page says %(url)s", url=url))


@rule("product/qr-second-reader", "warning", QR, needs="code_rules", draws=True, of_code=True)
def qr_second_reader(subject: Subject) -> Iterator[Hit]:
    """A second reader reads each code too, at one of four scales: try it with several telephones."""
    seen = subject.once(code_views)
    # Without a code there is nothing to read again.
    if second_reader_version() is None and any(sight.near for sight in seen):
        raise CannotRun(NO_SECOND)
    for sight in seen:
        if sight.near and not sight.second:
            words = Message("is not read by zbar at any of four scales; some telephones may fail as well")
            yield Hit(Message("%(what)s %(fault)s", what=sight.name, fault=words), sight.page, sight.box_mm)


@rule("product/qr-size", "error", QR, needs="code_rules", draws=True, of_code=True)
def qr_size(subject: Subject) -> Iterator[Hit]:
    """A code is wide enough, and its modules are large enough, to be read from paper; make it larger."""
    for sight, near, rules in measured(subject):
        for what, length, limit, severity in _small(subject, near, rules):
            message = Message(
                "%(name)s is %(length).2f mm %(what)s, at least %(limit)g mm are needed",
                name=sight.name,
                length=length,
                what=what,
                limit=limit,
            )
            yield Hit(message, sight.page, sight.box_mm, round(length, 3), limit, severity)


@rule("product/qr-quiet-zone", "error", QR, needs="code_rules", draws=True, of_code=True)
def qr_quiet_zone(subject: Subject) -> Iterator[Hit]:
    """Round a code four modules of plain ground are free on all four sides; move aside what stands there."""
    for sight, near, rules in measured(subject):
        tones, limit = near.tones, rules.quiet_zone_modules
        darkest = tones.light - rules.reading.quiet_depth * (tones.light - tones.dark)
        for side, free in dirt(near.upright, near.frame, near.modules, darkest).items():
            if free < limit - BLUR:
                message = Message(
                    "%(name)s has less than %(limit)s modules of free ground %(side)s",
                    name=sight.name,
                    limit=limit,
                    side=Message.of(side),
                )
                yield Hit(message, sight.page, sight.box_mm, round(free, 2), limit)


@rule("product/qr-contrast", "error", QR, needs="code_rules", draws=True, of_code=True)
def qr_contrast(subject: Subject) -> Iterator[Hit]:
    """A code's dark modules stand out from its ground; print it in black on white."""
    for sight, near, rules in measured(subject):
        contrast, limit = near.tones.contrast, rules.reading.least_contrast
        if contrast < limit:
            message = Message(
                "%(name)s has a contrast of %(contrast).0f%%, %(limit).0f%% are needed",
                name=sight.name,
                contrast=100 * contrast,
                limit=100 * limit,
            )
            yield Hit(message, sight.page, sight.box_mm, round(contrast, 3), limit)


def found_codes(subject: Subject) -> tuple[FoundCode, ...]:
    """Return what was read on the pages, in the order of the codes ordered."""
    return tuple(sight.found for sight in subject.once(code_views) if sight.found)


def _problems(sight: CodeView) -> Iterator[str]:
    near, code = sight.near, sight.code
    if near is None:
        yield sight.failure
        return
    reading = near.reading
    if sight.count > 1:
        yield Message("shares its place with %(count)s other", count=sight.count - 1)
    if code is not None and reading.text != code.url:
        yield Message("says %(text)s, not %(url)s", text=reading.text, url=code.url)
    # Two readers that disagree: telephones will, too
    for other in set(sight.second) - {reading.content}:
        yield Message(
            "says %(other)s to zbar, %(text)s to zxing-cpp",
            other=other.decode("utf-8", "replace"),
            text=reading.text,
        )
    if not reading.upright and (code is not None or reading.mirrored):
        yield (
            Message("is mirrored")
            if reading.mirrored
            else Message("is turned by %(turned)s degrees", turned=reading.turned)
        )
    # It may still be read, by error correction that a scratch will need
    elif code is not None and sight.wrong:
        yield Message(
            "differs from its symbol in %(wrong)s modules: out of place or damaged", wrong=sight.wrong
        )


def measured(subject: Subject) -> Iterator[tuple[CodeView, Near, CodeRules]]:
    """Yield the codes that can be measured: a mirrored one is wrong from the start."""
    rules = subject.expected.code_rules
    for sight in subject.once(code_views):
        if rules and sight.near and not sight.near.reading.mirrored:
            yield sight, sight.near, rules


def _small(subject: Subject, near: Near, rules: CodeRules) -> Iterator[tuple[str, float, float, Severity]]:
    """Yield what is measured too small, with the limit and how bad it is."""
    page = subject.expected.format
    distance = page.code_distance_mm / rules.distance_ratio if page else 0.0
    lengths: tuple[tuple[str, float, tuple[tuple[float, Severity], ...]], ...] = (
        (Message("wide"), near.width_mm, ((rules.least_width_mm, "error"), (distance, "warning"))),
        (
            Message("a module"),
            near.module_mm,
            ((rules.module_mm.error, "error"), (rules.module_mm.warning, "warning")),
        ),
    )
    for what, length, limits in lengths:
        # The error first; under it no warning is told besides
        for limit, severity in limits:
            if length < limit * (1 - SHARE):
                yield what, length, limit, severity
                break

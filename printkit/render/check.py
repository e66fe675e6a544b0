"""What must hold of a finished layout: pages, codes, and nothing read where it is cut, folded or covered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from printkit.errors import SlotErrors, SlotProblem, WorkspaceError, WorkspaceErrors
from printkit.profiles import Format
from printkit.qr import CodeBox
from printkit.render.covered import Painted, painted
from printkit.render.fonts import Faces, missing_characters, named
from printkit.render.overlap import OVERLAP, Inked, overlaps
from printkit.render.placed import Clamped, PlacedCode, PlacedImage, Reading, Run
from printkit.render.typeset import TypesetPages
from printkit.template import Artwork
from printkit.units import PT_PER_PX, Rect, pt
from printkit.words import Message

# Points: rounding of lengths in CSS.
TOLERANCE = 0.06

# So much of a text is quoted.
SHOWN = 40


@dataclass(frozen=True)
class LayoutProblem:
    """A complaint: one that a slot's value causes, or one of the template's own."""

    slot: str | None
    reason: str


def check_layout(artwork: Artwork, reading: Reading, faces: Faces) -> tuple[CodeBox, ...]:
    """Return the reserved boxes; raise SlotErrors, else WorkspaceErrors, for whatever would print wrong."""
    _check_pages(artwork, reading)
    codes = tuple(_code_box(artwork, reading, code) for code in reading.codes)
    findings = [
        *_check_glyphs(artwork, reading.runs, faces),
        *_check_places(artwork, reading, (codes, faces)),
    ]
    findings += [*_check_images(artwork, reading.images), *_check_overlaps(artwork, reading.runs, faces)]
    findings += _check_clamped(reading.clamped)
    _raise(artwork, findings, [*_check_codes(artwork, reading.codes, codes)])
    return code_boxes(artwork, reading)


def code_boxes(artwork: Artwork, reading: Reading) -> tuple[CodeBox, ...]:
    """Return the boxes that were reserved for the piece's codes, one for each code."""
    wanted = {code.slot for code in artwork.codes}
    boxes = (_code_box(artwork, reading, code) for code in reading.codes if code.slot in wanted)
    found = {box.slot: box for box in sorted(boxes, key=lambda code: (code.page, code.slot), reverse=True)}
    return tuple(reversed(found.values()))


# A slot's value first: who filled it in can mend it, where a template takes its author
def _raise(artwork: Artwork, findings: Iterable[LayoutProblem], reasons: Iterable[str]) -> None:
    known = artwork.texts
    slots = [
        SlotProblem(artwork.where, one.slot, one.reason) for one in findings if one.slot in known and one.slot
    ]
    if slots:
        raise SlotErrors(slots)
    own = [one.reason for one in findings if one.slot not in known]
    errors = [WorkspaceError(artwork.html_file, None, reason) for reason in (*reasons, *own)]
    if errors:
        raise WorkspaceErrors(errors)


def _check_pages(artwork: Artwork, reading: Reading) -> None:
    wanted = artwork.format.pages
    if reading.pages != wanted:
        reason = Message(
            "%(pages)s pages, format '%(id)s' has %(wanted)s",
            pages=reading.pages,
            id=artwork.format.id,
            wanted=wanted,
        )
        # The text that made the page too many, if it was one of a slot
        beyond = {run.slot for run in reading.runs if run.page > wanted}
        findings = [
            LayoutProblem(slot, Message("it runs on to page %(wanted)s; shorten it", wanted=wanted + 1))
            for slot in beyond
        ]
        _raise(artwork, [one for one in findings if one.slot], [reason])
    width, height = (pt(side + 2 * artwork.bleed_mm) for side in artwork.format.trim_mm)
    real = tuple(side * PT_PER_PX for side in reading.size_px)
    # MediaBox has to start at 0 0 with trim at the bleed: all places are counted from there
    if max(abs(real[0] - width), abs(real[1] - height)) > TOLERANCE:
        reason = Message("a style sheet changes the page's size; leave @page to printkit")
        raise WorkspaceError(artwork.html_file, None, reason)


def in_trim(artwork: Artwork, frame: Rect) -> Rect:
    """Turn px from the page's upper left corner into points from the trim's lower left, y upwards."""
    bleed = pt(artwork.bleed_mm)
    top = pt(artwork.format.trim_mm[1]) + bleed
    x0, x1 = frame.x0 * PT_PER_PX - bleed, frame.x1 * PT_PER_PX - bleed
    return Rect(x0, top - frame.y1 * PT_PER_PX, x1, top - frame.y0 * PT_PER_PX)


def _code_box(artwork: Artwork, reading: Reading, code: PlacedCode) -> CodeBox:
    return CodeBox(code.slot, code.page, in_trim(artwork, code.frame))


def _check_codes(artwork: Artwork, placed: list[PlacedCode], boxes: tuple[CodeBox, ...]) -> Iterator[str]:
    wanted = {code.slot for code in artwork.codes}
    names = [box.slot for box in boxes]
    for slot in sorted(wanted | set(names)):
        if slot not in wanted:
            yield Message('data-code="%(slot)s" names no code of this piece', slot=slot)
        elif names.count(slot) != 1:
            yield Message(
                '%(count)s elements with data-code="%(slot)s", exactly one is due',
                count=names.count(slot),
                slot=slot,
            )
    for code, box in zip(placed, boxes, strict=True):
        # Its box is drawn upright in `finish`, whatever the layout did
        if code.turned:
            yield Message("the code '%(slot)s' is turned or scaled; a code stands upright", slot=code.slot)
        for problem in _code_problems(artwork, box):
            yield Message("the code '%(slot)s' %(problem)s", slot=code.slot, problem=problem)
    for number, box in enumerate(boxes):
        for other in boxes[:number]:
            if other.page == box.page and not _apart(box.box, other.box):
                yield Message("the codes '%(slot)s' and '%(other)s' overlap", slot=other.slot, other=box.slot)


def _code_problems(artwork: Artwork, code: CodeBox) -> Iterator[str]:
    geometry, page, box = artwork.code_geometry, artwork.format, code.box
    width, height = pt(geometry.box_width_mm), pt(geometry.box_height_mm)
    if max(abs(box.width - width), abs(box.height - height)) > TOLERANCE:
        size = f"{geometry.box_width_mm:.2f} x {geometry.box_height_mm:.2f} mm"
        yield Message(
            "has not the reserved size of %(size)s; use var(--code-width) and var(--code-height)", size=size
        )
    # A quiet zone is white: neither a fold beside it nor a knife that is off by a millimetre does it harm.
    symbol = geometry.symbol_box(box)
    safe, seen = page.safe.scaled(pt(1)), page.visible.scaled(pt(1))
    if not (safe.contains(symbol, TOLERANCE) and seen.contains(box, TOLERANCE)):
        yield Message("stands outside the safe zone")
    if box.y0 < pt(page.visible.y0 + page.code_clear_bottom_mm) - TOLERANCE:
        yield Message(
            "stands less than %(code_clear_bottom_mm)g mm above the visible bottom edge",
            code_clear_bottom_mm=page.code_clear_bottom_mm,
        )
    if any(not _apart(symbol, fold) for fold in fold_zones(page, code.page)):
        yield Message("stands in a fold zone")


def fold_zones(page: Format, number: int) -> list[Rect]:
    """Return the strips beside the folds of a page, in points from the trim's lower left corner."""
    rows = page.folds_mm[number - 1] if page.folds_mm and number <= len(page.folds_mm) else ()
    margin, height = pt(page.fold_safe_mm), pt(page.trim_mm[1])
    return [Rect(pt(fold) - margin, 0, pt(fold) + margin, height) for fold in rows]


def _apart(one: Rect, other: Rect) -> bool:
    common = one.intersection(other)
    return common.width <= TOLERANCE or common.height <= TOLERANCE


def _check_glyphs(artwork: Artwork, runs: Iterable[Run], faces: Faces) -> Iterator[LayoutProblem]:
    for run in runs:
        found = faces.faces_for(run.font, artwork.html_file)
        for character in missing_characters(run.text, found):
            family = run.font.families[0]
            yield LayoutProblem(
                run.slot,
                Message(
                    "the font '%(family)s' has no %(named)s; remove the character",
                    family=family,
                    named=named(character),
                ),
            )


def _check_places(
    artwork: Artwork, reading: Reading, known: tuple[tuple[CodeBox, ...], Faces]
) -> Iterator[LayoutProblem]:
    codes, faces = known
    for run in reading.runs:
        inked = Inked(run, faces.faces_for(run.font, artwork.html_file)[0])
        shown = Message("the text %(quoted)s on page %(page)s", quoted=_quoted(run), page=run.page)
        box = in_trim(artwork, inked.box)
        for problem in _text_problems(artwork.format, box, (run, codes)):
            yield LayoutProblem(run.slot, f"{shown} {problem}")
        # By ink and not by boxes: a tight line height cuts boxes of lines, not letters
        if any(not inked.inside(clip, TOLERANCE / PT_PER_PX) for clip in run.clips):
            yield LayoutProblem(run.slot, Message("%(shown)s is cut off by its box; shorten it", shown=shown))


def _check_overlaps(artwork: Artwork, runs: list[Run], faces: Faces) -> Iterator[LayoutProblem]:
    """Find blocks of text that print over each other, whatever put them there."""
    for run, other in overlaps(runs, faces, artwork.html_file):
        texts = Message(
            "the text %(whole)s prints over %(other)s", whole=_whole(run, runs), other=_whole(other, runs)
        )
        # Whichever somebody can shorten; a short text in a box at the wrong place needs the other cure
        slot = run.slot if run.slot in artwork.texts else other.slot
        yield LayoutProblem(
            slot,
            Message("%(texts)s on page %(page)s; shorten it, or move its box", texts=texts, page=run.page),
        )


def check_covered(artwork: Artwork, typeset: TypesetPages, faces: Faces) -> None:
    """Raise SlotErrors or WorkspaceErrors for texts that something painted after them hides."""
    findings: list[LayoutProblem] = []
    known = {(run.page, run.frame, run.text): run for run in typeset.reading.runs}
    beneath: dict[tuple[int, Rect, str], Inked] = {}
    # In the order of painting: what comes later hides what was noted before
    for one in painted(typeset.document):
        if one.text is not None:
            run = known.get((one.page, one.frame, one.text))
            if run is not None:
                inked = Inked(run, faces.faces_for(run.font, artwork.html_file)[0])
                beneath[run.page, run.frame, run.text] = inked
            continue
        hidden = [key for key, inked in beneath.items() if inked.run.page == one.page and _hides(one, inked)]
        for run in (beneath.pop(key).run for key in hidden):
            reason = Message(
                "the text %(quoted)s on page %(page)s lies under a box or a picture; move one",
                quoted=_quoted(run),
                page=run.page,
            )
            findings.append(LayoutProblem(run.slot, reason))
    _raise(artwork, findings, ())


def _hides(ground: Painted, inked: Inked) -> bool:
    common, room = inked.box.intersection(ground.frame), OVERLAP * inked.run.size_px
    return common.width > room and common.height > room


def _check_clamped(clamped: Iterable[Clamped]) -> Iterator[LayoutProblem]:
    for one in clamped:
        shown = Message("the text '%(text)s' on page %(page)s", text=one.text[:SHOWN], page=one.page)
        yield LayoutProblem(
            one.slot, Message("%(shown)s is cut off after its last line that fits; shorten it", shown=shown)
        )


def _whole(run: Run, runs: Iterable[Run]) -> str:
    """Quote the block of text in which a run stands, from its beginning."""
    text = " ".join(one.text.strip() for one in runs if one.block == run.block)
    return f"'{text[:SHOWN]}'"


def _quoted(run: Run) -> str:
    return f"'{run.text.strip()[:SHOWN]}'"


def _text_problems(page: Format, box: Rect, known: tuple[Run, tuple[CodeBox, ...]]) -> Iterator[str]:
    run, codes = known
    if not page.visible.scaled(pt(1)).contains(box, TOLERANCE):
        yield Message("leaves the visible page; shorten it")
    if any(code.page == run.page and not _apart(code.box, box) for code in codes):
        yield Message("enters a code's box; shorten it")
    if any(not _apart(box, fold) for fold in fold_zones(page, run.page)):
        yield Message("enters a fold zone; shorten it")


def _check_images(artwork: Artwork, images: Iterable[PlacedImage]) -> Iterator[LayoutProblem]:
    slots = {"/" + file: slot for slot, file in artwork.images.items()}
    for image in images:
        least = artwork.press.image_ppi.least
        if image.ppi < least:
            slot = slots.get(image.address, image.slot)
            size = " x ".join(f"{inches * 25.4:.0f}" for inches in image.inches)
            asked = Message("press '%(id)s' asks for %(least)g", id=artwork.press.id, least=least)
            yield LayoutProblem(
                slot,
                Message(
                    "%(address)s: %(ppi).0f ppi at %(size)s mm, %(asked)s; take a larger picture",
                    address=image.address,
                    ppi=image.ppi,
                    size=size,
                    asked=asked,
                ),
            )

"""From an artwork to a laid-out PDF in sRGB."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field

from printkit.errors import (
    PrintkitError,
    RenderError,
    SlotErrors,
    TimeIsUp,
    WorkspaceError,
    WorkspaceErrors,
    layout_ended,
)
from printkit.qr import CodeBox
from printkit.render.added_css import Setting
from printkit.render.check import check_covered, check_layout, code_boxes
from printkit.render.elements import TOO_DEEP
from printkit.render.fit import fit
from printkit.render.fonts import Faces
from printkit.render.placed import PlacedImage
from printkit.render.slots import SlotBox, slot_boxes
from printkit.render.typeset import TypesetPages, Typesetter
from printkit.template import Artwork
from printkit.words import Message, sentence

# What was found for a layout, by its key, so that the same layout is not searched again.
Memory = MutableMapping[str, Setting]


@dataclass(frozen=True)
class LaidOut:
    """A laid-out piece: pages of trim plus twice the bleed, MediaBox from 0 0.

    `fitted` gives sizes in points, `fonts` the faces in use, `laid_out` how many layouts it took.
    `read` are the files that were read for it, each with the SHA-256 of what it held. `by_press` are the
    pictures in CMYK that name no profile: their inks were taken as those of the press. `slots` say where
    texts stand, `setting` at which sizes; `settled` tells that no larger ones would fit. `images` say how
    large pictures are printed.
    """

    pdf: bytes = field(repr=False)
    pages: int
    code_boxes: tuple[CodeBox, ...]
    fitted: Mapping[str, float]
    fonts: tuple[str, ...]
    laid_out: int
    read: Mapping[str, str] = field(default_factory=dict)
    by_press: tuple[str, ...] = ()
    slots: tuple[SlotBox, ...] = ()
    images: tuple[PlacedImage, ...] = ()
    setting: Setting | None = None
    settled: bool = True
    complaint: PrintkitError | None = None


def render(
    artwork: Artwork, memory: Memory | None = None, guess: Setting | None = None, bear: bool = False
) -> LaidOut:
    """Lay an artwork out at the largest sizes that fit and write it as PDF: same input, same bytes.

    Where everything fits at the sizes of a guess, they are taken for now and no larger ones are looked for.
    `bear`: what would print wrong is the layout's complaint, so that whoever mends it can see it.

    Raise SlotErrors, WorkspaceError, WorkspaceErrors, MissingError, or RenderError for all else.
    """
    try:
        typesetter = Typesetter.of(artwork)
        typeset, settled = _taken(typesetter, memory, guess)
        complaint = _complaint(artwork, typeset, typesetter.styles.faces)
        if complaint and not bear:
            raise complaint
        pdf = typesetter.write(typeset)
    except PrintkitError:
        raise
    # The template's own doing, so exit code 4 and the page's name, not an error of the program
    except (TimeIsUp, MemoryError) as error:
        why = sentence(error) or Message("it needed too much memory")
        raise layout_ended(artwork.html_file, None, why) from error
    except RecursionError as error:
        raise WorkspaceError(artwork.html_file, None, TOO_DEEP) from error
    except OverflowError as error:
        reason = Message("a length or number is too large to be laid out; look for powers of ten in styles")
        raise WorkspaceError(artwork.html_file, None, reason) from error
    # The engine's own failures come as any kind of error.
    except Exception as error:
        raise RenderError(
            Message(
                "%(where)s: laying out failed: %(name)s: %(error)s",
                where=artwork.where,
                name=type(error).__name__,
                error=error,
            )
        ) from error
    # Declared sizes that the page does not use are no sizes of this layout
    slots = {box.slot for box in typeset.reading.fits}
    fitted = {slot: size for slot, size in typeset.setting.sizes.items() if slot in slots}
    read = {**typesetter.styles.read, **typesetter.fetcher.read}
    return LaidOut(
        pdf=pdf,
        pages=typeset.reading.pages,
        code_boxes=code_boxes(artwork, typeset.reading),
        fitted=fitted,
        fonts=_fonts(typesetter, typeset),
        laid_out=typesetter.laid_out,
        read=read,
        by_press=tuple(sorted(typesetter.fetcher.by_press)),
        slots=slot_boxes(artwork, typeset.reading, fitted),
        images=tuple(typeset.reading.images),
        setting=typeset.setting,
        settled=settled,
        complaint=complaint,
    )


def _complaint(artwork: Artwork, typeset: TypesetPages, faces: Faces) -> PrintkitError | None:
    """Return what would print wrong; what no layout can be made of is raised."""
    try:
        check_layout(artwork, typeset.reading, faces)
        check_covered(artwork, typeset, faces)
    except (SlotErrors, WorkspaceError, WorkspaceErrors) as error:
        return error
    return None


def _taken(typesetter: Typesetter, memory: Memory | None, guess: Setting | None) -> tuple[TypesetPages, bool]:
    """Return the layout to take, and whether its sizes were searched for."""
    key = typesetter.artwork.layout_key
    if memory is not None and key in memory:
        return typesetter.lay_out(memory[key]), True
    # Only of the same slots: another design's sizes would say nothing
    if guess is not None and set(guess.sizes) == set(typesetter.artwork.fits):
        typeset = typesetter.lay_out(guess)
        if not typeset.overflowing():
            return typeset, False
    typeset = fit(typesetter)
    if memory is not None:
        memory[key] = typeset.setting
    return typeset, True


def _fonts(typesetter: Typesetter, typeset: TypesetPages) -> tuple[str, ...]:
    file, faces = typesetter.artwork.html_file, typesetter.styles.faces
    used = {run.font: faces.faces_for(run.font, file)[0].name for run in typeset.reading.runs}
    return tuple(sorted(set(used.values())))

"""From an artwork to a laid-out PDF in sRGB."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field

from printkit.errors import PrintkitError, RenderError, TimeIsUp, WorkspaceError
from printkit.qr import CodeBox
from printkit.render.check import check_covered, check_layout
from printkit.render.fit import fit
from printkit.render.sheet import Setting
from printkit.render.slots import SlotBox, slot_boxes
from printkit.render.trial import Bench, Trial
from printkit.template import Artwork

# What was found for a layout, by its key, so that the same layout is not searched again.
Memory = MutableMapping[str, Setting]


@dataclass(frozen=True)
class Layout:
    """Hold a laid-out piece: pages of trim plus twice the bleed, MediaBox from 0 0.

    `fitted` gives sizes in points, `fonts` the faces in use, `laid_out` how many layouts it took.
    `read` are the files that were read for it, each with the SHA-256 of what it held. `by_press` are the
    pictures in CMYK that name no profile: their inks were taken as those of the press. `slots` say where
    texts stand, `setting` at which sizes; `settled` tells that no larger ones would fit.
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
    setting: Setting | None = None
    settled: bool = True


def render(artwork: Artwork, memory: Memory | None = None, guess: Setting | None = None) -> Layout:
    """Lay an artwork out at the largest sizes that fit and write it as PDF: same input, same bytes.

    Where everything fits at the sizes of a guess, they are taken for now and no larger ones are looked for.

    Raise SlotErrors, WorkspaceError, WorkspaceErrors, MissingError, or RenderError for all else.
    """
    try:
        bench = Bench.of(artwork)
        trial, settled = _trial(bench, memory, guess)
        codes = check_layout(artwork, trial.reading, bench.studio.faces)
        check_covered(artwork, trial, bench.studio.faces)
        pdf = bench.write(trial)
    except PrintkitError:
        raise
    except (TimeIsUp, MemoryError) as error:
        why = str(error) or "it needed too much memory"
        todo = "look for texts, tables, repeats and drawings that grow without end"
        raise RenderError(f"{artwork.html_file}: laying it out was ended: {why}; {todo}") from error
    except RecursionError as error:
        reason = "its elements are nested too deep to be laid out; take some away"
        raise WorkspaceError(artwork.html_file, None, reason) from error
    except OverflowError as error:
        reason = "a length or number is too large to be laid out; look for powers of ten in styles"
        raise WorkspaceError(artwork.html_file, None, reason) from error
    # The engine's own failures come as any kind of error.
    except Exception as error:
        raise RenderError(f"{artwork.where}: laying out failed: {type(error).__name__}: {error}") from error
    slots = {box.slot for box in trial.reading.fits}
    fitted = {slot: size for slot, size in trial.setting.sizes.items() if slot in slots}
    read = {**bench.studio.read, **bench.fetcher.read}
    return Layout(
        pdf=pdf,
        pages=trial.reading.pages,
        code_boxes=codes,
        fitted=fitted,
        fonts=_fonts(bench, trial),
        laid_out=bench.laid_out,
        read=read,
        by_press=tuple(sorted(bench.fetcher.by_press)),
        slots=slot_boxes(artwork, trial.reading, fitted),
        setting=trial.setting,
        settled=settled,
    )


def _trial(bench: Bench, memory: Memory | None, guess: Setting | None) -> tuple[Trial, bool]:
    """Return the layout to take, and whether its sizes were searched for."""
    key = bench.artwork.layout_key
    if memory is not None and key in memory:
        return bench.lay_out(memory[key]), True
    if guess is not None and set(guess.sizes) == set(bench.artwork.fits):
        trial = bench.lay_out(guess)
        if not trial.overflowing():
            return trial, False
    trial = fit(bench)
    if memory is not None:
        memory[key] = trial.setting
    return trial, True


def _fonts(bench: Bench, trial: Trial) -> tuple[str, ...]:
    file, faces = bench.artwork.html_file, bench.studio.faces
    used = {run.font: faces.faces_for(run.font, file)[0].name for run in trial.reading.runs}
    return tuple(sorted(set(used.values())))

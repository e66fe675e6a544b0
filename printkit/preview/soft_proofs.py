"""The inside of a preview's worker: pieces laid out, separated, finished and shown, with all that stays kept.

It sees files as they are now. What a call made is kept for the next one: profiles, the template, layouts,
converted pictures, finished files, pages as planes of ink.
"""

import contextlib
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, TypeVar

from printkit.color import PressProfile, ProfileProblem, prepare_proof
from printkit.preflight import Finding
from printkit.preview.asked import Ask, Cell, CheckProgress, Mark, PlacedSlot, Previewed, Shown
from printkit.preview.binding import ASSETS, BoundFirst, bound
from printkit.preview.current import CurrentWorkspace
from printkit.preview.known import Known, stamps_of
from printkit.preview.page_pictures import PagePictures, PrintedWith, keep
from printkit.produce import Variant
from printkit.produce.layouts import Layouts, Materials
from printkit.produce.steps import Finished, LayoutCache, finished, with_pictures
from printkit.profiles import PreviewFigures, Profiles, load_preview, load_profiles
from printkit.render import LaidOut, render
from printkit.render.added_css import Setting
from printkit.render.fetch import FONTS
from printkit.template import READINGS, Artwork, Template, load_template

T = TypeVar("T")
# Finished files that are kept: those of a grid, so that a look at another view makes none anew
KEPT_FILES = 40


@dataclass
class GuessingLayouts(Layouts):
    """Lay out at the sizes that a piece had before where all fits at them, and search only when asked."""

    guesses: dict[Cell, Setting] = field(default_factory=dict)
    cell: Cell | None = None
    guessing: bool = False

    def layout(self, artwork: Artwork) -> LaidOut:
        key = artwork.layout_key
        known = self.kept.get(key)
        if known and (known.settled or self.guessing):
            return known
        guess = self.guesses.get(self.cell) if self.cell and self.guessing else None
        # What would print wrong is shown with its complaint: who mends it has to see it
        made = self.kept[key] = render(artwork, self.memory, guess, bear=True)
        while len(self.kept) > KEPT_FILES:
            self.kept.popitem(last=False)
        if self.cell and made.setting:
            self.guesses[self.cell] = made.setting
        return made


@dataclass
class Pressed:
    """A piece's finished file, and its checks, which go on step by step."""

    artwork: Artwork
    made: Finished
    checks: Iterator[Any] | None = None
    done: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Loaded:
    """What all pieces are made from as the workspace is now."""

    profiles: Profiles
    figures: PreviewFigures
    template: Template
    cache: LayoutCache
    layouts: GuessingLayouts


class SoftProofs:
    """Show and check the pieces of one template."""

    def __init__(self, begun: Previewed, known: Known | None = None, first: BoundFirst | None = None) -> None:
        self.begun, self._known, self._first = begun, known, first
        if first:
            READINGS.take(first.readings)
        self.workspace = CurrentWorkspace(begun.root)
        self._loaded: Loaded | None = None
        self._stamps: tuple[object, object] = ((), ())
        # Of which state of the files that is, and what was bound since
        self._moment = -1
        self._bound: OrderedDict[object, Artwork] = OrderedDict()
        self._pressed: OrderedDict[tuple[object, ...], Pressed] = OrderedDict()
        self._pages = PagePictures()

    def show(self, ask: Ask, moment: int, guess: bool = False, most: int | None = None) -> Shown:
        """Return pictures of a piece's pages; `guess`: at the sizes its texts had, where they fit.

        `moment` counts the states of the files. At `most` so many pages are drawn; what is known of others is
        shown. Raise PrintkitError.
        """
        clock = Clock()
        loaded = self._current(moment)
        clock.lap("profiles")
        pressed = self._press(ask, loaded, guess, clock)
        artwork, layout, press = pressed.artwork, pressed.made.layout, pressed.artwork.press
        pictures = self._pages.show(pressed.made, ask, self._by(pressed), loaded.figures, most=most)
        clock.lap("picture")
        return Shown(
            pictures,
            _slots(layout),
            tuple((name, text.text) for name, text in artwork.texts.items()),
            artwork.bleed_mm,
            press.ink_limit,
            tuple(sorted({*artwork.inputs, *layout.read, press.profile, loaded.profiles.code_font})),
            layout.settled,
            layout.complaint,
            tuple(clock.laps),
            clock.computing_ms,
        )

    def check(self, ask: Ask, moment: int) -> CheckProgress:
        """Go on with the checks of a piece for a slice of time; raise PrintkitError."""
        # Every rule, which the first picture need not wait for
        from printkit.preflight.checks import gathered, steps

        loaded = self._current(moment)
        pressed = self._press(ask, loaded, guess=False, clock=Clock())
        if pressed.checks is None:
            expected = with_pictures(pressed.artwork, loaded.profiles, pressed.made)
            pressed.checks = steps(pressed.made.pdf, expected)
        until = time.monotonic() + loaded.figures.slice_ms / 1000
        for step in pressed.checks:
            pressed.done.append(step)
            # Between two slices a newer save's picture has its turn
            if time.monotonic() > until:
                return CheckProgress(None)
        report = gathered(pressed.done)
        return CheckProgress(report.verdict, tuple(map(_mark, report.by_page)))

    def _current(self, moment: int) -> Loaded:
        """Return what pieces are made from, read again where profiles or templates changed."""
        workspace, loaded = self.workspace, self._loaded
        if loaded and moment == self._moment:
            return loaded
        self._bound.clear()
        stamps, known = stamps_of(workspace), self._known
        if loaded is None and known and known.is_of(stamps):
            # Reading them takes a tenth of the time of a first picture
            layouts = GuessingLayouts()
            loaded = Loaded(known.profiles, known.figures, known.template, LayoutCache(layouts), layouts)
            self._stamps = stamps
            self._take_first()
        if loaded is None or stamps[0] != self._stamps[0]:
            # Layouts and converted pictures are known by what they hold, so they outlast new profiles
            layouts = loaded.layouts if loaded else GuessingLayouts()
            # Presses, formats and rules come from profiles, and finished files depend on all of them
            self._pressed.clear()
            profiles, figures = load_profiles(workspace), load_preview(workspace)
            template = load_template(workspace, self.begun.template)
            images = loaded.cache.images if loaded else {}
            loaded = Loaded(profiles, figures, template, LayoutCache(layouts, images=images), layouts)
        elif stamps[1] != self._stamps[1]:
            loaded = replace(loaded, template=load_template(workspace, self.begun.template))
        self._loaded, self._stamps, self._moment = loaded, stamps, moment
        return loaded

    def _take_first(self) -> None:
        """Take what the first piece was bound to, if all its files are as they were."""
        first, assets = self._first, self.workspace.stamps(ASSETS)
        if first and first.stamps == assets and all(stamp for _, stamp in assets):
            self._bound[Ask(self.begun.first, 0).piece] = replace(first.artwork, workspace=self.workspace)
            icc = self.workspace.read_bytes(first.artwork.press.profile)
            # Beside the layout, as LittleCMS works without Python's lock
            threading.Thread(target=_prepare_colours, args=(icc,), daemon=True).start()

    def _artwork(self, ask: Ask, loaded: Loaded) -> Artwork:
        """Return what a piece is laid out from, that of before for as long as files stay as they are."""
        if ask.piece not in self._bound:
            artwork = bound(
                ask, self.begun, self.workspace, profiles=loaded.profiles, template=loaded.template
            )
            keep(self._bound, ask.piece, artwork, KEPT_FILES)
        return self._bound[ask.piece]

    def _press(self, ask: Ask, loaded: Loaded, guess: bool, clock: "Clock") -> Pressed:
        artwork = self._artwork(ask, loaded)
        clock.lap("bind")
        materials = self._materials(artwork, loaded)
        key = artwork.layout_key, artwork.codes, artwork.press.id, materials.icc, materials.code_font
        known = self._pressed.get(key)
        if known and (known.made.layout.settled or guess):
            return known
        loaded.layouts.cell, loaded.layouts.guessing = ask.cell, guess
        layout = loaded.layouts.layout(artwork)
        clock.lap("layout")
        # Fitting anew gave what the guess had: no file and no plates are made again
        if known and known.made.layout.pdf == layout.pdf:
            known.made = replace(known.made, layout=layout)
            return known
        loaded.cache.separated.pop(artwork.layout_key, None)
        loaded.cache.separate(artwork, materials)
        clock.lap("separate")
        made = finished(artwork, lambda _: Variant("preview", key[0], artwork.codes), materials, loaded.cache)
        clock.lap("finish")
        pressed = Pressed(artwork, made)
        keep(self._pressed, key, pressed, KEPT_FILES)
        return pressed

    def _materials(self, artwork: Artwork, loaded: Loaded) -> Materials:
        read = self.workspace.read_bytes
        return Materials(
            loaded.profiles, self.begun.date, read(artwork.press.profile), read(loaded.profiles.code_font)
        )

    def _by(self, pressed: Pressed) -> PrintedWith:
        files = {**pressed.artwork.inputs, **pressed.made.layout.read}.items()
        fonts = tuple(sorted(one for one in files if PurePosixPath(one[0]).suffix.lower() in FONTS))
        press = pressed.artwork.press
        return PrintedWith(press, self.workspace.read_bytes(press.profile), fonts)


@dataclass
class Clock:
    """Tell how long each step took, and how much this process computed for all, in milliseconds."""

    laps: list[tuple[str, float]] = field(default_factory=list)
    at: float = field(default_factory=time.perf_counter)
    begun: float = field(default_factory=time.process_time)

    @property
    def computing_ms(self) -> float:
        return round((time.process_time() - self.begun) * 1000, 1)

    def lap(self, step: str) -> None:
        now = time.perf_counter()
        self.laps.append((step, round((now - self.at) * 1000, 1)))
        self.at = now


def _prepare_colours(icc: bytes) -> None:
    """Build what soft proofs are made by; what is wrong with the profile is told by who needs it."""
    with contextlib.suppress(ProfileProblem):
        prepare_proof(PressProfile(icc))


def _slots(layout: LaidOut) -> tuple[PlacedSlot, ...]:
    return tuple(
        PlacedSlot(one.slot, one.page, one.box.as_tuple(), one.size_pt, one.room) for one in layout.slots
    )


def _mark(finding: Finding) -> Mark:
    return Mark(finding.id, finding.severity, finding.message, finding.page, finding.box_mm)

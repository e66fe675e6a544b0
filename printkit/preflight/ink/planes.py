"""The inks of a page as planes of pixels, for whoever shows plates."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from printkit.content import MOST_OPERATORS
from printkit.preflight.core.subject import PageView, Subject
from printkit.preflight.ink.colour import PROCESS_PLATES, IntentTransform
from printkit.preflight.ink.images import FULL, Images, Scale
from printkit.preflight.ink.plate_copy import PlateCopy, PlateForms
from printkit.preflight.ink.stream import page_copy
from printkit.raster.pdfium import PdfiumFile

Planes: TypeAlias = npt.NDArray[np.uint8]


def images_of(subject: Subject, enough_pixels: int) -> Images:
    """Return what reads the images of a file, each no finer than `enough_pixels`, for all its pages."""
    figures = subject.expected.gwg
    most = figures.gwg.ink.image_pixels if figures else enough_pixels
    return Images(Scale(most, enough_pixels), IntentTransform(subject.pdf), subject.clock.check)


def process_planes(
    subject: Subject, view: PageView, ppi: float, images: Images, *, forms: PlateForms | None = None
) -> Planes:
    """Return cyan, magenta, yellow and black (height, width, 4; 255 is full ink) of a page's bleed.

    Overprint is worked out ink by ink. `forms` keeps drawings for files with the same output intent. Raise
    CannotRun for what no plate can be made of.
    """
    limits = subject.expected.limits
    most = limits.operators if limits else MOST_OPERATORS
    shown: list[Planes] = []
    for plate in PROCESS_PLATES:
        copy = page_copy(view, PlateCopy(subject.pdf, plate, images, most, forms=forms))
        sheets = PdfiumFile(copy)
        show = sheets.grey if len(plate.inks) == 1 else sheets.colour
        try:
            shown.append(np.asarray(show(1, ppi * view.unit, view.shown(view.bleed))))
        finally:
            sheets.close()
    return _inks(shown)


def _inks(shown: list[Planes]) -> Planes:
    """Return what plates show as ink; a channel at a time, in a third of what joining them takes numpy."""
    channels = [channel for one in shown for channel in (one.T if one.ndim > 2 else one.T[np.newaxis])]
    inks = np.empty((*shown[0].shape[:2], len(channels)), np.uint8)
    for number, channel in enumerate(channels):
        np.subtract(FULL, channel.T, out=inks[:, :, number])
    return inks

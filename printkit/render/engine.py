"""WeasyPrint behind a fontconfig of its own: no font of this machine is ever seen."""

import ctypes.util
import gc
import os
import shutil
import sys
import tempfile
import warnings
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from PIL import ImageFile

from printkit.errors import MissingError
from printkit.render.arcs import part_arcs
from printkit.render.backgrounds import frame_backgrounds
from printkit.render.drawing import take_over
from printkit.render.flexed import share_out
from printkit.render.grids import align_items
from printkit.render.layout_repairs import put_in_layout
from printkit.render.parsers import keep_parsed
from printkit.render.refusals import refuse_children
from printkit.render.repairs import put_in
from printkit.render.values import refuse_values
from printkit.words import Message
from printkit.workspace import Scratch

_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>
"""

_FONTCONFIG = "FONTCONFIG_FILE"
# A layout is thousands of objects that are all in use: the collector of garbage comes less often, and leaves
# alone what was loaded for good.
COLLECTING = (10_000, 20, 50)


@dataclass(frozen=True)
class Engine:
    """The parts of WeasyPrint in use; it has no type hints."""

    html: Any
    css: Any
    fonts: Any
    counters: Any
    response: Any
    fatal: type[BaseException]
    replaced_layout: Any
    stacking: Any
    folder: Scratch


@lru_cache(maxsize=1)
def engine() -> Engine:
    """Return WeasyPrint with a folder for fonts; raise MissingError as `load` does."""
    loaded, folder = load(), Scratch("fonts")
    config = Path(folder.name) / "fonts.conf"
    config.write_text(_CONFIG.format(cache=Path(folder.name) / "cache"), encoding="utf-8")
    # Fontconfig reads it each time a set of fonts is opened, so it stays.
    os.environ[_FONTCONFIG] = str(config)
    gc.set_threshold(*COLLECTING)
    gc.freeze()
    return loaded(folder)


@lru_cache(maxsize=1)
def load() -> Callable[[Scratch], Engine]:
    """Load WeasyPrint and return what makes an engine of it; raise MissingError naming what is not there."""
    try:
        with _seeing_no_fonts():
            return _load()
    except OSError as error:
        raise MissingError(
            Message("a native library of WeasyPrint is missing: %(error)s; install Pango", error=error)
        ) from error


@contextmanager
def _seeing_no_fonts() -> Iterator[None]:
    """Have a set of fonts that is opened find none; nothing is written for it, which may have to wait."""
    before = os.environ.get(_FONTCONFIG)
    with as_file(files("printkit.render") / "no-fonts.conf") as config:
        os.environ[_FONTCONFIG] = str(config)
        try:
            yield
        finally:
            del os.environ[_FONTCONFIG]
            if before is not None:
                os.environ[_FONTCONFIG] = before


def open_fonts() -> Any:
    """Return a set of fonts whose files go with the engine's folder.

    WeasyPrint would make a folder of its own for each, and leave it where a process ends before its objects.
    """
    loaded = engine()
    fonts, folder = loaded.fonts(), tempfile.mkdtemp(prefix="set-", dir=loaded.folder.name)
    fonts._folder = Path(folder)
    weakref.finalize(fonts, shutil.rmtree, folder, ignore_errors=True)
    return fonts


def _load() -> Callable[[Scratch], Engine]:
    with warnings.catch_warnings(), _named_by_loader():
        # It warns that there are no fonts, which is what is wanted.
        warnings.simplefilter("ignore")
        import weasyprint
        from weasyprint import css, draw, html, images, svg
        from weasyprint.css import tokens
        from weasyprint.css.counters import CounterStyle
        from weasyprint.css.validation.properties import PROPERTIES
        from weasyprint.draw import border, color
        from weasyprint.formatting_structure import boxes, build
        from weasyprint.layout import background, block, flex, grid, inline
        from weasyprint.layout.replaced import replacedbox_layout
        from weasyprint.stacking import StackingContext
        from weasyprint.text.ffi import ffi
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse
    keep_parsed(weasyprint.tinyhtml5.inputstream, ffi)
    take_over(images, html)
    put_in(draw, border, images, tokens, boxes=boxes)
    part_arcs(svg)
    put_in_layout(css, build, grid=grid, border=border, color=color)
    frame_backgrounds(background, draw)
    refuse_children(build)
    align_items(build, css, (grid, block, inline))
    share_out(flex, (flex, block, inline))
    refuse_values(PROPERTIES, tokens.InvalidValues)
    # WeasyPrint lets Pillow fill up pictures that are cut off, for the whole process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return partial(
        Engine,
        weasyprint.HTML,
        weasyprint.CSS,
        _without_end(FontConfiguration),
        CounterStyle,
        URLFetcherResponse,
        FatalURLFetchingError,
        replacedbox_layout,
        StackingContext,
    )


def _without_end(fonts: type[Any]) -> type[Any]:
    """Return sets of fonts that remove nothing themselves: what they need may be gone before them."""
    return type(fonts.__name__, (fonts,), {"__del__": lambda self: None})


@contextmanager
def _named_by_loader() -> Iterator[None]:
    """Let WeasyPrint open its libraries by the names that Linux's loader knows.

    Of each it tries names of other systems first, and looking for one that is not there starts ldconfig, a
    compiler and a linker: over half of its start.
    """
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _find_nothing
    try:
        yield
    finally:
        ctypes.util.find_library = find


def _find_nothing(name: str) -> str | None:
    return None

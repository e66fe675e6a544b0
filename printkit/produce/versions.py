"""The versions of all that shapes the bytes: engines from the registry, native libraries, this program."""

import ctypes
import os
import platform
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from printkit.qr.zbar import second_reader_version
from printkit.version import VERSION

# The wheels of deflate carry the libdeflate that goes with their version.
ENGINES = (
    "babel",
    "brotli",
    "cssselect2",
    "deflate",
    "fonttools",
    "idna",
    "jinja2",
    "markupsafe",
    "numpy",
    "pikepdf",
    "pillow",
    "pillow-heif",
    "pydyf",
    "pyphen",
    "pypdfium2",
    "qrcode",
    "reportlab",
    "tinycss2",
    "tinyhtml5",
    "typst",
    "weasyprint",
    "zxing-cpp",
)
# name -> shared library and the function that returns its version as text
NATIVE = {
    "pango": ("libpango-1.0", "pango_version_string"),
    "harfbuzz": ("libharfbuzz", "hb_version_string"),
    "harfbuzz-subset": ("libharfbuzz-subset", "hb_version_string"),
}
FILES = ("{}.so.0", "{}.0.dylib", "{}-0.dll")


@cache
def engine_versions() -> Mapping[str, str]:
    """Return the version of each engine by name; one that is not there is left out."""
    found = {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION, "printkit": VERSION}
    for name in ENGINES:
        try:
            found[name] = version(name)
        # Extras need not be installed; a version that is missing is a part of the key as well
        except PackageNotFoundError:
            continue
    native = {name: native_version(library, function) for name, (library, function) in NATIVE.items()}
    native["zbar"] = second_reader_version()
    return found | {name: text for name, text in native.items() if text}


def native_version(library: str, function: str) -> str | None:
    """Return what a native library says its version is; None where it is not installed."""
    for pattern in FILES:
        try:
            ask = getattr(ctypes.CDLL(pattern.format(library)), function)
        except (OSError, AttributeError):
            continue
        ask.restype = ctypes.c_char_p
        return str(ask().decode("ascii"))
    return None


@cache
def program_digest() -> str:
    """Hash the program's own source: in a checkout the code changes while its version stays."""
    # Without it a changed line would leave old files in place as 'unchanged'
    root = Path(__file__).resolve().parents[1].as_posix() + "/"
    digest = sha256()
    # By names as text: each process of a run does this, and paths as objects take twice as long
    for name in sorted(_sources(root)):
        with open(name, "rb") as file:  # noqa: PTH123
            digest.update(name.removeprefix(root).encode() + b"\0" + file.read() + b"\0")
    return digest.hexdigest()


def _sources(folder: str) -> Iterator[str]:
    """Yield the Python files in a folder, whose name ends in a slash, and in all beneath it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _sources(f"{folder}{entry.name}/")
            elif entry.name.endswith(".py"):
                yield folder + entry.name

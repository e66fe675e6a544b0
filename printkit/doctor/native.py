"""The native libraries that the layout engine loads."""

import ctypes
from collections.abc import Iterator

# name -> shared library, Debian's package
LIBRARIES = {
    "Pango": ("libpango-1.0", "libpango-1.0-0"),
    "PangoFT2": ("libpangoft2-1.0", "libpangoft2-1.0-0"),
    "HarfBuzz": ("libharfbuzz", "libharfbuzz0b"),
    "Fontconfig": ("libfontconfig", "libfontconfig1"),
}
FILES = ("{}.so.0", "{}.so.1", "{}.0.dylib", "{}.1.dylib", "{}-0.dll", "{}-1.dll")


def missing_libraries() -> Iterator[tuple[str, str]]:
    """Yield the name and the Debian package of each library that cannot be loaded."""
    for name, (library, package) in LIBRARIES.items():
        if not any(_loads(pattern.format(library)) for pattern in FILES):
            yield name, package


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True

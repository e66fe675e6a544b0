"""A second reader of codes: the native library zbar, asked directly.

Its Python bindings turn the bytes of UTF-8 into Japanese where those can be read so; here they stay.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

FILES = ("libzbar.so.0", "libzbar.0.dylib", "libzbar-0.dll")
# zbar.h, zbar_symbol_type_t and zbar_config_t
EVERY, QR_CODE = 0, 64
ENABLE, BINARY, ACROSS, DOWN = 0, 4, 256, 257
# One byte a pixel, the four letters of the format as a number
GREY = int.from_bytes(b"Y800", "little")
POINTER, NUMBER, LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
# function -> what it returns, what it takes
SIGNATURES: dict[str, tuple[type | None, tuple[type, ...]]] = {
    "zbar_image_scanner_create": (POINTER, ()),
    "zbar_image_scanner_destroy": (None, (POINTER,)),
    "zbar_image_scanner_set_config": (NUMBER, (POINTER, NUMBER, NUMBER, NUMBER)),
    "zbar_scan_image": (NUMBER, (POINTER, POINTER)),
    "zbar_image_create": (POINTER, ()),
    "zbar_image_destroy": (None, (POINTER,)),
    "zbar_image_set_format": (None, (POINTER, LONG)),
    "zbar_image_set_size": (None, (POINTER, ctypes.c_uint, ctypes.c_uint)),
    "zbar_image_set_data": (None, (POINTER, ctypes.c_char_p, LONG, POINTER)),
    "zbar_image_first_symbol": (POINTER, (POINTER,)),
    "zbar_symbol_next": (POINTER, (POINTER,)),
    "zbar_symbol_get_data": (POINTER, (POINTER,)),
    "zbar_symbol_get_data_length": (ctypes.c_uint, (POINTER,)),
}


def second_reader_version() -> str | None:
    """Return zbar's version; None where it cannot be loaded or does not hand out bytes as they are."""
    library = _library()
    if library is None:
        return None
    parts = [ctypes.c_uint() for _ in range(3)]
    library.zbar_version(*map(ctypes.byref, parts))
    return ".".join(str(part.value) for part in parts)


def read_again(image: "Image.Image", step: int = 1) -> list[bytes]:
    """Return what zbar reads in the QR codes of a picture; nothing where it is not installed.

    It looks along every line of the picture, or along one of so many.
    """
    library = _library()
    if library is None:
        return []
    grey = image if image.mode == "L" else image.convert("L")
    # Held by a name until the scan is over, as the library keeps no copy.
    pixels = grey.tobytes()
    with _scanner(library) as scanner, _picture(library) as picture:
        for setting in (ACROSS, DOWN):
            library.zbar_image_scanner_set_config(scanner, EVERY, setting, step)
        library.zbar_image_set_format(picture, GREY)
        library.zbar_image_set_size(picture, *grey.size)
        library.zbar_image_set_data(picture, pixels, len(pixels), None)
        library.zbar_scan_image(scanner, picture)
        return list(_texts(library, picture))


@cache
def _library() -> ctypes.CDLL | None:
    for file in FILES:
        try:
            library = ctypes.CDLL(file)
            for name, (result, arguments) in SIGNATURES.items():
                function = getattr(library, name)
                function.restype, function.argtypes = result, arguments
            # Tried, as older versions do not know the setting and would turn bytes into other letters.
            with _scanner(library) as scanner:
                if _set(library, scanner, BINARY):
                    return library
        except (OSError, AttributeError):
            continue
    return None


@contextmanager
def _scanner(library: ctypes.CDLL) -> Iterator[int]:
    """Yield a scanner for QR codes only."""
    scanner = library.zbar_image_scanner_create()
    try:
        # All kinds off first: what looks like a barcode of lines is none of ours.
        library.zbar_image_scanner_set_config(scanner, EVERY, ENABLE, 0)
        for setting in (ENABLE, BINARY):
            _set(library, scanner, setting)
        yield scanner
    finally:
        library.zbar_image_scanner_destroy(scanner)


def _set(library: ctypes.CDLL, scanner: int, setting: int) -> bool:
    failure: int = library.zbar_image_scanner_set_config(scanner, QR_CODE, setting, 1)
    return failure == 0


@contextmanager
def _picture(library: ctypes.CDLL) -> Iterator[int]:
    picture = library.zbar_image_create()
    try:
        yield picture
    finally:
        library.zbar_image_destroy(picture)


def _texts(library: ctypes.CDLL, picture: int) -> Iterator[bytes]:
    symbol = library.zbar_image_first_symbol(picture)
    while symbol:
        length = library.zbar_symbol_get_data_length(symbol)
        yield ctypes.string_at(library.zbar_symbol_get_data(symbol), length)
        symbol = library.zbar_symbol_next(symbol)

"""How many pixels a picture has, by what its file begins with: without a library, as plans ask it."""

from printkit.raster.kinds import JPEG, PNG

# ISO/IEC 10918-1, table B.1: frames are SOF0 to SOF15, without DHT, JPG and DAC, which stand among them
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _ALONE = 0xDA, frozenset({0x01, *range(0xD0, 0xD8)})


def size_of(data: bytes) -> tuple[int, int] | None:
    """Return the width and height that a JPEG or PNG claims; None for all else, and where it is odd."""
    if data.startswith(PNG):
        # PNG (ISO/IEC 15948), 11.2.2: width and height are what its first chunk begins with
        whole = data[12:16] == b"IHDR" and len(data) >= 24
        return (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) if whole else None
    return _of_jpeg(data) if data.startswith(JPEG) else None


def _of_jpeg(data: bytes) -> tuple[int, int] | None:
    at, found = 2, None
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == _SCAN:
            return found
        # Who writes bytes that fill up, or markers without a length, here is not followed
        if marker in (0x00, 0xFF) or marker in _ALONE:
            return None
        if marker in _FRAMES:
            if found:
                return None
            found = int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4]))
    return None

"""Tell what a file is by how it begins, never by its name."""

from printkit.raster.problem import PictureProblem
from printkit.words import Message

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
# How files begin that are taken: (offset, bytes, name)
_TAKEN = (
    (0, JPEG, "JPEG"),
    (0, PNG, "PNG"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (8, b"WEBP", "WebP"),
    (4, b"ftyphe", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
    (4, b"ftypmsf1", "HEIC"),
    (4, b"ftypavi", "AVIF"),
)
# And those that are not: what to do with them
_REFUSED = (
    (0, b"GIF8", Message("a GIF file; save it as PNG")),
    (0, b"8BPS", Message("a Photoshop file; save it as TIFF or PNG")),
    (0, b"BM", Message("a BMP file; save it as PNG")),
    (0, b"%!PS", Message("a PostScript file; save it as SVG or PNG")),
    (0, b"%PDF", Message("a PDF file; save it as PNG")),
    (0, b"\0\0\0\x0cjP  ", Message("a JPEG 2000 file; save it as JPEG or PNG")),
    (0, b"\xff\x4f\xff\x51", Message("a JPEG 2000 file; save it as JPEG or PNG")),
    (0, b"\xff\x0a", Message("a JPEG XL file; save it as JPEG or PNG")),
    (0, b"\0\0\0\x0cJXL ", Message("a JPEG XL file; save it as JPEG or PNG")),
    (0, b"II+\0", Message("a BigTIFF file; save it as TIFF or PNG")),
    (0, b"MM\0+", Message("a BigTIFF file; save it as TIFF or PNG")),
    (0, b"<", Message("SVG, XML or HTML; save it as JPEG or PNG")),
)
# How far from its start an XML file names its root element.
_PROLOGUE = 4096


def kind_of(data: bytes) -> str:
    """Return the kind of a picture; raise PictureProblem, with what to save it as, for any other file."""
    if not data:
        raise PictureProblem(Message("the picture is an empty file; get it again from its source"))
    for at, start, name in _TAKEN:
        if data.startswith(start, at):
            return name
    told = (words for at, start, words in _REFUSED if data.startswith(start, at))
    raise PictureProblem(next(told, Message("not a picture; save it as JPEG or PNG")))


def is_picture(data: bytes) -> bool:
    """Tell whether a file begins as a picture made of pixels, of whatever name."""
    try:
        kind_of(data)
    except PictureProblem:
        return False
    return True


def is_drawing(content: bytes) -> bool:
    """Tell an SVG by how it begins, whatever its file is called."""
    start = content[:_PROLOGUE].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and b"<svg" in start

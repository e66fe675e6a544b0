"""Check SVG drawings before they are laid out: plain shapes only, nothing that runs, fetches or explodes."""

import base64
import re
from collections.abc import Mapping
from xml.parsers import expat

from printkit.raster.problem import PictureProblem
from printkit.words import Message

_SVG = "http://www.w3.org/2000/svg"
_RUNS = {"script", "handler", "foreignobject", "iframe", "object", "embed", "audio", "video"}
_MOVES = {"animate", "animatecolor", "animatemotion", "animatetransform", "set"}
_ADDRESSES = {"href", "src", "base"}
_URL = re.compile(r"url\(\s*(?P<quote>[\"']?)\s*(?P<address>[^\"')]*)", re.IGNORECASE)
# Programs write jpg for jpeg, and older ones x-png and pjpeg; the picture is told by what it holds
_HARMLESS = re.compile(r"#|data:image/(x-)?(png|p?jpe?g);base64,", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DEEPEST = 200


def not_well_formed(error: expat.ExpatError) -> PictureProblem:
    """Return what is told of XML that its parser does not take: where, as its own words are English."""
    told = Message(
        "the SVG is not well-formed at line %(line)s, column %(column)s; export it again",
        line=error.lineno,
        column=error.offset + 1,
    )
    return PictureProblem(told)


def check_svg(data: bytes, most_bytes: int, most_pixels: int) -> None:
    """Raise PictureProblem, with element and line, for an SVG that is more than a drawing.

    Refused are: more than `most_bytes`, DOCTYPE and entities, scripts, event handlers, foreignObject,
    animation, every reference but #fragments and PNG or JPEG data (with its own pixels checked), style sheets
    from elsewhere. What it costs to draw is seen where it is opened (`check_cost`).
    """
    if len(data) > most_bytes:
        raise PictureProblem(
            Message(
                "an SVG of more than %(most_bytes)g million bytes; simplify the drawing",
                most_bytes=most_bytes / 1e6,
            )
        )
    reader = _Reader(most_pixels)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise not_well_formed(error) from error
    except PictureProblem:
        raise
    # An encoding that is no table of characters, or none at all
    except (LookupError, TypeError, ValueError) as error:
        raise PictureProblem(
            Message("the SVG is in an encoding that cannot be read; save it as UTF-8")
        ) from error


class _Reader:
    """Walk an SVG with expat; complain at the first thing that is not allowed."""

    def __init__(self, most_pixels: int) -> None:
        self._most_pixels = most_pixels
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self._path: list[str] = []
        self._style: list[str] = []

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, element = name.rpartition(" ")
        if not self._path and (space, element) != (_SVG, "svg"):
            self._refuse(Message("<%(element)s> where <svg> in its namespace is due", element=element))
        if element.lower() in _RUNS | _MOVES:
            self._refuse(f"<{element}>")
        self._path.append(element)
        if len(self._path) > DEEPEST:
            self._refuse(
                Message("<%(element)s> at a depth of more than %(deepest)s", element=element, deepest=DEEPEST)
            )
        for key, value in attributes.items():
            self._check_attribute(element, key.rpartition(" ")[2].lower(), value)

    def _end(self, name: str) -> None:
        element = self._path.pop()
        if element.lower() == "style":
            self._check_style(element, "".join(self._style))
            self._style.clear()

    def _text(self, text: str) -> None:
        if self._path[-1].lower() == "style":
            self._style.append(text)

    def _doctype(self, name: str, system: str | None, public: str | None, own: int) -> None:
        # Drawing programs name the DTD of SVG 1.1, which nobody fetches; one's own declarations can explode
        if own:
            self._refuse(Message("a DOCTYPE with declarations of its own"))

    def _instruction(self, target: str, text: str) -> None:
        self._refuse(f"<?{target}?>")

    def _check_attribute(self, element: str, key: str, value: str) -> None:
        if key.startswith("on"):
            self._refuse(Message("%(what)s on <%(element)s>", what=key, element=element))
        if key in _ADDRESSES:
            self._check_address(element, f'{key}="{value[:60]}"', value)
        if key == "style" or ("\\" in value and "(" in value):
            self._check_style(element, value)
        self._check_urls(element, value)

    def _check_address(self, element: str, words: str, address: str) -> None:
        if not _HARMLESS.match(address.strip()):
            self._refuse(Message("%(what)s on <%(element)s>", what=words, element=element))
        if address.strip().startswith("#"):
            return
        # Loads Pillow, which binding does without where a drawing holds no picture.
        from printkit.raster.picture import open_picture

        try:
            open_picture(base64.b64decode(address.partition(",")[2]), self._most_pixels)
        except ValueError as error:
            line = self.parser.CurrentLineNumber
            raise PictureProblem(
                Message("a picture inside the SVG, in line %(line)s: %(error)s", line=line, error=error)
            ) from error

    def _check_urls(self, element: str, value: str) -> None:
        for found in _URL.finditer(value):
            self._check_address(element, f"url({found['address'][:60]})", found["address"])

    def _check_style(self, element: str, text: str) -> None:
        plain = _COMMENT.sub(" ", text)
        if "@import" in plain.lower():
            self._refuse(Message("@import in <%(element)s>", element=element))
        # An escape can hide an address, a bare // can be one
        for sign in ("\\", "//"):
            if sign in re.sub(r"data:image/[^\"')]*", "", plain):
                self._refuse(Message("%(sign)s in the style of <%(element)s>", sign=sign, element=element))
        self._check_urls(element, plain)

    def _refuse(self, what: str) -> None:
        line = self.parser.CurrentLineNumber
        raise PictureProblem(
            Message(
                "the SVG has %(what)s in line %(line)s; a drawing may not, remove it", what=what, line=line
            )
        )

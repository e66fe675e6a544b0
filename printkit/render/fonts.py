"""The fonts that a piece's style sheets declare, and the check that they have what the text asks for."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from fontTools.pens.boundsPen import BoundsPen

from printkit.errors import MissingError, WorkspaceError
from printkit.typeface import opened
from printkit.words import Message

GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math"})
# A name in a message; style sheets can make one of a million letters
_MOST_NAMED = 80
USE_TYPO_METRICS = 1 << 7
WEIGHTS = {"normal": 400, "bold": 700}
# They have no shape: a font need not hold them.
SHAPELESS = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


# How far ink reaches below and above the baseline, in units of the font; None where there is none.
Span = tuple[float, float] | None


@dataclass(frozen=True)
class Face:
    """One declared font: a family at one weight and style, its file, and the code points it serves."""

    family: str
    weight: int
    style: str
    file: str
    content: bytes = field(repr=False, compare=False)
    stretch: str = "normal"
    ranges: tuple[tuple[int, int], ...] = ()
    _spans: dict[str, Span] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def font(self) -> Any:
        return opened(self.content)

    @cached_property
    def cmap(self) -> dict[int, str]:
        found = dict(self.font.getBestCmap() or {})
        if not self.ranges:
            return found
        return {code: name for code, name in found.items() if any(a <= code <= b for a, b in self.ranges)}

    @property
    def name(self) -> str:
        return f"{self.family} {self.weight}" + ("" if self.style == "normal" else f" {self.style}")

    def reach(self, text: str) -> tuple[float, float]:
        """Return how far the ink of `text` reaches below and above the baseline, in ems."""
        spans = [span for span in map(self._span, set(text)) if span]
        size = self.font["head"].unitsPerEm
        return min((low for low, _ in spans), default=0) / size, max(
            (high for _, high in spans), default=0
        ) / size

    def advance(self, character: str) -> float | None:
        """Return how far a character moves on, in ems; None where the font has it not."""
        name = self.cmap.get(ord(character))
        return None if name is None else self.font["hmtx"][name][0] / self.font["head"].unitsPerEm

    def bearing(self, character: str) -> float | None:
        """Return how far the ink of a character begins behind its place, in ems; None where it has none."""
        name = self.cmap.get(ord(character))
        if name is None or self._span_of(name) is None:
            return None
        return float(self.font["hmtx"][name][1] / self.font["head"].unitsPerEm)

    @cached_property
    def heights(self) -> tuple[float, float, float]:
        """Return ascent, descent and height of capitals, in ems, as the layout engine takes them.

        OpenType 1.9, OS/2, fsSelection: bit 7 asks for the typographic heights.
        """
        size, os2, lines = self.font["head"].unitsPerEm, self.font.get("OS/2"), self.font["hhea"]
        # Apple's fonts have no such table.
        typographic = os2 is not None and os2.fsSelection & USE_TYPO_METRICS
        # What the engine takes for its lines, so that places reckoned here are those it sets
        ascent = os2.sTypoAscender if typographic else lines.ascent
        descent = os2.sTypoDescender if typographic else lines.descent
        return ascent / size, -descent / size, self.reach("H")[1]

    def _span(self, character: str) -> Span:
        if character not in self._spans:
            name = self.cmap.get(ord(character))
            self._spans[character] = self._tallest(character) if name is None else self._span_of(name)
        return self._spans[character]

    def _tallest(self, character: str) -> Span:
        """Return how far any ink reaches: for a character that another family draws."""
        return None if character.isspace() else (self.font["hhea"].descent, self.font["hhea"].ascent)

    def _span_of(self, name: str) -> Span:
        # TrueType says its bounds; other outlines have to be walked
        if "glyf" in self.font:
            glyph = self.font["glyf"][name]
            return (glyph.yMin, glyph.yMax) if glyph.numberOfContours else None
        pen = BoundsPen(self._glyphs)
        self._glyphs[name].draw(pen)
        return (pen.bounds[1], pen.bounds[3]) if pen.bounds else None

    @cached_property
    def _glyphs(self) -> Any:
        return self.font.getGlyphSet()


@dataclass(frozen=True)
class FontQuestion:
    """Ask which faces a run of text may use."""

    families: tuple[str, ...]
    weight: int
    style: str
    stretch: str = "normal"

    def of(self, family: str) -> "Key":
        """Return what a face is known by among those of a family."""
        return family.lower(), self.weight, self.style, self.stretch


Key = tuple[str, int, str, str]


# A look at the shapes of a font takes longer than parsing the style sheet, changed or not, that declares it.
@lru_cache(maxsize=64)
def _face(*told: Any) -> Face:
    return Face(*told)


class Faces:
    """Collect the faces that style sheets declare."""

    def __init__(self) -> None:
        self._faces: dict[Key, Face] = {}
        self._answers: dict[FontQuestion, list[Face]] = {}
        # The one face of a family that the brand names: as in CSS, it is drawn in at whatever weight is asked
        self._every_weight: dict[str, Face] = {}

    def __iter__(self) -> Iterator[Face]:
        return iter(self._faces.values())

    def declare(self, rule: Any, fetch: Any, *, every_weight: bool = False) -> None:
        """Read one @font-face rule; raise MissingError or WorkspaceError where its file is not there.

        A family with a face for every weight has no other.
        """
        family = rule["font_family"]
        sources = [url for kind, url in rule["src"] if kind == "external" and url]
        if not sources:
            raise WorkspaceError(
                fetch.source, f"@font-face '{family}'", Message("src must be a url() of a font file")
            )
        weight = rule.get("font_weight", "normal")
        response = fetch.font(sources[0])
        face = _face(
            family,
            WEIGHTS.get(weight, weight),
            rule.get("font_style", "normal"),
            unquote(urlsplit(response.url).path).lstrip("/"),
            response.read(),
            rule.get("font_stretch", "normal"),
            tuple((one.start, one.end) for one in rule.get("unicode_range") or ()),
        )
        self._add(face, fetch.source)
        if every_weight:
            self._every_weight[family.lower()] = face

    def _add(self, face: Face, source: str) -> None:
        """Add a face; the layout engine keeps one file for each and would draw its shapes for the other's."""
        key = (face.family.lower(), face.weight, face.style, face.stretch)
        known = self._faces.setdefault(key, face)
        if known.content != face.content:
            reason = Message(
                "%(file)s and %(file2)s are both declared as %(name)s; take one file that holds all letters",
                file=known.file,
                file2=face.file,
                name=face.name,
            )
            raise WorkspaceError(source, f"@font-face '{face.family}'", reason)

    def declared_for(self, question: FontQuestion) -> list[Face]:
        """Return the faces for a run of text that are declared, best first."""
        known = (self._face_of(question, one) for one in question.families)
        return [face for face in known if face]

    def _face_of(self, question: FontQuestion, family: str) -> Face | None:
        return self._faces.get(question.of(family)) or self._every_weight.get(family.lower())

    def faces_for(self, question: FontQuestion, place: str) -> list[Face]:
        """Return the faces for a run of text, best first; raise MissingError for one that is not declared."""
        if question not in self._answers:
            self._answers[question] = list(self._find(question, place))
        return self._answers[question]

    def _find(self, question: FontQuestion, place: str) -> Iterator[Face]:
        declared = {face.family.lower() for face in self}
        found = False
        for family in question.families:
            # The generic family at the end of a list is never reached, as there are no fonts of this machine
            if found and family.lower() in GENERIC:
                continue
            if family.lower() not in declared:
                raise MissingError(
                    Message(
                        "font '%(family)s' is asked for in %(place)s but no @font-face declares it",
                        family=family[:_MOST_NAMED],
                        place=place,
                    )
                )
            face = self._face_of(question, family)
            if face is None:
                there = ", ".join(sorted(one.name for one in self if one.family.lower() == family.lower()))
                wanted = f"{family[:_MOST_NAMED]} {question.weight} {question.style}"
                raise MissingError(
                    Message(
                        "font '%(wanted)s' is asked for in %(place)s; declared: %(there)s",
                        wanted=wanted,
                        place=place,
                        there=there,
                    )
                )
            found = True
            yield face


def missing_characters(text: str, faces: Iterable[Face]) -> list[str]:
    """Return the characters that none of the faces has, each once."""
    known = set().union(*(face.cmap for face in faces))
    wanted = (one for one in text if not one.isspace() and one not in SHAPELESS)
    return [one for one in dict.fromkeys(wanted) if ord(one) not in known]


def named(character: str) -> str:
    """Return a character with its code point and Unicode name, for messages."""
    return f"'{character}' (U+{ord(character):04X} {unicodedata.name(character, 'unnamed')})"

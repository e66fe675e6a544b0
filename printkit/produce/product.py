"""What goes into a piece and what comes out; light, so that planning needs no layout engine."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from printkit.papers.parts import PagePicture
from printkit.profiles import LanguageTag, SlotValue, Waiver
from printkit.template import CodeLink
from printkit.workspace import Written

# So much of a part's hash is kept to say which part changed; the key is made from the whole ones.
SHORT = 12
Verdict = Literal["pass", "warn", "not-checked", "fail"]


@dataclass(frozen=True, order=True)
class Piece:
    """Name one printable item; `id` is its file's stem."""

    id: str
    template: str
    committee: str
    format: str
    press: str
    language: LanguageTag
    site: str | None
    # Of a table: the row's id, and what its cells say. Left out of comparisons, as values may be lists.
    row: str = field(default="", kw_only=True, compare=False)
    values: tuple[tuple[str, SlotValue], ...] = field(default=(), kw_only=True, compare=False)


@dataclass(frozen=True)
class Variant:
    """All that tells a site's piece from the others of its layout."""

    piece: str
    key: str
    links: tuple[CodeLink, ...]
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True)
class Inputs:
    """The hash of all that can change a piece's bytes, whole and by part, and what people are told.

    `parts` are those that all sites of a layout share, `own` those of the piece itself. `names_site`: its
    texts may name the site, so that each site is laid out by itself. `read` are the files that laying out has
    read, as only it can tell; `asked` and `planned` are key and layout without them.
    """

    key: str
    layout: str
    parts: Mapping[str, str]
    texts: tuple[tuple[str, str], ...] = ()
    unconfirmed: tuple[str, ...] = ()
    own: tuple[tuple[str, str], ...] = ()
    links: tuple[CodeLink, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    names_site: bool = False
    read: Mapping[str, str] = field(default_factory=dict)
    asked: str = ""
    planned: str = ""

    def seen(self, read: Mapping[str, str]) -> "Inputs":
        """Return them with what laying out has read, or would: the hash of each file, by its name."""
        if not read:
            return self
        asked, planned = self.asked or self.key, self.planned or self.layout
        files, digest = _listed(tuple(sorted(read.items())))
        key, layout = (sha256(f"{one} {files}".encode()).hexdigest() for one in (asked, planned))
        parts = {**self.parts, "files read": digest[:SHORT]}
        return replace(self, key=key, layout=layout, parts=parts, read=read, asked=asked, planned=planned)

    def variant(self, piece: str) -> Variant:
        """Return what makes the piece of this id a variant."""
        return Variant(piece, self.key, self.links, self.waivers)


# All pieces of a layout have read the same.
@lru_cache(maxsize=64)
def _listed(files: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Return files and their hashes as text, and the hash of that."""
    text = json.dumps(files)
    return text, sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PlacedCode:
    """Describe a code in the finished file: box in mm from the trim's lower left corner, as read back."""

    slot: str
    url: str
    print_id: str
    page: int
    box_mm: tuple[float, float, float, float]
    module_mm: float
    decoded: bool


@dataclass(frozen=True)
class Product:
    """A finished file and what the checks say; lengths in mm.

    `not_checked` says in a sentence for each cause which rules could not be run: the file is not to be
    printed. `waived` findings do not count, somebody answers for them; `expired` are waivers that no
    longer hold.
    `variant` tells that it was made from another site's finished file, `seconds` how long that took.
    `stored` names the file where its maker wrote it down, and `pdf` then is empty.
    """

    pdf: bytes
    sha256: str
    pages: int
    trim_mm: tuple[float, float]
    bleed_mm: float
    codes: tuple[PlacedCode, ...]
    verdict: Verdict
    findings: tuple[Mapping[str, Any], ...] = ()
    not_checked: tuple[str, ...] = ()
    waived: tuple[Mapping[str, Any], ...] = ()
    expired: tuple[Mapping[str, Any], ...] = ()
    variant: bool = False
    seconds: float = 0.0
    stored: Written | None = None

    def count(self, severity: str) -> int:
        """Count the findings of a severity, `error` or `warning`."""
        return sum(one["severity"] == severity for one in self.findings)


@dataclass(frozen=True)
class Begun:
    """A layout's first piece, the hash of its inputs as they were read, and pictures where asked for.

    `master` makes the other sites' pieces; None where each is to be made by itself. It is pickled, so that
    who only passes it on loads no engine for it. `kept` is the file where its maker wrote it down instead.
    """

    product: Product
    key: str
    master: bytes | None = None
    pictures: tuple[PagePicture, ...] = ()
    kept: Path | None = None
    read: Mapping[str, str] = field(default_factory=dict)
